import { type DueByTest, dueByTest } from '#capabilities/screening/domain/due-by-test.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { PersonDocument } from './person-document.ts';
import { recordOfExaminations } from './phone-patient-record.ts';

/**
 * The examinations of somebody managed that are due, the earliest first, by the server's own function; undefined
 * while this phone does not know what was done.
 */
export function listDueExaminations(person: PersonDocument, today: PlainDate): DueByTest[] | undefined {
  if (person.status !== 'active' || person.programs.length === 0) return [];
  if (!person.examined) return undefined;
  return dueByTest(recordOfExaminations(person, today), today).toSorted((a, b) =>
    a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0,
  );
}
