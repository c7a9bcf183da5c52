import ExcelJS from 'exceljs';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestClient, type TestServer, testNow } from '#test/support/server.ts';
import { thingNames } from '../domain/deed-names.ts';
import { incidentKinds, kindsOfDeed, kindsOfThing, kindsOnPhone } from '../domain/incident-kinds.ts';

const village = '/999999/100/201/';
const [yesterday, today, tomorrow] = ['2026-11-23', '2026-11-24', '2026-11-25'];
let server: TestServer;
let bureau: TestClient;
let doctor: TestClient;
let people: { id: string; name: string; phone: string }[];
let stranger: string;

beforeAll(async () => {
  server = await startTestServer({ residents: 600 });
  [bureau, doctor] = await Promise.all([server.signIn('bureau'), server.signIn('village')]);
  people = await server.look(
    `select id, name, phone from resident where org_path = $1 and phone is not null and status = 'active' order by id`,
    [village],
  );
  const [other] = await server.look<{ id: string }>(
    'select id from resident where org_path <> $1 and org_path not like $2 order by id limit 1',
    [village, `${village}%`],
  );
  stranger = other?.id ?? '';
});
afterAll(() => server.stop());

const at = (path: string, asked: Record<string, string>) => `${path}?${new URLSearchParams(asked)}`;
const trace = (asked: Record<string, string>, client = bureau) =>
  client.call('GET', at('/api/incident-materials', asked));
const open = async (client: TestClient, id: string) =>
  (await client.call('GET', `/api/residents/${id}`)).status;

async function fileOf(asked: Record<string, string>) {
  const response = await fetch(
    server.url + at('/api/incident-materials/file', { ...asked, purpose: 'incident' }),
    {
      headers: { cookie: bureau.cookie },
    },
  );
  expect(response.status).toBe(200);
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(await response.arrayBuffer());
  const rowsOf = (title: string) => {
    const rows: string[][] = [];
    book.getWorksheet(title)?.eachRow((row) => rows.push((row.values as string[]).slice(1).map(String)));
    return rows;
  };
  return {
    response,
    report: rowsOf('报告草稿'),
    concerned: rowsOf('涉及的人'),
    deeds: rowsOf('账号做过的事'),
  };
}

describe('PRV-22: an account was misused', () => {
  const asked = { username: 'village', from: today, through: today };
  let truth: string[];

  it('whom it concerns is exactly whose record was opened in those days; refused, others’ and later deeds are not', async () => {
    truth = people.slice(0, 3).map((one) => one.id);
    for (const id of truth) expect(await open(doctor, id)).toBe(200);
    expect(await open(doctor, stranger)).toBe(404);
    const colleague = await server.signIn('township');
    expect(await open(colleague, people[5]?.id ?? '')).toBe(200);
    const revealed = await doctor.call('POST', `/api/residents/${truth[0]}/reveal`, {
      purpose: 'contact',
      fields: ['phone'],
    });
    expect(revealed.status, JSON.stringify(revealed.body)).toBe(200);
    server.setNow(new Date(testNow.getTime() + 24 * 3_600_000));
    const later = await server.signIn('village');
    expect(await open(later, people[6]?.id ?? '')).toBe(200);
    server.setNow(testNow);

    const { status, body } = await trace(asked);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.people).toMatchObject({ opened: 3, onPhone: 0 });
    expect(body.whole).toEqual([{ label: '本人电话', people: 1 }]);
    expect(body.kinds).toEqual(expect.arrayContaining([incidentKinds.person, incidentKinds.diagnoses]));
    expect(body.accounts).toEqual([
      expect.objectContaining({ username: 'village', roleLabel: '村医', isDisabled: false }),
    ]);
    expect(body.deeds).toContainEqual(expect.objectContaining({ isRefused: true }));
    expect((await trace({ ...asked, through: tomorrow })).body.people.opened).toBe(4);
    expect((await trace({ ...asked, from: yesterday, through: yesterday })).body.people).toEqual({
      opened: 0,
      onPhone: 0,
      listed: 0,
      all: 0,
    });
  });

  it('whom a list could have shown is counted as widely as the account reaches, and no one beyond', async () => {
    const quiet = await trace({ ...asked, username: 'village2' });
    expect(quiet.body.people.listed).toBe(0);
    expect((await doctor.call('GET', '/api/worklist')).status).toBe(200);
    const [all] = await server.look<{ n: number }>(
      'select count(*)::int as n from resident where org_path = $1',
      [village],
    );
    expect((await trace(asked)).body.people).toMatchObject({ opened: 3, listed: all?.n, all: all?.n });
  });

  it('names them with their telephones in a marked file, with a draft that says what is still to be written', async () => {
    const { response, report, concerned, deeds } = await fileOf(asked);
    const summary = (await trace(asked)).body;
    const text = report.map((row) => row.join('：')).join('\n');
    expect(text).toContain(`涉及人数（去重）：${summary.people.all} 人`);
    expect(text).toContain('本人电话 1 人');
    expect(text).toContain('没有停用');
    expect(text).toMatch(/须在 4 小时内报省级网信部门/);
    expect(text).toMatch(/发现时间、经过与原因：【待填】/);
    for (const rows of [report, concerned, deeds])
      expect(rows.at(-1)?.[0]).toContain(response.headers.get('x-export-id'));
    const named = concerned.slice(1, 4);
    expect(named.map((row) => row[0]).sort()).toEqual(
      people
        .slice(0, 3)
        .map((one) => one.name)
        .sort(),
    );
    for (const row of named) {
      expect(people.find((one) => one.name === row[0])?.phone).toBe(row[1]);
      expect(row[3]).toMatch(/^档案被打开或写入/);
    }
    expect(concerned).toHaveLength(summary.people.all + 2);
    expect(deeds.length).toBe(summary.deeds.length + 2);
    const [line] = await server.look('select door, purpose, people from export_register where id = $1', [
      response.headers.get('x-export-id'),
    ]);
    expect(line).toEqual({ door: 'incident', purpose: 'incident', people: summary.people.all });
  });

  it('is for the health bureau alone, and for an account and days that there are', async () => {
    for (const name of ['village', 'township', 'publichealth', 'cdc', 'admin', 'security', 'audit'])
      expect((await trace(asked, await server.signIn(name))).status).toBe(403);
    expect((await trace({ ...asked, username: 'nobody' })).status).toBe(404);
    expect((await trace({ ...asked, deviceId: uuidv7() })).status).toBe(404);
    expect((await trace({ ...asked, from: tomorrow })).body.issues).toEqual([
      expect.objectContaining({ path: 'through' }),
    ]);
    const looks = await server.look("select subject from audit_entry where action = 'incident.read'");
    expect(looks.length).toBeGreaterThan(0);
  });
});

