import { Button, Input } from 'antd';
import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import {
  type ReferralState,
  referralStates,
  type Urgency,
  urgencies,
} from '#capabilities/referrals/domain/referral-states.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { moveVisit } from '../contract.ts';
import { ReferralForm } from './referral-form.tsx';
import { StageSection } from './stage-section.tsx';
import { ProblemText, useAct } from './use-act.tsx';
import type { VisitPart } from './visit-part.ts';

/** The two gates of the drawing: whether the case is beyond the centre, and whether it is a chronic disease at all. */
export function CapacitySection(part: VisitPart) {
  const { visit, record } = part;
  const [isBeyond, setBeyond] = useState(false);
  const [advice, setAdvice] = useState('');
  const [recheckOn, setRecheckOn] = useState('');
  const act = useAct();
  const isEarly = ['B1', 'B2', 'B3'].includes(visit.box);
  const isHere = visit.status === 'open' && ['B4', 'B5', 'B6'].includes(visit.box);
  const isDiagnosed =
    (record?.programs.length ?? 0) > 0 ||
    visit.episodes.some((one) => one.state === 'confirmed' || one.state === 'enrolled');
  const go = (to: 'B9' | 'B10') =>
    act.run(
      async () => {
        let { version } = visit;
        const params = { visitId: visit.visitId };
        if (visit.box !== 'B6')
          ({ version } = await callApi(moveVisit, {
            params,
            body: { operationId: uuidv7(), version, to: 'B6' },
          }));
        return callApi(moveVisit, {
          params,
          body: {
            operationId: uuidv7(),
            version,
            to,
            note: to === 'B9' ? advice : '',
            ...(to === 'B9' && recheckOn ? { recheckOn } : {}),
            capacity: { beyond: false },
          },
        });
      },
      to === 'B9' ? '已记录健康教育' : undefined,
    );
  return (
    <StageSection
      title="诊疗能力与去向"
      isHere={isHere}
      done={
        visit.beyondCapacity === null
          ? undefined
          : visit.beyondCapacity
            ? '超出诊疗能力，已转诊'
            : '未超出诊疗能力'
      }
    >
      {visit.referrals.map((one) => (
        <div key={one.id} className="small">
          转诊（{urgencies[one.urgency as Urgency]}）：{one.toName} {one.toDepartment} · {one.reason} ·{' '}
          {referralStates[one.status as ReferralState]}
        </div>
      ))}
      {part.mayTreat && isHere && (
        <>
          {!isDiagnosed && (
            <Input.TextArea
              aria-label="健康教育内容"
              placeholder="健康教育：限盐、复测日期等"
              autoSize={{ minRows: 2, maxRows: 5 }}
              maxLength={1000}
              value={advice}
              onChange={(event) => setAdvice(event.target.value)}
            />
          )}
          {!isDiagnosed && (
            <span className="row small">
              复查日期
              <Input
                aria-label="复查日期"
                type="date"
                size="small"
                style={{ width: 150 }}
                min={part.today}
                value={recheckOn}
                onChange={(event) => setRecheckOn(event.target.value)}
              />
            </span>
          )}
          <div className="row">
            {isDiagnosed ? (
              <Button type="primary" loading={act.busy} onClick={() => void go('B10')}>
                未超出，制定或完善方案
              </Button>
            ) : (
              <Button type="primary" loading={act.busy} onClick={() => void go('B9')}>
                诊断不成立，健康教育
              </Button>
            )}
            <Button onClick={() => setBeyond(!isBeyond)}>{isBeyond ? '收起转诊' : '超出诊疗能力'}</Button>
            <ProblemText problem={act.problem} />
          </div>
        </>
      )}
      {part.mayTreat && isEarly && (
        <div>
          <button type="button" className="link-button" onClick={() => setBeyond(!isBeyond)}>
            急症：先处理并转诊
          </button>
        </div>
      )}
      {part.mayTreat && isBeyond && (isHere || isEarly) && <ReferralForm visit={visit} />}
    </StageSection>
  );
}
