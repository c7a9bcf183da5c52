import { describe, expect, it } from 'vitest';
import {
  formatArchiveNumber,
  parseArchiveNumber,
  printArchiveNumber,
  printArchiveTail,
} from './archive-number.ts';

describe('archive codes', () => {
  it('formats, prints and reads back', () => {
    const archiveNo = formatArchiveNumber('999999100101', 23);
    expect(archiveNo).toBe('99999910010100023');
    expect(printArchiveNumber(archiveNo)).toBe('999999-100-101-00023');
    expect(printArchiveTail(archiveNo)).toBe('101-00023');
    expect(parseArchiveNumber(printArchiveNumber(archiveNo))).toEqual({
      countyCode: '999999',
      townshipCode: '100',
      villageCode: '101',
      serial: '00023',
      villageKind: 'village-committee',
    });
  });

  it.each([
    ['001', 'residents-committee'],
    ['099', 'residents-committee'],
    ['100', undefined],
    ['101', 'village-committee'],
    ['199', 'village-committee'],
    ['200', undefined],
    ['901', 'other'],
    ['999', 'other'],
  ])('village segment %s is %s', (village, kind) => {
    expect(parseArchiveNumber(`999999100${village}00001`)?.villageKind).toBe(kind);
  });

  it('refuses what is not an archive code', () => {
    for (const text of [
      '',
      '9999991001010002',
      '999999100101000234',
      '99999910010100000',
      '99999910010１00023',
    ]) {
      expect(parseArchiveNumber(text)).toBeUndefined();
    }
    expect(() => formatArchiveNumber('9999991001', 1)).toThrow(RangeError);
    expect(() => formatArchiveNumber('999999100101', 0)).toThrow(RangeError);
    expect(() => formatArchiveNumber('999999100101', 100_000)).toThrow(RangeError);
  });
});
