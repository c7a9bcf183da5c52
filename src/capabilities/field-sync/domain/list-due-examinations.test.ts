import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CentreExamination,
  type CheckupExaminations,
  examinationsDone,
  examinationsHeeded,
  monthsOfRecord,
} from '#capabilities/assessment/domain/examinations-done.ts';
import { dueByTest } from '#capabilities/screening/domain/due-by-test.ts';
import { assess } from '#clinical/assess/assess.ts';
import { examinationReadings } from '#clinical/assess/list-examinations.ts';
import type { PatientRecord } from '#clinical/assess/patient-record.ts';
import { addDays, addMonths, type PlainDate, plainDate } from '#kernel/plain-date.ts';
import { applyOnPhone } from './apply-on-phone.ts';
import type { FieldOperation } from './field-operation.ts';
import { listDueExaminations } from './list-due-examinations.ts';
import { type CompactDocument, completeDocument, type PhoneProgram } from './person-document.ts';
import { phonePatientRecord } from './phone-patient-record.ts';

const today = plainDate('2026-11-24');
const program = (name: PhoneProgram): NonNullable<CompactDocument['programs']>[number] => ({
  program: name,
  enrollmentId: `e-${name}`,
  version: 1,
  enrolledOn: plainDate('2020-01-10'),
  diagnosedOn: '2020-01-05',
  classes: [],
  lastVisitOn: null,
  last: null,
});
const zhou: CompactDocument = {
  id: 'p1',
  name: '周桂兰',
  sex: '2',
  birthDate: plainDate('1950-03-02'),
  programs: [program('type-2-diabetes')],
};
const due = (more: Partial<CompactDocument>) =>
  listDueExaminations(completeDocument({ ...zhou, ...more }), today);

