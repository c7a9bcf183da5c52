import { type FormSubject, meets } from './form-condition.ts';
import { describeRange } from './form-describe.ts';
import { isOutside } from './form-read-answer.ts';
import { type FormAnswers, type FormEdition, fieldsOf } from './form-shape.ts';
import type { FieldIssue } from './problem.ts';

/** Values outside the unremarkable range for this person: to highlight, never to refuse or confirm. */
export function listNoticeable(
  edition: FormEdition,
  answers: FormAnswers,
  subject: FormSubject,
): readonly FieldIssue[] {
  return fieldsOf(edition).flatMap((field) => {
    const value = answers[field.id];
    if (typeof value !== 'number' || !('normal' in field) || !field.normal) return [];
    return field.normal
      .filter(({ range, when }) => isOutside(value, range) && (!when || meets(when, answers, subject)))
      .slice(0, 1)
      .map(({ range }) => ({
        path: field.id,
        code: 'noticeable',
        message: `${field.label} ${value}${field.unit ?? ''}，参考范围 ${describeRange(range)}。`,
      }));
  });
}
