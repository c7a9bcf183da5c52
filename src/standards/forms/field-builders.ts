import type { Certainty } from '#kernel/decision.ts';
import type {
  CodeOption,
  Computation,
  Condition,
  CrossCheck,
  FormField,
  NormalRange,
  Range,
  ReferenceTarget,
  TextPattern,
} from '#kernel/form-shape.ts';

/** What any field may say besides its id and label; required unless it says otherwise. */
export interface More {
  readonly required?: 'always' | 'optional' | Condition;
  readonly unit?: string;
  readonly extension?: boolean;
  readonly note?: string;
  readonly dataElementId?: string;
  readonly certainty?: Certainty;
  readonly visible?: Condition;
}

/** Limits and unit of a measure. */
export interface NumberLimits {
  readonly unit?: string;
  readonly places?: number;
  readonly hard: Range;
  readonly warn?: Range;
  readonly normal?: readonly NormalRange[];
}

interface TextBeside {
  readonly id?: string;
  readonly label?: string;
  readonly maxLength?: number;
}

interface CodeMore extends More {
  /** The free text beside the options printed with `____`. */
  readonly text?: TextBeside;
  /** Different words for different codes. */
  readonly texts?: Readonly<Record<string, TextBeside>>;
}

/** Left out without harm. */
export const optional = { required: 'optional' } as const;
/** A county's addition: optional and never on the national print. */
export const addition = { required: 'optional', extension: true } as const;

/** Options written as on paper, two spaces between them: `1 门诊  2 家庭`. A trailing `____` asks for words. */
export function options(text: string): readonly CodeOption[] {
  return text
    .trim()
    .split(/\s{2,}|\n/)
    .map((part) => {
      const [code = '', ...label] = part
        .trim()
        .replace(/(?<!_)_+$/, '')
        .split(' ');
      return { code, label: label.join(' ') };
    });
}

/** Holds when one of the codes is chosen. */
export function chosen(field: string, ...codes: readonly string[]): Condition {
  return { kind: 'in', field, codes };
}

/** Asked and shown only when a condition holds. */
export function onlyWhen(condition: Condition): { required: Condition; visible: Condition } {
  return { required: condition, visible: condition };
}

/** Shown only when a condition holds, and optional even then. */
export function shownWhen(condition: Condition): { required: 'optional'; visible: Condition } {
  return { required: 'optional', visible: condition };
}

/** One code of several; options printed with `____` bring their text field along. */
export function code(
  id: string,
  label: string,
  printed: string,
  more: CodeMore & { warnCodes?: Readonly<Record<string, string>>; targetOf?: string } = {},
): FormField[] {
  const { text: _text, texts: _texts, ...rest } = more;
  const beside = textsBeside(id, label, printed, more);
  return [
    { required: 'always', ...rest, kind: 'code', id, label, options: options(printed), ...beside.needs },
    ...beside.fields,
  ];
}

/** Several codes; `exclusive` ones cannot stand beside another. */
export function codes(
  id: string,
  label: string,
  printed: string,
  more: CodeMore & {
    exclusive?: readonly string[];
    oneOf?: readonly (readonly string[])[];
    maxPrinted?: number;
  } = {},
): FormField[] {
  const { text: _text, texts: _texts, ...rest } = more;
  const beside = textsBeside(id, label, printed, more);
  return [
    {
      required: 'always',
      exclusive: [],
      ...rest,
      kind: 'codes',
      id,
      label,
      options: options(printed),
      ...beside.needs,
    },
    ...beside.fields,
  ];
}

/** A whole number. */
export function integer(
  id: string,
  label: string,
  limits: NumberLimits,
  more: More & { targetOf?: string } = {},
): FormField {
  const { places: _places, ...range } = limits;
  return { required: 'always', ...range, ...more, kind: 'integer', id, label };
}

