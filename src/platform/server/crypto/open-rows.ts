import pg from 'pg';
import { type FieldSeals, isSealed, sealedName, sealMark, unopened } from './field-seals.ts';

let met = 0;

/** Reads a text column, minding whether something sealed came along. */
export function readText(value: string): string {
  if (isSealed(value)) met += 1;
  return value;
}

/** Reads a JSON column, minding whether something sealed stands in it. */
export function readJson(value: string): unknown {
  if (value.includes(sealMark)) met += 1;
  return JSON.parse(value);
}

/** Told of each value that did not open, by the name it stood under. */
export type OnUnopened = (name: string) => void;

/**
 * A connection that opens sealed values in whatever it reads. A value opens only in a row that also carries the id it was
 * sealed for, under the name it was sealed under; moved anywhere else it reads as not to be opened, and somebody is told.
 */
export function openingClient(seals: FieldSeals, onUnopened: OnUnopened): typeof pg.Client {
  type Query = (...input: unknown[]) => unknown;
  return class extends pg.Client {
    override query = ((...input: unknown[]) => {
      const before = met;
      const open = (result: unknown) => {
        if (met !== before) openResults(result, seals, onUnopened);
      };
      const done = input.at(-1);
      const ask = super.query.bind(this) as unknown as Query;
      if (typeof done === 'function')
        return ask(...input.slice(0, -1), (error: unknown, result: unknown) => {
          if (!error) open(result);
          done(error, result);
        });
      const answer = ask(...input);
      if (!(answer instanceof Promise)) return answer;
      return answer.then((result: unknown) => {
        open(result);
        return result;
      });
    }) as unknown as pg.Client['query'];
  };
}

function openResults(result: unknown, seals: FieldSeals, onUnopened: OnUnopened): void {
  for (const one of Array.isArray(result) ? result : [result])
    for (const row of (one as { rows?: unknown[] } | undefined)?.rows ?? []) openRow(row, seals, onUnopened);
}

/** Opens, in place, what is sealed in a row. */
export function openRow(row: unknown, seals: FieldSeals, onUnopened: OnUnopened): void {
  if (isHolder(row)) openWithin(row, '', [], seals, onUnopened);
}

const isHolder = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !(value instanceof Date) && !Buffer.isBuffer(value);

const isId = (value: unknown): value is string =>
  typeof value === 'string' && value.length === 36 && value[8] === '-' && value[13] === '-';

function openWithin(
  holder: Record<string, unknown>,
  under: string,
  outer: readonly string[],
  seals: FieldSeals,
  onUnopened: OnUnopened,
): void {
  const names = Object.keys(holder);
  const own = Array.isArray(holder) ? [] : names.map((name) => holder[name]).filter(isId);
  const ids = own.length === 0 ? outer : [...own, ...outer];
  for (const key of names) {
    const value = holder[key];
    const name = Array.isArray(holder) ? under : sealedName(key);
    if (typeof value === 'string') {
      if (!isSealed(value)) continue;
      const plain = seals.open(value, name, ids);
      if (plain === undefined) onUnopened(name);
      holder[key] = plain === undefined ? unopened : plain;
    } else if (isHolder(value)) openWithin(value, name, ids, seals, onUnopened);
  }
}
