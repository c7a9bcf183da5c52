import { parameter, rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import { type PlainDate, plainDate } from '#kernel/plain-date.ts';
import { because, missingOf, ruleFrom } from '../answering.ts';
import type { Conditions } from '../conditions.ts';
import { findMedicine } from './formulary.ts';

/** Per dose from–to, times a day from–to, usual start dose and times; in the formulary's unit. */
export type DoseRow = readonly [
  perDoseFrom: number,
  perDoseTo: number,
  timesFrom: number,
  timesTo: number,
  startDose: number,
  startTimes: number,
];

export const antihypertensiveDoses = parameter<Readonly<Record<string, DoseRow>>>({
  id: 'MED-DOSE.table',
  label: '降压药每次剂量、每日次数与常用起始剂量',
  unit: 'mg 或片',
  rows: [
    {
      from: plainDate('2025-09-01'),
      source: 'HTN-JC-2025',
      certainty: 'found',
      clause: '国家基层高血压防治管理指南 2025版 表4',
      value: {
        enalapril: [5, 20, 1, 2, 5, 2],
        captopril: [12.5, 50, 2, 3, 12.5, 3],
        perindopril: [4, 8, 1, 1, 4, 1],
        benazepril: [10, 20, 1, 2, 10, 1],
        ramipril: [1.25, 10, 1, 1, 5, 1],
        fosinopril: [10, 40, 1, 1, 10, 1],
        lisinopril: [5, 80, 1, 1, 10, 1],
        imidapril: [2.5, 10, 1, 1, 5, 1],
        valsartan: [80, 160, 1, 1, 80, 1],
        losartan: [25, 100, 1, 1, 50, 1],
        irbesartan: [150, 300, 1, 1, 150, 1],
        telmisartan: [20, 80, 1, 1, 40, 1],
        candesartan: [4, 12, 1, 1, 4, 1],
        olmesartan: [20, 40, 1, 1, 20, 1],
        'allisartan-isoproxil': [80, 240, 1, 1, 240, 1],
        atenolol: [6.25, 25, 1, 2, 6.25, 2],
        'metoprolol-tartrate': [12.5, 100, 2, 2, 25, 2],
        'metoprolol-succinate-er': [23.75, 190, 1, 1, 47.5, 1],
        bisoprolol: [2.5, 10, 1, 2, 5, 1],
        carvedilol: [3.125, 25, 2, 2, 12.5, 2],
        arotinolol: [5, 10, 2, 2, 5, 2],
        labetalol: [100, 200, 2, 2, 100, 2],
        amlodipine: [2.5, 10, 1, 1, 5, 1],
        levamlodipine: [2.5, 5, 1, 1, 2.5, 1],
        'nifedipine-ir': [5, 20, 2, 3, 10, 3],
        'nifedipine-sr': [10, 40, 1, 2, 20, 2],
        'nifedipine-gits': [30, 60, 1, 1, 30, 1],
        nitrendipine: [10, 20, 2, 2, 10, 2],
        'felodipine-er': [2.5, 10, 1, 1, 5, 1],
        lacidipine: [2, 8, 1, 1, 2, 1],
        benidipine: [4, 8, 1, 1, 4, 1],
        lercanidipine: [10, 20, 1, 1, 10, 1],
        cilnidipine: [5, 10, 1, 1, 5, 1],
        hydrochlorothiazide: [6.25, 25, 1, 1, 12.5, 1],
        'indapamide-ir': [0.625, 2.5, 1, 1, 1.25, 1],
        'indapamide-sr': [1.5, 1.5, 1, 1, 1.5, 1],
        'sacubitril-valsartan': [200, 400, 1, 1, 200, 1],
        'reserpine-cpd': [1, 3, 2, 3, 1, 3],
        'reserpine-triamterene-hctz-dihydralazine': [1, 2, 1, 1, 1, 1],
        'valsartan-hctz-80-12-5': [1, 2, 1, 1, 1, 1],
        'losartan-hctz-50-12-5': [1, 2, 1, 1, 1, 1],
        'irbesartan-hctz-150-12-5': [1, 1, 1, 1, 1, 1],
        'benazepril-amlodipine': [1, 2, 1, 1, 1, 1],
        'valsartan-amlodipine-80-5': [1, 2, 1, 1, 1, 1],
        'perindopril-indapamide-4-1-25': [1, 1, 1, 1, 1, 1],
      },
    },
  ],
});

/** The smaller start of heart failure and of the very old with a tendency to fall when standing. */
export const smallerStart = parameter({
  id: 'MED-DOSE.smaller-start',
  label: '减量起始：年龄起点与比例（心力衰竭，或高龄伴体位性低血压）',
  rows: [
    {
      from: plainDate('2025-09-01'),
      source: 'OWN',
      certainty: 'own-default',
      clause: '平台默认：起始剂量减半',
      value: { fromAge: 80, factor: 0.5 },
    },
  ],
});

export interface DoseFacts {
  readonly code: string;
  readonly dailyDose?: number | undefined;
}

export interface DoseStanding {
  readonly standing: 'below-start' | 'start' | 'between' | 'full' | 'above';
  /** A day, in the formulary's unit. */
  readonly start: number;
  readonly full: number;
}

const standingLabels: Readonly<Record<DoseStanding['standing'], string>> = {
  'below-start': '低于常用起始量',
  start: '为常用起始量',
  between: '未足量',
  full: '已足量',
  above: '超过推荐最大量',
};

/**
 * Where a daily dose of a pressure-lowering medicine stands between the usual start and the full dose (the highest dose
 * by the most times of the table, narrower than the label). Undecided for medicines not in the table or without dose.
 * @source 国家基层高血压防治管理指南 2025版 表4
 */
export function judgeAntihypertensiveDose(facts: DoseFacts, day: PlainDate): Decision<DoseStanding> {
  const row = rowOn(antihypertensiveDoses, day);
  const rule = ruleFrom('MED-DOSE', row);
  const known = row.value[facts.code];
  const { dailyDose } = facts;
  if (!known || dailyDose === undefined)
    return undecided(rule, missingOf({ 表4所列药物: known, 每日剂量: dailyDose }));
  const [, perDose, , times, startDose, startTimes] = known;
  const [start, full] = [startDose * startTimes, perDose * times];
  // Where start and full are one dose, it is full.
  const standing =
    dailyDose > full
      ? 'above'
      : dailyDose === full
        ? 'full'
        : dailyDose < start
          ? 'below-start'
          : dailyDose === start
            ? 'start'
            : 'between';
  const name = findMedicine(facts.code)?.nameZh ?? facts.code;
  return decided(rule, { standing, start, full }, [
    because(standing, `${name}每日 ${dailyDose}，起始 ${start}、足量 ${full}，${standingLabels[standing]}。`),
  ]);
}

/**
 * Whether every pressure-lowering medicine of a list is at full dose; undefined as soon as one dose is not known or not
 * in the table, unless another is known not to be full.
 */
export function areAllAtFullDose(medicines: readonly DoseFacts[], day: PlainDate): boolean | undefined {
  let isOpen = medicines.length === 0;
  for (const one of medicines) {
    const decision = judgeAntihypertensiveDose(one, day);
    if (decision.kind === 'undecided') isOpen = true;
    else if (decision.value.standing !== 'full' && decision.value.standing !== 'above') return false;
  }
  return isOpen ? undefined : true;
}

export interface StartDose {
  readonly perDose: number;
  readonly times: number;
  readonly reduced: boolean;
}

/**
 * The usual start of a pressure-lowering medicine; halved with heart failure and for the very old with orthostatic
 * hypotension. Undecided for a medicine not in the table, and for the age of one with orthostatic hypotension.
 * @source 国家基层高血压防治管理指南 2025版 表4
 */
export function proposeStartDose(
  facts: {
    readonly code: string;
    readonly ageYears?: number | undefined;
    readonly conditions: Conditions;
  },
  day: PlainDate,
): Decision<StartDose> {
  const row = rowOn(antihypertensiveDoses, day);
  const rule = ruleFrom('MED-START', row);
  const known = row.value[facts.code];
  if (!known) return undecided(rule, ['表4所列药物']);
  const isUnsteady = facts.conditions.includes('orthostatic-hypotension');
  if (isUnsteady && facts.ageYears === undefined) return undecided(rule, ['年龄']);
  const { fromAge, factor } = valueOn(smallerStart, day);
  const reduced =
    facts.conditions.includes('heart-failure') ||
    facts.conditions.includes('heart-failure-reduced') ||
    (isUnsteady && (facts.ageYears ?? 0) >= fromAge);
  const [, , , , startDose, times] = known;
  const perDose = reduced ? startDose * factor : startDose;
  return decided(rule, { perDose, times, reduced }, [
    because(
      reduced ? 'reduced' : 'usual',
      `${findMedicine(facts.code)?.nameZh ?? facts.code}起始每次 ${perDose}，每日 ${times} 次${reduced ? '（心力衰竭或高龄体位性低血压，减半）' : ''}。`,
    ),
  ]);
}
