import { type FormSubject, meets } from './form-condition.ts';
import { labelOf } from './form-describe.ts';
import type { FormIssues } from './form-issues.ts';
import { isBlank, isOutside } from './form-read-answer.ts';
import type { CrossCheck, FormAnswers, FormEdition, FormField } from './form-shape.ts';

/** Whether a field must be answered on this sheet of this person. */
export function isRequired(field: FormField, answers: FormAnswers, subject: FormSubject): boolean {
  if (field.kind === 'computed' || field.required === 'optional') return false;
  return field.required === 'always' || meets(field.required, answers, subject);
}

/** Whether the sheet as a whole excuses a field of its edition from being answered. */
export function isExcused(
  edition: FormEdition,
  field: FormField,
  answers: FormAnswers,
  subject: FormSubject,
): boolean {
  const { excused } = edition;
  return excused !== undefined && !excused.except.includes(field.id) && meets(excused.when, answers, subject);
}

/**
 * Names what is missing: required fields, and the words beside “其他”, “异常” or “有”. `rowName` opens the message for a
 * field inside a row; `pathOf` turns a field id into its path.
 */
export function checkPresence(
  field: FormField,
  answers: FormAnswers,
  subject: FormSubject,
  issues: FormIssues,
  pathOf: (id: string) => string = (id) => id,
  rowName?: string,
): void {
  const value = answers[field.id];
  const path = pathOf(field.id);
  if (value === undefined && isRequired(field, answers, subject) && !issues.isRefused(path)) {
    const message = rowName ? `${rowName}缺少${field.label}。` : `请填写${field.label}。`;
    issues.refuse(path, 'missing', message);
  }
  if ((field.kind !== 'code' && field.kind !== 'codes') || !field.needsText) return;
  const chosen = Array.isArray(value) ? (value as unknown[]) : [value];
  for (const [code, textField] of Object.entries(field.needsText)) {
    if (!chosen.includes(code) || !isBlank(answers[textField]) || issues.isRefused(pathOf(textField)))
      continue;
    const label = labelOf(field.options, code);
    issues.refuse(pathOf(textField), 'needs-text', `${field.label}选了“${label}”，请写明具体内容。`);
  }
}

/** Runs one comparison between answers; what is not answered is not compared. */
export function runCheck(
  check: CrossCheck,
  answers: FormAnswers,
  subject: FormSubject,
  issues: FormIssues,
  pathOf: (id: string) => string = (id) => id,
): void {
  const wrongAt = failedAt(check, answers, subject);
  if (wrongAt === undefined) return;
  const path = pathOf(wrongAt);
  if (check.severity === 'error') issues.refuse(path, check.code, check.message);
  else issues.ask(path, check.code, check.message);
}

function failedAt(check: CrossCheck, answers: FormAnswers, subject: FormSubject): string | undefined {
  const pair = (a: string, b: string): [number, number] | undefined => {
    const [x, y] = [answers[a], answers[b]];
    return typeof x === 'number' && typeof y === 'number' ? [x, y] : undefined;
  };
  switch (check.kind) {
    case 'less-than':
    case 'at-most':
    case 'difference-within': {
      const numbers = pair(check.lower, check.upper);
      if (!numbers) return undefined;
      const [lower, upper] = numbers;
      const holds =
        check.kind === 'less-than'
          ? lower < upper
          : check.kind === 'at-most'
            ? lower <= upper
            : !isOutside(upper - lower, check.range);
      return holds ? undefined : check.lower;
    }
    case 'zero-together': {
      const numbers = pair(check.a, check.b);
      return numbers && (numbers[0] === 0) !== (numbers[1] === 0) ? check.b : undefined;
    }
    case 'close': {
      const numbers = pair(check.a, check.b);
      return numbers && Math.abs(numbers[0] - numbers[1]) >= check.lessThan ? check.b : undefined;
    }
    case 'not-before': {
      const [earlier, later] = [answers[check.earlier], answers[check.later]];
      if (typeof earlier !== 'string' || typeof later !== 'string') return undefined;
      const known = Math.min(earlier.length, later.length);
      return later.slice(0, known) < earlier.slice(0, known) ? check.later : undefined;
    }
    case 'at-most-age': {
      const years = answers[check.field];
      const isOver = typeof years === 'number' && subject.ageYears !== undefined && years > subject.ageYears;
      return isOver ? check.field : undefined;
    }
    case 'alone-in-rows': {
      const rows = answers[check.rows];
      if (!Array.isArray(rows) || rows.length < 2) return undefined;
      const has = rows.some((row: FormAnswers) => row[check.column] === check.value);
      return has ? check.rows : undefined;
    }
    case 'when':
      return meets(check.when, answers, subject) ? check.path : undefined;
  }
}
