import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, roundTo, ruleFrom } from '../answering.ts';
import { weightBands } from '../obesity/judge-weight.ts';
import type { CheckupFacts, CheckupFinding, RiskControl } from './checkup-facts.ts';
import { recheckTimes, vaccineAge } from './checkup-parameters.ts';
import { reviewGlucose, reviewLipids, reviewPressure, reviewWeight } from './review-metabolism.ts';
import { reviewExamination, reviewLaboratory } from './review-organs.ts';

/** What a checkup leads to: conclusions in order of weight, and the risk factors to work on. */
export interface CheckupReview {
  readonly findings: readonly CheckupFinding[];
  readonly codes: readonly string[];
  readonly riskControl: readonly { readonly code: RiskControl; readonly reason: string }[];
  /** Weight in kg at the upper end of normal, when the person is above it. */
  readonly targetWeight?: number | undefined;
}

const order = { urgent: 0, abnormal: 1, note: 2 } as const;

/**
 * Reads a checkup: every value outside what is expected becomes a conclusion with its reason, source and what follows.
 * Only a suggestion; the doctor takes it, changes it or leaves it.
 * @source 国家基本公共卫生服务规范（第三版） 健康体检表 健康评价、健康指导、危险因素控制
 */
export function reviewCheckup(facts: CheckupFacts, day: PlainDate): Decision<CheckupReview> {
  const rule = ruleFrom('CHK-02', rowOn(recheckTimes, day));
  const findings = [
    ...reviewPressure(facts, day),
    ...reviewGlucose(facts, day),
    ...reviewLipids(facts, day),
    ...reviewLaboratory(facts, day),
    ...reviewExamination(facts, day),
    ...reviewWeight(facts, day),
  ].toSorted((a, b) => order[a.level] - order[b.level]);
  const riskControl: { code: RiskControl; reason: string }[] = [];
  const advise = (holds: boolean | undefined, code: RiskControl, reason: string) => {
    if (holds) riskControl.push({ code, reason });
  };
  const overweightFrom = rowOn(weightBands, day).value.bmi[2].from;
  const heavy = (facts.bmi ?? 0) >= overweightFrom;
  advise(facts.smokes, '1', '目前吸烟。');
  advise(facts.drinksOften, '2', '经常饮酒。');
  advise(facts.dietUnbalanced, '3', '饮食偏荤、偏素，或嗜盐、嗜油、嗜糖。');
  advise(facts.exercisesLittle, '4', '很少锻炼。');
  advise(heavy, '5', `体质指数 ${facts.bmi}，超过正常上限。`);
  const fromAge = valueOn(vaccineAge, day);
  advise((facts.ageYears ?? 0) >= fromAge, '6', `${fromAge} 岁及以上，建议接种流感、肺炎球菌疫苗。`);
  const targetWeight =
    heavy && facts.heightCm !== undefined
      ? Math.floor((overweightFrom - 0.1) * (facts.heightCm / 100) ** 2 * 10) / 10
      : undefined;
  return decided(
    rule,
    {
      findings,
      codes: findings.map((one) => one.code),
      riskControl,
      ...(targetWeight === undefined ? {} : { targetWeight: roundTo(targetWeight, 1) }),
    },
    findings.map((one) => because(one.code, one.reason)),
  );
}
