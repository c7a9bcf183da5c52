import { PassThrough, type Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import ExcelJS from 'exceljs';
import { sql, type Transaction } from 'kysely';
import { clockInChina } from '#kernel/china-time.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { markProperties, type Watermark, watermarkLine } from '#platform/server/export/watermark.ts';
import type { Incident } from './trace-incident.ts';

/** More than these are not named one by one when only a list may have shown them: it would be the whole county again. */
const mostListed = 20_000;
const rowsAtOnce = 200;

export interface ConcernedPerson {
  readonly id: string;
  readonly name: string;
  readonly phone: string;
  readonly organizationName: string;
}

/** Names and telephones of those concerned, the nearest concerned first. */
export async function readConcerned(
  tx: Transaction<Tables>,
  countyId: string,
  incident: Incident,
): Promise<{ people: readonly ConcernedPerson[]; unnamed: number }> {
  const sure = [...new Set([...incident.opened.keys(), ...incident.onPhone])];
  const rest = [...incident.listed].filter((id) => !incident.opened.has(id) && !incident.onPhone.has(id));
  const isTooMany = rest.length > mostListed;
  const ids = isTooMany ? sure : [...sure, ...rest];
  const { rows } = await sql<{ id: string; name: string; phone: string | null; organization_name: string }>`
    select r.id, r.name, r.phone, o.name as organization_name
    from resident r join organization o on o.county_id = r.county_id and o.id = r.organization_id
    where r.county_id = ${countyId} and r.id = any(${ids}::uuid[])`.execute(tx);
  const known = new Map(rows.map((row) => [row.id, row]));
  return {
    people: ids.flatMap((id) => {
      const row = known.get(id);
      return row
        ? [{ id, name: row.name, phone: row.phone ?? '', organizationName: row.organization_name }]
        : [];
    }),
    unnamed: isTooMany ? rest.length : 0,
  };
}

/** The draft, those concerned and the deeds, a sheet each. Text stays text, never a formula. */
export function writeIncidentFile(
  input: {
    readonly report: readonly (readonly [string, string])[];
    readonly incident: Incident;
    readonly people: readonly ConcernedPerson[];
    readonly unnamed: number;
  },
  mark: Watermark,
): Readable {
  const { incident, people, unnamed } = input;
  const out = new PassThrough();
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true });
  markProperties(workbook, mark);
  const write = async (title: string, widths: readonly number[], rows: readonly (readonly string[])[]) => {
    const sheet = workbook.addWorksheet(title, { views: [{ state: 'frozen', ySplit: 1 }] });
    widths.forEach((width, index) => {
      sheet.getColumn(index + 1).width = width;
    });
    for (const [at, row] of [...rows, [watermarkLine(mark)]].entries()) {
      const line = sheet.addRow([]);
      row.forEach((text, index) => {
        const cell = line.getCell(index + 1);
        cell.numFmt = '@';
        cell.value = text;
        cell.alignment = { wrapText: row.length > 1, vertical: 'top' };
      });
      if (at === 0) line.font = { bold: true };
      line.commit();
      // Everybody else is answered in between.
      if (at % rowsAtOnce === 0) await setImmediate();
    }
    sheet.commit();
  };
  const writeAll = async () => {
    await write('报告草稿', [34, 100], [['项目', '内容'], ...input.report]);
    await write(
      '涉及的人',
      [12, 16, 24, 30, 40, 10, 22, 22],
      [
        ['姓名', '电话', '管理机构', '涉及方式', '对档案做过的事', '次数', '最早', '最晚'],
        ...people.map((one) => rowOf(one, incident)),
        ...(unnamed > 0
          ? [[`另有 ${unnamed} 人只可能在清单、检索中出现，即账号范围内的其余全部居民，没有逐一列出。`]]
          : []),
      ],
    );
    await write(
      '账号做过的事',
      [40, 10, 10, 12],
      [
        ['做过的事', '次数', '涉及人数', '结果'],
        ...incident.deeds.map((one) => [
          one.deed,
          String(one.times),
          String(one.people),
          one.isRefused ? '被拒绝' : '办成',
        ]),
      ],
    );
    await workbook.commit();
  };
  writeAll().catch((error: Error) => out.destroy(error));
  return out;
}

function rowOf(person: ConcernedPerson, { opened, onPhone, listed }: Incident): readonly string[] {
  const deeds = opened.get(person.id);
  const ways = [
    ...(deeds ? ['档案被打开或写入'] : []),
    ...(onPhone.has(person.id) ? ['保存在手机上'] : []),
    ...(listed.has(person.id) ? ['清单、检索可能显示过'] : []),
  ];
  return [
    person.name,
    person.phone,
    person.organizationName,
    ways.join('；'),
    deeds ? [...deeds.deeds].join('、') : '',
    deeds ? String(deeds.times) : '',
    deeds ? clockInChina(deeds.first) : '',
    deeds ? clockInChina(deeds.last) : '',
  ];
}
