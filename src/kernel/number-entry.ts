import type { FormField, Range } from './form-shape.ts';

/** A number as it is typed on a pad: the digits so far, which need not be a whole number yet. */
export interface NumberEntry {
  readonly text: string;
  /** Nothing more can follow: the next box may be opened. */
  readonly isFull: boolean;
}

/** What a pad needs to know of a box. */
export interface NumberShape {
  readonly hard: Range;
  readonly places: number;
}

/** The shape of a number field; undefined for a field that is not a number. */
export function numberShapeOf(field: FormField): NumberShape | undefined {
  if (field.kind === 'integer') return { hard: field.hard, places: 0 };
  if (field.kind === 'decimal') return { hard: field.hard, places: field.places };
  return undefined;
}

/** A pressed key: a digit, the point, or one step back. */
export type PadKey = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '.' | 'back';

/**
 * The entry after a key. It is full when another digit would go past the largest value the field takes: 135 and 85 of a
 * pressure are full, 10 of a pressure is not, since 105 may follow. A digit that cannot belong is not taken.
 */
export function pressKey(entry: string, key: PadKey, shape: NumberShape): NumberEntry {
  if (key === 'back') return entryOf(entry.slice(0, -1), shape);
  const text = key === '.' ? withPoint(entry, shape) : withDigit(entry, key, shape);
  return entryOf(text, shape);
}

/** The number typed; undefined while there is none. */
export function numberTyped(text: string): number | undefined {
  if (!/\d/.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

function entryOf(text: string, shape: NumberShape): NumberEntry {
  return { text, isFull: isFull(text, shape) };
}

function withPoint(text: string, shape: NumberShape): string {
  if (shape.places === 0 || text.includes('.')) return text;
  return text === '' ? '0.' : `${text}.`;
}

function withDigit(text: string, digit: string, shape: NumberShape): string {
  const next = text === '0' ? digit : text + digit;
  const [, decimals = ''] = next.split('.');
  if (decimals.length > shape.places) return text;
  const { max } = shape.hard;
  return max !== undefined && Number(next) > max ? text : next;
}

function isFull(text: string, { hard, places }: NumberShape): boolean {
  const value = numberTyped(text);
  if (value === undefined || text.endsWith('.')) return false;
  const [, decimals] = text.split('.');
  if (decimals !== undefined) return decimals.length >= places;
  // With decimals to come a whole number is never full: the point may follow.
  if (places > 0) return false;
  return hard.max !== undefined && value > 0 && value * 10 > hard.max;
}
