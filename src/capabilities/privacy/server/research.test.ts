import ExcelJS from 'exceljs';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOn } from '#kernel/dated.ts';
import { addDays } from '#kernel/plain-date.ts';
import { researchRules } from '#standards/privacy/research-levels.ts';
import {
  startTestServer,
  type TestClient,
  type TestServer,
  testNow,
  testToday,
} from '#test/support/server.ts';
import { researchFilePath as filePath } from '../research-contract.ts';

const researchFilePath = (exportId: string, format: 'csv' | 'xlsx') =>
  `${filePath(exportId, format)}&purpose=research`;

let server: TestServer;
let bureau: TestClient;
let second: TestClient;
let village: TestClient;
interface Somebody {
  id: string;
  name: string;
  id_no: string;
  phone: string;
  archive_no: string;
  birth_date: string;
  personal_information: { currentAddress: string };
}
let consenting: Somebody[];

beforeAll(async () => {
  server = await startTestServer({ residents: 3000 });
  [bureau, second, village] = (await Promise.all(
    ['bureau', 'bureau2', 'village'].map((name) => server.signIn(name)),
  )) as [TestClient, TestClient, TestClient];
  await server.look(`delete from consent_event where purpose = 'research'`);
  // Two in three of those managed agree; of them one in eleven takes it back.
  await server.look(
    `insert into consent_event (county_id, id, resident_id, org_path, purpose, deed, given_by, signer, means, on_day,
       recorded_at, recorded_by)
     select r.county_id, gen_random_uuid(), r.id, r.org_path, 'research', d.deed, 'self', '本人', 'paper', '2026-11-01',
       '2026-11-01'::timestamptz + d.later, s.id
     from (select r.*, row_number() over (order by r.id) as n from resident r where r.status = 'active'
       and exists (select 1 from form_record f where f.resident_id = r.id)) r
     cross join (values ('given', interval '0', 3, 0), ('withdrawn', interval '1 day', 11, 1)) d (deed, later, every, want)
     cross join lateral (select id from staff limit 1) s
     where case d.deed when 'given' then n % 3 > 0 else n % 11 = 0 and n % 3 > 0 end`,
  );
  consenting = await server.look<Somebody>(
    `select r.id, r.name, r.id_no, r.phone, r.archive_no, r.birth_date::text, r.personal_information from resident r
     where exists (select 1 from consent_event c where c.resident_id = r.id and c.purpose = 'research')
       and not exists (select 1 from consent_event c where c.resident_id = r.id and c.purpose = 'research' and c.deed = 'withdrawn')`,
  );
});
afterAll(() => server.stop());

const ask = (level: '2' | '3', client = bureau, more: object = {}) => {
  const exportId = uuidv7();
  const body = {
    project: '县域高血压控制研究',
    approvalNo: '伦审2026-03',
    recipient: '某医学院 张教授',
    level,
  };
  return client
    .call('POST', '/api/research-exports', { operationId: uuidv7(), exportId, ...body, ...more })
    .then((reply) => ({ exportId, reply }));
};
const decide = (exportId: string, approve = true, client = second, operationId = uuidv7()) =>
  client.call('POST', `/api/research-exports/${exportId}/decide`, { operationId, approve, note: '材料齐全' });
const listed = async (exportId: string) =>
  (await bureau.call('GET', '/api/research-exports')).body.items.find(
    (one: { exportId: string }) => one.exportId === exportId,
  );
