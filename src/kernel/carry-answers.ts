import { describeAnswer } from './form-describe.ts';
import {
  type CodeOption,
  type FormAnswers,
  type FormEdition,
  type FormField,
  fieldsOf,
} from './form-shape.ts';

/** What was answered on one edition and has no place on another; `value` as it was, or the codes of it that have none. */
export interface LeftAnswer {
  readonly id: string;
  readonly value: unknown;
  /** The question and the answer as the edition it was answered on prints them. */
  readonly words: string;
}

/** Answers moved to another edition. */
export interface CarriedAnswers {
  readonly answers: FormAnswers;
  readonly left: readonly LeftAnswer[];
}

/**
 * Answers of one edition as they stand on another: each under the question of the same code, a chosen option under the
 * option printed alike, whatever its number. What has no place there is named, never bent and never dropped. Where the
 * first edition is not known, a code counts as what it is on the second.
 */
export function carryAnswers(
  from: FormEdition | undefined,
  to: FormEdition,
  answers: FormAnswers,
  /** Under which names of `to` an answer goes, where it is not its own. */
  placesOf: (id: string) => readonly string[] = (id) => [id],
): CarriedAnswers {
  const [old, now] = [byId(from), byId(to)];
  const carried: Record<string, unknown> = {};
  const left: LeftAnswer[] = [];
  for (const [id, value] of Object.entries(answers)) {
    const asked = old.get(id);
    if (value === undefined || value === null || asked?.kind === 'computed') continue;
    const leave = (rest: unknown) =>
      left.push({ id, value: rest, words: wordsOf(asked ?? now.get(id), id, rest) });
    for (const place of placesOf(id)) {
      const field = now.get(place);
      const fitting = field && fitAnswer(asked, field, value);
      if (!fitting) leave(value);
      else {
        if (fitting.value !== undefined && carried[place] === undefined) carried[place] = fitting.value;
        if (fitting.left !== undefined) leave(fitting.left);
      }
    }
  }
  return { answers: carried, left };
}

const byId = (edition: FormEdition | undefined): ReadonlyMap<string, FormField> =>
  new Map((edition ? fieldsOf(edition) : []).map((field) => [field.id, field]));

function wordsOf(field: FormField | undefined, id: string, value: unknown): string {
  const told = Array.isArray(value) ? value.filter((one) => typeof one !== 'object' || hasCells(one)) : value;
  const bare = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return `${field?.label ?? id}：${(field && describeAnswer(field, told)) || bare}`;
}

const hasCells = (row: object | null) => row !== null && Object.keys(row).length > 0;

/** One answer on another question of the same code; undefined where it is not an answer to it at all. */
export function fitAnswer(
  old: FormField | undefined,
  field: FormField,
  value: unknown,
): { readonly value?: unknown; readonly left?: unknown } | undefined {
  const options = optionsOf(old);
  const isChoice = field.kind === 'code' || field.kind === 'codes';
  if (old !== undefined && isChoice !== (options !== undefined))
    return field.kind === 'computed' ? {} : undefined;
  switch (field.kind) {
    case 'code': {
      const code = fitCode(options, field.options, value);
      return code === undefined ? undefined : { value: code };
    }
    case 'codes': {
      if (!Array.isArray(value)) return undefined;
      const fitted = value.map((one) => [one, fitCode(options, field.options, one)] as const);
      const kept = fitted.flatMap(([, code]) => code ?? []);
      const rest = fitted.flatMap(([one, code]) => (code === undefined ? [one] : []));
      if (kept.length === 0 && rest.length > 0) return undefined;
      return { value: kept, ...(rest.length > 0 ? { left: rest } : {}) };
    }
    case 'integer':
    case 'decimal':
      return typeof value === 'number' && (old === undefined || old.unit === field.unit)
        ? { value }
        : undefined;
    case 'computed':
      return {};
    case 'flag':
      return typeof value === 'boolean' ? { value } : undefined;
    case 'rows':
      return Array.isArray(value) ? fitRows(old, field, value) : undefined;
    default:
      return typeof value === 'string' ? { value } : undefined;
  }
}

