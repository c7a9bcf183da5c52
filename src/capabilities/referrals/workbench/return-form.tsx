import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { callApi } from '#platform/browser/api-client.ts';
import { useKept } from '#platform/browser/use-kept.ts';
import { useWrite, useWriteIds, WriteProblem } from '#platform/browser/use-write.tsx';
import { type ReferralLine, returnReferral, showReferral } from '../contract.ts';
import { BackFields, blankBack } from './back-fields.tsx';
import { refreshed } from './refreshed.ts';

/** 回转单: what was found and done, and what the sending house is asked to go on with. What is typed stays until it is sent. */
export function ReturnForm({ line, onDone }: { line: ReferralLine; onDone: () => void }) {
  const [typed, setTyped, drop] = useKept(`referral:${line.id}:return`, blankBack);
  const [to, setTo, dropTo] = useKept(`referral:${line.id}:return-to`, '');
  const referral = useQuery({
    queryKey: ['referrals', 'one', line.id],
    queryFn: () => callApi(showReferral, { params: { referralId: line.id } }),
  });
  const houses = referral.data?.returnTo ?? [];
  const chosen = houses.find((house) => house.id === to) ?? houses[0];
  const toName = chosen?.name ?? line.fromName;
  const { ids } = useWriteIds();
  const { run, problem, busy } = useWrite(refreshed);
  const send = async () => {
    const done = await run(
      () =>
        callApi(returnReferral, {
          params: { referralId: line.id },
          body: {
            operationId: ids.operationId,
            version: line.version,
            ...(chosen ? { toOrganizationId: chosen.id } : {}),
            back: typed,
          },
        }),
      `已回转给${toName}`,
    );
    if (!done) return;
    drop();
    dropTo();
    onDone();
  };
  return (
    <div style={{ display: 'grid', gap: 8, marginTop: 8 }}>
      <BackFields value={typed} onChange={setTyped} />
      {houses.length > 1 && (
        <div style={{ display: 'grid', gap: 2 }}>
          <span className="small soft">回转给</span>
          <Select
            aria-label="回转给"
            style={{ width: '100%', maxWidth: 320 }}
            value={chosen?.id ?? null}
            onChange={setTo}
            options={houses.map(({ id, name }, index) => ({
              value: id,
              label: `${name}（${index === 0 ? '转出机构' : '管理本人'}）`,
            }))}
          />
        </div>
      )}
      <div className="row">
        <Button type="primary" loading={busy} onClick={() => void send()}>
          回转给{toName}
        </Button>
      </div>
      <WriteProblem problem={problem} />
    </div>
  );
}
