import { Button } from 'antd';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Failure } from '#platform/browser/design-system/page-states.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { listDueReturns } from '../desk-contract.ts';
import { findBox } from '../domain/flow-boxes.ts';

/** People who stick on their way: due back by their plan and not come. The desk calls them. */
export function DueReturnsPanel({ onOpen }: { onOpen: (residentId: string) => void }) {
  const due = usePages({
    queryKey: ['centre', 'due-returns'],
    read: (cursor) => callApi(listDueReturns, { query: { limit: 5, cursor } }),
  });
  const items = due.data?.items ?? [];
  return (
    <section className="card" aria-label="应复诊未来">
      <h2>应复诊未来</h2>
      {due.isLoadingError && <Failure error={due.error} onRetry={() => void due.refetch()} />}
      {due.isSuccess && items.length === 0 && <p className="small soft">没有人逾期。</p>}
      {items.map((one) => (
        <div key={one.residentId} className="queue-line" style={{ gridTemplateColumns: '1fr auto' }}>
          <span>
            <b>{one.name}</b>{' '}
            <span className="small soft">
              应于 {one.dueOn}，已过 {one.lateDays} 天
              {one.box && ` · 停在${findBox(one.box)?.label ?? one.box}`} · 电话 {one.phone ?? '未登记'}
            </span>
          </span>
          <Button size="small" onClick={() => onOpen(one.residentId)}>
            打开
          </Button>
        </div>
      ))}
      <MoreButton list={due} size="small" />
    </section>
  );
}
