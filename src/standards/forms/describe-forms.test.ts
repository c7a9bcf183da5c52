import { describe, expect, it } from 'vitest';
import { fieldsOf } from '#kernel/form-shape.ts';
import { allFormEditions } from './all-forms.ts';
import { describeFormsMarkdown } from './describe-forms.ts';

describe('the data dictionary', () => {
  const page = describeFormsMarkdown();
  const lines = page.split('\n');

  it('lists every field and column of every edition once', () => {
    const count = allFormEditions
      .flatMap(fieldsOf)
      .reduce((total, field) => total + 1 + (field.kind === 'rows' ? field.columns.length : 0), 0);
    const groups = allFormEditions.reduce((total, edition) => total + edition.groups.length, 0);
    const rows = lines.filter((line) => line.startsWith('| '));
    expect(rows).toHaveLength(count + groups * 2);
    for (const line of rows) expect(line.replaceAll('\\|', '').split('|')).toHaveLength(11);
  });

  it('says unit, limits, rule, data element and certainty', () => {
    const pressure = lines.find((line) => line.includes('`sbp`')) ?? '';
    for (const part of [
      '| 4 |',
      '收缩压',
      'mmHg',
      '必填',
      '硬限 50–300',
      '确认 90–179',
      'DE04.10.174.00',
      '待核对',
    ]) {
      expect(pressure).toContain(part);
    }
    const adherence = lines.find((line) => line.includes('`adherence`')) ?? '';
    expect(adherence).toContain('不是（“未开药（非药物治疗）”为是）时必填');
    expect(lines.find((line) => line.includes('`adrText`'))).toContain('“药物不良反应”为有时必填');
    expect(page).toContain('“随访状态”为失访、死亡、迁出、拒访时，只有“随访日期”、“随访医生签名”必填');
    expect(page).toContain('自 2026-07-01 起另有新版');
    expect(page).toContain('补充');
    expect(page).not.toContain('undefined');
  });
});
