import { valueOn } from '#kernel/dated.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Sex } from '../conditions.ts';
import {
  type ChinaParCoefficients,
  type ChinaParSet,
  printedCoefficients,
  reconstructedCoefficients,
  riskBands,
} from './china-par-parameters.ts';

/** A complete person for the equation; waist in cm, cholesterol in mg/dL, pressure in mmHg. */
export interface ChinaParPerson {
  readonly sex: Sex;
  readonly ageYears: number;
  readonly north: boolean;
  /** Counts in men only. */
  readonly urban: boolean;
  readonly waistCm: number;
  readonly totalCholesterolMgDl: number;
  readonly hdlMgDl: number;
  readonly sbp: number;
  readonly treated: boolean;
  readonly smoker: boolean;
  readonly diabetes: boolean;
  /** Counts in men only. */
  readonly family: boolean;
}

export type RiskCategory = 'low' | 'moderate' | 'high';

/** Ten-year risk of a first cardiovascular event by China-PAR, percent, not rounded. */
export function chinaParPercent(person: ChinaParPerson, set: ChinaParSet, day: PlainDate): number {
  const table = set === 'printed' ? printedCoefficients : reconstructedCoefficients;
  const c: ChinaParCoefficients = valueOn(table, day)[person.sex];
  const age = Math.log(person.ageYears);
  const sbp = Math.log(person.sbp);
  const predictor =
    c.constant +
    c.age * age +
    (person.treated ? c.sbpTreated + c.ageSbpTreated * age : c.sbpUntreated + c.ageSbpUntreated * age) * sbp +
    c.totalCholesterol * Math.log(person.totalCholesterolMgDl) +
    c.hdl * Math.log(person.hdlMgDl) +
    c.waist * Math.log(person.waistCm) +
    (person.smoker ? c.smoker + c.ageSmoker * age : 0) +
    (person.diabetes ? c.diabetes : 0) +
    (person.north ? c.north : 0) +
    (person.urban ? c.urban : 0) +
    (person.family ? c.family + c.ageFamily * age : 0);
  return 100 * (1 - Math.exp(-Math.exp(predictor)));
}

/** A percentage to one decimal, half up. */
export function toTenth(percent: number): number {
  return Math.round((percent + 1e-9) * 10) / 10;
}

/** The category of a ten-year risk in percent; rounds to one decimal first, so that figure and category agree. */
export function riskCategoryOf(percent: number, day: PlainDate): RiskCategory {
  const { moderateFrom, highFrom } = valueOn(riskBands, day);
  const shown = toTenth(percent);
  return shown >= highFrom ? 'high' : shown >= moderateFrom ? 'moderate' : 'low';
}
