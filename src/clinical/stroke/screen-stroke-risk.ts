import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { plausibleRanges } from '../cardiovascular-risk/china-par-parameters.ts';
import {
  isWithin,
  lackingAnswers,
  lackingFigures,
  lackingPressure,
} from '../cardiovascular-risk/required-inputs.ts';
import { type Condition, type Conditions, conditionLabels, hasAny } from '../conditions.ts';
import { screenLimits } from './stroke-parameters.ts';

export interface StrokeScreenFacts {
  readonly ageYears?: number | undefined;
  readonly sbp?: number | undefined;
  readonly dbp?: number | undefined;
  readonly pressureTreated?: boolean | undefined;
  readonly valvularDisease?: boolean | undefined;
  readonly smoker?: boolean | undefined;
  /** `unknown`: the person was asked and does not know, which counts; undefined: not asked. */
  readonly dyslipidaemia?: 'yes' | 'no' | 'unknown' | undefined;
  /** At least three times a week, half an hour, for a year; heavy labour counts too. */
  readonly active?: boolean | undefined;
  readonly bmi?: number | undefined;
  readonly familyHistoryStroke?: boolean | undefined;
  /** The history as asked; here a condition not in the list counts as absent. */
  readonly conditions?: Conditions | undefined;
  /** The eight boxes as ticked on the printed sheet; a ticked box stands for the facts behind it. */
  readonly sheet?: Readonly<Partial<Record<StrokeFactor, boolean>>> | undefined;
}

/** The eight factors of the printed sheet. */
export const strokeFactors = {
  hypertension: '高血压',
  'heart-rhythm-or-valve': '房颤或瓣膜性心脏病',
  smoking: '吸烟',
  dyslipidaemia: '血脂异常或不知',
  diabetes: '糖尿病',
  inactive: '缺乏运动',
  overweight: '明显超重或肥胖',
  'family-history': '脑卒中家族史',
} as const;

export type StrokeFactor = keyof typeof strokeFactors;

export interface StrokeScreen {
  readonly level: 'high' | 'moderate' | 'low';
  /** Factors found; with `complete` false there may be more. */
  readonly factors: readonly StrokeFactor[];
  readonly complete: boolean;
}

const events: readonly Condition[] = ['ischaemic-stroke', 'haemorrhagic-stroke', 'stroke-unspecified', 'tia'];
const pressure: readonly Condition[] = ['hypertension'];
const rhythms: readonly Condition[] = ['atrial-fibrillation', 'aortic-stenosis-severe'];
const lipids: readonly Condition[] = ['dyslipidaemia', 'familial-hypercholesterolaemia'];
const diabetes: readonly Condition[] = ['type-2-diabetes', 'type-1-diabetes'];
const factorNames = Object.keys(strokeFactors) as readonly StrokeFactor[];
const noSheet: NonNullable<StrokeScreenFacts['sheet']> = {};
const weighty: readonly StrokeFactor[] = ['hypertension', 'diabetes', 'heart-rhythm-or-valve'];
const labels = { high: '高危', moderate: '中危', low: '低危' } as const;

/**
 * The eight-factor stroke screen from 40 years: high with three factors or an earlier stroke or TIA, moderate with fewer
 * but one of pressure, diabetes, rhythm or valve, else low. High is answered as soon as it is certain; the others need
 * every item.
 * @source 脑卒中风险初筛评估（8项）
 */
export function screenStrokeRisk(facts: StrokeScreenFacts, day: PlainDate): Decision<StrokeScreen> {
  const row = rowOn(screenLimits, day);
  const rule = { id: 'STK-01', edition: row.source, clause: row.clause, certainty: row.certainty };
  const limits = row.value;
  const ranges = valueOn(plausibleRanges, day);
  const { ageYears, sbp, dbp, bmi, conditions } = facts;
  const has = (names: readonly Condition[]) => conditions !== undefined && hasAny(conditions, names);
  if (!isWithin(ageYears, ranges.ageYears))
    return undecided(rule, lackingFigures([[ageYears, ranges.ageYears]]));
  if (ageYears < limits.ageFrom) return undecided(rule, [`年龄（${limits.ageFrom}岁以下不适用）`]);
  const pressureLacks = lackingPressure(sbp, dbp, ranges);
  const raised = pressureLacks.length === 0 && ((sbp ?? 0) >= limits.sbp || (dbp ?? 0) >= limits.dbp);
  const hypertension = has(pressure) || facts.pressureTreated === true || raised;
  const rhythm = has(rhythms) || facts.valvularDisease === true;
  const fat = isWithin(bmi, ranges.bmi) && bmi >= limits.bmi;
  const lipid = has(lipids) || facts.dyslipidaemia === 'yes' || facts.dyslipidaemia === 'unknown';
  const sheet = facts.sheet ?? noSheet;
  const found: Readonly<Record<StrokeFactor, boolean>> = {
    hypertension,
    'heart-rhythm-or-valve': rhythm,
    smoking: facts.smoker === true,
    dyslipidaemia: lipid,
    diabetes: has(diabetes),
    inactive: facts.active === false,
    overweight: fat,
    'family-history': facts.familyHistoryStroke === true,
  };
  const factors = factorNames.filter((name) => sheet[name] ?? found[name]);
  const missing = [
    ...lackingAnswers([[conditions, '病史']]),
    ...(hypertension || sheet.hypertension !== undefined
      ? []
      : [...pressureLacks, ...lackingAnswers([[facts.pressureTreated, '是否服用降压药']])]),
    ...(sheet.overweight === undefined ? lackingFigures([[bmi, ranges.bmi]]) : []),
    ...lackingAnswers([
      [rhythm ? true : (facts.valvularDisease ?? sheet['heart-rhythm-or-valve']), '瓣膜性心脏病'],
      [facts.smoker ?? sheet.smoking, '是否吸烟'],
      [lipid ? 'yes' : (facts.dyslipidaemia ?? sheet.dyslipidaemia), '血脂异常'],
      [facts.active ?? sheet.inactive, '运动情况'],
      [facts.familyHistoryStroke ?? sheet['family-history'], '脑卒中家族史'],
    ]),
  ];
  const event = conditions && events.find((name) => conditions.includes(name));
  const high = event !== undefined || factors.length >= limits.highFrom;
  if (!high && missing.length > 0) return undecided(rule, missing);
  const level = high ? 'high' : factors.some((name) => weighty.includes(name)) ? 'moderate' : 'low';
  const reasons: Reason[] = [];
  if (event) reasons.push({ code: 'event', text: `既往有${conditionLabels[event]}。` });
  const names = factors.map((name) => strokeFactors[name]).join('、');
  reasons.push({
    code: `level-${level}`,
    text: `8项中有 ${factors.length} 项${names ? `（${names}）` : ''}，脑卒中${labels[level]}。`,
  });
  if (high) reasons.push({ code: 'carotid', text: '建议颈动脉超声和化验，建立干预档案，每年复筛。' });
  if (missing.length > 0)
    reasons.push({ code: 'incomplete', text: `还没有问或测：${missing.join('、')}，项数可能更多。` });
  return decided(rule, { level, factors, complete: missing.length === 0 }, reasons);
}
