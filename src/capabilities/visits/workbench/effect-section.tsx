import { Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { useWriteIds } from '#platform/browser/use-write.tsx';
import { evaluateEffect, moveVisit } from '../contract.ts';
import { failedPlansToRefer } from '../domain/move-visit.ts';
import { ReferralForm } from './referral-form.tsx';
import { StageSection } from './stage-section.tsx';
import { ProblemText, useAct } from './use-act.tsx';
import type { VisitPart } from './visit-part.ts';

/** Whether the plan works, by rule: stable goes to follow-up in the village, not stable back to the plan. */
export function EffectSection(part: VisitPart) {
  const { visit } = part;
  const act = useAct();
  const { ids, renew } = useWriteIds();
  const [guidance, setGuidance] = useState('');
  const [isReferring, setReferring] = useState(false);
  if (!visit.plan) return null;
  const isOpen = part.mayTreat && ['B10', 'B12', 'B13'].includes(visit.box);
  const isPassed = visit.path.some((step) => ['C1', 'C2', 'C4'].includes(step.box));
  // Somebody comes back with a plan: first whether it works, then whether it changes.
  const isReview = visit.box === 'B10' && !visit.path.some((step) => step.box === 'B13');
  const judged = visit.stability;
  const evaluate = async () => {
    const done = await act.run(
      () =>
        callApi(evaluateEffect, {
          params: { visitId: visit.visitId },
          body: {
            operationId: ids.operationId,
            version: visit.version,
            keepsPlan: visit.box === 'B10',
            guidance,
          },
        }),
      '效果评估已记录',
    );
    if (done) renew();
  };
  const revise = async () => {
    const done = await act.run(() =>
      callApi(moveVisit, {
        params: { visitId: visit.visitId },
        body: { operationId: ids.operationId, version: visit.version, to: 'B10' },
      }),
    );
    if (done) renew();
  };
  return (
    <StageSection
      title="效果评估"
      isHere={visit.status === 'open' && (['B12', 'B13'].includes(visit.box) || isReview)}
      done={isPassed ? '病情稳定，转入随访' : undefined}
    >
      {judged && (
        <>
          <div>
            <StateTag
              state={judged.state === 'stable' ? 'good' : judged.state === 'not-stable' ? 'late' : 'plain'}
            >
              {judged.state === 'stable'
                ? '病情稳定'
                : judged.state === 'not-stable'
                  ? '病情未稳定'
                  : '还不能判断'}
            </StateTag>
          </div>
          {judged.reasons.map((one) => (
            <div key={one} className="small">
              {one}
            </div>
          ))}
          {judged.missing.map((one) => (
            <div key={one} className="small soft">
              {one}
            </div>
          ))}
          <div className="small soft">依据规则：{judged.ruleIds.join('、')}</div>
        </>
      )}
      {isOpen && judged?.state === 'stable' && (
        <Input.TextArea
          aria-label="健康指导"
          placeholder="健康指导：生活方式、家庭监测、自我管理"
          autoSize={{ minRows: 1, maxRows: 4 }}
          maxLength={1000}
          value={guidance}
          onChange={(event) => setGuidance(event.target.value)}
        />
      )}
      {isOpen && isReview && (
        <div className="row">
          <Button loading={act.busy} onClick={() => void evaluate()}>
            维持第 {visit.plan.planVersion} 版方案并评估效果
          </Button>
        </div>
      )}
      {isOpen && visit.box === 'B12' && (
        <div className="row">
          <Button type="primary" loading={act.busy} onClick={() => void evaluate()}>
            评估效果
          </Button>
          <a href={`/print/plans/${visit.plan.planId}`} target="_blank" rel="noreferrer">
            <Button>打印健康处方</Button>
          </a>
          <Link to="/appointments" search={{ residentId: visit.residentId }}>
            <Button>约复诊</Button>
          </Link>
          <span className="small soft">方案之后有了新的测量才能评估；今天可以先结束就诊。</span>
        </div>
      )}
      {isOpen && visit.box === 'B13' && (
        <div className="row">
          <Button type="primary" loading={act.busy} onClick={() => void revise()}>
            完善方案
          </Button>
          {visit.failedPlans >= failedPlansToRefer && (
            <Button onClick={() => setReferring(!isReferring)}>方案反复调整仍不稳定，转诊</Button>
          )}
        </div>
      )}
      {isOpen && visit.box === 'B13' && isReferring && <ReferralForm visit={visit} />}
      <ProblemText problem={act.problem} />
    </StageSection>
  );
}
