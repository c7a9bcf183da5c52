import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure } from '#platform/browser/design-system/page-states.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { useWrite, useWriteIds, WriteProblem } from '#platform/browser/use-write.tsx';
import { mayDo } from '#standards/access-policy.ts';
import { confirmHistory, showHistoryProposals } from '../history-contract.ts';

/** Diseases this checkup found that the past history lacks; a doctor ticks which of them belong there. */
export function HistoryProposals({ recordId }: { recordId: string }) {
  const actor = useActor();
  const mayConfirm = mayDo(actor.role, 'checkups.confirm');
  const found = useQuery({
    queryKey: ['checkup-history', recordId],
    queryFn: () => callApi(showHistoryProposals, { params: { recordId } }),
  });
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const { ids, renew } = useWriteIds();
  const { run, problem, busy } = useWrite([['checkup-history'], ['resident'], ['checkup']]);
  if (found.isLoadingError) return <Failure error={found.error} onRetry={() => void found.refetch()} />;
  const proposals = found.data?.proposals ?? [];
  if (!found.data || proposals.length === 0) return null;
  const { version } = found.data;
  const keys = proposals.map((one) => one.key).filter((key) => ticked.includes(key));
  const confirm = async () => {
    const done = await run(
      () =>
        callApi(confirmHistory, {
          params: { recordId },
          body: { operationId: ids.operationId, version, keys },
        }),
      '已补记到既往史',
    );
    if (done) renew();
  };
  return (
    <section className="card" aria-label="新发疾病补记既往史">
      <h2>新发疾病，补记既往史</h2>
      <p className="small soft">
        下列疾病在本次体检中填写，个人基本信息表的既往史里还没有。既往史以一级及以上医院的诊断为准，请医生核对，勾选要补记的。
      </p>
      {proposals.map((one) => (
        <div key={one.key} style={{ padding: '4px 0' }}>
          <Checkbox
            checked={ticked.includes(one.key)}
            disabled={!mayConfirm || busy}
            onChange={(event) =>
              setTicked(event.target.checked ? [...ticked, one.key] : ticked.filter((key) => key !== one.key))
            }
          >
            {one.label}{' '}
            <span className="small soft">
              确诊时间 {one.diagnosedYm}，注明“{one.text}”
            </span>
          </Checkbox>
        </div>
      ))}
      <WriteProblem problem={problem} />
      {mayConfirm ? (
        <Button
          type="primary"
          disabled={keys.length === 0}
          loading={busy}
          onClick={() => void confirm()}
          style={{ marginTop: 8 }}
        >
          补记到既往史
        </Button>
      ) : (
        <p className="small soft">由卫生院医生确认后补记。</p>
      )}
    </section>
  );
}
