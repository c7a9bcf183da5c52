import { describe, expect, it } from 'vitest';
import { testRules } from '#test/support/rule-cases.ts';
import { conditionLabels } from '../conditions.ts';
import { findMedicine, medicines } from './formulary.ts';
import { englishNames } from './formulary-english.ts';
import { medicineClassLabels } from './medicine-classes.ts';
import { recognizeMedicine } from './recognize-medicine.ts';
import { medicineRules } from './rules.ts';
import { safetyRows } from './safety-tables.ts';
import { safetyFlagLabels } from './safety-words.ts';

describe('the formulary', () => {
  it('has the 171 medicines once each, every class known', () => {
    expect(medicines.filter((one) => one.listed)).toHaveLength(171);
    expect(new Set(medicines.map((one) => one.code)).size).toBe(medicines.length);
    for (const one of medicines) if (one.listed) expect(englishNames, one.code).toHaveProperty(one.code);
    for (const medicine of medicines)
      for (const one of medicine.classes)
        expect(medicineClassLabels, `${medicine.code}: ${one}`).toHaveProperty(one);
  });
  it.each([
    ['苯磺酸氨氯地平片', 'amlodipine'],
    ['氨氯地平', 'amlodipine'],
    ['硝苯地平控释片', 'nifedipine-gits'],
    ['盐酸二甲双胍片', 'metformin-ir'],
    ['盐酸二甲双胍缓释片', 'metformin-er'],
    ['缬沙坦胶囊', 'valsartan'],
    ['马来酸依那普利片', 'enalapril'],
    ['酒石酸美托洛尔片', 'metoprolol-tartrate'],
    ['琥珀酸美托洛尔缓释片', 'metoprolol-succinate-er'],
    ['吲达帕胺缓释片', 'indapamide-sr'],
    ['阿司匹林肠溶片', 'aspirin'],
    ['阿托伐他汀钙片', 'atorvastatin'],
    ['噻托溴铵粉吸入剂', 'tiotropium'],
    ['不认识的药', undefined],
  ])('recognizes %s', (name, code) => {
    expect(recognizeMedicine(name)?.code).toBe(code);
  });
});

describe('the safety rules', () => {
  it('are the 152, and name only classes, medicines and conditions that exist', () => {
    expect(safetyRows).toHaveLength(152);
    for (const [id, , sides, levels] of safetyRows) {
      for (const token of sides.split(/[;,]/)) {
        const bare = token.replace(/^!/, '');
        if (bare.startsWith('@')) expect(findMedicine(bare.slice(1)), `${id} ${token}`).toBeDefined();
        else if (bare !== '*') expect(medicineClassLabels, `${id} ${token}`).toHaveProperty(bare);
      }
      for (const atom of levels.split(/[;,&]/)) {
        const condition = /has:([a-z0-9-]+)/.exec(atom)?.[1];
        if (condition) expect(conditionLabels, `${id} ${atom}`).toHaveProperty(condition);
        const flag = /flag:([a-z0-9-]+)/.exec(atom)?.[1];
        if (flag) expect(safetyFlagLabels, `${id} ${atom}`).toHaveProperty(flag);
      }
    }
  });
});

testRules(medicineRules);
