import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, missingOf, ruleFrom } from '../answering.ts';
import { crisisLimit } from './follow-up-parameters.ts';
import { urgentProtocol } from './treatment-parameters.ts';

export interface UrgentFacts {
  readonly sbp?: number | undefined;
  readonly dbp?: number | undefined;
  readonly acuteSymptoms?: boolean | undefined;
  /** Minutes since the first dose; 0 before it. */
  readonly minutes?: number | undefined;
}

export type UrgentStep =
  | 'not-urgent'
  | 'emergency'
  | 'start-protocol'
  | 'observe'
  | 'home-and-call'
  | 'refer';

/**
 * The next step for 180/110 and above in the room: acute symptoms at any moment and pressure call for help, else oral treatment, look again
 * after an hour, refer when it does not come down. Sublingual nifedipine is never among the steps.
 * @source 国家基层高血压防治管理指南 2025版 §5.4.6
 */
export function guideUrgentPressure(facts: UrgentFacts, day: PlainDate): Decision<UrgentStep> {
  const row = rowOn(urgentProtocol, day);
  const rule = ruleFrom('HTN-17', row);
  const { sbp, dbp, acuteSymptoms } = facts;
  if (sbp === undefined || dbp === undefined || acuteSymptoms === undefined)
    return undecided(rule, missingOf({ 收缩压: sbp, 舒张压: dbp, 有无急性症状: acuteSymptoms }));
  const limit = valueOn(crisisLimit, day);
  const isHigh = sbp >= limit.sbp || dbp >= limit.dbp;
  const minutes = facts.minutes ?? 0;
  const { goal } = row.value;
  const answer = (value: UrgentStep, text: string) => decided(rule, value, [because(value, text)]);
  if (acuteSymptoms) return answer('emergency', `血压 ${sbp}/${dbp} mmHg 伴急性症状，立即呼叫急救并转诊。`);
  if (!isHigh)
    return minutes > 0
      ? answer(
          'home-and-call',
          `已降至 ${sbp}/${dbp} mmHg，回家观察，24–48小时降至 ${goal.sbp}/${goal.dbp} 以下，24–72小时内联系。`,
        )
      : answer('not-urgent', `血压 ${sbp}/${dbp} mmHg，不需急诊处理。`);
  if (minutes === 0)
    return answer(
      'start-protocol',
      `口服${row.value.oral}，${row.value.recheckMinutes} 分钟后复测，记录给药与复测时间；禁止舌下含服硝苯地平。`,
    );
  if (minutes < row.value.longestMinutes) return answer('observe', '可重复给药一次，继续观察。');
  return answer('refer', `${minutes} 分钟仍为 ${sbp}/${dbp} mmHg，转诊。`);
}
