import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { plainDate } from '#kernel/plain-date.ts';
import { allFormEditions } from '#standards/forms/all-forms.ts';
import { writeRecordWorkbook } from './export-records.ts';

/** What a spreadsheet takes for a formula, in half and full width, and what people hide one behind. */
const dangerous = [
  '=1+1',
  '+1+1',
  '-2+3',
  '@SUM(A1)',
  '\t=1+1',
  '\r=1+1',
  '＝1+1',
  '＋1',
  '－1',
  '＠x',
  '"=1+1"',
  ';=1+1',
];

const mark = {
  exportId: '01a00000-0000-7000-8000-000000000003',
  organizationName: '=1+1',
  staffName: '=1+1',
  username: '@x',
  exportedAt: '2026-11-24 10:00:00（北京时间）',
  purpose: '诊疗与健康管理',
  content: '居民的表单',
};

describe('an exported workbook', () => {
  it('holds text where text was written: no cell is a formula, and numbers of people keep every digit', async () => {
    for (const edition of allFormEditions) {
      const texts = edition.groups.flatMap((group) => group.fields).filter((field) => field.kind === 'text');
      const answers = Object.fromEntries(
        texts.map((field, i) => [
          field.id,
          i % 13 === 12 ? '999999200001011238' : dangerous[i % dangerous.length],
        ]),
      );
      const record = {
        recordId: '01a00000-0000-7000-8000-000000000001',
        residentId: '01a00000-0000-7000-8000-000000000002',
        occurredOn: plainDate('2026-11-24'),
        answers,
        edition,
      };
      const chunks: Buffer[] = [];
      for await (const chunk of await writeRecordWorkbook([record], mark)) chunks.push(chunk as Buffer);
      const workbook = new ExcelJS.Workbook();
      await workbook.xlsx.load(Buffer.concat(chunks) as unknown as ArrayBuffer);
      const found: string[] = [];
      workbook.eachSheet((sheet) =>
        sheet.eachRow((row) =>
          row.eachCell((cell) => {
            expect(cell.type, `${edition.form} ${cell.address}`).not.toBe(ExcelJS.ValueType.Formula);
            expect(cell.type).not.toBe(ExcelJS.ValueType.Hyperlink);
            if (typeof cell.value === 'string') found.push(cell.value);
          }),
        ),
      );
      const wanted = Object.values(answers).filter(
        (text) => typeof text === 'string' && !/[\t\r]/.test(text),
      );
      expect(wanted.filter((text) => !found.some((cell) => cell.includes(text as string)))).toEqual([]);
    }
  });
});
