import { describe, expect, it } from 'vitest';
import { findMedicine } from './formulary.ts';
import { holds, type ListedMedicine, type SafetyFacts } from './safety-condition.ts';

const nobody: SafetyFacts = { conditions: [] };
const taking = (...codes: (string | readonly [string, number])[]): ListedMedicine[] =>
  codes.map((one) => {
    const [code, dailyDose] = typeof one === 'string' ? [one, undefined] : one;
    const medicine = findMedicine(code);
    if (!medicine) throw new Error(code);
    return { medicine, dailyDose };
  });
const ask = (expression: string, facts: Partial<SafetyFacts> = {}, list: ListedMedicine[] = []) =>
  holds(expression, { ...nobody, ...facts }, list);

describe('a condition of a safety rule', () => {
  it('is neither yes nor no while the value it compares is unknown', () => {
    expect(ask('egfr<30')).toEqual({ needs: ['肾小球滤过率'] });
    expect([ask('egfr<30', { egfr: 29.9 }), ask('egfr<30', { egfr: 30 })]).toEqual([true, false]);
    expect([ask('k>=5.5', { potassium: 5.5 }), ask('k>5.0', { potassium: 5 })]).toEqual([true, false]);
  });
  it('needs no more once one alternative holds, and names everything that is open', () => {
    expect(ask('egfr<30,has:gout', { conditions: ['gout'] })).toBe(true);
    expect(ask('egfr<30,k>5.0')).toEqual({ needs: ['肾小球滤过率', '血钾'] });
    expect(ask('egfr<30,k>5.0', { egfr: 60 })).toEqual({ needs: ['血钾'] });
  });
  it('fails once one part fails, whatever else is unknown', () => {
    expect(ask('has:copd&gold>=3')).toBe(false);
    expect(ask('has:copd&gold>=3', { conditions: ['copd'] })).toEqual({ needs: ['慢阻肺分级'] });
    expect(ask('has:copd&gold>=3', { conditions: ['copd'], goldGrade: 3 })).toBe(true);
  });
  it('asks about pregnancy only where it can be', () => {
    expect([ask('preg', { pregnancy: 'pregnant' }), ask('preg', { pregnancy: 'planning' })]).toEqual([
      true,
      true,
    ]);
    expect([ask('preg', { pregnancy: 'lactating' }), ask('lactating', { pregnancy: 'lactating' })]).toEqual([
      false,
      true,
    ]);
    expect(ask('preg', { sex: 'male' })).toBe(false);
    expect(ask('preg', { sex: 'female', ageYears: 14 })).toBe(false);
    expect(ask('preg', { sex: 'female', ageYears: 15 })).toEqual({ needs: ['是否妊娠或备孕'] });
    expect(ask('preg', { sex: 'female', ageYears: 56 })).toBe(false);
    expect(ask('preg,lactating')).toEqual({ needs: ['是否妊娠或备孕', '是否哺乳'] });
  });
  it('finds another medicine by its code, inside a compound, or by its class', () => {
    expect(ask('with:digoxin', {}, taking('digoxin'))).toBe(true);
    expect(ask('with:hydrochlorothiazide', {}, taking('losartan-hctz-50-12-5'))).toBe(true);
    expect(ask('with:XANT', {}, taking('doxofylline'))).toBe(true);
    expect(ask('with:XANT', {}, taking('montelukast'))).toBe(false);
    expect([
      ask('without:ICS', {}, taking('salmeterol')),
      ask('without:ICS', {}, taking('budesonide')),
    ]).toEqual([true, false]);
  });
  it('compares a dose, and asks for one that is not written down', () => {
    expect(ask('dose:simvastatin>20', {}, taking(['simvastatin', 20]))).toBe(false);
    expect(ask('dose:simvastatin>20', {}, taking(['simvastatin', 40]))).toBe(true);
    expect(ask('dose:simvastatin>20', {}, taking('simvastatin'))).toEqual({ needs: ['辛伐他汀的剂量'] });
    expect(ask('dose:simvastatin>20', {}, taking('pravastatin'))).toBe(false);
  });
  it('adds glucocorticoids up in milligrams of prednisone', () => {
    expect(ask('steroid>=7.5', {}, taking(['prednisone', 5]))).toBe(false);
    expect(ask('steroid>=7.5', {}, taking(['prednisone', 5], ['methylprednisolone', 2]))).toBe(true);
    expect(ask('steroid>=7.5', {}, taking(['prednisone', 10], 'dexamethasone'))).toBe(true);
    expect(ask('steroid>=7.5', {}, taking(['prednisone', 5], 'dexamethasone'))).toEqual({
      needs: ['地塞米松的剂量'],
    });
  });
  it('is refused when it is not written as the table writes', () => {
    expect(() => ask('egfr=30')).toThrow(RangeError);
  });
});
