import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { listCutOffBatches } from '../grading-contract.ts';
import { purposeLabels } from './grade-words.ts';

/** Grading in bulk that was cut off and waits to go on; on the day's work only what the reader began. */
export function CutOffStrip({ onlyMine = false }: { onlyMine?: boolean }) {
  const cutOff = useQuery({
    queryKey: ['grading', 'cut-off'],
    queryFn: () => callApi(listCutOffBatches),
  });
  if (cutOff.isLoadingError) return <Failure error={cutOff.error} onRetry={() => void cutOff.refetch()} />;
  const items = (cutOff.data?.items ?? []).filter((one) => one.isMine || !onlyMine);
  return items.map((one) => (
    <Link
      key={one.id}
      to="/grading/batches/$batchId"
      params={{ batchId: one.id }}
      className="card row"
      role="status"
      style={{ padding: '10px 14px', textDecoration: 'none' }}
    >
      <StateTag state="late">已中断</StateTag>
      <b>批量评定没有做完</b>
      <span>
        {purposeLabels[one.purpose]} · {one.organizationName} · 做到 {one.done} / {one.total} 人
      </span>
      <span className="small soft">{one.isMine ? '由您发起' : `由 ${one.createdByName} 发起`}，点开继续</span>
    </Link>
  ));
}
