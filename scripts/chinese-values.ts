import { readFileSync } from 'node:fs';
import { findMedicine } from '#clinical/medicines/formulary.ts';

const words = new Map(
  readFileSync(new URL('./rule-words.txt', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const at = line.indexOf('=');
      return [line.slice(0, at), line.slice(at + 1)] as const;
    }),
);

const say = (word: string) => words.get(word) ?? findMedicine(word)?.nameZh ?? word;

/** A value of a rule in words a clinician reads: names in Chinese, pairs as “自…：…”, nothing cut off. */
export function inWords(value: unknown): string {
  if (value === null || value === undefined) return '无';
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return say(value);
  if (Array.isArray(value)) {
    if (value.length === 0) return '无';
    // Bands stand as pairs: from which value, how much.
    const isBands = value.every(
      (one) => Array.isArray(one) && one.length === 2 && one.every((part) => typeof part !== 'object'),
    );
    return isBands
      ? value.map(([from, then]) => `${inWords(from)}起→${inWords(then)}`).join('、')
      : value.map(nested).join('、');
  }
  return Object.entries(value)
    .map(([name, part]) => `${say(name)} ${nested(part)}`)
    .join('；');
}

const nested = (value: unknown) =>
  typeof value === 'object' && value !== null && !(Array.isArray(value) && value.every(isPlain))
    ? `〔${inWords(value)}〕`
    : inWords(value);
const isPlain = (value: unknown) => typeof value !== 'object' || value === null;
