import { describe, expect, it } from 'vitest';
import { code39Bars, code39Width } from './code39.ts';

/** Reads the bars back the way a scanner does: wide or narrow, bar and space in turn. */
function scan(text: string): string[] {
  const bars = code39Bars(text);
  return Array.from({ length: bars.length / 5 }, (_, index) => {
    const five = bars.slice(index * 5, index * 5 + 5);
    return five
      .flatMap((bar, at) => {
        const next = five[at + 1];
        const space = next ? next.from - bar.from - bar.wide : undefined;
        return [bar.wide, ...(space === undefined ? [] : [space])];
      })
      .map((width) => (width > 1 ? 'w' : 'n'))
      .join('');
  });
}

describe('barcodes on tubes', () => {
  it('begin and end with the start sign and have three wide elements in every sign', () => {
    const signs = scan('261124AB01230001');
    expect(signs).toHaveLength(18);
    expect([signs[0], signs.at(-1)]).toEqual(['nwnnwnwnn', 'nwnnwnwnn']);
    for (const sign of signs) expect([...sign].filter((one) => one === 'w')).toHaveLength(3);
    expect(new Set(scan('0123456789ABCDEF')).size).toBe(17);
    expect(code39Width('1')).toBe(3 * (6 + 3 * 2.5) + 2);
  });
  it('refuse what the labels never carry', () => {
    expect(() => code39Bars('张')).toThrow(RangeError);
  });
});
