import type { FormSubject } from './form-condition.ts';
import { describeRange, labelOf } from './form-describe.ts';
import type { FormIssues } from './form-issues.ts';
import type { FormAnswers, FormField, Range } from './form-shape.ts';
import { textShapes } from './form-text-patterns.ts';
import { isMasked } from './masked-text.ts';
import { parsePartialDate } from './partial-date.ts';
import { type PlainDate, parsePlainDate } from './plain-date.ts';
import { hasHiddenCharacters, isWellFormedText } from './well-formed-text.ts';

/** What a sheet is judged against besides itself. */
export interface ValidationContext extends FormSubject {
  readonly today: PlainDate;
  /** Answers of the last record of the same form, for changes that ask. */
  readonly previous?: FormAnswers;
  /** Doubts already confirmed, as `path:code`. */
  readonly confirmed?: readonly string[];
}

const mostCodes = 60;
const longestCode = 20;
const longestReference = 100;

/** True for what counts as not answered: nothing, empty text, an empty list. */
export function isBlank(value: unknown): boolean {
  return (
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

/** True when a number lies outside a range; both ends belong to it. */
export function isOutside(value: number, range: Range): boolean {
  return (range.min !== undefined && value < range.min) || (range.max !== undefined && value > range.max);
}

/**
 * One given value in the form it is stored in, or undefined when blank or refused. Rows are read elsewhere and computed
 * fields are never taken from outside.
 */
export function readAnswer(
  field: Exclude<FormField, { kind: 'rows' | 'computed' }>,
  value: unknown,
  path: string,
  context: ValidationContext,
  issues: FormIssues,
): unknown {
  if (isBlank(value)) return undefined;
  const given = Array.isArray(value) ? value : [value];
  if (given.some((one) => typeof one === 'string' && isMasked(one))) {
    issues.refuse(path, 'masked', `${field.label}是遮蔽后的内容，不能保存；请按用途查看完整内容后再填写。`);
    return undefined;
  }
  switch (field.kind) {
    case 'code':
      return readCode(field, value, path, issues);
    case 'codes':
      return readCodes(field, value, path, issues);
    case 'integer':
    case 'decimal':
      return readNumber(field, value, path, context, issues);
    case 'text':
      return readText(field, value, path, issues);
    case 'reference':
      return readText({ ...field, kind: 'text', maxLength: longestReference }, value, path, issues);
    case 'date':
      return readDate(field, value, path, context, issues);
    case 'partial-date':
      return readPartialDate(field, value, path, context, issues);
    case 'flag':
      if (typeof value === 'boolean') return value;
      issues.refuse(path, 'not-a-flag', `${field.label}应为是或否。`);
      return undefined;
  }
}

function isCode(value: unknown): value is string {
  return typeof value === 'string' && value.length <= longestCode && isWellFormedText(value);
}

function readCode(field: FormField & { kind: 'code' }, value: unknown, path: string, issues: FormIssues) {
  if (!isCode(value)) {
    issues.refuse(path, 'not-a-code', `${field.label}的选项不正确。`);
    return undefined;
  }
  if (!field.options.some((option) => option.code === value)) issues.unknown.push(`${path}=${value}`);
  const doubt = field.warnCodes && Object.hasOwn(field.warnCodes, value) ? field.warnCodes[value] : undefined;
  if (doubt) issues.ask(path, 'unusual-code', doubt);
  return value;
}

function readCodes(field: FormField & { kind: 'codes' }, value: unknown, path: string, issues: FormIssues) {
  if (!Array.isArray(value) || value.length > mostCodes || !value.every(isCode)) {
    issues.refuse(path, 'not-codes', `${field.label}的选项不正确。`);
    return undefined;
  }
  const codes = [...new Set(value)];
  for (const code of codes) {
    if (!field.options.some((option) => option.code === code)) issues.unknown.push(`${path}=${code}`);
  }
  const alone = codes.find((code) => field.exclusive.includes(code));
  if (alone !== undefined && codes.length > 1) {
    const label = labelOf(field.options, alone);
    issues.refuse(path, 'exclusive', `${field.label}选了“${label}”就不能再选其他。`);
  }
  for (const set of field.oneOf ?? []) {
    const chosen = codes.filter((code) => set.includes(code)).map((code) => labelOf(field.options, code));
    if (chosen.length > 1) {
      issues.refuse(path, 'one-of', `${field.label}中“${chosen.join('”与“')}”只能选一项。`);
    }
  }
  return codes;
}

function readNumber(
  field: FormField & { kind: 'integer' | 'decimal' },
  value: unknown,
  path: string,
  context: ValidationContext,
  issues: FormIssues,
) {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    issues.refuse(path, 'not-a-number', `${field.label}应为数字。`);
    return undefined;
  }
  const unit = field.unit ?? '';
  if (isOutside(value, field.hard)) {
    const range = describeRange(field.hard);
    issues.refuse(path, 'impossible', `${field.label} ${value} 超出可能的范围（${range}${unit}），请核对。`);
    return undefined;
  }
  const places = field.kind === 'integer' ? 0 : field.places;
  if (Math.abs(Number(value.toFixed(places)) - value) > 1e-9) {
    const how = places === 0 ? '应为整数' : `最多 ${places} 位小数`;
    issues.refuse(path, 'too-precise', `${field.label}${how}。`);
    return undefined;
  }
  if (field.warn && isOutside(value, field.warn)) {
    const range = describeRange(field.warn);
    issues.ask(path, 'unusual', `${field.label} ${value} 不在常见范围（${range}${unit}），请确认。`);
  }
  const last = context.previous?.[path];
  if (field.warnChange && typeof last === 'number') {
    const moved = Math.abs(value - last);
    const { absolute, percent } = field.warnChange;
    const isFar =
      (absolute !== undefined && moved > absolute) ||
      (percent !== undefined && moved * 100 > Math.abs(last) * percent);
    if (isFar)
      issues.ask(path, 'changed-much', `${field.label}由 ${last} 变为 ${value}${unit}，变化较大，请确认。`);
  }
  return Object.is(value, -0) ? 0 : value;
}

function readText(field: FormField & { kind: 'text' }, value: unknown, path: string, issues: FormIssues) {
  if (typeof value !== 'string') {
    issues.refuse(path, 'not-text', `${field.label}应为文字。`);
    return undefined;
  }
  const text = value.trim();
  if (text === '') return undefined;
  if (!isWellFormedText(text)) issues.refuse(path, 'bad-characters', `${field.label}含有无法保存的字符。`);
  else if (/name$/i.test(field.id) && hasHiddenCharacters(text))
    issues.refuse(path, 'hidden-characters', `${field.label}含有看不见的字符，请重新输入。`);
  else if (text.length > field.maxLength)
    issues.refuse(path, 'too-long', `${field.label}不能超过 ${field.maxLength} 个字。`);
  else if (field.pattern !== undefined && !textShapes[field.pattern].shape.test(text)) {
    issues.refuse(path, `not-a-${field.pattern}`, `${field.label}${textShapes[field.pattern].message}`);
  } else return text;
  return undefined;
}

function readDate(
  field: FormField & { kind: 'date' },
  value: unknown,
  path: string,
  context: ValidationContext,
  issues: FormIssues,
) {
  const day = typeof value === 'string' ? parsePlainDate(value) : undefined;
  if (day === undefined) issues.refuse(path, 'not-a-date', `${field.label}不是真实存在的日期。`);
  else if (day < '1900-01-01' || day > '2199-12-31')
    issues.refuse(path, 'impossible', `${field.label}超出可能的范围。`);
  else if (field.notAfterToday && day > context.today)
    issues.refuse(path, 'future', `${field.label}不能晚于今天（${context.today}）。`);
  else if (field.notBeforeToday && day < context.today)
    issues.refuse(path, 'past', `${field.label}不能早于今天（${context.today}）。`);
  else return day;
  return undefined;
}

function readPartialDate(
  field: FormField & { kind: 'partial-date' },
  value: unknown,
  path: string,
  context: ValidationContext,
  issues: FormIssues,
) {
  const date = typeof value === 'string' ? parsePartialDate(value) : undefined;
  if (date === undefined)
    issues.refuse(path, 'not-a-date', `${field.label}应写成 2024、2024-05 或 2024-05-01。`);
  else if (String(date) < '1900') issues.refuse(path, 'impossible', `${field.label}超出可能的范围。`);
  else if (String(date) > context.today) issues.refuse(path, 'future', `${field.label}不能晚于今天。`);
  else return date;
  return undefined;
}
