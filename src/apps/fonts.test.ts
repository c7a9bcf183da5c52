import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { medicines } from '#clinical/medicines/formulary.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const rare = 'src/platform/browser/design-system/fonts/rare-characters.css';

/** Ranges of characters that a style sheet has pieces of a font for. */
const rangesOf = (file: string) =>
  [...readFileSync(project + file, 'utf8').matchAll(/U\+([0-9a-f]+)(?:-([0-9a-f]+))?/gi)].map(
    ([, from = '', to = from]) => [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const,
  );

it.each(['400', '600'])(
  'has a piece of the font for every Chinese character of the formulary in weight %s',
  (weight) => {
    const ranges = [...rangesOf(`node_modules/@fontsource/noto-sans-sc/${weight}.css`), ...rangesOf(rare)];
    const isThere = (letter: string) => {
      const code = letter.codePointAt(0) ?? 0;
      return ranges.some(([from, to]) => code >= from && code <= to);
    };
    const letters = medicines.flatMap(({ nameZh }) => nameZh.match(/\p{Script=Han}/gu) ?? []);
    const missing = letters.filter((letter) => !isThere(letter));
    expect(missing).toEqual([]);
  },
);
