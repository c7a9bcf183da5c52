import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { lackingAnswers, lackingFigures } from '../cardiovascular-risk/required-inputs.ts';
import type { CardiacDrug } from './cardiac-drugs.ts';
import { coronaryTargets, heartRanges } from './heart-parameters.ts';
import {
  judgeSecondaryTargets,
  type SecondaryFacts,
  type SecondaryTarget,
} from './judge-secondary-targets.ts';

export interface CoronaryTargetFacts extends SecondaryFacts {
  /** Resting, per minute; asked only on a beta-blocker. */
  readonly heartRate?: number | undefined;
  readonly smoker?: boolean | undefined;
  readonly drugs?: readonly CardiacDrug[] | undefined;
}

export type CoronaryTarget = SecondaryTarget | 'pressure-too-low' | 'heart-rate' | 'smoking';

/**
 * Which goals of coronary disease are not reached: LDL, pressure (neither high nor too low), resting rate on a
 * beta-blocker, no smoking. Undecided while an input is missing.
 * @source 稳定性冠心病基层管理（待临床专家核对）；中国血脂管理指南（2023年）
 */
export function judgeCoronaryTargets(
  facts: CoronaryTargetFacts,
  day: PlainDate,
): Decision<readonly CoronaryTarget[]> {
  const row = rowOn(coronaryTargets, day);
  const rule = { id: 'CHD-01-targets', edition: row.source, clause: row.clause, certainty: row.certainty };
  const limits = row.value;
  const judged = judgeSecondaryTargets(facts, limits, day);
  const { sbp, dbp, heartRate, smoker, drugs } = facts;
  const blocked = drugs?.includes('beta-blocker');
  const missing = [
    ...judged.missing,
    ...lackingAnswers([
      [smoker, '是否吸烟'],
      [drugs, '用药清单'],
    ]),
    ...(blocked ? lackingFigures([[heartRate, valueOn(heartRanges, day).heartRate]]) : []),
  ];
  if (missing.length > 0 || sbp === undefined || dbp === undefined) return undecided(rule, missing);
  const misses: CoronaryTarget[] = [...judged.misses];
  const reasons: Reason[] = [...judged.reasons];
  const add = (code: CoronaryTarget, text: string) => {
    misses.push(code);
    reasons.push({ code, text });
  };
  if (sbp < limits.sbpFloor || dbp < limits.dbpFloor)
    add(
      'pressure-too-low',
      `血压 ${sbp}/${dbp} mmHg，低于 ${limits.sbpFloor}/${limits.dbpFloor}，请核对降压强度。`,
    );
  const [low, high] = limits.heartRate;
  if (blocked && heartRate !== undefined && (heartRate < low || heartRate > high))
    add('heart-rate', `用β受体阻滞剂时静息心率 ${heartRate} 次/分，目标 ${low}–${high}。`);
  if (smoker) add('smoking', '仍在吸烟。');
  return decided(rule, misses, reasons);
}
