import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, missingOf, ruleFrom } from '../answering.ts';
import { hba1cGoals, olderGoals } from './diabetes-parameters.ts';
import { lowGlucoseReason } from './tell-low-glucose.ts';

export interface Hba1cGoalFacts {
  readonly ageYears?: number | undefined;
  readonly durationYears?: number | undefined;
  /** On sulfonylurea, glinide or insulin. */
  readonly riskyMedicine?: boolean | undefined;
  readonly severeHypoglycaemia?: boolean | undefined;
  readonly complications?: boolean | undefined;
  readonly limitedLife?: boolean | undefined;
}

/** The individual HbA1c goal, %, below. Undecided without the age. @source 国家基层糖尿病防治管理指南 2022 表6 */
export function chooseHba1cGoal(facts: Hba1cGoalFacts, day: PlainDate): Decision<number> {
  const row = rowOn(hba1cGoals, day);
  const rule = ruleFrom('DM-06', row);
  const goal = row.value;
  const { ageYears } = facts;
  if (ageYears === undefined) return undecided(rule, ['年龄']);
  const answer = (value: number, text: string) =>
    decided(rule, value, [
      because(
        `below-${value}`,
        `${text}，糖化血红蛋白目标低于 ${value}%${ageYears >= goal.olderFrom ? '，老年按健康状况放宽' : ''}。`,
      ),
    ]);
  if (facts.severeHypoglycaemia || facts.limitedLife)
    return answer(goal.loose, '有严重低血糖史或预期寿命有限');
  if (facts.complications && ageYears >= goal.olderFrom) return answer(goal.loose, '年长且有明显并发症');
  const strict =
    ageYears < goal.strictAgeBelow &&
    facts.durationYears !== undefined &&
    facts.durationYears < goal.strictYearsBelow &&
    facts.riskyMedicine === false &&
    facts.complications === false;
  return strict ? answer(goal.strict, '年轻、病程短、无并发症、不易低血糖') : answer(goal.usual, '一般成人');
}

export interface OlderGoalFacts {
  readonly ageYears?: number | undefined;
  readonly health?: 'good' | 'intermediate' | 'poor' | undefined;
  readonly riskyMedicine?: boolean | undefined;
  readonly hba1c?: number | undefined;
  /** mmol/L. */
  readonly fasting?: number | undefined;
  /** The newest of any time, which may be too low; mmol/L. */
  readonly glucose?: number | undefined;
}

export type OlderControl = 'at-goal' | 'above-goal' | 'overtreatment-review';

/** HbA1c of an older person against goal and floor by health; below the floor, or with a glucose too low, the treatment may be too strong. @source 老年糖尿病诊疗指南 */
export function judgeOlderControl(facts: OlderGoalFacts, day: PlainDate): Decision<OlderControl> {
  const row = rowOn(olderGoals, day);
  const rule = ruleFrom('DM-07', row);
  const { health, riskyMedicine, hba1c } = facts;
  if (health === undefined || riskyMedicine === undefined || hba1c === undefined)
    return undecided(
      rule,
      missingOf({ 健康状况: health, 是否用易致低血糖的药: riskyMedicine, 糖化血红蛋白: hba1c }),
    );
  const goal = row.value[health];
  const below = riskyMedicine ? goal.risky.below : goal.safe;
  const floor = riskyMedicine ? goal.risky.floor : undefined;
  const range = goal.fasting[riskyMedicine ? 'risky' : 'safe'];
  const { fasting } = facts;
  const offRange =
    fasting !== undefined && (fasting < range.from || fasting > range.to)
      ? [because('fasting', `空腹血糖 ${fasting} mmol/L，目标 ${range.from}–${range.to}。`)]
      : [];
  const low = lowGlucoseReason([facts.glucose], day);
  if (low)
    return decided(rule, 'overtreatment-review', [
      low,
      because('overtreatment-review', `糖化 ${hba1c}%，有低血糖，评估是否治疗过度。`),
    ]);
  if (floor !== undefined && hba1c < floor)
    return decided(rule, 'overtreatment-review', [
      because('overtreatment-review', `糖化 ${hba1c}%，低于安全下限 ${floor}%，评估是否治疗过度。`),
      ...offRange,
    ]);
  return hba1c < below
    ? decided(rule, 'at-goal', [
        because('at-goal', `糖化 ${hba1c}%，目标低于 ${below}%，达标。`),
        ...offRange,
      ])
    : decided(rule, 'above-goal', [
        because('above-goal', `糖化 ${hba1c}%，目标低于 ${below}%，未达标。`),
        ...offRange,
      ]);
}
