import { type DatedValue, rowOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, type RuleRef, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { generalHba1cGoal, statutoryGlucoseLimit } from './follow-up-parameters.ts';
import { lowGlucoseReason } from './tell-low-glucose.ts';

/** Ids under which the two verdicts are stored with a visit. */
export const glucoseControlRuleIds = { 'public-health': 'DM-18-control', clinical: 'DM-05-hba1c' } as const;

export interface GlucoseFacts {
  /** Fasting glucose, mmol/L. */
  readonly fpg?: number | undefined;
  /** Of another time of the day, mmol/L; says only whether it is too low. */
  readonly randomGlucose?: number | undefined;
  /** NGSP %. */
  readonly hba1c?: number | undefined;
}

/**
 * Whether glucose is controlled: on the public-health track by the fasting glucose of the visit, on the clinical track
 * by HbA1c against the general goal. Each value must lie below its limit; a missing one leaves the track undecided. A
 * glucose too low is never controlled on the clinical track; the public-health track keeps the norm's own count, which has
 * no lower end, and names it among the reasons: no screen calls it controlled.
 * @source 国家基本公共卫生服务规范（第三版） 控制满意；中国2型糖尿病防治指南 综合控制目标
 */
export function judgeGlucoseControl(
  facts: GlucoseFacts,
  day: PlainDate,
  track: 'public-health' | 'clinical',
): Decision<'controlled' | 'not-controlled'> {
  const low = lowGlucoseReason([facts.fpg, facts.randomGlucose], day);
  return track === 'public-health'
    ? below(facts.fpg, rowOn(statutoryGlucoseLimit, day), track, '空腹血糖', 'mmol/L', low)
    : below(facts.hba1c, rowOn(generalHba1cGoal, day), track, '糖化血红蛋白', '%', low);
}

function below(
  value: number | undefined,
  row: DatedValue<number>,
  track: 'public-health' | 'clinical',
  name: string,
  unit: string,
  low: Reason | undefined,
): Decision<'controlled' | 'not-controlled'> {
  const rule: RuleRef = {
    id: glucoseControlRuleIds[track],
    edition: row.source,
    clause: row.clause,
    certainty: row.certainty,
  };
  if (value === undefined) return undecided(rule, [name]);
  const isBelow = value < row.value;
  const isPublic = track === 'public-health';
  const what = !isBelow
    ? '未达标'
    : low === undefined
      ? '达标'
      : `${isPublic ? '公卫指标按此计；' : ''}有低血糖，不算控制好`;
  return decided(rule, isBelow && (isPublic || low === undefined) ? 'controlled' : 'not-controlled', [
    ...(low ? [low] : []),
    {
      code: isBelow ? 'below-limit' : 'at-or-above-limit',
      text: `${name} ${value} ${unit}，目标为低于 ${row.value} ${unit}，${what}。`,
    },
  ]);
}
