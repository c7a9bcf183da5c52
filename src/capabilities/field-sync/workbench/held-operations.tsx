import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { printInstant } from '#platform/browser/print-instant.ts';
import { usePages } from '#platform/browser/use-pages.ts';
import { type FieldOperationKind, operationLabels } from '../domain/field-operation.ts';
import { type HeldOperation, listHeldOperations } from '../held-contract.ts';

/** The forms of the county are many; they are fetched apart from the page. */
const HeldWords = lazy(async () => ({ default: (await import('./held-words.tsx')).HeldWords }));

const whyWords: Readonly<Record<HeldOperation['why'], string>> = {
  refused: '被退回，等本人改正',
  'given-up': '本人放弃',
  'handed-over': '由被清除或收回的手机交出',
};

/** What became of a form its writer moved to another edition. */
const replacedWords = {
  filed: { tag: '已改用新版表单重填', said: '已入档' },
  refused: { tag: '已改用新版表单重填，新的又被退回', said: '又被退回，等本人改正，还没有入档' },
} as const;

/** What phones sent that did not become a fact: whole as typed, with the reason, for a person to enter or let rest. */
export function HeldOperations() {
  const held = usePages({
    queryKey: ['field-held'],
    read: (cursor) => callApi(listHeldOperations, { query: { limit: 30, cursor } }),
  });
  const items = held.data?.items ?? [];
  if (held.isPending) return <Loading rows={8} />;
  if (held.isLoadingError) return <Failure error={held.error} onRetry={() => void held.refetch()} />;
  if (items.length === 0)
    return <Empty title="没有待处理的内容">手机送来的内容都已入档，或已由本人改正。</Empty>;
  return (
    <>
      <div className="card" style={{ padding: 0 }}>
        {items.map((one) => (
          <HeldLine key={one.operationId} one={one} />
        ))}
      </div>
      <MoreButton list={held} />
    </>
  );
}

function HeldLine({ one }: { one: HeldOperation }) {
  const { replacement } = one;
  const replaced = replacement && replacedWords[replacement.state];
  const isWaiting = one.why === 'refused' || replacement?.state === 'refused';
  return (
    <details style={{ padding: '10px 14px', borderTop: '1px solid var(--line)' }}>
      <summary style={{ cursor: 'pointer' }}>
        <StateTag state={isWaiting ? 'late' : 'plain'}>{replaced?.tag ?? whyWords[one.why]}</StateTag>{' '}
        <b>{operationLabels[one.kind as FieldOperationKind] ?? one.kind}</b> ·{' '}
        {one.residentName ?? '居民不在您的范围或尚未建档'} · {one.userName} ·{' '}
        <span className="soft">{printInstant(one.receivedAt)}</span>
      </summary>
      {one.problem && (
        <p>
          {one.problem.title}。{one.problem.detail}
          {one.problem.issues?.map((issue) => (
            <span key={issue.path + issue.code}> {issue.message}</span>
          ))}
        </p>
      )}
      {replacement && (
        <p>
          新的一份：
          {replacement.sheets.map(({ recordId, title, edition }, at) => (
            <span key={recordId}>
              {at > 0 && '、'}
              {replacement.state === 'filed' && one.residentName ? (
                <Link
                  to="/residents/$residentId/records/$recordId"
                  params={{ residentId: one.residentId, recordId }}
                >
                  {title} {edition} 版
                </Link>
              ) : (
                `${title} ${edition} 版`
              )}
            </span>
          ))}
          ，{replaced?.said}。
        </p>
      )}
      {one.note && (
        <p>
          {replacement ? '' : '原因：'}
          {one.note}
        </p>
      )}
      {one.residentName && (
        <Link to="/residents/$residentId" params={{ residentId: one.residentId }}>
          打开居民档案
        </Link>
      )}
      <div style={{ marginTop: 8 }}>
        <Suspense fallback={<span className="soft">正在读取…</span>}>
          <HeldWords kind={one.kind} body={one.body} />
        </Suspense>
      </div>
    </details>
  );
}
