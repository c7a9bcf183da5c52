import type { Condition, FormAnswers } from './form-shape.ts';

/** What a condition may ask about the person besides the answers. */
export interface FormSubject {
  readonly ageYears?: number;
  readonly sex?: string;
}

/** Whether a condition holds. An unknown age meets no age condition. */
export function meets(condition: Condition, answers: FormAnswers, subject: FormSubject = {}): boolean {
  switch (condition.kind) {
    case 'answered': {
      const value = answers[condition.field];
      return value !== undefined && value !== null && value !== '';
    }
    case 'in': {
      const value = answers[condition.field];
      const chosen = Array.isArray(value) ? (value as unknown[]) : [value];
      return chosen.some((code) => typeof code === 'string' && condition.codes.includes(code));
    }
    case 'is':
      return (answers[condition.field] ?? false) === condition.value;
    case 'age-at-least':
      return subject.ageYears !== undefined && subject.ageYears >= condition.years;
    case 'all':
      return condition.of.every((part) => meets(part, answers, subject));
    case 'any':
      return condition.of.some((part) => meets(part, answers, subject));
    case 'not':
      return !meets(condition.of, answers, subject);
  }
}