describe('examinations that are due on the phone', () => {
  it('are not known of a document stored before they travelled, which says neither “due” nor “done”', () => {
    expect(due({})).toBeUndefined();
    expect(due({ lastCheckupOn: addDays(today, -30) })).toBeUndefined();
  });

  it('of somebody never examined are all due, as nothing recorded', () => {
    const all = due({ examined: { done: {} } });
    expect(all?.map((one) => one.test)).toEqual([
      'retina',
      'acr',
      'kidney',
      'foot',
      'artery',
      'ecg',
      'lipids',
      'hba1c',
      'assessments',
    ]);
    expect(all?.every((one) => one.lastOn === undefined && one.clause !== '')).toBe(true);
  });

  it('begin with what waits longest, and say when it was last done', () => {
    const done = {
      ...{ retina: plainDate('2024-02-01'), ecg: plainDate('2024-01-01'), foot: plainDate('2026-08-01') },
      ...{ neuropathy: plainDate('2026-08-01'), artery: plainDate('2025-11-24') },
      ...{
        dental: plainDate('2026-08-01'),
        mood: plainDate('2026-08-01'),
        cognition: plainDate('2026-08-01'),
      },
    };
    const readings = {
      acr: [plainDate('2026-08-01'), 12],
      creatinine: [plainDate('2026-08-01'), 80],
      ldl: [plainDate('2026-08-01'), 2],
      hba1c: [plainDate('2026-08-01'), 7],
    } as const;
    expect(due({ examined: { done, readings } })).toMatchObject([
      { test: 'ecg', dueOn: '2025-01-01', lastOn: '2024-01-01' },
      { test: 'retina', dueOn: '2025-02-01', lastOn: '2024-02-01' },
      { test: 'artery', dueOn: '2026-11-24', lastOn: '2025-11-24' },
    ]);
  });

  it('are of people who are managed and here, not of others', () => {
    const examined = { done: {} };
    expect(due({ examined, programs: [] })).toEqual([]);
    for (const status of ['lost', 'dead', 'moved'] as const) expect(due({ examined, status })).toEqual([]);
  });

  it('count what this phone recorded at once, before it was sent', () => {
    const before = completeDocument({ ...zhou, examined: { done: {} } });
    const visit = {
      operationId: 'o1',
      kind: 'visit.record',
      residentId: 'p1',
      body: {
        sheets: [
          {
            program: 'type-2-diabetes',
            recordId: 'r1',
            formEdition: '2017',
            answers: { visitDate: '2026-11-24', hba1c: 7.1 },
          },
        ],
      },
    } as unknown as FieldOperation;
    expect(listDueExaminations(before, today)?.map((one) => one.test)).toContain('hba1c');
    const after = applyOnPhone(before, visit);
    if (!after) throw new Error('the person stays');
    expect(listDueExaminations(after, today)?.map((one) => one.test)).not.toContain('hba1c');
  });

  it('are not put off by a result reported late: its test counts from its own day, offline and after the next sync', () => {
    const before = completeDocument({ ...zhou, examined: { done: {} } });
    const answers = { visitDate: '2026-11-24', fpg: 6.2, hba1c: 7.1, hba1cDate: '2026-03-01' };
    const visit = {
      operationId: 'o1',
      kind: 'visit.record',
      residentId: 'p1',
      body: {
        sheets: [{ program: 'type-2-diabetes', recordId: 'r1', formEdition: '2017', answers }],
      },
    } as unknown as FieldOperation;
    const offline = applyOnPhone(before, visit);
    const synced = completeDocument({
      ...zhou,
      examined: { done: {}, readings: { hba1c: [plainDate('2026-03-01'), 7.1] } },
      sheets: [
        [
          ...([today, 'type-2-diabetes-follow-up', null, 0, '李'] as const),
          { 'fasting-glucose': 6.2, hba1c: [7.1, null, plainDate('2026-03-01')] },
        ],
        [
          ...([plainDate('2026-05-01'), 'type-2-diabetes-follow-up', null, 0, '李'] as const),
          { hba1c: 6.9, 'fasting-glucose': [5.9, 'venous'] },
        ],
      ],
    });
    if (!offline) throw new Error('the person stays');
    expect(offline.series).toEqual({ 'fasting-glucose': [[today, 6.2]], hba1c: [['2026-03-01', 7.1]] });
    expect(listDueExaminations(offline, today)).toContainEqual(
      expect.objectContaining({ test: 'hba1c', lastOn: '2026-03-01' }),
    );
    expect(synced.series).toEqual({
      'fasting-glucose': [
        [today, 6.2],
        ['2026-05-01', 5.9, 'venous'],
      ],
      hba1c: [
        ['2026-05-01', 6.9],
        ['2026-03-01', 7.1],
      ],
    });
    expect(listDueExaminations(synced, today)).toContainEqual(
      expect.objectContaining({ test: 'hba1c', lastOn: '2026-05-01' }),
    );
  });

  it('do not remember a result older than the server does, however lately it was reported', () => {
    const long = addMonths(today, -monthsOfRecord - 1);
    const person = completeDocument({
      ...zhou,
      examined: { done: {}, readings: { hba1c: [long, 7.1] } },
      sheets: [[today, 'type-2-diabetes-follow-up', null, 0, '李', { hba1c: [7.1, null, long] }]],
    });
    expect(listDueExaminations(person, today)?.find((one) => one.test === 'hba1c')).not.toHaveProperty(
      'lastOn',
    );
  });

  it('leave the rest of the assessment as it was: a creatinine of long ago speaks of no medicine', () => {
    const person = completeDocument({
      ...zhou,
      examined: { done: { ecg: today }, readings: { creatinine: [addMonths(today, -40), 700] } },
    });
    const { examined: _, ...before } = person;
    const { tasks: __, ...was } = assess(phonePatientRecord(before, today), today);
    const { tasks, ...is } = assess(phonePatientRecord(person, today), today);
    expect(is).toEqual(was);
    expect(tasks.map((one) => one.label)).not.toContain('心电图');
  });
});

