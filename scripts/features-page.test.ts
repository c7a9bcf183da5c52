import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** How many features each section of the mission's list has. */
const sections = { SCR: 14, HRK: 9, FDC: 8, APT: 6, DX: 12, MGT: 13, TCM: 4, REF: 10 };
const asked = Object.entries(sections).flatMap(([area, most]) =>
  Array.from({ length: most }, (_, n) => `F-${area}-${String(n + 1).padStart(2, '0')}`),
);
const page = readFileSync(at('../docs/features.md'), 'utf8');
const rows = page.split('\n').flatMap((line) => {
  const [, id, state, text] = /^\| (F-[A-Z]+-\d\d) +\| (\w+) +\| (.+?) *\|$/.exec(line) ?? [];
  return id && state && text ? [{ id, state, text }] : [];
});
const workbench = at('../src/apps/workbench');
const paths = new Set(
  readdirSync(workbench)
    .filter((file) => /screens\.tsx?$/.test(file))
    .flatMap((file) => [...readFileSync(`${workbench}/${file}`, 'utf8').matchAll(/path: '([^']+)'/g)])
    .map(([, path]) => path),
);

describe('the page of features', () => {
  it('names each feature of its sections once, in order', () => {
    expect(rows.map((row) => row.id)).toEqual(asked);
  });

  it('says of each whether it works and where, or why it is left', () => {
    for (const { id, state, text } of rows) {
      expect(['works', 'partly', 'left'], id).toContain(state);
      if (state === 'partly') expect(text, id).toContain('Left: ');
    }
  });

  it('names only screens that are there', () => {
    const named = [...page.matchAll(/`(\/[^`]*)`/g)].map(([, path]) => path);
    expect(named.length).toBeGreaterThan(60);
    expect(named.filter((path) => !paths.has(path))).toEqual([]);
  });
});
