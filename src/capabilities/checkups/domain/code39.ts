/** Code 39 of ISO/IEC 16388: five bars and four spaces a sign, `w` wide and `n` narrow, in turn from the first bar. */
const signs: Readonly<Record<string, string>> = {
  '0': 'nnnwwnwnn',
  '1': 'wnnwnnnnw',
  '2': 'nnwwnnnnw',
  '3': 'wnwwnnnnn',
  '4': 'nnnwwnnnw',
  '5': 'wnnwwnnnn',
  '6': 'nnwwwnnnn',
  '7': 'nnnwnnwnw',
  '8': 'wnnwnnwnn',
  '9': 'nnwwnnwnn',
  A: 'wnnnnwnnw',
  B: 'nnwnnwnnw',
  C: 'wnwnnwnnn',
  D: 'nnnnwwnnw',
  E: 'wnnnwwnnn',
  F: 'nnwnwwnnn',
  '*': 'nwnnwnwnn',
};
const [narrow, wide] = [1, 2.5];

/** The bars of a barcode of digits and A–F, with its start and stop sign, in widths of a narrow bar. */
export function code39Bars(text: string): { from: number; wide: number }[] {
  const bars: { from: number; wide: number }[] = [];
  let at = 0;
  for (const letter of `*${text.toUpperCase()}*`) {
    const sign = signs[letter];
    if (sign === undefined) throw new RangeError(`not in Code 39 as used here: ${letter}`);
    for (const [index, element] of [...sign].entries()) {
      const width = element === 'w' ? wide : narrow;
      if (index % 2 === 0) bars.push({ from: at, wide: width });
      at += width;
    }
    at += narrow;
  }
  return bars;
}

/** Width of the whole barcode in widths of a narrow bar. */
export function code39Width(text: string): number {
  const last = code39Bars(text).at(-1);
  return last ? last.from + last.wide : 0;
}
