import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, type RuleRef, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { missingOf } from '../answering.ts';
import { plausiblePressure } from './diagnosis-parameters.ts';
import {
  clinicalLimit,
  clinicalVeryOldAge,
  clinicalVeryOldLimit,
  type PressureLimit,
  statutoryElderAge,
  statutoryElderLimit,
  statutoryLimit,
} from './follow-up-parameters.ts';

/** 公卫口径 counts for the sheet and the indicators; 临床目标 is the guideline's goal for the person. They never merge. */
export type Track = 'public-health' | 'clinical';

export interface PressureFacts {
  readonly sbp?: number | undefined;
  readonly dbp?: number | undefined;
  readonly ageYears?: number | undefined;
}

/** Ids under which the two verdicts are stored with a visit. */
export const controlRuleIds = { 'public-health': 'HTN-15-control', clinical: 'HTN-08' } as const;

/** The limit a person of this age is held to on a track on a day; both values must stay below it. mmHg. */
export function pressureLimitFor(
  track: Track,
  ageYears: number,
  day: PlainDate,
): { limit: PressureLimit; group: string; rule: RuleRef } {
  if (track === 'public-health') {
    const elder = ageYears >= valueOn(statutoryElderAge, day);
    const row = rowOn(elder ? statutoryElderLimit : statutoryLimit, day);
    const rule = {
      id: controlRuleIds[track],
      edition: row.source,
      clause: row.clause,
      certainty: row.certainty,
    };
    return {
      limit: row.value,
      group: elder ? `${valueOn(statutoryElderAge, day)}岁及以上` : '一般患者',
      rule,
    };
  }
  const veryOld = ageYears >= valueOn(clinicalVeryOldAge, day);
  const row = rowOn(veryOld ? clinicalVeryOldLimit : clinicalLimit, day);
  const rule = {
    id: controlRuleIds[track],
    edition: row.source,
    clause: row.clause,
    certainty: row.certainty,
  };
  const age = valueOn(clinicalVeryOldAge, day);
  return { limit: row.value, group: veryOld ? `${age}岁及以上` : `${age}岁以下`, rule };
}

/**
 * Whether a reading is controlled on a track: both values below the limit for the age on that day. Undecided without
 * both values and the age.
 * @source 国家基本公共卫生服务规范（第三版） 控制满意；国家基层高血压防治管理指南 2025版 §5.2
 */
export function judgePressureControl(
  facts: PressureFacts,
  day: PlainDate,
  track: Track,
): Decision<'controlled' | 'not-controlled'> {
  const { limit, group, rule } = pressureLimitFor(track, facts.ageYears ?? 0, day);
  if (facts.sbp === undefined || facts.dbp === undefined || facts.ageYears === undefined)
    return undecided(rule, missingOf({ 收缩压: facts.sbp, 舒张压: facts.dbp, 年龄: facts.ageYears }));
  const believable = valueOn(plausiblePressure, day);
  if (
    facts.sbp < believable.sbp.min ||
    facts.sbp > believable.sbp.max ||
    facts.dbp < believable.dbp.min ||
    facts.dbp > believable.dbp.max
  )
    return undecided(rule, ['血压（数值不合理）']);
  const controlled = facts.sbp < limit.sbp && facts.dbp < limit.dbp;
  const goal = `${group}目标为低于 ${limit.sbp}/${limit.dbp} mmHg`;
  const text = `血压 ${facts.sbp}/${facts.dbp} mmHg，${goal}，${controlled ? '达标' : '未达标'}。`;
  return decided(rule, controlled ? 'controlled' : 'not-controlled', [
    { code: controlled ? 'below-limit' : 'at-or-above-limit', text },
  ]);
}