/** Rows cell by cell; what has no column stays in its row, so that it is still there on the way back. */
function fitRows(old: FormField | undefined, field: FormField & { kind: 'rows' }, rows: readonly unknown[]) {
  if (old?.kind !== 'rows') return old === undefined ? { value: rows } : undefined;
  const fitted = rows.map((row) => fitRow(old.columns, field.columns, row as FormAnswers));
  const isWhole = fitted.every((row) => Object.keys(row.left).length === 0);
  return {
    value: fitted.map((row) => row.kept),
    ...(isWhole ? {} : { left: fitted.map((row) => row.left) }),
  };
}

function fitRow(old: readonly FormField[], columns: readonly FormField[], row: FormAnswers) {
  const kept: Record<string, unknown> = {};
  const left: Record<string, unknown> = {};
  for (const [id, cell] of Object.entries(row)) {
    const [was, is] = [old, columns].map((all) => all.find((one) => one.id === id));
    // A mark the form itself keeps in a row is no column of either.
    if (cell === undefined || cell === null || (!was && !is)) {
      kept[id] = cell;
      continue;
    }
    const fitting = is && fitAnswer(was, is, cell);
    if (fitting?.value !== undefined) kept[id] = fitting.value;
    if (!fitting || fitting.left !== undefined) left[id] = fitting?.left ?? cell;
  }
  return { kept, left };
}

function optionsOf(field: FormField | undefined): readonly CodeOption[] | undefined {
  return field?.kind === 'code' || field?.kind === 'codes' ? field.options : undefined;
}

/** The code under which an option stands on the other question; undefined where it is not printed there. */
function fitCode(
  old: readonly CodeOption[] | undefined,
  options: readonly CodeOption[],
  value: unknown,
): string | undefined {
  const code = String(value);
  if (!old) return options.find((one) => one.code === code)?.code;
  const label = old.find((one) => one.code === code)?.label;
  return label === undefined ? undefined : options.find((one) => one.label === label)?.code;
}

/** A half-typed form: what is answered, and what of it has no place on the edition it is on now, by the edition it has one on. */
export interface CarriedDraft {
  readonly answers: FormAnswers;
  readonly aside?: Readonly<Record<string, readonly LeftAnswer[]>> | undefined;
}

/**
 * A half-typed form on another edition, without anything lost: what has no place there is put aside, and taken up again when
 * the form comes back to the edition it was answered on. `fresh`: what a form begun there starts with, for the questions the
 * other did not ask.
 */
export function carryDraft(
  from: FormEdition | undefined,
  to: FormEdition,
  draft: CarriedDraft,
  more: { readonly fresh?: FormAnswers; readonly placesOf?: (id: string) => readonly string[] } = {},
): CarriedDraft {
  const { answers: carried, left } = carryAnswers(from, to, draft.answers, more.placesOf);
  const asked = new Set((from ? fieldsOf(from) : []).flatMap(({ id }) => more.placesOf?.(id) ?? [id]));
  const answers: Record<string, unknown> = { ...carried };
  for (const { id } of fieldsOf(to))
    if (!asked.has(id) && answers[id] === undefined && more.fresh?.[id] !== undefined)
      answers[id] = more.fresh[id];
  const { [to.edition]: own = [], ...others } = draft.aside ?? {};
  const waiting = own.filter(({ id, value }) => {
    const taken = takenUp(answers[id], value);
    if (taken !== undefined) answers[id] = taken;
    return taken === undefined;
  });
  const byEdition = {
    ...others,
    ...(from && left.length > 0 ? { [from.edition]: left } : {}),
    ...(waiting.length > 0 ? { [to.edition]: waiting } : {}),
  };
  return { answers, aside: byEdition };
}

/**
 * An answer put aside with what stands there now: codes are joined, cells go back into their rows, anything else gives way to
 * what was typed since. Undefined where rows came or went and the cells can no longer be told apart: they go on waiting.
 */
function takenUp(now: unknown, aside: unknown): unknown {
  if (now === undefined) return aside;
  if (!Array.isArray(now) || !Array.isArray(aside)) return now;
  if (aside.every((one) => typeof one === 'string')) return [...new Set([...now, ...aside])];
  if (now.length !== aside.length) return undefined;
  return now.map((row, at) => ({ ...aside[at], ...row }));
}

/** What of a half-typed form has no place on the edition it is on, in words. */
export function asideWords(draft: CarriedDraft): readonly string[] {
  return [...new Set(Object.values(draft.aside ?? {}).flatMap((left) => left.map((one) => one.words)))];
}
