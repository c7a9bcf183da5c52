import { describe, expect, it } from 'vitest';
import type { Program } from '#capabilities/residents/domain/program.ts';
import type { CodeOption, FormAnswers, FormEdition } from '#kernel/form-shape.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { copdFollowUp2024 } from '#standards/forms/copd-follow-up/2024.ts';
import { hypertensionFollowUp2017 } from '#standards/forms/hypertension-follow-up/2017.ts';
import { mergeSheets } from './merge-sheets.ts';
import { readVisit } from './read-visit.ts';
import { signsOfVisit } from './signs-of-visit.ts';

const today = plainDate('2026-11-24');

/** An edition the program was not built with: one question of it has other options. */
function withOptions(
  known: FormEdition,
  id: string,
  change: (old: readonly CodeOption[]) => readonly CodeOption[],
): FormEdition {
  const groups = known.groups.map((group) => ({
    ...group,
    fields: group.fields.map((field) =>
      field.id === id && field.kind === 'codes' ? { ...field, options: change(field.options) } : field,
    ),
  }));
  return { ...known, edition: '2099', groups };
}

const read = (program: Program, edition: FormEdition, answers: FormAnswers) =>
  readVisit({
    merged: mergeSheets([{ program, edition }]),
    answers: { visitDate: today, ...answers },
    touched: new Set(),
    birthDate: plainDate('1958-03-01'),
    subjects: [],
    subject: { ageYears: 68, sex: '2' },
    today,
  });

const crisisReasons = ({ sheets }: ReturnType<typeof read>) => {
  const crisis = sheets[0]?.evaluation.crisis;
  return crisis?.kind === 'decided' ? crisis.reasons : [];
};

describe('a sheet of an edition the rules were not written for', () => {
  it('names its danger signs as that edition prints them, in what the rules say and to the care engine', () => {
    const edition = withOptions(hypertensionFollowUp2017, 'emergencySigns', (old) =>
      old.map((one) => (one.code === '2' ? { ...one, label: '突发偏瘫' } : one)),
    );
    const visit = read('hypertension', edition, { sbp: 130, dbp: 80, emergencySigns: ['2'] });
    expect(crisisReasons(visit).map((one) => one.text)).toEqual(['有危急征象：突发偏瘫。']);
    expect(signsOfVisit(visit.sheets).dangerSigns).toEqual({ hypertension: ['突发偏瘫'] });
  });

  it('is judged by what stands beside a code, not by its number: options numbered anew keep their meaning', () => {
    const swap = (a: string, b: string) => (old: readonly CodeOption[]) =>
      old.map((one) => ({ ...one, code: one.code === a ? b : one.code === b ? a : one.code }));
    const [pregnant, headache] = ['7', '2'];
    const signs = withOptions(hypertensionFollowUp2017, 'emergencySigns', swap(pregnant, headache));
    const reasons = (code: string) =>
      crisisReasons(read('hypertension', signs, { sbp: 150, dbp: 80, emergencySigns: [code] }))
        .map((one) => one.code)
        .toSorted();
    expect(reasons(headache)).toEqual(['danger-sign', 'pregnancy']);
    expect(reasons(pregnant)).toEqual(['danger-sign']);
    const symptoms = withOptions(copdFollowUp2024, 'symptoms', swap('14', '3'));
    const confused = (code: string) =>
      crisisReasons(read('copd', symptoms, { spo2: 95, symptoms: [code] })).length > 0;
    expect([confused('3'), confused('14')]).toEqual([true, false]);
  });
});
