import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, missingOf, ruleFrom } from '../answering.ts';
import { type Condition, type Conditions, hasAny } from '../conditions.ts';
import { glucoseSteps, metforminLimits } from './diabetes-parameters.ts';
import { lowGlucoseReason } from './tell-low-glucose.ts';

export interface GlucoseLoweringFacts {
  readonly hba1c?: number | undefined;
  readonly goal?: number | undefined;
  readonly egfr?: number | undefined;
  readonly fpg?: number | undefined;
  /** The newest of any time, which may be too low; mmol/L. */
  readonly glucose?: number | undefined;
  readonly symptoms?: boolean | undefined;
  /** Medicine classes in use. */
  readonly classes: readonly string[];
  readonly conditions: Conditions;
  readonly monthsOnPresent?: number | undefined;
}

export type GlucoseStep =
  | 'keep'
  | 'start-metformin'
  | 'start-other'
  | 'add-second'
  | 'add-third-or-insulin'
  | 'insulin-now'
  | 'review-low'
  | 'wait';

export interface GlucoseLowering {
  readonly step: GlucoseStep;
  /** Classes with proven benefit for what else the person has, whatever the HbA1c. */
  readonly prefer: readonly string[];
}

const heart: readonly Condition[] = ['heart-failure', 'heart-failure-reduced'];
const vessels: readonly Condition[] = [
  'coronary-heart-disease',
  'myocardial-infarction',
  'ischaemic-stroke',
  'peripheral-artery-disease',
];

/**
 * The next step of glucose-lowering medicine, a suggestion with its reasons: metformin first, second mechanism after
 * three months, insulin when high, none while glucose is too low; organ-protective classes regardless of HbA1c. Undecided without HbA1c, goal, eGFR.
 * @source 国家基层糖尿病防治管理指南 2022/2025 药物治疗
 */
export function suggestGlucoseLowering(
  facts: GlucoseLoweringFacts,
  day: PlainDate,
): Decision<GlucoseLowering> {
  const row = rowOn(metforminLimits, day);
  const steps = rowOn(glucoseSteps, day);
  const { insulin, months, dualFrom, sglt2From } = steps.value;
  const rule = ruleFrom('DM-08', steps);
  const { hba1c, goal, egfr } = facts;
  const low = lowGlucoseReason([facts.glucose], day);
  if (low)
    return decided(rule, { step: 'review-low', prefer: [] }, [
      low,
      because('review-low', '先按低血糖处理，查找原因、评估方案，暂不加药。'),
    ]);
  if (hba1c === undefined || goal === undefined || egfr === undefined)
    return undecided(rule, missingOf({ 糖化血红蛋白: hba1c, 糖化目标: goal, 肾小球滤过率: egfr }));
  const prefer: string[] = [];
  const why: Reason[] = [];
  const has = (list: readonly Condition[]) => hasAny(facts.conditions, list);
  if (has(heart) || facts.conditions.includes('chronic-kidney-disease')) {
    prefer.push(...(egfr >= sglt2From ? ['SGLT2'] : []), ...(has(heart) ? [] : ['GLP1']));
    why.push(
      because(
        'organ',
        egfr >= sglt2From
          ? '合并心衰或慢性肾病，不论糖化高低，优先有获益证据的列净类。'
          : `合并心衰或慢性肾病，但肾小球滤过率 ${egfr}，不新启用列净类。`,
      ),
    );
  } else if (has(vessels)) {
    prefer.push(...(egfr >= sglt2From ? ['SGLT2'] : []), 'GLP1');
    why.push(because('vessels', '合并动脉粥样硬化性心血管病，优先有获益证据的药物。'));
  }
  const answer = (step: GlucoseStep, text: string) =>
    decided(rule, { step, prefer }, [because(step, text), ...why]);
  const high = hba1c >= insulin.hba1c || (facts.fpg ?? 0) >= insulin.fpg;
  if (high && facts.symptoms)
    return answer('insulin-now', `糖化 ${hba1c}% 且有症状，考虑短期胰岛素，不能处理者转诊。`);
  if (hba1c < goal) return answer('keep', '已达标，维持。');
  const agents = facts.classes.length;
  if (agents === 0) {
    if (egfr < row.value.reducedFrom) {
      if (prefer.length === 0) prefer.push(...(egfr >= sglt2From ? ['SGLT2'] : []), 'DPP4');
      return answer(
        'start-other',
        `肾小球滤过率 ${egfr}，不用二甲双胍；可选列汀类（利格列汀不需调整）${egfr >= sglt2From ? '或列净类' : ''}。`,
      );
    }
    const dual = hba1c >= dualFrom ? `糖化 ${hba1c}%，也可一开始就用两种。` : '';
    return answer('start-metformin', `肾功能允许，首选二甲双胍。${dual}`);
  }
  if (facts.monthsOnPresent !== undefined && facts.monthsOnPresent < months)
    return answer('wait', `现方案 ${facts.monthsOnPresent} 个月，满 ${months} 个月再评估。`);
  return agents === 1
    ? answer('add-second', '三个月未达标，加第二种机制的药物。')
    : answer('add-third-or-insulin', '加第三种药物或基础胰岛素。');
}
