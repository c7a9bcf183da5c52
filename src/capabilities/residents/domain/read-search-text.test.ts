import { describe, expect, it } from 'vitest';
import { isMasked } from '#kernel/masked-text.ts';
import { maskAddress, maskIdNo, maskPhone } from '#standards/identity/mask-identity.ts';
import { readSearchText } from './read-search-text.ts';

describe('what the search box means', () => {
  it.each([
    ['王建国', { kind: 'name', prefix: '王建国' }],
    [' 王 建国 ', { kind: 'name', prefix: '王建国' }],
    ['阿依古丽·买买提', { kind: 'name', prefix: '阿依古丽·买买提' }],
    ...[...'・•‧．.⋅･'].map((dot): [string, object] => [
      `阿依古丽${dot} 买买提`,
      { kind: 'name', prefix: '阿依古丽·买买提' },
    ]),
    ['WJG', { kind: 'initials', prefix: 'wjg' }],
    ['９９９９９９１９６００１０１００７１', { kind: 'id-no', idNo: '999999196001010071' }],
    ['99999919600101008x', { kind: 'id-no', idNo: '99999919600101008X' }],
    ['999999-101-201-00017', { kind: 'archive-no', archiveNo: '99999910120100017' }],
    ['008x', { kind: 'tail', tail: '008X' }],
    ['0017', { kind: 'tail', tail: '0017' }],
    ['＋８６ 138 0000 1234', { kind: 'tail', tail: '13800001234' }],
    ['999999600101007', { kind: 'id-no', idNo: '999999600101007' }],
    ['999999601301007', { kind: 'tail', tail: '999999601301007' }],
  ])('%s', (text, term) => expect(readSearchText(text)).toEqual(term));

  it('asks for more than three digits', () => {
    expect(readSearchText('123').kind).toBe('too-short');
    expect(readSearchText('   ').kind).toBe('too-short');
  });
});

describe('what lists show of a number', () => {
  it('hides the birth date and the middle of a phone', () => {
    expect(maskIdNo('999999196001010071')).toBe('999999********0071');
    expect(maskIdNo('E12345678')).toBe('E1*****78');
    expect(maskPhone('19900001234')).toBe('199****1234');
    expect(maskIdNo(null)).toBeNull();
  });

  it.each([
    ['全程县青禾镇大槐树村827号', '全程县青禾镇大槐树村****'],
    ['青禾镇大槐树村三组十二号', '青禾镇大槐树村****'],
    ['和平街道12号院家属区3栋', '和平街道****'],
    ['青禾镇十二号院家属区三栋', '青禾镇****'],
    ['三里屯街道八里社区', '三里屯****'],
    ['12号院家属区', '****'],
  ])('leaves the place of %s and hides the house', (address, shown) =>
    expect(maskAddress(address)).toBe(shown),
  );

  it('is known for a mask however short it was, so that it is never saved in place of the whole', () => {
    for (let length = 1; length <= 20; length++)
      for (const mask of [maskIdNo, maskPhone, maskAddress]) {
        const shown = mask('9'.repeat(length)) ?? '';
        expect(isMasked(shown), shown).toBe(true);
        expect(shown).not.toContain('9'.repeat(length));
      }
  });
});
