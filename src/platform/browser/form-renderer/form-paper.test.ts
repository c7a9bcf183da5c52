import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { paperRows, registerColumns, registerHead } from '#kernel/form-paper.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { allFormEditions, formEdition } from '#standards/forms/all-forms.ts';
import { personalInformation2017 } from '#standards/forms/personal-information/2017.ts';
import { FormPaper } from './form-paper.tsx';
import { RegisterPaper } from './register-paper.tsx';

const print = (form: string, edition: string, answers: FormAnswers = {}) => {
  const found = formEdition(form, edition);
  if (!found) throw new Error(form);
  return renderToStaticMarkup(
    createElement(FormPaper, {
      edition: found,
      name: '张建国',
      archiveTail: '001-00012',
      answers,
      isDemo: false,
    }),
  );
};
const count = (text: string, part: string) => text.split(part).length - 1;

const sex = paperRows(personalInformation2017).find((row) => row.no === '3')?.fields[0]?.id ?? '';

describe('a form on A4', () => {
  it('says whose it is in the part a browser repeats on every page', () => {
    for (const { form, edition } of allFormEditions)
      expect(/<thead>.*?<\/thead>/.exec(print(form, edition))?.[0], form).toMatch(/张建国.*001-00012/);
  });
  it('ticks what was chosen and leaves the rest open', () => {
    const text = print('encounter-note', '2017', { subjective: '头晕三天' });
    expect(text).toContain('头晕三天');
    expect(count(print('personal-information', '2017', { [sex]: '1' }), '☑')).toBe(1);
  });
  it('prints a code of a newer edition that this one does not know', () => {
    expect(print('personal-information', '2017', { [sex]: '7' })).toMatch(/☑ [^<]*7/);
  });
  it('names a line once: its first field again would be a stutter', () => {
    const text = print('death-certificate', '2014');
    expect(count(text, '直接死因·ICD-10')).toBe(0);
    expect(text).toContain('ICD-10：');
  });
});

describe('a sheet that leaves the hand', () => {
  it('is cut from its stub and says itself who is sent, and to where', () => {
    const answers = { gender: '2', age: 67, toOrg: '示范县人民医院', toDept: '心内科', impression: '高血压' };
    const [stub = '', slip = ''] = print('referral-out', '2017', answers).split('裁切线');
    expect(stub).toContain('存根');
    expect(slip).not.toContain('存根');
    expect(slip).toMatch(/张建国.*女.*67.*示范县人民医院.*心内科.*001-00012.*高血压/);
    expect(print('death-certificate', '2014')).not.toContain('裁切线');
  });
  it('names nobody where the person answered without a name', () => {
    const text = print('satisfaction-survey', '2026', { anonymous: true });
    expect(text).toContain('姓名：匿名');
    expect(text).not.toMatch(/张建国|001-00012/);
    expect(print('satisfaction-survey', '2026', { anonymous: false })).toContain('张建国');
  });
  it('says a code once that is its own name', () => {
    const text = print('tumour-card', '2016');
    expect(text).toContain('☐ 0<');
    expect(text).not.toContain('0 0<');
  });
});

describe('a register on A4', () => {
  const registers = allFormEditions.filter((one) => one.paper.layout === 'register');
  const printRows = (form: string, records: FormAnswers[]) => {
    const edition = registers.find((one) => one.form === form);
    if (!edition) throw new Error(form);
    return renderToStaticMarkup(
      createElement(RegisterPaper, {
        edition,
        name: '张建国',
        archiveTail: '001-00012',
        records,
        isDemo: false,
      }),
    );
  };
  const visit = { visitDate: '2025-03-04', name: '张建国', sbp: 142, dbp: 88, conclusion: '3' };

  it('is what the first-visit pressures, the roster and the list of activities are, with every field of the paper', () => {
    expect(registers.map((one) => one.form).sort()).toEqual([
      'first-visit-blood-pressure',
      'peer-group-activity',
      'peer-group-member',
    ]);
    for (const edition of registers) {
      const onPaper = paperRows(edition).flatMap((row) => row.fields.map((field) => field.id));
      const printed = [
        ...registerHead(edition),
        ...registerColumns(edition).flatMap((column) => column.fields),
      ].map((field) => field.id);
      expect(printed.sort(), edition.form).toEqual(onPaper.sort());
    }
  });
  it('holds a person’s records in rows of one table, oldest first, and blank rows to the foot', () => {
    const text = printRows('first-visit-blood-pressure', [
      visit,
      { ...visit, visitDate: '2026-03-05', sbp: 136 },
    ]);
    expect(count(text, '<table')).toBe(1);
    const rows = text.split('<tbody>')[1]?.split('</tr>') ?? [];
    expect(rows[0]).toMatch(/2025-03-04.*张建国.*142\/88.*3 疑似待复测/);
    expect(rows[1]).toMatch(/2026-03-05.*136\/88/);
    expect(rows[2]).not.toMatch(/[\d一-龥]/);
    // Twenty places and what stands after the last row.
    expect(rows).toHaveLength(21);
    expect(printRows('first-visit-blood-pressure', Array(25).fill(visit)).split('142/88')).toHaveLength(26);
  });
  it('says the head once, and starts another table where the head is another', () => {
    const member = { unit: '河东镇', groupName: '柳林组', groupLeader: '王守义', name: '张建国', seqNo: 3 };
    const one = printRows('peer-group-member', [member, { ...member, seqNo: 4 }]);
    expect(count(one, '小组名称：柳林组')).toBe(1);
    const two = printRows('peer-group-member', [member, { ...member, groupName: '河东组' }]);
    expect(count(two, '<table')).toBe(2);
  });
  it('prints the other disease beside its code, a number nobody measured as open, and a newer code', () => {
    const text = printRows('peer-group-member', [{ diseases: ['1', '9', '7'], diseaseOther: '痛风' }]);
    expect(text).toMatch(/1 高血压、9 其他、7 未知选项 7<\/div><div>痛风/);
    expect(text).not.toContain('其他疾病名称');
    expect(printRows('first-visit-blood-pressure', [{ sbp: 142 }])).toContain('142/—');
  });
});
