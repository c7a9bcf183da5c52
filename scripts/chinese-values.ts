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

/** The word of a rule or parameter first (`TCM-02:point`), then of its family (`AL:red`), then everybody's. */
function say(word: string, of: string): string {
  const scopes = [
    of,
    of.replace(/\..*$/, ''),
    /^[A-Z]+-\d+/.exec(of)?.[0] ?? '',
    /^[A-Z]+/.exec(of)?.[0] ?? '',
  ];
  for (const scope of scopes) {
    const own = words.get(`${scope}:${word}`);
    if (own !== undefined) return own;
  }
  const known = words.get(word) ?? findMedicine(word)?.nameZh;
  if (known !== undefined) return known;
  // `ADH-01 yellow`: an alert with its level.
  const [, alert = '', level = ''] = /^([A-Z-]+\d+) ([a-z]+)$/.exec(word) ?? [];
  return level === '' ? word : `${alert} ${say(level, of)}`;
}

/**
 * A value of the rule or parameter `of` in words a clinician reads: names in Chinese, pairs as “自…：…”, nothing cut off.
 */
export function inWords(value: unknown, of: string): string {
  if (value === null || value === undefined) return '无';
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return say(value, of);
  if (Array.isArray(value)) {
    if (value.length === 0) return '无';
    // Bands stand as pairs: from which value, how much.
    const isBands = value.every(
      (one) => Array.isArray(one) && one.length === 2 && one.every((part) => typeof part !== 'object'),
    );
    return isBands
      ? value.map(([from, then]) => `${inWords(from, of)}起→${inWords(then, of)}`).join('、')
      : value.map((one) => nested(one, of)).join('、');
  }
  return Object.entries(value)
    .map(([name, part]) => `${say(name, of)} ${nested(part, of)}`)
    .join('；');
}

const nested = (value: unknown, of: string) =>
  typeof value === 'object' && value !== null && !(Array.isArray(value) && value.every(isPlain))
    ? `〔${inWords(value, of)}〕`
    : inWords(value, of);
const isPlain = (value: unknown) => typeof value !== 'object' || value === null;
