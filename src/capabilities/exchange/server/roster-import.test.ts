import { deflateRawSync, crc32 as zlibCrc } from 'node:zlib';
import ExcelJS from 'exceljs';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idNoIndex } from '#capabilities/residents/server/public.ts';
import { freshIdNo } from '#test/support/sample-person.ts';
import { startTestServer, type TestClient, type TestServer } from '#test/support/server.ts';
import { runWorkbookReader } from './run-workbook-reader.ts';
import { dayOfSerial } from './workbook-rows.ts';

let server: TestServer;
/** What a row is found by, under the keys of this server. */
const digestOf = (idNo: string) => idNoIndex(server.seals, '01', idNo);
let doctor: TestClient;
let township: TestClient;
let village: string;

beforeAll(async () => {
  server = await startTestServer();
  doctor = await server.signIn('village');
  township = await server.signIn('township');
  village = (await doctor.call('GET', '/api/organizations/for-registration')).body.items[0].id;
});
afterAll(() => server.stop());

const freshId = () => freshIdNo('1965-03-12', '1');

/** A workbook as a clinic keeps it: a merged title, then headers, then people. */
async function workbook(
  headers: string[],
  people: unknown[][],
  title = '大槐树村高血压患者花名册',
): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('花名册');
  sheet.addRow([title]);
  sheet.mergeCells(1, 1, 1, Math.max(2, headers.length));
  sheet.addRow(headers);
  for (const person of people) sheet.addRow(person);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

