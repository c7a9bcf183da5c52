import { Button } from 'antd';
import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { useWrite, useWriteIds, WriteProblem } from '#platform/browser/use-write.tsx';
import { type ReferralLine, redirectReferral } from '../contract.ts';
import { type Receiver, ReceiverSelect, receiverOf, useReceivers } from './receiver-select.tsx';
import { refreshed } from './refreshed.ts';

/** 另转一家: the same person for the same reason to another house, with a summary drawn anew; the first one ends. */
export function RedirectForm({ line, onDone }: { line: ReferralLine; onDone: () => void }) {
  const [chosen, setChosen] = useState<Receiver>({ toDepartment: line.toDepartment });
  const houses = useReceivers(line.residentId ?? undefined, line.toOrganizationId);
  const { ids } = useWriteIds();
  const { run, problem, busy } = useWrite(refreshed);
  const send = async () => {
    const done = await run(
      () =>
        callApi(redirectReferral, {
          params: { referralId: line.id },
          body: {
            operationId: ids.operationId,
            newReferralId: ids.id,
            version: line.version,
            ...receiverOf(chosen, houses.items[0]?.id),
          },
        }),
      '已另转',
    );
    if (done) onDone();
  };
  return (
    <div className="row" style={{ marginTop: 6 }}>
      <ReceiverSelect houses={houses} value={chosen} onChange={setChosen} />
      <Button type="primary" loading={busy} disabled={houses.isPending} onClick={() => void send()}>
        确认另转
      </Button>
      <WriteProblem problem={problem} />
    </div>
  );
}