/** A number with the decimal places of its limits, one when they name none. */
export function decimal(
  id: string,
  label: string,
  limits: NumberLimits,
  more: More & { targetOf?: string; warnChange?: { absolute?: number; percent?: number } } = {},
): FormField {
  return { required: 'always', places: 1, ...limits, ...more, kind: 'decimal', id, label };
}

/** The goal for a number: the same unit and hard limits, nothing to confirm. */
export function target(of: FormField, id: string, label: string, more: More = {}): FormField {
  if (of.kind !== 'integer' && of.kind !== 'decimal') throw new TypeError(`${of.id} is no number`);
  const { warn: _warn, normal: _normal, warnChange: _change, note: _note, ...rest } = of;
  return { ...rest, ...more, id, label, targetOf: of.id };
}

/** Free text of at most `maxLength` characters. */
export function text(
  id: string,
  label: string,
  maxLength: number,
  more: More & { multiline?: boolean; pattern?: TextPattern } = {},
): FormField {
  return { required: 'always', ...more, kind: 'text', id, label, maxLength };
}

/** A whole day. */
export function date(
  id: string,
  label: string,
  more: More & { notAfterToday?: boolean; notBeforeToday?: boolean } = {},
): FormField {
  return { required: 'always', ...more, kind: 'date', id, label };
}

/** A day on which something happened: never after today. */
export function pastDate(id: string, label: string, more: More = {}): FormField {
  return date(id, label, { notAfterToday: true, ...more });
}

/** A day known as far as a year or a month. */
export function partialDate(id: string, label: string, more: More = {}): FormField {
  return { required: 'always', ...more, kind: 'partial-date', id, label };
}

/** Yes or no. */
export function flag(id: string, label: string, more: More = {}): FormField {
  return { required: 'always', ...more, kind: 'flag', id, label };
}

/** A person of the staff, an organization or a resident, by name or id. */
export function reference(id: string, label: string, to: ReferenceTarget, more: More = {}): FormField {
  return { required: 'always', ...more, kind: 'reference', id, label, to };
}

/** Repeated lines. */
export function rows(
  id: string,
  label: string,
  printedRows: number,
  maxRows: number,
  columns: readonly (FormField | readonly FormField[])[],
  more: More & { checks?: readonly CrossCheck[] } = {},
): FormField {
  return {
    required: 'always',
    ...more,
    kind: 'rows',
    id,
    label,
    printedRows,
    maxRows,
    columns: columns.flat(),
  };
}

/** A number the sheet works out itself. */
export function computed(
  id: string,
  label: string,
  compute: Computation,
  from: readonly string[],
  more: More & { places?: number; reversed?: readonly string[]; normal?: readonly NormalRange[] } = {},
): FormField {
  return { required: 'optional', places: 1, ...more, kind: 'computed', id, label, compute, from };
}

/** Fields that share one printed line. */
export function line(...fields: readonly (FormField | readonly FormField[])[]): FormField[] {
  return fields.flat();
}

function textsBeside(id: string, label: string, printed: string, more: CodeMore) {
  const asking = printed
    .trim()
    .split(/\s{2,}|\n/)
    .filter((part) => /_$/.test(part.trim()))
    .map((part) => part.trim().split(' ')[0] ?? '');
  if (asking.length === 0) return { needs: {}, fields: [] };
  const wanted = asking.map((askingCode) => {
    const own = more.texts?.[askingCode] ?? more.text ?? {};
    return { code: askingCode, id: own.id ?? `${id}Text`, ...own, label: own.label ?? `${label}说明` };
  });
  const fields: FormField[] = [];
  for (const one of wanted) {
    if (fields.some((field) => field.id === one.id)) continue;
    const same = wanted.filter((other) => other.id === one.id).map((other) => other.code);
    fields.push({
      kind: 'text',
      id: one.id,
      label: one.label,
      required: 'optional',
      ...(more.extension ? { extension: true } : {}),
      maxLength: one.maxLength ?? 200,
      visible: chosen(id, ...same),
    });
  }
  return { needs: { needsText: Object.fromEntries(wanted.map((one) => [one.code, one.id])) }, fields };
}
