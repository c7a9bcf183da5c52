import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure } from '#platform/browser/design-system/page-states.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { listResidentAppointments } from '../contract.ts';
import { AppointmentActions } from './appointment-actions.tsx';

/** On the person's page: what they are booked for, the next first, and what became of it before. */
export function ResidentAppointmentsPanel({
  residentId,
  mayWrite,
}: {
  residentId: string;
  mayWrite: boolean;
}) {
  const { today } = useActor();
  const booked = useQuery({
    queryKey: ['appointments', 'of', residentId],
    queryFn: () => callApi(listResidentAppointments, { params: { residentId }, query: { limit: 10 } }),
  });
  if (booked.isLoadingError) return <Failure error={booked.error} onRetry={() => void booked.refetch()} />;
  if (!booked.data) return null;
  const isComing = ({ day }: { day: string }) => day >= today;
  const coming = booked.data.items.filter(isComing).toReversed();
  const items = [...coming, ...booked.data.items.filter((one) => !isComing(one))];
  return (
    <section className="card" aria-label="预约">
      <div className="row spread">
        <h2>预约</h2>
        {mayWrite && (
          <Link to="/appointments" search={{ residentId }}>
            预约就诊
          </Link>
        )}
      </div>
      {items.length === 0 && <p className="soft">没有预约。</p>}
      {items.map((one) => (
        <div key={one.id} className="row spread" style={{ padding: '6px 0' }}>
          <span>
            {one.day} {one.starts}–{one.ends} {one.organizationName} {one.title}
            <span className="small soft"> {one.purpose}</span>
          </span>
          <AppointmentActions appointment={one} mayWrite={mayWrite} />
        </div>
      ))}
    </section>
  );
}
