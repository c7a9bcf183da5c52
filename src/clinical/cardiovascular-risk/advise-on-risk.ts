import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Conditions, Sex } from '../conditions.ts';
import { adviceLimits, plausibleRanges } from './china-par-parameters.ts';
import { lackingAnswers, lackingFigures, lackingPressure } from './required-inputs.ts';

export interface RiskAdviceFacts {
  readonly sex?: Sex | undefined;
  readonly waistCm?: number | undefined;
  readonly sbp?: number | undefined;
  readonly dbp?: number | undefined;
  readonly pressureTreated?: boolean | undefined;
  /** mmol/L. */
  readonly totalCholesterol?: number | undefined;
  readonly smoker?: boolean | undefined;
  /** The history as asked; here a condition not in the list counts as absent. */
  readonly conditions?: Conditions | undefined;
}

export type RiskAdvice =
  | 'waist'
  | 'pressure-untreated'
  | 'pressure-treated'
  | 'cholesterol'
  | 'diabetes'
  | 'smoking';

/**
 * What a person can change to lower the ten-year risk, each with its figure. Undecided while an input is missing, so
 * that an empty list means nothing to change.
 * @source China-PAR 官网干预建议
 */
export function adviseOnRisk(facts: RiskAdviceFacts, day: PlainDate): Decision<readonly RiskAdvice[]> {
  const row = rowOn(adviceLimits, day);
  const rule = { id: 'CVD-01-advice', edition: row.source, clause: row.clause, certainty: row.certainty };
  const ranges = valueOn(plausibleRanges, day);
  const { sex, waistCm, sbp, dbp, totalCholesterol, conditions, pressureTreated, smoker } = facts;
  const missing = [
    ...lackingAnswers([[sex, '性别']]),
    ...lackingPressure(sbp, dbp, ranges),
    ...lackingFigures([
      [waistCm, ranges.waistCm],
      [totalCholesterol, ranges.totalCholesterol],
    ]),
    ...lackingAnswers([
      [pressureTreated, '是否服用降压药'],
      [smoker, '是否吸烟'],
      [conditions, '病史'],
    ]),
  ];
  if (
    missing.length > 0 ||
    sex === undefined ||
    waistCm === undefined ||
    sbp === undefined ||
    dbp === undefined ||
    totalCholesterol === undefined ||
    conditions === undefined
  )
    return undecided(rule, missing);
  const limits = row.value;
  const advice: RiskAdvice[] = [];
  const reasons: Reason[] = [];
  const add = (code: RiskAdvice, text: string) => {
    advice.push(code);
    reasons.push({ code, text });
  };
  const waist = limits.waistCm[sex];
  if (waistCm >= waist) add('waist', `腰围 ${waistCm} cm，达到 ${waist} cm，建议减重缩腰。`);
  if (sbp >= limits.sbp || dbp >= limits.dbp) {
    if (pressureTreated) add('pressure-treated', `服药后血压 ${sbp}/${dbp} mmHg 仍高，建议复诊调整。`);
    else add('pressure-untreated', `血压 ${sbp}/${dbp} mmHg 偏高，建议复测并就诊。`);
  }
  if (totalCholesterol >= limits.totalCholesterol)
    add(
      'cholesterol',
      `总胆固醇 ${totalCholesterol} mmol/L，达到 ${limits.totalCholesterol}，建议就诊评估降脂。`,
    );
  if (conditions.includes('type-2-diabetes') || conditions.includes('type-1-diabetes'))
    add('diabetes', '有糖尿病，请按糖尿病管理控制血糖。');
  if (smoker) add('smoking', '正在吸烟，建议戒烟。');
  if (reasons.length === 0) reasons.push({ code: 'none', text: '各项可改变的因素均未达到干预界值。' });
  return decided(rule, advice, reasons);
}
