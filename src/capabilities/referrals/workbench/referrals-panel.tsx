import type { ReactNode } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Failure } from '#platform/browser/design-system/page-states.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { listResidentReferrals, type ReferralLine } from '../contract.ts';
import { ReferralCard } from './referral-card.tsx';

/**
 * On a person’s page: where they were referred, how it went, and what came back, and below the heading what sends them
 * on. Nothing for whoever was never referred and cannot be.
 */
export function ReferralsPanel(props: {
  residentId: string;
  /** Given those there are, the newest first. */
  sendOn?: ((items: readonly ReferralLine[]) => ReactNode) | undefined;
}) {
  const { residentId, sendOn } = props;
  const list = usePages({
    queryKey: ['resident-referrals', residentId],
    read: (cursor) => callApi(listResidentReferrals, { params: { residentId }, query: { limit: 5, cursor } }),
  });
  if (list.isLoadingError) return <Failure error={list.error} onRetry={() => void list.refetch()} />;
  const items = list.data?.items ?? [];
  if (items.length === 0 && !sendOn) return null;
  return (
    <section className="card" aria-label="转诊">
      <h2>转诊</h2>
      {sendOn && list.isSuccess && <div style={{ margin: '8px 0' }}>{sendOn(items)}</div>}
      {items.map((one) => (
        <ReferralCard key={one.id} line={one} side="sent" />
      ))}
      <MoreButton list={list} size="small" />
    </section>
  );
}
