import { testOfItem } from '#capabilities/assessment/domain/test-of-item.ts';
import { dueExaminations } from '#clinical/assess/list-examinations.ts';
import type { PatientRecord } from '#clinical/assess/patient-record.ts';
import type { PlainDate } from '#kernel/plain-date.ts';

/** Tests a list is kept of: those the centre can order and record as done, in the order they are shown. */
export const listedTests = [
  'retina',
  'acr',
  'kidney',
  'foot',
  'artery',
  'ecg',
  'lipids',
  'hba1c',
  'assessments',
  'spirometry',
  'influenza',
] as const;
export type ListedTest = (typeof listedTests)[number];

export interface DueByTest {
  readonly test: ListedTest;
  readonly dueOn: PlainDate;
  readonly label: string;
  readonly reason: string;
}

const isListed = (test: string | undefined): test is ListedTest =>
  test !== undefined && (listedTests as readonly string[]).includes(test);

/** The listed tests of a person that are due, each once with its earliest day, in the order they are shown. */
export function dueByTest(record: PatientRecord, day: PlainDate): DueByTest[] {
  const due = new Map<ListedTest, DueByTest>();
  for (const { item, dueOn, label, reason } of dueExaminations(record, day)) {
    const test = testOfItem[item];
    if (!isListed(test)) continue;
    const known = due.get(test);
    if (known === undefined || dueOn < known.dueOn) due.set(test, { test, dueOn, label, reason });
  }
  return listedTests.flatMap((test) => due.get(test) ?? []);
}
