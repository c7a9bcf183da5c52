import { isExcused, isRequired } from './form-checks.ts';
import type { FormSubject } from './form-condition.ts';
import { isBlank } from './form-read-answer.ts';
import { type FormAnswers, type FormEdition, fieldsOf } from './form-shape.ts';

/** How much of what this person's sheet must hold is filled in. Counts of fields and ids of the open ones. */
export interface FormCompleteness {
  readonly required: number;
  readonly filled: number;
  readonly missing: readonly string[];
}

/** Counts the required fields of a sheet for this person, over the union of the person's groups. */
export function measureCompleteness(
  edition: FormEdition,
  answers: FormAnswers,
  subject: FormSubject,
): FormCompleteness {
  const required = fieldsOf(edition).filter(
    (field) => isRequired(field, answers, subject) && !isExcused(edition, field, answers, subject),
  );
  const missing = required.filter((field) => isBlank(answers[field.id])).map((field) => field.id);
  return { required: required.length, filled: required.length - missing.length, missing };
}
