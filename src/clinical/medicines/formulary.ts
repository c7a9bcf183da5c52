import { type FormularyRow, formularyRows } from './formulary-tables.ts';
import { interactingAgentRows } from './interacting-agents-tables.ts';
import type { MedicineClass } from './medicine-classes.ts';

/** A medicine the rules know. */
export interface Medicine {
  readonly code: string;
  readonly nameZh: string;
  readonly atc: string | null;
  readonly classes: readonly MedicineClass[];
  /** Usual daily dose as the label says it. */
  readonly usual: string;
  /** In `unit`; null where the dose is individual. */
  readonly maxDaily: number | null;
  readonly unit: string;
  readonly times: string;
  /** In the formulary; the others are only recognized. */
  readonly listed: boolean;
  /** Ingredient → mg in one tablet, for compounds. */
  readonly components: Readonly<Record<string, number>>;
  /** What it is made of; itself when it is no compound. */
  readonly ingredients: readonly string[];
}

const compounds: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'sacubitril-valsartan': { valsartan: 0, sacubitril: 0 },
  'reserpine-cpd': { reserpine: 0.032, hydrochlorothiazide: 3.1, dihydralazine: 4.2 },
  'reserpine-triamterene-hctz-dihydralazine': {
    reserpine: 0.1,
    triamterene: 12.5,
    hydrochlorothiazide: 12.5,
    dihydralazine: 12.5,
  },
  'valsartan-hctz-80-12-5': { valsartan: 80, hydrochlorothiazide: 12.5 },
  'losartan-hctz-50-12-5': { losartan: 50, hydrochlorothiazide: 12.5 },
  'irbesartan-hctz-150-12-5': { irbesartan: 150, hydrochlorothiazide: 12.5 },
  'benazepril-amlodipine': { benazepril: 10, amlodipine: 5 },
  'valsartan-amlodipine-80-5': { valsartan: 80, amlodipine: 5 },
  'telmisartan-amlodipine': { telmisartan: 80, amlodipine: 5 },
  'perindopril-indapamide-4-1-25': { perindopril: 4, indapamide: 1.25 },
  'amiloride-2-5-hctz-25': { amiloride: 2.5, hydrochlorothiazide: 25 },
  'enalapril-folic-acid-10-0-8': { enalapril: 10 },
  xuezhikang: { lovastatin: 0 },
  'xiaoke-pill': { glibenclamide: 0.25 },
  zhenju: { hydrochlorothiazide: 5, clonidine: 0.03 },
  'luobuma-compound': { hydrochlorothiazide: 0, dihydralazine: 0 },
  maijunan: { hydrochlorothiazide: 0 },
  'budesonide-formoterol': { budesonide: 0, formoterol: 0 },
  'salmeterol-fluticasone': { salmeterol: 0, 'fluticasone-propionate': 0 },
};

function toMedicine(row: FormularyRow, listed: boolean): Medicine {
  const [code, nameZh, atc, classes, usual, maxDaily, unit, times] = row;
  const components = compounds[code] ?? {};
  return {
    code,
    nameZh,
    atc,
    classes: classes.split('+') as MedicineClass[],
    usual,
    maxDaily,
    unit,
    times,
    listed,
    components,
    ingredients: Object.keys(components).length > 0 ? Object.keys(components) : [code],
  };
}

/** Every medicine the rules know: the formulary, then what is only recognized. */
export const medicines: readonly Medicine[] = [
  ...formularyRows.map((row) => toMedicine(row, true)),
  ...interactingAgentRows.map((row) => toMedicine(row, false)),
];

const byCode = new Map(medicines.map((one) => [one.code, one]));

/** The medicine of that code; undefined when the rules do not know it. */
export function findMedicine(code: string): Medicine | undefined {
  return byCode.get(code);
}
