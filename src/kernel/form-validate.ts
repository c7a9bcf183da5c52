import { computeField } from './form-compute.ts';
import { type FormSubject, meets } from './form-condition.ts';
import {
  type CrossCheck,
  type FormAnswers,
  type FormEdition,
  type FormField,
  fieldsOf,
  type Range,
} from './form-shape.ts';
import { parsePartialDate } from './partial-date.ts';
import { type PlainDate, parsePlainDate } from './plain-date.ts';
import type { FieldIssue } from './problem.ts';
import { isWellFormedText } from './well-formed-text.ts';

export interface ValidationContext extends FormSubject {
  readonly today: PlainDate;
}

export interface Validation {
  /** Answers in their stored form: computed fields filled in, blanks left out, unknown fields kept as they came. */
  readonly answers: FormAnswers;
  /** These refuse the sheet. */
  readonly errors: readonly FieldIssue[];
  /** These ask the doctor to look again. */
  readonly warnings: readonly FieldIssue[];
  /** Fields and codes of a newer client that this edition does not know; kept, not judged. */
  readonly unknown: readonly string[];
}

const mostUnknownCharacters = 20_000;

/** Checks answers against an edition. Never throws, whatever comes in; messages are Chinese. */
export function validateAnswers(
  edition: FormEdition,
  given: unknown,
  context: ValidationContext,
): Validation {
  const issues = new Issues();
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    issues.refuse('', 'not-answers', '没有收到填写内容。');
    return { answers: {}, ...issues };
  }
  const input = given as Record<string, unknown>;
  const fields = fieldsOf(edition);
  const known = new Set(fields.map((field) => field.id));
  const answers: Record<string, unknown> = {};
  for (const [id, value] of Object.entries(input)) {
    if (known.has(id)) continue;
    issues.unknown.push(id);
    if (isStorable(value)) answers[id] = value;
    else issues.refuse(id, 'unstorable', '含有无法保存的内容。');
  }
  for (const field of fields) {
    const value =
      field.kind === 'computed' ? undefined : readField(field, input[field.id], field.id, context, issues);
    if (value !== undefined) answers[field.id] = value;
  }
  for (const field of fields) {
    if (field.kind !== 'computed') continue;
    const value = computeField(field, answers);
    if (value !== undefined) answers[field.id] = value;
  }
  for (const field of fields) checkPresence(field, answers, context, issues);
  for (const check of edition.checks) runCheck(check, answers, issues);
  return { answers, errors: issues.errors, warnings: issues.warnings, unknown: issues.unknown };
}

class Issues {
  readonly errors: FieldIssue[] = [];
  readonly warnings: FieldIssue[] = [];
  readonly unknown: string[] = [];
  refuse(path: string, code: string, message: string): void {
    this.errors.push({ path, code, message });
  }
  ask(path: string, code: string, message: string): void {
    this.warnings.push({ path, code, message });
  }
}

function isStorable(value: unknown): boolean {
  try {
    const text = JSON.stringify(value);
    return (
      text !== undefined &&
      text.length <= mostUnknownCharacters &&
      isWellFormedText(text) &&
      !/\\u(0000|d[89a-f])/i.test(text)
    );
  } catch {
    return false;
  }
}

