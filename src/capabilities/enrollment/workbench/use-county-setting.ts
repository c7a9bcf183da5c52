import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { callApi } from '#platform/browser/api-client.ts';
import { printInstant } from '#platform/browser/print-instant.ts';
import { useWrite } from '#platform/browser/use-write.tsx';
import type { EndpointInput } from '#standards/endpoint.ts';
import { changeCountySetting } from '../grading-contract.ts';

type Change = EndpointInput<typeof changeCountySetting>['body']['change'];

/** Saving one setting: with what was seen, so that nobody writes over another's change. */
export function useCountySetting(seen: string | null) {
  const [operationId, setOperationId] = useState(() => uuidv7());
  const write = useWrite(['county-settings', 'grades', 'grading', 'assessment-record']);
  const change = (given: Change) =>
    write.run(
      () => callApi(changeCountySetting, { body: { operationId, seen, change: given } }),
      '已保存，今后的评定按此执行',
    );
  return { ...write, change, renew: () => setOperationId(uuidv7()) };
}

/** When a setting was last changed, in words. */
export const changedText = (changedAt: string | null) =>
  changedAt ? `修改于 ${printInstant(changedAt)}` : '现为默认值';
