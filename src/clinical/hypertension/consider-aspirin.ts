import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, missingOf, ruleFrom } from '../answering.ts';
import { type Condition, type Conditions, hasAny } from '../conditions.ts';
import { aspirinLimits } from './treatment-parameters.ts';

export interface AspirinFacts {
  readonly sbp?: number | undefined;
  readonly dbp?: number | undefined;
  readonly ageYears?: number | undefined;
  readonly conditions: Conditions;
  readonly aspirinAllergy?: boolean | undefined;
}

export type AspirinAdvice =
  | 'contraindicated'
  | 'recommended'
  | 'control-pressure-first'
  | 'may-consider'
  | 'not-recommended';

const atherosclerotic: readonly Condition[] = [
  'coronary-heart-disease',
  'myocardial-infarction',
  'stable-angina',
  'revascularization',
  'ischaemic-stroke',
  'tia',
  'peripheral-artery-disease',
];
const forbids: readonly Condition[] = [
  'peptic-ulcer-active',
  'gastrointestinal-bleeding',
  'bleeding-disorder',
  'liver-failure',
  'haemorrhagic-stroke',
];

/**
 * Whether aspirin has a place: with atherosclerotic disease once pressure is stable, rarely otherwise.
 * @source 国家基层高血压防治管理指南 2025版 §5.5.2
 */
export function considerAspirin(facts: AspirinFacts, day: PlainDate): Decision<AspirinAdvice> {
  const row = rowOn(aspirinLimits, day);
  const rule = ruleFrom('HTN-20', row);
  const { sbp, dbp, ageYears, conditions } = facts;
  if (sbp === undefined || dbp === undefined || ageYears === undefined)
    return undecided(rule, missingOf({ 收缩压: sbp, 舒张压: dbp, 年龄: ageYears }));
  const answer = (value: AspirinAdvice, text: string) => decided(rule, value, [because(value, text)]);
  if (facts.aspirinAllergy || hasAny(conditions, forbids))
    return answer('contraindicated', '有阿司匹林禁忌。');
  const { pressureBelow } = row.value;
  if (hasAny(conditions, atherosclerotic)) {
    return sbp < pressureBelow.sbp && dbp < pressureBelow.dbp
      ? answer('recommended', '有动脉粥样硬化性心血管病且血压稳定，建议阿司匹林75–100毫克/天。')
      : answer('control-pressure-first', `血压 ${sbp}/${dbp} mmHg，先降到150/90以下再用。`);
  }
  const mayConsider =
    ageYears < row.value.notFromAge &&
    ageYears >= row.value.considerFrom &&
    (conditions.includes('type-2-diabetes') || conditions.includes('chronic-kidney-disease'));
  return mayConsider
    ? answer('may-consider', '合并糖尿病或慢性肾脏病，权衡出血风险后由医生决定。')
    : answer('not-recommended', '无动脉粥样硬化性心血管病，不常规使用。');
}