function isBlank(value: unknown): boolean {
  return (
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

function readField(
  field: FormField,
  value: unknown,
  path: string,
  context: ValidationContext,
  issues: Issues,
): unknown {
  if (isBlank(value)) return undefined;
  switch (field.kind) {
    case 'code':
      return readCode(field, value, path, issues);
    case 'codes':
      return readCodes(field, value, path, issues);
    case 'integer':
    case 'decimal':
      return readNumber(field, value, path, issues);
    case 'text':
      return readText(field, value, path, issues);
    case 'date':
      return readDate(field, value, path, context, issues);
    case 'partial-date': {
      const date = typeof value === 'string' ? parsePartialDate(value) : undefined;
      if (date === undefined)
        issues.refuse(path, 'not-a-date', `${field.label}应写成 2024、2024-05 或 2024-05-01。`);
      else if (String(date) > context.today) issues.refuse(path, 'future', `${field.label}不能晚于今天。`);
      else return date;
      return undefined;
    }
    case 'flag':
      if (typeof value === 'boolean') return value;
      issues.refuse(path, 'not-a-flag', `${field.label}应为是或否。`);
      return undefined;
    case 'reference':
      return readText({ ...field, kind: 'text', maxLength: 100 }, value, path, issues);
    case 'rows':
      return readRows(field, value, path, context, issues);
    case 'computed':
      return undefined;
  }
}

function readCode(
  field: FormField & { kind: 'code' },
  value: unknown,
  path: string,
  issues: Issues,
): string | undefined {
  if (typeof value !== 'string' || value.length > 20 || !isWellFormedText(value)) {
    issues.refuse(path, 'not-a-code', `${field.label}的选项不正确。`);
    return undefined;
  }
  if (!field.options.some((option) => option.code === value)) issues.unknown.push(`${path}=${value}`);
  const doubt = field.warnCodes?.[value];
  if (doubt) issues.ask(path, 'unusual-code', doubt);
  return value;
}

function readCodes(
  field: FormField & { kind: 'codes' },
  value: unknown,
  path: string,
  issues: Issues,
): readonly string[] | undefined {
  const isList =
    Array.isArray(value) &&
    value.length <= 60 &&
    value.every((v) => typeof v === 'string' && v.length <= 20 && isWellFormedText(v));
  if (!isList) {
    issues.refuse(path, 'not-codes', `${field.label}的选项不正确。`);
    return undefined;
  }
  const codes = [...new Set(value as string[])];
  for (const code of codes) {
    if (!field.options.some((option) => option.code === code)) issues.unknown.push(`${path}=${code}`);
  }
  const alone = codes.find((code) => field.exclusive.includes(code));
  if (alone !== undefined && codes.length > 1) {
    const label = field.options.find((option) => option.code === alone)?.label ?? alone;
    issues.refuse(path, 'exclusive', `${field.label}选了“${label}”就不能再选其他。`);
  }
  return codes;
}

function readNumber(
  field: FormField & { kind: 'integer' | 'decimal' },
  value: unknown,
  path: string,
  issues: Issues,
): number | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    issues.refuse(path, 'not-a-number', `${field.label}应为数字。`);
    return undefined;
  }
  const places = field.kind === 'integer' ? 0 : field.places;
  if (Math.abs(Number(value.toFixed(places)) - value) > 1e-9) {
    const how = places === 0 ? '应为整数' : `最多 ${places} 位小数`;
    issues.refuse(path, 'too-precise', `${field.label}${how}。`);
    return undefined;
  }
  if (isOutside(value, field.hard)) {
    issues.refuse(
      path,
      'impossible',
      `${field.label} ${value} 超出可能的范围（${describeRange(field.hard)}${field.unit ?? ''}），请核对。`,
    );
    return undefined;
  }
  if (field.warn && isOutside(value, field.warn)) {
    issues.ask(
      path,
      'unusual',
      `${field.label} ${value} 不在常见范围（${describeRange(field.warn)}${field.unit ?? ''}），请确认。`,
    );
  }
  return value;
}

function isOutside(value: number, range: Range): boolean {
  return (range.min !== undefined && value < range.min) || (range.max !== undefined && value > range.max);
}

function describeRange(range: Range): string {
  if (range.min === undefined) return `≤${range.max}`;
  return range.max === undefined ? `≥${range.min}` : `${range.min}–${range.max}`;
}

const phonePattern = /^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|[2-9]\d{6,7})$/;

function readText(
  field: FormField & { kind: 'text' },
  value: unknown,
  path: string,
  issues: Issues,
): string | undefined {
  if (typeof value !== 'string') {
    issues.refuse(path, 'not-text', `${field.label}应为文字。`);
    return undefined;
  }
  const text = value.trim();
  if (text === '') return undefined;
  if (!isWellFormedText(text)) issues.refuse(path, 'bad-characters', `${field.label}含有无法保存的字符。`);
  else if (text.length > field.maxLength)
    issues.refuse(path, 'too-long', `${field.label}不能超过 ${field.maxLength} 个字。`);
  else if (field.pattern === 'phone' && !phonePattern.test(text)) {
    issues.refuse(path, 'not-a-phone', `${field.label}不是手机或固定电话号码。`);
  } else return text;
  return undefined;
}