async function upload(bytes: Uint8Array, client = doctor, organizationId = village) {
  const importId = uuidv7();
  const sent = await client.call(
    'PUT',
    `/api/roster-imports/${importId}/file?organizationId=${organizationId}&fileName=${encodeURIComponent('花名册.xlsx')}`,
    bytes,
  );
  expect(sent.status).toBe(200);
  for (;;) {
    const { body } = await client.call('GET', `/api/roster-imports/${importId}`);
    if (body.status !== 'reading') return { importId, ...body };
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const issuesOf = async (importId: string, client = doctor) =>
  (await client.call('GET', `/api/roster-imports/${importId}/rows?state=error&limit=200`)).body.items as {
    rowNo: number;
    issues: { cell: string; code: string }[];
  }[];
const commit = (importId: string, client = doctor) =>
  client.call('POST', `/api/roster-imports/${importId}/commit`, { operationId: uuidv7() });

describe('a roster as people keep it', () => {
  it('reads headers in any order, full-width digits, spaces in numbers, text, number and date cells', async () => {
    const [a, b, c] = [freshId(), freshIdNo('1958-11-20', '2'), freshIdNo('1949-01-02', '1')];
    const fullWidth = a.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    const bytes = await workbook(
      ['序号', '联系电话', ' 身份证 号码 ', '姓  名', '纳入管理时间', '患病时间', '性别', '备注'],
      [
        [1, 19900012345, fullWidth, '王 铁柱', new Date(Date.UTC(2024, 4, 1)), '2019.5', '男', 'x'],
        [
          2,
          '199 0001 2346',
          `${b.slice(0, 6)} ${b.slice(6, 14)} ${b.slice(14)}`,
          '李桂花',
          '2024年3月5日',
          2016,
          '女',
          '',
        ],
        [3, '', c, '买买提·艾力', '20230601', '2018-07-09', '', ''],
        ['合计', '', '', '3人'],
      ],
    );
    const batch = await upload(bytes);
    expect(batch).toMatchObject({
      status: 'previewed',
      preview: { headerRow: 2, counts: { rows: 3, new: 3, error: 0, skipped: 1 } },
    });
    const done = await commit(batch.importId);
    expect(done.body).toMatchObject({ status: 'committed', preview: { counts: { done: 3 } } });
    const rows = await server.look<{
      name: string;
      phone: string;
      enrolled_on: unknown;
      diagnosed_on: string;
    }>(
      `select r.id, r.name, r.phone, e.enrolled_on::text, e.diagnosed_on from resident r join enrollment e on e.resident_id = r.id
       where r.id_no_index = any($1) order by r.name`,
      [[a, b, c].map(digestOf)],
    );
    expect(rows).toContainEqual(
      expect.objectContaining({
        name: '王铁柱',
        phone: '19900012345',
        enrolled_on: '2024-05-01',
        diagnosed_on: '2019-05',
      }),
    );
    expect(rows).toContainEqual(
      expect.objectContaining({
        name: '李桂花',
        phone: '19900012346',
        enrolled_on: '2024-03-05',
        diagnosed_on: '2016',
      }),
    );
    expect(rows).toContainEqual(
      expect.objectContaining({
        name: '买买提·艾力',
        phone: null,
        enrolled_on: '2023-06-01',
        diagnosed_on: '2018-07-09',
      }),
    );
    const managed = await server.look(
      `select 1 from management_year m join resident r on r.id = m.resident_id where r.id_no_index = $1 and m.year = 2026 and m.managed`,
      [digestOf(a)],
    );
    expect(managed).toHaveLength(1);
  });

  it('changes nothing when the same file comes twice, nor when its rows are shuffled', async () => {
    const people = [0, 1, 2].map((i) => [`张三${'丰顺利'[i]}`, freshId()]);
    const headers = ['姓名', '身份证号'];
    await commit((await upload(await workbook(headers, people))).importId);
    const before = await server.look<{ n: string }>('select count(*) as n from resident');
    const again = await upload(await workbook(headers, people.toReversed()));
    expect(again.preview.counts).toMatchObject({ new: 0, enroll: 0, unchanged: 3, error: 0 });
    expect((await commit(again.importId)).body.status).toBe('committed');
    expect(await server.look('select count(*) as n from resident')).toEqual(before);
  });

  it('names every wrong row by its cell, imports nothing, and gives the sheet back with the marks', async () => {
    const good = freshId();
    const wrongDigit = `${good.slice(0, 17)}${good.endsWith('1') ? '2' : '1'}`;
    const twin = freshId();
    const bytes = await workbook(
      ['姓名', '身份证号', '性别', '联系电话', '患病时间', '纳入管理时间', '疾病名称'],
      [
        ['赵一', good, '男', '', '', '', '高血压'],
        ['钱二', wrongDigit, '', '', '', '', ''],
        ['孙三', Number(good), '', '', '', '', ''],
        ['', freshId(), '', '', '', '', ''],
        ['周五', freshId(), '女', '', '', '', ''],
        ['吴六', freshId(), '', '12345', '', '', ''],
        ['郑七', freshId(), '', '', '19年5月', '', ''],
        ['冯八', freshId(), '', '', '', '2027-01-01', ''],
        ['陈九', freshId(), '', '', '', '45000', ''],
        ['褚十', freshId(), '', '', '', '', '糖尿病'],
        ['卫甲', twin, '', '', '', '', ''],
        ['蒋乙', twin, '', '', '', '', ''],
      ],
    );
    const batch = await upload(bytes);
    expect(batch.preview.counts).toMatchObject({ rows: 12, error: 10 });
    const found = Object.fromEntries(
      (await issuesOf(batch.importId)).map((row) => [
        row.rowNo,
        row.issues.map((i) => `${i.cell} ${i.code}`),
      ]),
    );
    expect(found).toEqual({
      4: ['B4 wrong-check-digit'],
      5: ['B5 number-cell'],
      6: ['A6 missing'],
      7: ['C7 differs'],
      8: ['D8 not-a-phone'],
      9: ['E9 not-a-date'],
      10: ['F10 future'],
      11: ['F11 not-a-date'],
      12: ['G12 other-disease'],
      14: ['B14 twice-in-file'],
    });
    const refusedCommit = await commit(batch.importId);
    expect(refusedCommit.status).toBe(422);
    expect(await server.look('select 1 from resident where id_no_index = $1', [digestOf(good)])).toHaveLength(
      0,
    );

    const response = await fetch(
      `${server.url}/api/roster-imports/${batch.importId}/marked-workbook?purpose=data-correction`,
      {
        headers: { cookie: doctor.cookie },
      },
    );
    const marked = new ExcelJS.Workbook();
    await marked.xlsx.load(await response.arrayBuffer());
    const sheet = marked.worksheets[0];
    expect(sheet?.getCell('A4').text).toContain('校验位');
    expect(sheet?.getCell('C3').text).toBe(good);
    expect(sheet?.getCell('C3').type).toBe(ExcelJS.ValueType.String);
    expect(sheet?.getCell('C4').fill).toMatchObject({ pattern: 'solid' });
    // Mended and sent again as it came back: the extra column is no obstacle.
    const mended = await upload(await workbook(['姓名', '身份证号'], [['赵一', good]]));
    expect((await commit(mended.importId)).body.preview.counts.done).toBe(1);
  });

  it('does not take a formula for a number, nor another village’s person, nor another name', async () => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('花名册');
    sheet.addRow(['姓名', '身份证号', '村']);
    const [theirs] = await server.look<{ id_no: string; name: string }>(
      `select id, id_no, name from resident where org_path = '/999999/100/202/' and birth_date < '1980-01-01' limit 1`,
    );
    const [own] = await server.look<{ id_no: string }>(
      `select id, id_no from resident where org_path = '/999999/100/201/' and birth_date < '1980-01-01' limit 1`,
    );
    sheet.addRow([theirs?.name, theirs?.id_no, '']);
    sheet.addRow(['不是他', own?.id_no, '']);
    sheet.addRow(['郑外村', freshId(), '没有这个村']);
    const batch = await upload(new Uint8Array(await book.xlsx.writeBuffer()));
    const codes = (await issuesOf(batch.importId)).map((row) => row.issues[0]?.code);
    expect(codes).toEqual(['kept-elsewhere', 'name-differs', 'unknown-village']);
    expect(JSON.stringify(await issuesOf(batch.importId))).not.toContain('org_path');
  });

  it('sends a township’s people to their villages by name', async () => {
    const places = (await township.call('GET', '/api/organizations/for-registration')).body.items as {
      name: string;
      regionCode: string;
    }[];
    const [first, second] = places;
    const ids = [freshId(), freshId()];
    const me = (await township.call('GET', '/api/session')).body.organizationId;
    const bytes = await workbook(
      ['姓名', '身份证号', '村（居）委会'],
      [
        ['何东', ids[0], first?.name.replace('卫生室', '')],
        ['何西', ids[1], second?.name.replace('村卫生室', '村委会')],
      ],
    );
    const batch = await upload(bytes, township, me);
    expect(batch.preview.counts).toMatchObject({ new: 2, error: 0 });
    await commit(batch.importId, township);
    const rows = await server.look<{ archive_no: string }>(
      'select archive_no from resident where id_no_index = any($1) order by name',
      [ids.map(digestOf)],
    );
    expect(rows.map((row) => row.archive_no.slice(0, 12)).sort()).toEqual(
      [first?.regionCode, second?.regionCode].sort(),
    );
  });
});

/** A zip with one deflated entry of so many repeated bytes inside sheet1, beside the parts a workbook needs. */
function bomb(megabytes: number): Uint8Array {
  const parts: Record<string, Buffer> = {
    'xl/workbook.xml': Buffer.from(
      '<workbook xmlns:r="r"><sheets><sheet name="花名册" sheetId="1" r:id="rId1"/></sheets></workbook>',
    ),
    'xl/_rels/workbook.xml.rels': Buffer.from(
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    ),
    'xl/worksheets/sheet1.xml': Buffer.concat([
      Buffer.from('<worksheet><sheetData>'),
      Buffer.alloc(megabytes * 1024 * 1024, '<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'),
      Buffer.from('</sheetData></worksheet>'),
    ]),
  };
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(parts)) {
    const packed = deflateRawSync(content, { level: 9 });
    const nameBytes = Buffer.from(name);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(crc(content), 14);
    head.writeUInt32LE(packed.length, 18);
    // The declared size lies, as an attacker's would.
    head.writeUInt32LE(1000, 22);
    head.writeUInt16LE(nameBytes.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(20, 6);
    head.copy(entry, 8, 6, 28);
    entry.writeUInt16LE(nameBytes.length, 28);
    entry.writeUInt32LE(offset, 42);
    files.push(head, nameBytes, packed);
    directory.push(entry, nameBytes);
    offset += head.length + nameBytes.length + packed.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(parts).length, 8);
  end.writeUInt16LE(Object.keys(parts).length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return new Uint8Array(Buffer.concat([...files, central, end]));
}

/** CRC-32, by zlib where Node has it, else by the book. */
function crc(bytes: Buffer): number {
  if (typeof zlibCrc === 'function') return zlibCrc(bytes);
  let value = -1;
  for (const byte of bytes) {
    value ^= byte;
    for (let k = 0; k < 8; k++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return (value ^ -1) >>> 0;
}

describe('files that would harm the server', () => {
  it('refuses 200 MB packed into half a megabyte, and answers others meanwhile', async () => {
    const bytes = bomb(200);
    expect(bytes.length).toBeLessThan(1024 * 1024);
    const importing = upload(bytes);
    let answered = 0;
    let done = false;
    void importing.then(() => {
      done = true;
    });
    while (!done) {
      expect((await server.anonymous.call('GET', '/api/system')).status).toBe(200);
      answered += 1;
    }
    const batch = await importing;
    expect(batch).toMatchObject({ status: 'refused', preview: null });
    expect(batch.refusal).toMatch(/过大|一次最多/);
    expect(answered).toBeGreaterThan(3);
  }, 60_000);

  it.each([
    ['a web page', Buffer.from('<html><table><tr><td>姓名</td></tr></table></html>'), /不是 .xlsx/],
    [
      'an old or encrypted workbook',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]),
      /加密|旧版/,
    ],
    ['a torn zip', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(400, 7)]), /损坏/],
    ['nothing', Buffer.from('x'), /不是 .xlsx/],
  ])('refuses %s in Chinese', async (_what, bytes, message) => {
    const read = await runWorkbookReader(new Uint8Array(bytes), () => undefined);
    expect(read).toMatchObject({ kind: 'refused', message: expect.stringMatching(message) });
  });

  it('refuses a sheet without the columns it needs', async () => {
    expect((await upload(await workbook(['编号', '血压'], [[1, '130/80']]))).refusal).toContain(
      '没有找到表头',
    );
    expect((await upload(await workbook(['姓名', '电话'], [['王五', '19900001111']]))).refusal).toContain(
      '身份证号',
    );
  });

  it('refuses more than ten megabytes at the door', async () => {
    const reply = await doctor.call(
      'PUT',
      `/api/roster-imports/${uuidv7()}/file?organizationId=${village}&fileName=a.xlsx`,
      new Uint8Array(11 * 1024 * 1024),
    );
    expect(reply.status).toBe(413);
  });
});

describe('spreadsheet days', () => {
  it.each([
    [1, false, '1900-01-01'],
    [59, false, '1900-02-28'],
    [60, false, undefined],
    [61, false, '1900-03-01'],
    [45413, false, '2024-05-01'],
    [43951, true, '2024-05-01'],
    [0.5, false, undefined],
    [Number.NaN, false, undefined],
  ])('%d (1904: %s) is %s', (serialDay, date1904, day) => {
    expect(dayOfSerial(serialDay, date1904)).toBe(day);
  });
});
