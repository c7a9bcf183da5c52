import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { RiskCategory } from './china-par.ts';
import { lifetimeLimits, plausibleRanges } from './china-par-parameters.ts';
import { isWithin, lackingAnswers, lackingFigures, lackingPressure } from './required-inputs.ts';

export interface LifetimeRiskFacts {
  readonly ageYears?: number | undefined;
  /** Ten-year category, from CVD-01. */
  readonly category?: RiskCategory | undefined;
  readonly sbp?: number | undefined;
  readonly dbp?: number | undefined;
  /** mmol/L. */
  readonly totalCholesterol?: number | undefined;
  readonly hdl?: number | undefined;
  readonly bmi?: number | undefined;
  readonly smoker?: boolean | undefined;
}

/** `not-shown`: the question is not put at this age, or the ten-year risk is high already. */
export type LifetimeRisk = 'high' | 'not-high' | 'not-shown';

/**
 * Whether the lifetime risk is high, by counting factors; the published model has no open equation and is not imitated,
 * so there is no percentage. Two factors known are enough; "not high" needs every input that could still change it.
 * @source 中国血脂管理指南（2023年）余生高危；中国心血管病风险评估和管理指南 终生风险的适用年龄
 */
export function judgeLifetimeRisk(facts: LifetimeRiskFacts, day: PlainDate): Decision<LifetimeRisk> {
  const row = rowOn(lifetimeLimits, day);
  const rule = { id: 'CVD-02', edition: row.source, clause: row.clause, certainty: row.certainty };
  const limits = row.value;
  const ranges = valueOn(plausibleRanges, day);
  const { ageYears, category, sbp, dbp, totalCholesterol, hdl, bmi, smoker } = facts;
  const known = isWithin(ageYears, ranges.ageYears);
  if (known && (ageYears < limits.ageFrom || ageYears >= limits.ageBelow))
    return decided(rule, 'not-shown', [
      {
        code: 'age',
        text: `年龄 ${ageYears} 岁，余生风险只在 ${limits.ageFrom}–${limits.ageBelow - 1} 岁判断。`,
      },
    ]);
  if (category === 'high')
    return decided(rule, 'not-shown', [
      { code: 'already-high', text: '10年风险已是高危，不再判断余生风险。' },
    ]);
  const gate = [
    ...lackingFigures([[ageYears, ranges.ageYears]]),
    ...lackingAnswers([[category, '10年风险分层']]),
  ];
  if (gate.length > 0) return undecided(rule, gate);
  const found: string[] = [];
  const pressureLacks = lackingPressure(sbp, dbp, ranges);
  const believed = sbp === undefined || dbp === undefined || pressureLacks.length === 0;
  const high =
    (isWithin(sbp, ranges.sbp) && sbp >= limits.sbp) || (isWithin(dbp, ranges.dbp) && dbp >= limits.dbp);
  if (high && believed) found.push(`血压 ${sbp ?? '—'}/${dbp ?? '—'} mmHg`);
  const hdlKnown = isWithin(hdl, ranges.hdl);
  if (hdlKnown && isWithin(totalCholesterol, ranges.totalCholesterol)) {
    const nonHdl = Math.round((totalCholesterol - hdl) * 100) / 100;
    if (nonHdl >= limits.nonHdl) found.push(`非高密度脂蛋白胆固醇 ${nonHdl} mmol/L`);
  }
  if (hdlKnown && hdl < limits.hdlBelow) found.push(`高密度脂蛋白胆固醇 ${hdl} mmol/L`);
  if (isWithin(bmi, ranges.bmi) && bmi >= limits.bmi) found.push(`体质指数 ${bmi}`);
  if (smoker) found.push('吸烟');
  const text = found.length > 0 ? `有 ${found.length} 项因素（${found.join('、')}）` : '没有余生风险因素';
  if (found.length >= limits.factors)
    return decided(rule, 'high', [{ code: 'factors', text: `${text}，余生风险高危。` }]);
  const missing = [
    ...pressureLacks,
    ...lackingFigures([
      [totalCholesterol, ranges.totalCholesterol],
      [hdl, ranges.hdl],
      [bmi, ranges.bmi],
    ]),
    ...lackingAnswers([[smoker, '是否吸烟']]),
  ];
  if (missing.length > 0) return undecided(rule, missing);
  return decided(rule, 'not-high', [
    { code: 'few-factors', text: `${text}，不足 ${limits.factors} 项，余生风险非高危。` },
  ]);
}
