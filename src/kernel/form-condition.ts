import type { Comparison, Condition, FormAnswers } from './form-shape.ts';

/** What a condition may ask about the person besides the answers. */
export interface FormSubject {
  readonly ageYears?: number;
  /** GB/T 2261.1: 1 male, 2 female. */
  readonly sex?: string;
  /** Groups the person belongs to: `hypertension`, `older-people`, `rural`… */
  readonly groups?: readonly string[];
}

/** Whether a condition holds. An unknown age, sex or number meets no condition about it. */
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
    case 'number':
      return compareNumbers(answers[condition.field], condition.than, condition.value);
    case 'compare':
      return compareNumbers(answers[condition.field], condition.than, answers[condition.other]);
    case 'age-at-least':
      return subject.ageYears !== undefined && subject.ageYears >= condition.years;
    case 'age-at-most':
      return subject.ageYears !== undefined && subject.ageYears <= condition.years;
    case 'sex-is':
      return subject.sex === condition.sex;
    case 'in-group':
      return condition.groups.some((group) => subject.groups?.includes(group) ?? false);
    case 'all':
      return condition.of.every((part) => meets(part, answers, subject));
    case 'any':
      return condition.of.some((part) => meets(part, answers, subject));
    case 'not':
      return !meets(condition.of, answers, subject);
  }
}

/** Whether a condition asks something about the person that is not known. */
export function asksUnknown(condition: Condition, subject: FormSubject): boolean {
  switch (condition.kind) {
    case 'age-at-least':
    case 'age-at-most':
      return subject.ageYears === undefined;
    case 'sex-is':
      return subject.sex === undefined;
    case 'in-group':
      return subject.groups === undefined;
    case 'all':
    case 'any':
      return condition.of.some((part) => asksUnknown(part, subject));
    case 'not':
      return asksUnknown(condition.of, subject);
    default:
      return false;
  }
}

function compareNumbers(left: unknown, than: Comparison, right: unknown): boolean {
  if (typeof left !== 'number' || typeof right !== 'number') return false;
  switch (than) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '=':
      return left === right;
    case '>=':
      return left >= right;
    case '>':
      return left > right;
  }
}
