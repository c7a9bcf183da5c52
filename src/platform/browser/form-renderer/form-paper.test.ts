import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { paperRows } from '#kernel/form-paper.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { allFormEditions, formEdition } from '#standards/forms/all-forms.ts';
import { personalInformation2017 } from '#standards/forms/personal-information/2017.ts';
import { FormPaper } from './form-paper.tsx';

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