/** What a county knows of one person, from which server and phone each make their own record. */
const someday = fc.integer({ min: -90 * 30, max: 0 }).map((days) => addDays(today, days));
const tick = fc.constantFrom(null, '1');
/** Values of the readings that tell of an examination; a raised albumin ratio is repeated sooner. */
const believable: Readonly<Record<string, readonly [number, number]>> = {
  acr: [6, 45],
  creatinine: [70, 110],
  ldl: [2, 4],
  hba1c: [6, 9],
  potassium: [4, 5],
  'fev1-percent-predicted': [60, 80],
};
const facts = fc.record({
  birthDate: fc.constantFrom('1940-02-29', '1958-06-01', '1979-11-25').map(plainDate),
  programs: fc.subarray(['hypertension', 'type-2-diabetes', 'copd'] as const, { minLength: 1 }),
  checkups: fc.array(
    fc.record({
      on: someday,
      ecg: tick,
      fundus: tick,
      elderCognition: tick,
      elderEmotion: tick,
      vaccinations: fc.option(
        someday.map((vaccDate) => [{ vaccineName: '流感疫苗', vaccDate }]),
        { nil: null },
      ),
    }),
    { maxLength: 4 },
  ),
  centre: fc.array(
    fc.record({
      code: fc.constantFrom('retina', 'foot', 'artery', 'ecg', 'assessments', 'influenza', 'spirometry'),
      on: someday,
    }),
    { maxLength: 5 },
  ),
  readings: fc.uniqueArray(
    fc
      .tuple(fc.constantFrom(...Object.entries(believable)), someday, fc.nat(1))
      .map(([[kind, values], on, place]) => ({ kind, on, value: values[place] ?? 0 })),
    { maxLength: 12, selector: ({ kind, on }) => `${kind}${on}` },
  ),
});
type Known = typeof facts extends fc.Arbitrary<infer T> ? T : never;

/** A vaccine is written down on or after the day it was given. */
const written = (checkups: readonly CheckupExaminations[]) =>
  checkups.map(({ vaccinations, ...one }) => ({
    ...one,
    vaccinations: Array.isArray(vaccinations)
      ? vaccinations.filter((row: { vaccDate: PlainDate }) => row.vaccDate <= one.on)
      : null,
  }));
const newestFirst = (a: { on: PlainDate }, b: { on: PlainDate }) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0);
const since = <T extends { readonly on: PlainDate }>(list: readonly T[], day: PlainDate, months: number) =>
  list.filter((one) => one.on >= addMonths(day, -months)).toSorted(newestFirst);

function onServer(known: Known, day: PlainDate): PatientRecord {
  const within = <T extends { readonly on: PlainDate }>(list: readonly T[]) =>
    since(list, day, monthsOfRecord);
  const centre: readonly CentreExamination[] = within(known.centre);
  return {
    birthDate: known.birthDate,
    sex: 'female',
    conditions: [],
    programs: known.programs.map((one) => ({ program: one, diagnosedOn: plainDate('2020-01-05') })),
    measurements: within(known.readings),
    visits: [],
    medicines: [],
    examinations: examinationsHeeded(examinationsDone(within(written(known.checkups)), centre), day),
  };
}

function asDocument(known: Known, day: PlainDate): CompactDocument {
  const last = new Map<string, readonly [PlainDate, number]>();
  for (const { kind, on, value } of known.readings.toSorted(newestFirst))
    if (!last.has(kind)) last.set(kind, [on, value]);
  return {
    ...zhou,
    birthDate: known.birthDate,
    programs: known.programs.map(program),
    sheets: since(known.readings, day, 24).map(
      ({ kind, on, value }) => [on, 'centre-readings', 'clinic', 0, '王', { [kind]: value }] as const,
    ),
    examined: {
      done: examinationsDone(written(known.checkups), known.centre),
      readings: Object.fromEntries(last),
    },
  };
}

describe('server and phone', () => {
  it('know the last reading of every test that is told by one', () => {
    expect(Object.keys(believable).toSorted()).toEqual([...examinationReadings].toSorted());
  });

  it('answer the same of the same person, on the day it was sent and on any day after without another word', () => {
    fc.assert(
      fc.property(facts, fc.integer({ min: 0, max: 800 }), (known, later) => {
        const day = addDays(today, later);
        const there = dueByTest(onServer(known, day), day);
        const here = listDueExaminations(completeDocument(asDocument(known, today)), day);
        const inOrder = (list: typeof there) => list.toSorted((a, b) => (a.test < b.test ? -1 : 1));
        expect(inOrder(here ?? [])).toEqual(inOrder(there));
      }),
      { numRuns: 600 },
    );
  });
});