async function made(level: '2' | '3') {
  const { exportId } = await ask(level);
  const reply = await decide(exportId);
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  const file = await bureau.call('GET', researchFilePath(exportId, 'csv'));
  expect(file.status).toBe(200);
  const rows = String(file.body)
    .trim()
    .split('\r\n')
    .map((line) => line.split(',').map((cell) => cell.replace(/^"|"$/g, '')));
  // The last line says who took the file; nothing in it is of a person in the extract.
  const [last = ''] = String(file.body).trim().split('\r\n').slice(-1);
  expect(last).toMatch(/^"导出编号 /);
  const text = String(file.body).replace(last, '');
  return { exportId, text, head: rows[0] ?? [], rows: rows.slice(1, -1) };
}

describe('an extract for research', () => {
  it('is asked for by one and agreed to by another; each step is on record and a replay has no second effect', async () => {
    expect((await ask('3', village)).reply.status).toBe(403);
    expect((await ask('3', server.anonymous)).reply.status).toBe(401);
    expect((await ask('3', bureau, { approvalNo: ' ' })).reply.status).toBe(422);
    expect((await ask('3', bureau, { level: '4' })).reply.status).toBe(422);
    const { exportId, reply } = await ask('3');
    expect(reply.status).toBe(200);
    expect((await decide(exportId, true, bureau)).body.code).toBe('not-allowed');
    expect((await bureau.call('GET', researchFilePath(exportId, 'csv'))).status).toBe(409);
    const operationId = uuidv7();
    const first = await decide(exportId, true, second, operationId);
    expect(first.status, JSON.stringify(first.body)).toBe(200);
    expect((await decide(exportId, true, second, operationId)).body).toEqual(first.body);
    expect((await decide(exportId)).body.code).toBe('already-exists');
    expect((await decide(uuidv7())).status).toBe(404);
    expect((await bureau.call('GET', researchFilePath(exportId, 'xlsx'))).status).toBe(200);
    const deeds = await server.look<{ action: string }>(
      `select action from audit_entry where subject = $1 order by at, id`,
      [exportId],
    );
    expect(deeds.map((one) => one.action)).toEqual([
      'research-export.request',
      'research-export.approve',
      'research-export.download',
    ]);
    expect(await listed(exportId)).toMatchObject({
      status: 'made',
      project: '县域高血压控制研究',
      recipient: '某医学院 张教授',
      consenting: consenting.length,
      isMine: true,
      people: first.body.people,
      rows: first.body.rows,
    });
  });

  it('that is not agreed to has no file', async () => {
    const { exportId } = await ask('2');
    expect((await decide(exportId, false)).status).toBe(200);
    expect((await bureau.call('GET', researchFilePath(exportId, 'csv'))).status).toBe(409);
    expect(await listed(exportId)).toMatchObject({ status: 'refused', decisionNote: '材料齐全' });
  });

  it.each(['2', '3'] as const)('of level %s leads back to nobody', async (level) => {
    const rules = valueOn(researchRules, testToday)[level];
    const { text, head, rows } = await made(level);
    expect(rows.length).toBeGreaterThan(50);
    // Nothing that names a person: no number, name, address, day of birth or id, of those who agreed or anybody else.
    const everybody = await server.look<Somebody>(
      'select id, name, id_no, phone, archive_no, birth_date::text, personal_information from resident',
    );
    for (const one of everybody)
      for (const mark of [
        one.id,
        one.name,
        one.id_no,
        one.phone,
        one.archive_no,
        one.personal_information.currentAddress,
      ])
        if (mark && text.includes(mark)) throw new Error(`${mark} stands in the extract`);
    expect(text).not.toMatch(/卫生室|村/);
    // Everybody shares what may be known elsewhere with so many others.
    const at = level === '3' ? 1 : 0;
    const people = new Map(
      rows.map((row, n) => [level === '3' ? row[0] : n, row.slice(at, at + 4).join('|')]),
    );
    const sizes = new Map<string, number>();
    for (const group of people.values()) sizes.set(group, (sizes.get(group) ?? 0) + 1);
    expect(Math.min(...sizes.values())).toBeGreaterThanOrEqual(rules.smallestGroup);
    expect(people.size).toBeLessThanOrEqual(consenting.length);
    expect(new Set(rows.map((row) => row[at + 1]?.replace(/\d+–\d+|90及以上/, '')))).toEqual(new Set(['']));
    expect(head.length).toBe(level === '3' ? 14 : 12);
    for (const row of rows) expect(row.length).toBe(head.length);
    if (level === '2') expect(text).not.toMatch(/\d{4}-\d\d-\d\d/);
  });

  it('of level 3 moves all days of a person alike, by no more than allowed and never not at all', async () => {
    const { rows } = await made('3');
    const { shiftDays } = valueOn(researchRules, testToday)['3'];
    const sheets = await server.look<{ id: string; days: string[]; pressures: string }>(
      `select m.resident_id as id, array_agg(m.occurred_on::text order by m.occurred_on, m.record_id) as days,
         string_agg(m.value::int::text, ',' order by m.occurred_on, m.record_id) as pressures
       from measurement m join form_record f on f.county_id = m.county_id and f.id = m.record_id and f.superseded_by is null
         and f.status = 'complete'
       where m.kind = 'sbp' group by m.resident_id having count(*) > 4`,
    );
    const byPressures = new Map<string, (typeof sheets)[number][]>();
    for (const one of sheets)
      byPressures.set(one.pressures, [...(byPressures.get(one.pressures) ?? []), one]);
    const marked = new Map<string, string[][]>();
    for (const row of rows) marked.set(row[0] ?? '', [...(marked.get(row[0] ?? '') ?? []), row]);
    let compared = 0;
    for (const own of marked.values()) {
      const withPressure = own
        .filter((row) => row[6] !== '')
        .toSorted((a, b) => ((a[5] ?? '') < (b[5] ?? '') ? -1 : 1));
      const [person, ...others] = byPressures.get(withPressure.map((row) => row[6]).join(',')) ?? [];
      if (!person || others.length > 0) continue;
      const moved = person.days.map(
        (day, n) => (Date.parse(withPressure[n]?.[5] ?? '') - Date.parse(day)) / 86_400_000,
      );
      expect(new Set(moved).size).toBe(1);
      expect(moved[0]).not.toBe(0);
      expect(Math.abs(moved[0] ?? 0)).toBeLessThanOrEqual(shiftDays);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(20);
  });

  it('of level 3 shows a result that later sheets repeat once, on the day of its test', async () => {
    // Of everybody who agreed: three sheets a month apart, the last two repeating what the first said.
    await server.look(
      `with sheet as (
         insert into form_record (county_id, id, operation_id, visit_id, resident_id, organization_id, org_path, form,
           form_edition, occurred_on, mode, answers, received_at, recorded_by)
         select r.county_id, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), r.id, r.organization_id, r.org_path,
           'type-2-diabetes-follow-up', '2017', date '2026-09-01' + n * 30, 'clinic', '{}', '2026-11-24', s.id
         from resident r cross join generate_series(0, 2) n cross join lateral (select id from staff limit 1) s
         where r.id = any($1) returning *)
       insert into measurement (county_id, record_id, kind, resident_id, org_path, value, unit, occurred_on)
       select county_id, id, 'hba1c', resident_id, org_path, 13.37, '%', '2026-09-01' from sheet`,
      [consenting.map((one) => one.id)],
    );
    const { head, rows } = await made('3');
    const place = head.indexOf('糖化血红蛋白 %');
    const told = rows.filter((row) => row[place] === '13.37').map((row) => row[0]);
    expect(told.length).toBeGreaterThan(20);
    expect(told.length).toBe(new Set(told).size);
  });

  it('gives the same person another mark each time, and holds nobody who took the word back', async () => {
    const [one, two] = [await made('3'), await made('3')];
    const marks = (rows: string[][]) => new Set(rows.map((row) => row[0]));
    expect([...marks(one.rows)].filter((mark) => marks(two.rows).has(mark ?? ''))).toEqual([]);
    await server.look(
      `insert into consent_event (county_id, id, resident_id, org_path, purpose, deed, given_by, signer, means, on_day, recorded_at, recorded_by)
       select county_id, gen_random_uuid(), resident_id, org_path, 'research', 'withdrawn', 'self', '本人', 'paper', '2026-11-20',
         '2026-11-20', recorded_by from consent_event where purpose = 'research' and deed = 'given'`,
    );
    const { exportId } = await ask('3');
    const reply = await decide(exportId);
    expect([reply.status, reply.body.code]).toEqual([409, 'too-few-people']);
    expect(reply.body.detail).toContain('达不到最小人数');
    expect(await listed(exportId)).toMatchObject({ status: 'asked', people: null });
  });

  it('lies sealed, is a workbook without formulas, and is gone after its time', async () => {
    const rows = await server.look<{ id: string }>(
      "select id from research_export where status = 'made' order by requested_at",
    );
    const exportId = rows.at(-1)?.id ?? '';
    const [raw] = await server.lookRaw<{ content: Buffer }>(
      'select content from research_export where id = $1',
      [exportId],
    );
    expect(raw?.content.includes('高血压')).toBe(false);
    const reply = await fetch(`${server.url}${researchFilePath(exportId, 'xlsx')}`, {
      headers: { cookie: bureau.cookie },
    });
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(await reply.arrayBuffer());
    let cells = 0;
    book.worksheets[0]?.eachRow((row) =>
      row.eachCell((cell) => {
        cells += 1;
        expect(cell.type).not.toBe(ExcelJS.ValueType.Formula);
      }),
    );
    expect(cells).toBeGreaterThan(1000);
    server.setNow(new Date(testNow.getTime() + 25 * 3_600_000));
    bureau = await server.signIn('bureau');
    try {
      expect((await bureau.call('GET', researchFilePath(exportId, 'csv'))).status).toBe(409);
      expect((await listed(exportId)).fetchUntil).toBeNull();
      expect(
        await server.look('select 1 from research_export where content is not null and fetch_until < $1', [
          addDays(testToday, 1),
        ]),
      ).toEqual([]);
    } finally {
      server.setNow(testNow);
    }
  });
});
