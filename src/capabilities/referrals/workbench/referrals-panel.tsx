import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Failure } from '#platform/browser/design-system/page-states.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { listResidentReferrals } from '../contract.ts';
import { ReferralCard } from './referral-card.tsx';

/** On a person's page: where they were referred, how it went, and what came back; nothing for whoever was never referred. */
export function ReferralsPanel({ residentId }: { residentId: string }) {
  const list = usePages({
    queryKey: ['resident-referrals', residentId],
    read: (cursor) => callApi(listResidentReferrals, { params: { residentId }, query: { limit: 5, cursor } }),
  });
  if (list.isError) return <Failure error={list.error} onRetry={() => void list.refetch()} />;
  const items = list.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className="card" aria-label="转诊">
      <h2>转诊</h2>
      {items.map((one) => (
        <ReferralCard key={one.id} line={one} side="sent" />
      ))}
      <MoreButton list={list} size="small" />
    </section>
  );
}
