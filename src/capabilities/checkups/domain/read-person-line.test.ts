import { describe, expect, it } from 'vitest';
import { identityCheckDigit } from '#standards/identity/check-identity-number.ts';
import { readPersonLine } from './read-person-line.ts';

const base = '99999919540312001';
const idNo = base + identityCheckDigit(base);

describe('a line of a list of people', () => {
  it('is read alone, with a name, with spaces, in full width', () => {
    for (const line of [idNo, `张三,${idNo}`, `张三\t${idNo}\t男`, `${idNo.slice(0, 6)} ${idNo.slice(6)}`])
      expect(readPersonLine(line), line).toEqual({ kind: 'identity', idNo });
    const wide = idNo.replace(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0));
    expect(readPersonLine(wide)).toEqual({ kind: 'identity', idNo });
  });

  it('may be an archive code', () => {
    expect(readPersonLine('99999910020100001')).toEqual({ kind: 'archive', archiveNo: '99999910020100001' });
  });

  it('says in Chinese what is wrong, and passes over an empty one', () => {
    expect(readPersonLine('  ')).toBeUndefined();
    for (const line of [
      '张三',
      '6.40106E+17',
      `${base}${(Number(identityCheckDigit(base)) + 1) % 10}`,
      base.slice(1),
    ]) {
      const read = readPersonLine(line);
      expect(read, line).toMatchObject({ kind: 'invalid', message: expect.stringMatching(/[一-龥]/) });
    }
  });
});
