import { testOfItem } from '#capabilities/assessment/domain/test-of-item.ts';
import { type DueExamination, dueExaminations } from '#clinical/assess/list-examinations.ts';
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

export interface DueByTest
  extends Pick<DueExamination, 'dueOn' | 'lastOn' | 'label' | 'reason' | 'ruleId' | 'clause' | 'certainty'> {
  readonly test: ListedTest;
}

const isListed = (test: string | undefined): test is ListedTest =>
  test !== undefined && (listedTests as readonly string[]).includes(test);

/** The listed tests of a person that are due, each once with its earliest day, in the order they are shown. */
export function dueByTest(record: PatientRecord, day: PlainDate): DueByTest[] {
  const due = new Map<ListedTest, DueByTest>();
  for (const one of dueExaminations(record, day)) {
    const test = testOfItem[one.item];
    if (!isListed(test)) continue;
    const known = due.get(test);
    if (known !== undefined && known.dueOn <= one.dueOn) continue;
    const { dueOn, lastOn, label, reason, ruleId, clause, certainty } = one;
    due.set(test, { test, dueOn, ...(lastOn ? { lastOn } : {}), label, reason, ruleId, clause, certainty });
  }
  return listedTests.flatMap((test) => due.get(test) ?? []);
}
