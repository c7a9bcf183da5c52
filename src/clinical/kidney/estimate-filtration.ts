import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, type RuleRef, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { isWithin, lackingAnswers, lackingFigures } from '../cardiovascular-risk/required-inputs.ts';
import type { Sex } from '../conditions.ts';
import {
  chosenEquation,
  creatinineFactor,
  type FiltrationEquation,
  type FiltrationStage,
  filtrationConstants,
  filtrationRanges,
  filtrationStages,
} from './kidney-parameters.ts';

export interface FiltrationFacts {
  /** Serum creatinine by an enzymatic method, µmol/L. */
  readonly creatinine?: number | undefined;
  readonly ageYears?: number | undefined;
  readonly sex?: Sex | undefined;
  readonly pregnant?: boolean | undefined;
  readonly acuteKidneyInjury?: boolean | undefined;
  /** Amputation, wasting, very muscular build. */
  readonly extremeMuscleMass?: boolean | undefined;
  /** Absent: the equation chosen for the platform. */
  readonly equation?: FiltrationEquation | undefined;
}

export interface Filtration {
  /** mL/min/1.73m², not rounded. */
  readonly egfr: number;
  /** The same to one decimal, for the screen. */
  readonly shown: number;
  /** Stage of the value that is not rounded. */
  readonly stage: FiltrationStage;
  readonly equation: FiltrationEquation;
}

/** G stage of a filtration rate that is not rounded, mL/min/1.73m². */
export function filtrationStageOf(egfr: number, day: PlainDate): FiltrationStage {
  return valueOn(filtrationStages, day).find(([from]) => egfr >= from)?.[1] ?? 'G5';
}

/**
 * The filtration rate by CKD-EPI from creatinine, age and sex. Undecided without them, outside their range, under 18,
 * and when pregnancy, acute kidney injury or extreme muscle mass is known; when those were not asked the answer says so.
 * @source CKD-EPI 2009、2021 肌酐公式
 */
export function estimateFiltration(facts: FiltrationFacts, day: PlainDate): Decision<Filtration> {
  const row = rowOn(filtrationConstants, day);
  const rule: RuleRef = {
    id: 'CKD-01',
    edition: row.source,
    clause: row.clause,
    certainty: row.certainty,
  };
  const ranges = valueOn(filtrationRanges, day);
  const { creatinine, ageYears, sex } = facts;
  const missing = lackingFigures([
    [creatinine, ranges.creatinine],
    [ageYears, ranges.ageYears],
  ]);
  if (sex === undefined) missing.push('性别');
  if (isWithin(ageYears, ranges.ageYears) && ageYears < ranges.adultAge)
    missing.push(`年龄（${ranges.adultAge}岁以下不适用）`);
  const limits = [
    [facts.pregnant, '妊娠'],
    [facts.acuteKidneyInjury, '急性肾损伤'],
    [facts.extremeMuscleMass, '肌肉量过多或过少'],
  ] as const;
  for (const [present, name] of limits) if (present) missing.push(`${name}（公式不适用）`);
  if (missing.length > 0 || creatinine === undefined || ageYears === undefined || sex === undefined)
    return undecided(rule, missing);
  const equation = facts.equation ?? valueOn(chosenEquation, day);
  const c = row.value[equation];
  const ratio = creatinine / valueOn(creatinineFactor, day) / c.kappa[sex];
  const egfr =
    c.factor *
    Math.min(ratio, 1) ** c.alpha[sex] *
    Math.max(ratio, 1) ** c.exponent *
    c.yearly ** ageYears *
    (sex === 'female' ? c.female : 1);
  const shown = Math.round(egfr * 10) / 10;
  const stage = filtrationStageOf(egfr, day);
  const name = equation === 'ckd-epi-2009' ? 'CKD-EPI 2009' : 'CKD-EPI 2021';
  const reasons: Reason[] = [
    {
      code: 'estimated',
      text: `血肌酐 ${creatinine} µmol/L，按 ${name} 公式估算为 ${shown.toFixed(1)} mL/min/1.73m²，属 ${stage} 期。`,
    },
  ];
  const unasked = lackingAnswers(limits);
  if (unasked.length > 0)
    reasons.push({ code: 'limits-not-asked', text: `尚未确认：${unasked.join('、')}；如有则此值不能用。` });
  return decided(rule, { egfr, shown, stage, equation }, reasons);
}
