import type { PlainDate } from '#kernel/plain-date.ts';
import type { FieldOperationBodies } from './field-operation.ts';
import type { PersonDocument, PhoneProgram, PhoneRefusal } from './person-document.ts';

/** The refusals of a person whose day to ask again has come, the earliest first. */
export const refusalsToAsk = ({ refusals = [] }: PersonDocument, today: PlainDate): readonly PhoneRefusal[] =>
  refusals.filter((one) => one.reviewOn <= today);

/** Those that stand once somebody is managed for a disease: what they refused of it, or of everything, is answered. */
export const unanswered = (
  refusals: readonly PhoneRefusal[] | undefined,
  program: PhoneProgram,
): readonly PhoneRefusal[] =>
  (refusals ?? []).filter((one) => one.program !== null && one.program !== program);

/** Those that stand once management of a disease has ended, by a refusal or otherwise. */
export function refusalsAfter(
  { refusals = [], programs }: PersonDocument,
  body: FieldOperationBodies['enrollment.close'],
): readonly PhoneRefusal[] {
  const { enrollmentId, reason, closedOn, reviewOn, note } = body;
  const program = programs.find((one) => one.enrollmentId === enrollmentId)?.program;
  if (reason !== 'refused' || !program || !reviewOn) return refusals;
  const given = { program, on: closedOn as PlainDate, reviewOn: reviewOn as PlainDate, note: note ?? null };
  return [...refusals, given].toSorted((a, b) =>
    a.reviewOn < b.reviewOn ? -1 : a.reviewOn > b.reviewOn ? 1 : 0,
  );
}
