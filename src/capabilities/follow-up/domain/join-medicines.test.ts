import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Program, programs } from '#capabilities/residents/domain/program.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { followUpPrograms } from './follow-up-programs.ts';
import { joinPrefills } from './join-prefills.ts';
import { joinSheets, type SheetAnswers } from './join-sheets.ts';
import { mergeSheets } from './merge-sheets.ts';

const mergedOf = (of: readonly Program[]) =>
  mergeSheets(of.map((program) => ({ program, edition: followUpPrograms[program].edition })));
const two = mergedOf(['hypertension', 'type-2-diabetes']);

/** What the last sheets hand on, and what a visit sent back begins with: of medicines they must say the same. */
const doors = [
  ['上次带入', joinSheetsAsPrefills],
  ['退回改版', (merged: typeof two, sheets: readonly SheetAnswers[]) => joinSheets(merged, sheets)],
] as const;
function joinSheetsAsPrefills(merged: typeof two, sheets: readonly SheetAnswers[]): FormAnswers {
  const writtenOn = '2026-08-20';
  return joinPrefills(
    merged,
    sheets.map(({ program, answers }) => ({ program, prefill: answers, writtenOn })),
  );
}

const row: FormAnswers = { drugName: '氨氯地平片', timesPerDay: 1, dosePerTime: 5, doseUnit: 'mg' };
const sheets = (hypertension: readonly FormAnswers[], diabetes: readonly FormAnswers[]): SheetAnswers[] => [
  { program: 'hypertension', answers: { drugs: hypertension } },
  { program: 'type-2-diabetes', answers: { drugs: diabetes } },
];
const [bp, sugar] = [{ forPrograms: ['hypertension'] }, { forPrograms: ['type-2-diabetes'] }];

describe.each(doors)('the medicines of several sheets, %s', (_door, join) => {
  const drugs = (...given: Parameters<typeof sheets>) => join(two, sheets(...given)).drugs;

  it('are one where they stand alike, in whatever order their cells were written, picked or typed', () => {
    const turned = Object.fromEntries(Object.entries(row).toReversed());
    const picked = { ...row, drugCode: 'amlodipine' };
    expect(drugs([row], [turned])).toEqual([row]);
    expect(drugs([row], [picked])).toEqual([picked]);
    expect(drugs([picked], [{ ...row, note: undefined }])).toEqual([picked]);
  });

  it.each([
    ['another dose', { dosePerTime: 10 }],
    ['another frequency', { timesPerDay: 2 }],
    ['another unit', { doseUnit: '片' }],
    ['no dose', { dosePerTime: undefined }],
    ['another time of day, which a county asks', { time: '晨' }],
    ['another medicine of the formulary', { drugCode: 'levamlodipine' }],
  ])('stay two with %s', (_what, other) => {
    const mine = 'drugCode' in other ? { ...row, drugCode: 'amlodipine' } : row;
    const theirs = { ...row, ...other };
    expect(drugs([mine], [theirs])).toEqual([
      { ...mine, ...bp },
      { ...theirs, ...sugar },
    ]);
  });

  it('that stand twice on one sheet stand twice, and become no medicine for another disease', () => {
    const marked = { ...row, ...bp };
    expect(drugs([row, row], [])).toEqual([marked, marked]);
    expect(drugs([row, row], [row])).toEqual([row, marked]);
  });

  it('insulin is a medicine too: nobody on it is begun as without any', () => {
    const insulin = [{ kind: '甘精胰岛素', usage: '每晚10单位' }];
    const joined = join(two, [
      { program: 'hypertension', answers: { noDrugTherapy: true } },
      { program: 'type-2-diabetes', answers: { insulin } },
    ]);
    expect(joined).toMatchObject({ insulin });
    expect(joined).not.toHaveProperty('noDrugTherapy');
  });
});

it('every medicine of every sheet is on that sheet again, as often and as it was, through either door', () => {
  const merged = mergedOf(programs);
  const medicine = fc.record(
    {
      drugName: fc.constantFrom('甲', '乙'),
      timesPerDay: fc.constantFrom(1, 2),
      dosePerTime: fc.constantFrom(5, 10),
      doseUnit: fc.constant('mg'),
    },
    { requiredKeys: ['drugName', 'doseUnit'] },
  );
  const list = fc.array(medicine, { maxLength: 4 });
  const sorted = (rows: unknown) =>
    (rows as FormAnswers[]).map((one) => JSON.stringify(Object.entries(one).toSorted())).toSorted();
  fc.assert(
    fc.property(fc.tuple(list, list, list), (lists) => {
      const given = programs.map((program, at) => ({ program, answers: { drugs: lists[at] ?? [] } }));
      for (const [, join] of doors) {
        const joined = { drugs: [], ...join(merged, given) };
        for (const { program, answers } of given)
          expect(sorted(merged.split(joined, program).drugs)).toEqual(sorted(answers.drugs));
      }
    }),
  );
});
