import { describe, expect, it } from 'vitest';
import type { FormAnswers, FormEdition, FormField } from '#kernel/form-shape.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { type2DiabetesFollowUp2017 as old } from '#standards/forms/type-2-diabetes-follow-up/2017.ts';
import { completeDocument } from './person-document.ts';
import { startPhoneVisit } from './start-phone-visit.ts';

const today = plainDate('2026-11-24');

/** The next edition: its grades run the other way, it prints no 差 of 遵医行为 and no 间断 of 服药依从性. */
const next: FormEdition = {
  ...old,
  edition: '2026',
  groups: old.groups.map((group) => ({ ...group, fields: group.fields.map(changed) })),
};
function changed(field: FormField): FormField {
  if (field.kind !== 'code') return field;
  const without = { compliance: '差', adherence: '间断' }[field.id];
  if (without !== undefined)
    return { ...field, options: field.options.filter(({ label }) => label !== without) };
  if (!['psychology', 'dorsalisPedis'].includes(field.id)) return field;
  const labels = field.options.map(({ label }) => label).toReversed();
  return { ...field, options: field.options.map(({ code }, at) => ({ code, label: labels[at] ?? '' })) };
}

const said: FormAnswers = {
  visitDate: '2026-08-20',
  weight: 62,
  psychology: '1',
  compliance: '3',
  adherence: '1',
  dorsalisPedis: '1',
  drugs: [{ drugName: '二甲双胍', timesPerDay: 2, dosePerTime: 500, doseUnit: 'mg' }],
};
const personWith = (edition: string) =>
  completeDocument({
    id: 'p1',
    name: '王秀英',
    sex: '2',
    birthDate: plainDate('1955-03-02'),
    initials: ['wxy'],
    idTail: null,
    phone: null,
    organizationId: 'v1',
    information: {},
    programs: [
      {
        program: 'type-2-diabetes',
        enrollmentId: 'e1',
        version: 1,
        enrolledOn: plainDate('2024-01-10'),
        diagnosedOn: null,
        classes: [1],
        lastVisitOn: plainDate('2026-08-20'),
        last: { recordId: 'r1', edition, on: plainDate('2026-08-20'), answers: said },
      },
    ],
  });
const startOn = (edition: FormEdition, writtenOn: string) => {
  const start = startPhoneVisit(
    personWith(writtenOn),
    '陈立新',
    today,
    () => edition,
    (_form, name) => [old, next].find((one) => one.edition === name),
  );
  if (!start) throw new Error('managed');
  return start;
};
const labelOn = (edition: FormEdition, id: string, code: unknown) => {
  const field = edition.groups.flatMap((group) => group.fields).find((one) => one.id === id);
  return field && 'options' in field ? field.options.find((one) => one.code === code)?.label : undefined;
};

describe('a visit on the phone after a last sheet on another edition', () => {
  it('begins with what was printed beside the old code, whatever its number is now', () => {
    const { answers, taken } = startOn(next, '2017');
    expect(labelOn(old, 'psychology', said.psychology)).toBe('良好');
    expect(labelOn(next, 'psychology', answers.psychology)).toBe('良好');
    expect(answers.psychology).not.toBe(said.psychology);
    expect(answers).toMatchObject({ weight: 62, adherence: '1', drugs: said.drugs });
    expect(taken).toContain('psychology');
  });

  it('asks anew what its list no longer prints', () => {
    const { answers, taken } = startOn(next, '2017');
    expect(answers).not.toHaveProperty('compliance');
    expect(taken).not.toContain('compliance');
  });

  it('offers the findings of last time by what they were called', () => {
    const { frame } = startOn(next, '2017');
    const name = labelOn(old, 'dorsalisPedis', said.dorsalisPedis);
    expect(name).toBeDefined();
    expect(labelOn(next, 'dorsalisPedis', frame.last.dorsalisPedis)).toBe(name);
  });

  it('takes nothing from a sheet whose edition this phone does not have, and all from one of its own', () => {
    expect(startOn(next, '1999').taken).toEqual(new Set());
    expect(startOn(next, '1999').frame.last).toEqual({});
    expect(startOn(old, '2017').answers).toMatchObject({ psychology: '1', compliance: '3', weight: 62 });
  });
});