function readDate(
  field: FormField & { kind: 'date' },
  value: unknown,
  path: string,
  context: ValidationContext,
  issues: Issues,
): PlainDate | undefined {
  const day = typeof value === 'string' ? parsePlainDate(value) : undefined;
  if (day === undefined) issues.refuse(path, 'not-a-date', `${field.label}不是真实存在的日期。`);
  else if (day < '1900-01-01' || day > '2199-12-31')
    issues.refuse(path, 'impossible', `${field.label}超出可能的范围。`);
  else if (field.notAfterToday && day > context.today)
    issues.refuse(path, 'future', `${field.label}不能晚于今天（${context.today}）。`);
  else return day;
  return undefined;
}

function readRows(
  field: FormField & { kind: 'rows' },
  value: unknown,
  path: string,
  context: ValidationContext,
  issues: Issues,
): readonly FormAnswers[] | undefined {
  if (!Array.isArray(value) || value.length > field.maxRows) {
    issues.refuse(path, 'too-many-rows', `${field.label}最多 ${field.maxRows} 行。`);
    return undefined;
  }
  const rows: Record<string, unknown>[] = [];
  for (const [index, given] of value.entries()) {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) {
      issues.refuse(`${path}.${index}`, 'not-a-row', `${field.label}第 ${index + 1} 行不正确。`);
      continue;
    }
    const row: Record<string, unknown> = {};
    for (const column of field.columns) {
      const read = readField(
        column,
        (given as Record<string, unknown>)[column.id],
        `${path}.${index}.${column.id}`,
        context,
        issues,
      );
      if (read !== undefined) row[column.id] = read;
    }
    if (Object.keys(row).length === 0) continue;
    for (const column of field.columns) {
      if (column.required === 'always' && row[column.id] === undefined) {
        issues.refuse(
          `${path}.${index}.${column.id}`,
          'missing',
          `${field.label}第 ${index + 1} 行缺少${column.label}。`,
        );
      }
    }
    rows.push(row);
  }
  return rows.length === 0 ? undefined : rows;
}

function checkPresence(
  field: FormField,
  answers: FormAnswers,
  context: ValidationContext,
  issues: Issues,
): void {
  const value = answers[field.id];
  const alreadyNamed = issues.errors.some(
    (issue) => issue.path === field.id || issue.path.startsWith(`${field.id}.`),
  );
  if (value === undefined && !alreadyNamed && field.kind !== 'computed') {
    const needed =
      field.required === 'always' ||
      (field.required !== 'optional' && meets(field.required, answers, context));
    if (needed) issues.refuse(field.id, 'missing', `请填写${field.label}。`);
  }
  if ((field.kind === 'code' || field.kind === 'codes') && field.needsText) {
    const chosen = Array.isArray(value) ? (value as string[]) : [value];
    for (const [code, textField] of Object.entries(field.needsText)) {
      if (chosen.includes(code) && isBlank(answers[textField])) {
        const label = field.options.find((option) => option.code === code)?.label ?? code;
        issues.refuse(textField, 'needs-text', `${field.label}选了“${label}”，请写明具体内容。`);
      }
    }
  }
}

function runCheck(check: CrossCheck, answers: FormAnswers, issues: Issues): void {
  const add = (path: string) =>
    check.severity === 'error'
      ? issues.refuse(path, check.code, check.message)
      : issues.ask(path, check.code, check.message);
  if (check.kind === 'zero-together') {
    const [a, b] = [answers[check.a], answers[check.b]];
    if (typeof a === 'number' && typeof b === 'number' && (a === 0) !== (b === 0)) add(check.b);
    return;
  }
  if (check.kind === 'not-before') {
    const [earlier, later] = [answers[check.earlier], answers[check.later]];
    if (typeof earlier === 'string' && typeof later === 'string' && later < earlier) add(check.later);
    return;
  }
  const [lower, upper] = [answers[check.lower], answers[check.upper]];
  if (typeof lower !== 'number' || typeof upper !== 'number') return;
  if (check.kind === 'less-than' && !(lower < upper)) add(check.lower);
  if (check.kind === 'at-most' && !(lower <= upper)) add(check.lower);
  if (check.kind === 'difference-within' && isOutside(upper - lower, check.range)) add(check.lower);
}
