import type { ReactNode } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Failure } from '#platform/browser/design-system/page-states.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { listResidentConsultations } from '../contract.ts';
import { ConsultationCard } from './consultation-card.tsx';

/** On a person’s page: who was asked about them and what they said, below the heading what asks anew. */
export function ConsultationsPanel({ residentId, children }: { residentId: string; children?: ReactNode }) {
  const list = usePages({
    queryKey: ['resident-consultations', residentId],
    read: (cursor) =>
      callApi(listResidentConsultations, { params: { residentId }, query: { limit: 5, cursor } }),
  });
  if (list.isLoadingError) return <Failure error={list.error} onRetry={() => void list.refetch()} />;
  const items = list.data?.items ?? [];
  if (items.length === 0 && !children) return null;
  return (
    <section className="card" aria-label="会诊">
      <h2>会诊</h2>
      {children && <div style={{ margin: '8px 0' }}>{children}</div>}
      {items.map((one) => (
        <ConsultationCard key={one.id} line={one} side="asking" />
      ))}
      <MoreButton list={list} size="small" />
    </section>
  );
}
