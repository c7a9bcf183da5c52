import { PersonLine } from '#capabilities/residents/workbench/person-line.tsx';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Failure } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { refusalWords } from '../domain/closing-words.ts';
import { listRefusalsToAsk, type RefusalToAsk } from '../refusals-contract.ts';

/** On the day's worklist: who refused and is to be asked again by now, folded so that dangers stay in sight; nothing when there is nobody. */
export function RefusalsStrip() {
  const list = usePages({
    queryKey: ['refusals-to-ask'],
    read: (cursor) => callApi(listRefusalsToAsk, { query: { limit: 20, cursor } }),
  });
  if (list.isLoadingError) return <Failure error={list.error} onRetry={() => void list.refetch()} />;
  const items = list.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <details className="card" style={{ padding: 0 }} aria-label="再次征询">
      <summary style={{ padding: '10px 14px', minHeight: 44 }}>
        <b>再次征询</b>{' '}
        <span style={{ color: 'var(--late)' }}>
          到期 {items.length}
          {list.hasNextPage && '+'} 人
        </span>{' '}
        <span className="small soft">曾拒绝管理，约定的日期到了：愿意的重新纳入，仍拒绝的再记一次</span>
      </summary>
      {items.map((one) => (
        <RefusalLine key={one.eventId} one={one} />
      ))}
      <MoreButton list={list} size="small" style={{ margin: '8px 14px' }} />
    </details>
  );
}

function RefusalLine({ one }: { one: RefusalToAsk }) {
  const { today } = useActor();
  const isLate = one.reviewOn < today;
  return (
    <PersonLine
      person={one}
      tag={<StateTag state={isLate ? 'late' : 'recheck'}>{isLate ? '逾期' : '今天'}</StateTag>}
    >
      <div className="small">
        {refusalWords(one.program)}
        {one.note && `：${one.note}`}
      </div>
      <div className="small soft">
        {one.refusedOn} 拒绝
        <div>应于 {one.reviewOn} 再问</div>
      </div>
    </PersonLine>
  );
}
