import { checkPresence, isExcused, runCheck } from './form-checks.ts';
import { computeDerived } from './form-compute.ts';
import { asksUnknown, type FormSubject, meets } from './form-condition.ts';
import { FormIssues } from './form-issues.ts';
import { isBlank, readAnswer, type ValidationContext } from './form-read-answer.ts';
import { type FormAnswers, type FormEdition, type FormField, fieldsOf } from './form-shape.ts';
import type { FieldIssue } from './problem.ts';
import { isWellFormedText } from './well-formed-text.ts';

export type { ValidationContext } from './form-read-answer.ts';

export interface Validation {
  /** Answers in their stored form: computed fields filled in, blanks left out, unknown fields kept as they came. */
  readonly answers: FormAnswers;
  /** These refuse the sheet. */
  readonly errors: readonly FieldIssue[];
  /** These ask the doctor to look again; those confirmed in the context are left out. */
  readonly warnings: readonly FieldIssue[];
  /** Fields and codes of a newer client that this edition does not know; kept, not judged. */
  readonly unknown: readonly string[];
  /** Answers left out because the sheet does not ask them here: the words beside “其他” once “其他” is not chosen. */
  readonly leftOut: readonly string[];
}

const mostUnknownCharacters = 20_000;
const deepestUnknown = 20;

/** Checks answers against an edition. Never throws, whatever comes in; messages are Chinese. */
export function validateAnswers(
  edition: FormEdition,
  given: unknown,
  context: ValidationContext,
): Validation {
  const issues = new FormIssues();
  if (!isRecord(given)) {
    issues.refuse('', 'not-answers', '没有收到填写内容。');
    return { answers: {}, errors: issues.errors, warnings: [], unknown: [], leftOut: [] };
  }
  const fields = fieldsOf(edition);
  const read: Record<string, unknown> = keepUnknown(fields, given, (id) => id, issues);
  for (const field of fields) {
    const value = readField(field, given[field.id], context, issues);
    if (value !== undefined) read[field.id] = value;
  }
  const leftOut = leaveOutUnasked(fields, read, context);
  const answers = computeDerived(edition, read);
  for (const field of fields) {
    if (!isExcused(edition, field, answers, context)) checkPresence(field, answers, context, issues);
  }
  for (const check of edition.checks) runCheck(check, answers, context, issues);
  const warnings = issues.warnings.filter(
    (issue) => !context.confirmed?.includes(`${issue.path}:${issue.code}`),
  );
  return { answers, errors: issues.errors, warnings, unknown: issues.unknown, leftOut };
}

function readField(field: FormField, value: unknown, context: ValidationContext, issues: FormIssues) {
  if (field.kind === 'computed') return undefined;
  if (field.kind === 'rows') return readRows(field, value, context, issues);
  return readAnswer(field, value, field.id, context, issues);
}

function readRows(
  field: FormField & { kind: 'rows' },
  value: unknown,
  context: ValidationContext,
  issues: FormIssues,
): readonly FormAnswers[] | undefined {
  if (isBlank(value)) return undefined;
  if (!Array.isArray(value) || value.length > field.maxRows) {
    issues.refuse(field.id, 'too-many-rows', `${field.label}最多 ${field.maxRows} 行。`);
    return undefined;
  }
  const rows: FormAnswers[] = [];
  for (const [index, given] of value.entries()) {
    const pathOf = (id: string) => `${field.id}.${index}.${id}`;
    const rowName = `${field.label}第 ${index + 1} 行`;
    if (!isRecord(given)) {
      issues.refuse(`${field.id}.${index}`, 'not-a-row', `${rowName}不正确。`);
      continue;
    }
    const row = keepUnknown(field.columns, given, pathOf, issues);
    for (const column of field.columns) {
      if (column.kind === 'rows' || column.kind === 'computed') continue;
      const read = readAnswer(column, given[column.id], pathOf(column.id), context, issues);
      if (read !== undefined) row[column.id] = read;
    }
    if (Object.keys(row).length === 0) continue;
    for (const column of field.columns) checkPresence(column, row, context, issues, pathOf, rowName);
    for (const check of field.checks ?? []) runCheck(check, row, context, issues, pathOf);
    rows.push(row);
  }
  return rows.length === 0 ? undefined : rows;
}

/** Takes out answers whose field is not shown, until nothing changes; what depends on unknown facts of the person stays. */
function leaveOutUnasked(
  fields: readonly FormField[],
  answers: Record<string, unknown>,
  subject: FormSubject,
): readonly string[] {
  const unasked = () =>
    fields.find(
      ({ id, visible }) =>
        visible &&
        answers[id] !== undefined &&
        !meets(visible, answers, subject) &&
        !asksUnknown(visible, subject),
    );
  const leftOut: string[] = [];
  for (let field = unasked(); field !== undefined; field = unasked()) {
    leftOut.push(field.id);
    delete answers[field.id];
  }
  return leftOut;
}

/** A fresh record with the given fields this edition does not know, each listed; what cannot be stored is refused. */
function keepUnknown(
  fields: readonly FormField[],
  given: Readonly<Record<string, unknown>>,
  pathOf: (id: string) => string,
  issues: FormIssues,
): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  const known = new Set(fields.map((field) => field.id));
  for (const [id, value] of Object.entries(given)) {
    if (known.has(id) || value === undefined) continue;
    if (id !== '__proto__' && isWellFormedText(id) && isStorable(value)) {
      kept[id] = value;
      issues.unknown.push(pathOf(id));
    } else issues.refuse(pathOf(id), 'unstorable', '含有无法保存的内容。');
  }
  return kept;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isStorable(value: unknown): boolean {
  return isPlainJson(value, 0) && JSON.stringify(value).length <= mostUnknownCharacters;
}

function isPlainJson(value: unknown, depth: number): boolean {
  if (depth > deepestUnknown) return false;
  if (value === null || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value === 'string') return isWellFormedText(value);
  if (Array.isArray(value)) return value.every((part) => isPlainJson(part, depth + 1));
  if (typeof value !== 'object') return false;
  return Object.entries(value).every(
    ([key, part]) => key !== '__proto__' && isWellFormedText(key) && isPlainJson(part, depth + 1),
  );
}
