import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure } from '#platform/browser/design-system/page-states.tsx';
import { listVisits } from '../contract.ts';
import { findBox } from '../domain/flow-boxes.ts';
import { listPlans } from '../plan-contract.ts';

/** Visits to the centre and every version of the plan, on the person's page; nothing where there are none. */
export function VisitsPanel({ residentId }: { residentId: string }) {
  const visits = useQuery({
    queryKey: ['visit', 'of', residentId],
    queryFn: () => callApi(listVisits, { params: { residentId }, query: { limit: 10 } }),
  });
  const plans = useQuery({
    queryKey: ['visit', 'plans-of', residentId],
    queryFn: () => callApi(listPlans, { params: { residentId }, query: { limit: 10 } }),
  });
  if (visits.isLoadingError || plans.isLoadingError) return <Failure error={visits.error ?? plans.error} />;
  const [seen, made] = [visits.data?.items ?? [], plans.data?.items ?? []];
  if (seen.length + made.length === 0) return null;
  return (
    <section className="card" aria-label="中心就诊与方案">
      <h2 style={{ marginBottom: 6 }}>中心就诊与方案</h2>
      {seen.map((one) => (
        <div key={one.visitId} className="row" style={{ padding: '3px 0' }}>
          <Link to="/visits/$visitId" params={{ visitId: one.visitId }}>
            {one.arrivedOn}
          </Link>
          <span>{one.status === 'left' ? '未就诊离开' : `到“${findBox(one.box)?.label ?? one.box}”`}</span>
          <span className="small soft">{one.doctorName ?? ''}</span>
        </div>
      ))}
      {made.map((one) => (
        <div key={one.planId} className="row" style={{ padding: '3px 0' }}>
          <a href={`/print/plans/${one.planId}`} target="_blank" rel="noreferrer">
            健康处方第 {one.planVersion} 版
          </a>
          <span className="small soft">
            {one.madeOn} {one.madeByName} {one.changeReason ?? ''}，下次 {one.content.nextOn}
          </span>
        </div>
      ))}
    </section>
  );
}
