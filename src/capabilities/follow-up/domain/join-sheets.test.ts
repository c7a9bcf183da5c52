import { describe, expect, it } from 'vitest';
import { type Program, programs } from '#capabilities/residents/domain/program.ts';
import { type FormAnswers, fieldsOf } from '#kernel/form-shape.ts';
import { followUpPrograms } from './follow-up-programs.ts';
import { joinSheets } from './join-sheets.ts';
import { mergeSheets } from './merge-sheets.ts';
import { codesOf } from './read-sheet.ts';

const merged = mergeSheets(
  programs.map((program) => ({ program, edition: followUpPrograms[program].edition })),
);
const optionsOf = (id: string) => {
  const field = fieldsOf(merged.edition).find((one) => one.id === id);
  return field && 'options' in field ? field.options.map((option) => option.code) : [];
};
const split = (visit: FormAnswers) =>
  programs.map((program) => ({ program, answers: merged.split(visit, program) }));
const ordered = (visit: FormAnswers) => ({
  ...visit,
  symptoms: codesOf(visit.symptoms).toSorted(),
  emergencySigns: codesOf(visit.emergencySigns).toSorted(),
});
const medicine = (drugName: string, forPrograms?: readonly Program[]) => ({
  drugName,
  timesPerDay: 1,
  dosePerTime: 5,
  doseUnit: 'mg',
  ...(forPrograms ? { forPrograms } : {}),
});
const visit: FormAnswers = {
  visitDate: '2026-11-24',
  sbp: 128,
  dbp: 76,
  fpg: 6.4,
  adherence: '1',
  adr: '1',
  symptoms: ['1'],
  'hypertension:visitClass': '1',
  'copd:visitClass': '2',
  nextVisitDate: '2027-02-22',
};

describe('a visit joined from its sheets', () => {
  it('has every symptom and danger sign that was ticked, and no other', () => {
    const signs = optionsOf('emergencySigns').filter((code) => code !== '1');
    const symptoms = optionsOf('symptoms').filter((code) => code !== '1' && code !== '99');
    expect(symptoms.length).toBeGreaterThan(15);
    for (const [at, one] of symptoms.entries()) {
      const two = symptoms[(at * 7 + 3) % symptoms.length] ?? one;
      const sign = signs[at % signs.length] ?? '';
      const typed = { ...visit, symptoms: [...new Set([one, two])], emergencySigns: [sign] };
      expect(ordered(joinSheets(merged, split(typed))), `${one} ${two} ${sign}`).toEqual(ordered(typed));
    }
  });

  it('keeps what was said in words, once, and takes no words for what a list has', () => {
    const [one = ''] = optionsOf('symptoms').slice(3);
    const typed = { ...visit, symptoms: [one, '99'], symptomOther: '手抖、怕冷' };
    expect(ordered(joinSheets(merged, split(typed)))).toEqual(ordered(typed));
  });

  it('has each medicine for what it was, and one of all sheets without a mark', () => {
    const typed = {
      ...visit,
      drugs: [
        medicine('氨氯地平片', ['hypertension']),
        medicine('二甲双胍片', ['type-2-diabetes']),
        medicine('恩格列净片', ['hypertension', 'type-2-diabetes']),
        medicine('阿司匹林肠溶片'),
      ],
      adr: '2',
      adrText: '牙龈出血',
      adrPrograms: ['type-2-diabetes'],
    };
    const { drugs, ...joined } = joinSheets(merged, split(typed));
    const byName = (rows: unknown) =>
      (rows as FormAnswers[]).toSorted((a, b) => String(a.drugName).localeCompare(String(b.drugName)));
    expect(byName(drugs)).toEqual(byName(typed.drugs));
    const { drugs: _drugs, ...others } = typed;
    expect(ordered(joined)).toEqual(ordered(others));
  });

  it('has the medicines of one disease, though the sheets of the others say that there are none', () => {
    const typed = { ...visit, drugs: [medicine('二甲双胍片', ['type-2-diabetes'])] };
    expect(merged.split(typed, 'copd')).toMatchObject({ noDrugTherapy: true });
    const joined = joinSheets(merged, split(typed));
    expect(joined).toMatchObject({ drugs: typed.drugs, adherence: '1' });
    expect(joined).not.toHaveProperty('noDrugTherapy');
  });

  it('keeps a medicine of the one sheet there is for that disease', () => {
    const drugs = [medicine('二甲双胍片')];
    const joined = joinSheets(merged, [{ program: 'type-2-diabetes', answers: { fpg: 6.4, drugs } }]);
    expect(joined.drugs).toEqual([medicine('二甲双胍片', ['type-2-diabetes'])]);
  });

  it('of one sheet is that sheet', () => {
    const edition = followUpPrograms.copd.edition;
    const alone = mergeSheets([{ program: 'copd', edition }]);
    expect(joinSheets(alone, [{ program: 'copd', answers: visit }])).toEqual(visit);
  });
});
