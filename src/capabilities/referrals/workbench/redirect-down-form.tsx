import { Button } from 'antd';
import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { useWrite, useWriteIds, WriteProblem } from '#platform/browser/use-write.tsx';
import type { ReferralLine } from '../contract.ts';
import { redirectDown } from '../down-contract.ts';
import { ManagingHouseSelect } from './managing-house-select.tsx';
import { refreshed } from './refreshed.ts';

/** 另转一家: whom the hospital found, with the same slip, to another house that manages people; the first one ends. */
export function RedirectDownForm({ line, onDone }: { line: ReferralLine; onDone: () => void }) {
  const [to, setTo] = useState<string>();
  const { ids } = useWriteIds();
  const { run, problem, busy } = useWrite(refreshed);
  const send = async (toOrganizationId: string) => {
    const done = await run(
      () =>
        callApi(redirectDown, {
          params: { referralId: line.id },
          body: {
            operationId: ids.operationId,
            newReferralId: ids.id,
            version: line.version,
            toOrganizationId,
          },
        }),
      '已另转',
    );
    if (done) onDone();
  };
  return (
    <div className="row" style={{ marginTop: 6 }}>
      <ManagingHouseSelect value={to} onChange={setTo} except={line.toOrganizationId} />
      <Button type="primary" loading={busy} disabled={to === undefined} onClick={() => void (to && send(to))}>
        确认另转
      </Button>
      <WriteProblem problem={problem} />
    </div>
  );
}
