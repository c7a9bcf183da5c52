import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { listPlans } from '../plan-contract.ts';
import { PlanForm } from './plan-form.tsx';
import { StageSection } from './stage-section.tsx';
import type { VisitPart } from './visit-part.ts';

/** The plan in force, and at its box the form that writes the next version. */
export function PlanSection(part: VisitPart) {
  const { visit } = part;
  const isHere = visit.status === 'open' && visit.box === 'B10';
  const plans = useQuery({
    queryKey: ['visit', visit.visitId, 'plans', visit.plan?.planId ?? 'none'],
    enabled: isHere,
    queryFn: () => callApi(listPlans, { params: { residentId: visit.residentId }, query: { limit: 1 } }),
  });
  return (
    <StageSection
      title="健康管理方案"
      isHere={isHere}
      done={visit.plan ? `第 ${visit.plan.planVersion} 版 ${visit.plan.madeOn}` : undefined}
    >
      {visit.plan && (
        <div className="row">
          <span>
            现行方案：第 {visit.plan.planVersion} 版，{visit.plan.madeOn}
          </span>
          <a href={`/print/plans/${visit.plan.planId}`} target="_blank" rel="noreferrer">
            <Button size="small">打印健康处方</Button>
          </a>
          <Link to="/appointments" search={{ residentId: visit.residentId }}>
            <Button size="small">约复诊</Button>
          </Link>
        </div>
      )}
      {!visit.plan && !isHere && <div className="small soft">还没有方案。</div>}
      {isHere && part.mayTreat && (
        <>
          {plans.isLoadingError && <Failure error={plans.error} onRetry={() => void plans.refetch()} />}
          {plans.isSuccess && part.record ? (
            <PlanForm
              key={plans.data.items[0]?.planId ?? 'first'}
              visit={visit}
              record={part.record}
              today={part.today}
              before={plans.data.items[0]}
            />
          ) : (
            !plans.isLoadingError && <Loading />
          )}
        </>
      )}
    </StageSection>
  );
}