describe('PRV-22: a phone was lost', () => {
  it('concerns everybody on it, who has moved away since as well, and each account on it', async () => {
    const deviceId = uuidv7();
    const register = (client: TestClient) =>
      client.call('POST', '/api/field/devices', {
        ...{ deviceId, name: '王守义的手机', appVersion: '1', isPersisted: true },
      });
    expect((await register(doctor)).status).toBe(200);
    const asked = { username: 'village', from: today, through: today };
    const { phones } = (await trace(asked)).body;
    expect(phones).toContainEqual(
      expect.objectContaining({ deviceId, name: '王守义的手机', stateLabel: '在用' }),
    );

    const lost = { ...asked, deviceId };
    const held = (await trace(lost)).body.people.onPhone;
    const [there] = await server.look<{ n: number }>(
      'select count(*)::int as n from resident where org_path = $1',
      [village],
    );
    expect(held).toBe(there?.n);
    const moved = people.at(-1)?.id ?? '';
    await server.look(
      `update resident set organization_id = o.id, org_path = o.path from organization o
       where resident.id = $1 and o.county_id = resident.county_id and o.path = '/999999/100/202/'`,
      [moved],
    );
    const after = (await trace(lost)).body;
    expect(after.people.onPhone).toBe(held);
    expect(after.kinds).toEqual(expect.arrayContaining(kindsOnPhone.map((kind) => incidentKinds[kind])));
    const { report, concerned } = await fileOf(lost);
    expect(report.map((row) => row.join('：')).join('\n')).toMatch(
      /手机丢失：王守义的手机[\s\S]*现状：手机：village 在这部手机上在用/,
    );
    const name = people.at(-1)?.name;
    expect(concerned.some((row) => row[0] === name && row[3]?.includes('保存在手机上'))).toBe(true);

    expect((await register(await server.signIn('township'))).status).toBe(200);
    const shared = (await trace(lost)).body;
    expect(shared.accounts.map((one: { username: string }) => one.username)).toEqual(['village', 'township']);
    expect(shared.people.onPhone).toBeGreaterThan(held);
  });
});

describe('what a deed may have shown', () => {
  it('is said of everything the trail names; what nobody has thought of counts as everything', () => {
    expect(Object.keys(kindsOfThing).sort()).toEqual([...thingNames].sort());
    expect(kindsOfDeed('newly-made.read')).toBe(kindsOnPhone);
    expect(kindsOfDeed('session.open')).toEqual([]);
    expect(kindsOfDeed('security.clock-skew')).toEqual([]);
    expect(kindsOfDeed('GET /api/residents/:residentId')).toEqual([]);
  });
});
