import { describe, expect, it } from 'vitest';
import { findField } from '#kernel/form-paper.ts';
import { personalInformation2017 } from '../forms/personal-information/2017.ts';
import { type2DiabetesFollowUp2017 } from '../forms/type-2-diabetes-follow-up/2017.ts';
import { nationCodeOf, nations, printedNationOf } from './nations.ts';
import { maritalStatuses, printedMaritalStatusOf } from './person-codes.ts';
import { translate2011Code } from './translate-2011-code.ts';

describe('nations', () => {
  it('are 56 and two more', () => {
    expect(nations).toHaveLength(58);
    expect(new Set(nations.map(({ label }) => label)).size).toBe(58);
    expect(nations[55]).toEqual({ code: '56', label: '基诺族' });
  });

  it.each([
    ['汉族', '01'],
    ['汉', '01'],
    ['回', '03'],
    ['满族', '11'],
    ['土家族', '15'],
    ['土', '30'],
    ['火星族', undefined],
  ])('%s is %s', (name, code) => {
    expect(nationCodeOf(name)).toBe(code);
  });

  it('print as 01 or 99 with the full name', () => {
    expect(printedNationOf('01')).toEqual({ nation: '01' });
    expect(printedNationOf('03')).toEqual({ nation: '99', nationName: '回族' });
    expect(printedNationOf('60')).toBeUndefined();
  });
});

describe('marital status', () => {
  it('has a printed code for every national one', () => {
    const field = findField(personalInformation2017, 'marital');
    const printed = field?.kind === 'code' ? field.options.map(({ code }) => code) : [];
    for (const { code } of maritalStatuses) expect(printed).toContain(printedMaritalStatusOf(code));
    expect(printedMaritalStatusOf('60')).toBeUndefined();
  });
});

describe('codes of 2011', () => {
  it.each([
    ['bloodRh', '1', '2', '阳性'],
    ['bloodRh', '2', '1', '阴性'],
    ['livestockPen', '1', '2', '单设'],
    ['occupation', '7', '6', '军人'],
    ['education', '1', '9', '文盲或半文盲'],
    ['toilet', '3', '3', '马桶'],
  ])('%s %s is now %s %s', (id, old, now, label) => {
    expect(translate2011Code(id, old)).toEqual({ kind: 'same-meaning', code: now });
    const field = findField(personalInformation2017, id);
    expect(field?.kind === 'code' && field.options.find(({ code }) => code === now)?.label).toBe(label);
  });

  it('leaves to a person what cannot be told', () => {
    expect(translate2011Code('education', '5')).toEqual({ kind: 'ambiguous', candidates: ['1', '2', '3'] });
    expect(translate2011Code('dorsalisPedis', '2').kind).toBe('ambiguous');
    expect(translate2011Code('education', '7')).toEqual({ kind: 'unknown' });
    const field = findField(type2DiabetesFollowUp2017, 'dorsalisPedis');
    expect(field?.kind === 'code' && field.options.find(({ code }) => code === '3')?.label).toBe('消失');
  });
});
