import { Link } from '@tanstack/react-router';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { printInstantDay } from '#platform/browser/print-instant.ts';
import { usePages } from '#platform/browser/use-pages.ts';
import { listMerges, type Merge } from '../merge-contract.ts';

export const mergeLabels: Readonly<Record<Merge['status'], string>> = {
  proposed: '待确认',
  merged: '已合并',
  declined: '不同意',
  undone: '已撤回',
};

/** Merges proposed, done and undone, the newest first. */
export function Merges() {
  const list = usePages({
    queryKey: ['merges'],
    read: (cursor) => callApi(listMerges, { query: { limit: 30, cursor } }),
  });
  if (list.isPending) return <Loading />;
  if (list.isLoadingError) return <Failure error={list.error} onRetry={() => void list.refetch()} />;
  const items = list.data.items;
  if (items.length === 0) return <Empty title="还没有合并过档案" />;
  return (
    <>
      <div className="card" style={{ padding: 0 }}>
        {items.map((merge) => (
          <Link key={merge.id} to="/merges/$mergeId" params={{ mergeId: merge.id }} className="work-line">
            <StateTag
              state={merge.status === 'proposed' ? 'recheck' : merge.status === 'merged' ? 'good' : 'plain'}
            >
              {mergeLabels[merge.status]}
            </StateTag>
            <b>{merge.keptName}</b>
            <span className="small soft">
              {merge.organizationName} · 提出人 {merge.proposedByName} · {merge.reason}
            </span>
            <span className="small">{printInstantDay(merge.proposedAt)}</span>
          </Link>
        ))}
      </div>
      <MoreButton list={list}>更早的</MoreButton>
    </>
  );
}
