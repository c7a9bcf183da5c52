import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, missingOf, ruleFrom } from '../answering.ts';
import { type Condition, type Conditions, hasAny, type Sex } from '../conditions.ts';
import { riskFactorLimits, targetOrganLimits } from './risk-parameters.ts';

export interface RiskFacts {
  readonly sex?: Sex | undefined;
  readonly ageYears?: number | undefined;
  readonly smoker?: boolean | undefined;
  readonly fpg?: number | undefined;
  readonly glucose2h?: number | undefined;
  readonly totalCholesterol?: number | undefined;
  readonly ldl?: number | undefined;
  readonly hdl?: number | undefined;
  readonly waistCm?: number | undefined;
  readonly bmi?: number | undefined;
  readonly homocysteine?: number | undefined;
  readonly familyEarlyCvd?: boolean | undefined;
  readonly egfr?: number | undefined;
  /** µmol/L. */
  readonly creatinine?: number | undefined;
  /** mg/g. */
  readonly acr?: number | undefined;
  readonly ventricularHypertrophy?: boolean | undefined;
  /** g/m². */
  readonly lvMassIndex?: number | undefined;
  /** Intima and media of the carotid, mm. */
  readonly carotidThickness?: number | undefined;
  /** Carotid to femoral, m/s. */
  readonly pulseWaveVelocity?: number | undefined;
  /** Arm to ankle, m/s. */
  readonly ankleWaveVelocity?: number | undefined;
  readonly carotidPlaque?: boolean | undefined;
  readonly ankleBrachial?: number | undefined;
  readonly conditions: Conditions;
}

export interface RiskModifiers {
  readonly riskFactors: number;
  readonly organDamage: boolean;
  readonly diabetes: boolean;
  readonly clinicalDisease: boolean;
  /** Asked for but not known; the count is at least what it says. */
  readonly notKnown: readonly string[];
}

const clinical = [
  'ischaemic-stroke',
  'haemorrhagic-stroke',
  'stroke-unspecified',
  'tia',
  'myocardial-infarction',
  'acute-coronary-syndrome',
  'coronary-heart-disease',
  'stable-angina',
  'revascularization',
  'heart-failure',
  'heart-failure-reduced',
  'atrial-fibrillation',
  'peripheral-artery-disease',
] as const;

/**
 * Counts what modifies the cardiovascular risk of hypertension: risk factors (lipids and obesity once each), organ
 * damage, diabetes, clinical disease. What is not known is named and not counted (homocysteine, rarely measured, is not named). Undecided without sex and age.
 * @source 中国高血压防治指南 影响心血管预后的因素
 */
export function countRiskFactors(facts: RiskFacts, day: PlainDate): Decision<RiskModifiers> {
  const row = rowOn(riskFactorLimits, day);
  const rule = ruleFrom('HTN-06', row);
  const { sex, ageYears } = facts;
  if (sex === undefined || ageYears === undefined)
    return undecided(rule, missingOf({ 性别: sex, 年龄: ageYears }));
  const limit = row.value;
  const organ = valueOn(targetOrganLimits, day);
  const reasons: Reason[] = [];
  const has = (one: Condition) => facts.conditions.includes(one);
  const within = (value: number | undefined, range: { from: number; below: number }) =>
    value !== undefined && value >= range.from && value < range.below;
  const atLeast = (value: number | undefined, from: number) => value !== undefined && value >= from;
  const below = (value: number | undefined, limitBelow: number) => value !== undefined && value < limitBelow;
  const factor = (holds: boolean, code: string, text: string) => {
    if (holds) reasons.push(because(code, text));
    return holds ? 1 : 0;
  };
  const riskFactors =
    factor(ageYears > limit.ageAbove[sex], 'age', `年龄 ${ageYears} 岁。`) +
    factor(facts.smoker === true, 'smoking', '吸烟。') +
    factor(
      within(facts.fpg, limit.fpg) || within(facts.glucose2h, limit.glucose2h),
      'glucose',
      '糖代谢异常。',
    ) +
    factor(
      atLeast(facts.totalCholesterol, limit.totalCholesterol) ||
        atLeast(facts.ldl, limit.ldl) ||
        below(facts.hdl, limit.hdlBelow),
      'lipids',
      '血脂异常。',
    ) +
    factor(facts.familyEarlyCvd === true, 'family', '早发心血管病家族史。') +
    factor(
      atLeast(facts.waistCm, limit.waist[sex]) || atLeast(facts.bmi, limit.bmi),
      'obesity',
      '腹型肥胖或肥胖。',
    ) +
    factor(atLeast(facts.homocysteine, limit.homocysteine), 'homocysteine', '高同型半胱氨酸血症。');
  const organDamage =
    factor(
      facts.ventricularHypertrophy === true || atLeast(facts.lvMassIndex, organ.lvMassIndex[sex]),
      'lvh',
      '左心室肥厚。',
    ) +
      factor(
        facts.carotidPlaque === true || atLeast(facts.carotidThickness, organ.carotidThickness),
        'plaque',
        '颈动脉内膜增厚或斑块。',
      ) +
      factor(
        atLeast(facts.pulseWaveVelocity, organ.pulseWaveVelocity) ||
          atLeast(facts.ankleWaveVelocity, organ.ankleWaveVelocity),
        'stiffness',
        '脉搏波传导速度快，动脉僵硬。',
      ) +
      factor(below(facts.ankleBrachial, organ.ankleBrachialBelow), 'abi', '踝臂指数低。') +
      factor(
        within(facts.egfr, organ.egfr) || within(facts.creatinine, organ.creatinine[sex]),
        'kidney',
        '肾功能轻度受损。',
      ) +
      factor(within(facts.acr, organ.acr), 'albuminuria', '微量白蛋白尿。') +
      factor(
        has('chronic-kidney-disease') && facts.egfr === undefined,
        'kidney-named',
        '慢性肾脏病，分期不明，至少按靶器官损害计。',
      ) >
    0;
  const kidneyDisease =
    below(facts.egfr, organ.egfr.from) ||
    atLeast(facts.creatinine, organ.creatinine[sex].below) ||
    atLeast(facts.acr, organ.acr.below) ||
    has('nephrotic');
  const isDiabetic = has('type-2-diabetes') || has('type-1-diabetes');
  const diabeticComplication = isDiabetic && (has('diabetic-foot') || has('neuropathy'));
  const clinicalDisease =
    factor(hasAny(facts.conditions, clinical), 'clinical', '合并心脑血管疾病。') +
      factor(kidneyDisease, 'kidney-disease', '肾功能明显受损或大量蛋白尿。') +
      factor(has('retinopathy'), 'retinopathy', '视网膜病变。') +
      factor(diabeticComplication, 'diabetic-complication', '糖尿病有并发症。') >
    0;
  factor(isDiabetic, 'diabetes', '糖尿病。');
  const notKnown = missingOf({
    吸烟: facts.smoker,
    血脂: facts.totalCholesterol ?? facts.ldl ?? facts.hdl,
    腰围或体质指数: facts.waistCm ?? facts.bmi,
    早发心血管病家族史: facts.familyEarlyCvd,
    血糖: isDiabetic ? true : (facts.fpg ?? facts.glucose2h),
    肾功能: facts.egfr ?? facts.creatinine,
    尿白蛋白: facts.acr,
  });
  return decided(
    rule,
    { riskFactors, organDamage, diabetes: isDiabetic, clinicalDisease, notKnown },
    reasons,
  );
}
