import type { CodeOption, FormAnswers, FormField, Range } from './form-shape.ts';
import { isMasked, maskedCode, maskedText } from './masked-text.ts';

/** An answer as the sheet reads it: labels for codes, rows joined by “；”, empty text when unanswered. */
export function describeAnswer(field: FormField, value: unknown): string {
  if (value === undefined || value === null) return '';
  // A number hidden on its way out is no number any more.
  if ((field.kind === 'integer' || field.kind === 'decimal') && isMasked(String(value))) return String(value);
  switch (field.kind) {
    case 'code':
      return labelOf(field.options, String(value));
    case 'codes':
      return Array.isArray(value) ? value.map((code) => labelOf(field.options, String(code))).join('、') : '';
    case 'integer':
    case 'decimal':
    case 'computed':
      return typeof value === 'number' ? `${value}${field.unit ? ` ${field.unit}` : ''}` : '';
    case 'flag':
      return value === true ? '是' : '否';
    case 'rows':
      return Array.isArray(value)
        ? value.map((row) => describeRow(field, row as FormAnswers)).join('；')
        : '';
    default:
      return String(value);
  }
}

/** A range in words: `50–300`, `≤60`, `≥0`; empty text when both ends are open. */
export function describeRange(range: Range): string {
  if (range.min === undefined) return range.max === undefined ? '' : `≤${range.max}`;
  return range.max === undefined ? `≥${range.min}` : `${range.min}–${range.max}`;
}

/** Label of a code; an unknown code is shown as itself, a hidden one as hidden. */
export function labelOf(options: readonly CodeOption[], code: string): string {
  if (code === maskedCode) return maskedText;
  return options.find((option) => option.code === code)?.label ?? `未知选项 ${code}`;
}

function describeRow(field: FormField & { kind: 'rows' }, row: FormAnswers): string {
  return field.columns
    .map((column) => describeCell(column, row[column.id]))
    .filter((text) => text !== '')
    .join(' ');
}

/** Numbers of one row stand side by side without their labels: 每日 2 次 每次 10 mg, not 2 次 10 mg. */
function describeCell(column: FormField, value: unknown): string {
  const text = describeAnswer(column, value);
  const of = typeof value === 'number' ? /^每[日次]/.exec(column.label) : null;
  return of && text !== '' ? `${of[0]} ${text}` : text;
}
