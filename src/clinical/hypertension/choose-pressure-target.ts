import { valueOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because } from '../answering.ts';
import type { PressureLimit } from './follow-up-parameters.ts';
import { clinicalVeryOldAge } from './follow-up-parameters.ts';
import { pressureLimitFor } from './judge-pressure-control.ts';
import { targetDetail } from './treatment-parameters.ts';

export interface TargetFacts {
  readonly ageYears?: number | undefined;
  readonly frail?: boolean | undefined;
  /** Standing drop, mmHg. */
  readonly orthostaticDrop?: PressureLimit | undefined;
}

export interface PressureTarget {
  /** Both values below it. */
  readonly below: PressureLimit;
  readonly stretchBelow: PressureLimit | undefined;
  readonly floor: PressureLimit | undefined;
  /** Frail or orthostatic: the number guides, tolerance decides. */
  readonly individual: boolean;
}

/**
 * The guideline's goal for a person, the goal beyond it when tolerated, and the floor. Undecided without the age. mmHg.
 * @source 国家基层高血压防治管理指南 2025版 §5.2
 */
export function choosePressureTarget(facts: TargetFacts, day: PlainDate): Decision<PressureTarget> {
  const { limit, group, rule } = pressureLimitFor('clinical', facts.ageYears ?? 0, day);
  const ref = { ...rule, id: 'HTN-08-target' };
  if (facts.ageYears === undefined) return undecided(ref, ['年龄']);
  const detail = valueOn(targetDetail, day);
  const veryOld = facts.ageYears >= valueOn(clinicalVeryOldAge, day);
  const drop = facts.orthostaticDrop;
  const drops =
    drop !== undefined && (drop.sbp >= detail.orthostaticDrop.sbp || drop.dbp >= detail.orthostaticDrop.dbp);
  const individual = facts.frail === true || drops;
  const value: PressureTarget = {
    below: limit,
    stretchBelow: veryOld ? detail.veryOldStretch : undefined,
    floor: veryOld ? detail.lowAlarm : facts.ageYears >= detail.olderFrom ? detail.olderFloor : undefined,
    individual,
  };
  return decided(ref, value, [
    because('target', `${group}，血压目标低于 ${limit.sbp}/${limit.dbp} mmHg。`),
    ...(individual ? [because('individual', '衰弱或有体位性低血压，目标因人而定，先避免过低。')] : []),
  ]);
}
