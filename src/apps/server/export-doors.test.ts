import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ExcelJS from 'exceljs';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { routes } from '#apps/server/routes.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { type ExportDoor, type ExportPurpose, exportDoors } from '#standards/privacy/export-doors.ts';
import { startTestServer, type TestClient, type TestServer } from '#test/support/server.ts';

/** A door that forgot the mark, as a newcomer might write it. */
const forgetful = defineRoute({
  method: 'GET',
  path: '/api/planted-unmarked-file',
  summary: '测试用：没有水印的文件',
  action: 'residents.read',
  response: z.undefined(),
  async handle({ reply }) {
    void reply.header('content-disposition', 'attachment; filename="x.csv"').send('姓名,电话\n张三,1');
    return undefined;
  },
});

const village = '/999999/100/201/';
let server: TestServer;
let doctor: TestClient;
let bureau: TestClient;
/** Each door with the address of something real behind it, who may take it, and how many people are in it. */
let open: Record<string, { address: string; who: TestClient; people: number; purpose: ExportPurpose }>;

beforeAll(async () => {
  server = await startTestServer({ residents: 600, moreRoutes: [forgetful] });
  [doctor, bureau] = (await Promise.all(['village', 'bureau'].map((name) => server.signIn(name)))) as [
    TestClient,
    TestClient,
  ];
  const [filed] = await server.look<{ id: string; resident_id: string; form: string }>(
    `select id, resident_id, form from form_record where org_path = $1 and superseded_by is null and form = 'hypertension-follow-up' limit 1`,
    [village],
  );
  const batch = await upload(await roster());
  const requestId = uuidv7();
  const asked = await doctor.call('POST', `/api/residents/${filed?.resident_id}/privacy-requests`, {
    operationId: uuidv7(),
    requestId,
    kind: 'copy',
    about: '要一份资料',
    askedBy: 'self',
    asker: '本人',
    receivedOn: '2026-11-23',
  });
  expect(asked.status, JSON.stringify(asked.body)).toBe(200);
  const exportId = await madeExtract();
  open = {
    'GET /api/records/:recordId/export': {
      address: `/api/records/${filed?.id}/export?format=xlsx`,
      who: doctor,
      people: 1,
      purpose: 'care',
    },
    'GET /api/residents/:residentId/forms/:form/export': {
      address: `/api/residents/${filed?.resident_id}/forms/${filed?.form}/export?format=json`,
      who: doctor,
      people: 1,
      purpose: 'referral',
    },
    'GET /api/roster-imports/:importId/marked-workbook': {
      address: `/api/roster-imports/${batch}/marked-workbook?`,
      who: doctor,
      people: 3,
      purpose: 'data-correction',
    },
    'GET /api/privacy-requests/:requestId/copy': {
      address: `/api/privacy-requests/${requestId}/copy?`,
      who: bureau,
      people: 1,
      purpose: 'resident-request',
    },
    'GET /api/incident-materials/file': {
      // Somebody who has done nothing: nobody is concerned.
      address: '/api/incident-materials/file?username=cdc&from=2026-11-24&through=2026-11-24',
      who: bureau,
      people: 0,
      purpose: 'incident',
    },
    'GET /api/research-exports/:exportId/file': {
      address: `/api/research-exports/${exportId}/file?format=csv`,
      who: bureau,
      people: 2,
      purpose: 'research',
    },
  };
});
afterAll(() => server.stop());

async function roster(): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('花名册');
  sheet.addRow(['姓名', '身份证号']);
  for (const name of ['=甲', '乙', '丙']) sheet.addRow([name, '123']);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

/** A roster as it is sent in, read to its end. */
async function upload(bytes: Uint8Array): Promise<string> {
  const importId = uuidv7();
  const [clinic] = await server.look<{ id: string }>('select id from organization where path = $1', [
    village,
  ]);
  const path = `/api/roster-imports/${importId}`;
  const sent = await doctor.call('PUT', `${path}/file?organizationId=${clinic?.id}&fileName=a.xlsx`, bytes);
  expect(sent.status, JSON.stringify(sent.body)).toBe(200);
  for (;;) {
    const { status } = (await doctor.call('GET', path)).body;
    if (status !== 'reading') break;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return importId;
}

/** An agreed extract of two people with its sealed rows, as the agreeing leaves it. */
async function madeExtract(): Promise<string> {
  const id = uuidv7();
  const table = [
    ['性别', '在管病种'],
    ['男', '高血压'],
    ['女', '=1+1'],
  ];
  await server.look(
    `insert into research_export (county_id, id, org_path, project, approval_no, recipient, level, requested_at, requested_by,
       status, decided_at, decided_by, people, rows, content, fetch_until)
     select '999999', $1, '/999999/', 'x', 'x', 'x', '2', $2, a.id, 'made', $2, b.id, 2, 2, $3, $2::timestamptz + interval '1 day'
     from staff a, staff b where a.username = 'bureau' and b.username = 'bureau2'`,
    [
      id,
      server.now(),
      server.seals.bytes('research_export', id, 'content', Buffer.from(JSON.stringify(table))),
    ],
  );
  return id;
}

async function take(place: string, url = server.url): Promise<{ response: Response; bytes: Buffer }> {
  const door = open[place];
  if (!door) throw new Error(place);
  const joint = door.address.includes('?') ? '&' : '?';
  const response = await fetch(`${url}${door.address}${joint}purpose=${door.purpose}`, {
    headers: { cookie: door.who.cookie },
  });
  return { response, bytes: Buffer.from(await response.arrayBuffer()) };
}

/** Every text of the file, cell by cell. */
async function textsOf(bytes: Buffer, type: string): Promise<string[]> {
  if (!type.includes('spreadsheet')) return [bytes.toString('utf8')];
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes as unknown as ArrayBuffer);
  const texts = [book.keywords ?? '', book.description ?? '', book.creator];
  book.eachSheet((sheet) =>
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        expect(cell.type).not.toBe(ExcelJS.ValueType.Formula);
        texts.push(cell.text);
      }),
    ),
  );
  return texts;
}

const places = routes.filter((route) => route.file !== undefined && route.file !== 'no-residents');
const placeOf = (route: { method: string; path: string }) => `${route.method} ${route.path}`;

describe('a file with residents’ data', () => {
  it('leaves only through a door that is tried here; every route that writes its own reply says what it hands out', () => {
    expect(places.map(placeOf).sort()).toEqual(Object.keys(open).sort());
    expect(new Set(places.map((route) => route.file))).toEqual(new Set(Object.keys(exportDoors)));
    const silent = routes.filter(
      (route) =>
        route.response instanceof z.ZodUndefined &&
        route.file === undefined &&
        !route.path.startsWith('/api/session'),
    );
    expect(silent.map(placeOf)).toEqual([]);
    const source = fileURLToPath(new URL('../..', import.meta.url));
    const writers = readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts') && !file.includes('/browser/'))
      .filter((file) => /header\([^)]*'content-disposition'/.test(readFileSync(join(source, file), 'utf8')));
    expect(writers.sort()).toEqual([
      'capabilities/records/server/records.routes.ts',
      'platform/server/export/mark-export.ts',
    ]);
  });

  it('does not leave without a purpose, nor for one that this file is not given out for', async () => {
    for (const route of places) {
      const door = open[placeOf(route)];
      const joint = door?.address.includes('?') ? '&' : '?';
      for (const purpose of [
        '',
        `${joint}purpose=`,
        `${joint}purpose=gossip`,
        `${joint}purpose=constructor`,
      ]) {
        const reply = await door?.who.call('GET', `${door.address}${purpose}`);
        expect(`${placeOf(route)} ${reply?.status}`).toBe(`${placeOf(route)} 422`);
      }
    }
    const copy = open['GET /api/privacy-requests/:requestId/copy'];
    expect((await bureau.call('GET', `${copy?.address}purpose=research`)).status).toBe(422);
    expect(await server.look('select 1 from export_register')).toEqual([]);
  });

  it('does not leave to who may not take it, and nobody enters it in the register', async () => {
    for (const [place, { address, purpose }] of Object.entries(open)) {
      const asked = `${address}&purpose=${purpose}`.replace('?&', '?');
      expect(`${place} ${(await server.anonymous.call('GET', asked)).status}`).toBe(`${place} 401`);
    }
    const { address } = open['GET /api/privacy-requests/:requestId/copy'] ?? { address: '' };
    expect((await doctor.call('GET', `${address}purpose=resident-request`)).status).toBe(403);
    const neighbour = await server.signIn('village2');
    const record = open['GET /api/records/:recordId/export']?.address;
    expect((await neighbour.call('GET', `${record}&purpose=care`)).status).toBe(404);
    expect(await server.look('select 1 from export_register')).toEqual([]);
  });

  it('carries who took it, for whom, when, what for and its number, and stands in the register with its own digest', async () => {
    for (const route of places) {
      const place = placeOf(route);
      const { response, bytes } = await take(place);
      expect(`${place} ${response.status}`).toBe(`${place} 200`);
      expect(response.headers.get('content-disposition')).toContain("filename*=UTF-8''");
      const exportId = response.headers.get('x-export-id') ?? '';
      const [line] = await server.look<Record<string, unknown>>(
        `select x.*, s.name, s.username, o.name as organization from export_register x
         join staff s on s.id = x.made_by join organization o on o.id = x.organization_id where x.id = $1`,
        [exportId],
      );
      expect(line, place).toMatchObject({
        door: route.file,
        purpose: open[place]?.purpose,
        people: open[place]?.people,
        bytes: bytes.length,
        file_hash: createHash('sha256').update(bytes).digest('hex'),
      });
      const texts = await textsOf(bytes, response.headers.get('content-type') ?? '');
      for (const said of [exportId, line?.organization, line?.name, line?.username, '2026-11-24 10:00:00'])
        expect(texts.join('\n'), `${place} ${said}`).toContain(String(said));
      const [deed] = await server.look<{ action: string; detail: object }>(
        `select action, detail from audit_entry where detail ->> 'exportId' = $1`,
        [exportId],
      );
      expect(deed).toMatchObject({
        action: exportDoors[route.file as ExportDoor].deed,
        detail: { purpose: open[place]?.purpose, people: open[place]?.people },
      });
    }
    const trail = await (await server.signIn('audit')).call('GET', '/api/audit-trail?group=exports');
    const deeds = trail.body.items.map((one: { action: string }) => one.action);
    expect(deeds).toEqual(expect.arrayContaining(Object.values(exportDoors).map((door) => door.deed)));
  });

  it('says in its name and its mark that it comes from a copy made for a drill', async () => {
    const drill = await server.startBeside(server.keys, { drill: '2026-11-24 09:00 恢复自 a.backup' });
    for (const route of places) {
      const place = placeOf(route);
      const { response, bytes } = await take(place, drill.url);
      expect(`${place} ${response.status}`).toBe(`${place} 200`);
      expect(decodeURIComponent(response.headers.get('content-disposition') ?? ''), place).toContain(
        "''演练副本-",
      );
      const texts = await textsOf(bytes, response.headers.get('content-type') ?? '');
      expect(texts.join('\n'), place).toContain('演练副本，不得使用：');
      const real = await take(place);
      expect(decodeURIComponent(real.response.headers.get('content-disposition') ?? '')).not.toContain(
        '演练',
      );
    }
    await drill.stop();
  });

  it('in a workbook keeps the number in its properties as well, should the last row be cut off', async () => {
    const { response, bytes } = await take('GET /api/roster-imports/:importId/marked-workbook');
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(bytes as unknown as ArrayBuffer);
    expect(book.keywords).toBe(response.headers.get('x-export-id'));
    expect(book.description).toContain(response.headers.get('x-export-id'));
    // Sent in again as it came, the line about the file is nobody's.
    const again = await upload(new Uint8Array(bytes));
    const { preview } = (await doctor.call('GET', `/api/roster-imports/${again}`)).body;
    expect(preview.counts).toMatchObject({ error: 3 });
  });

  it('does not leave when the route forgot the mark', async () => {
    const reply = await doctor.call('GET', '/api/planted-unmarked-file');
    expect(reply.status).toBe(500);
    expect(reply.headers.get('content-disposition')).toBeNull();
    expect(JSON.stringify(reply.body)).not.toContain('张三');
    expect(server.takeFaults()).toHaveLength(1);
  });
});

describe('the register of exports', () => {
  it('is read page by page by who looks after personal data, each for the own area, and nobody changes it', async () => {
    expect((await server.anonymous.call('GET', '/api/export-register')).status).toBe(401);
    expect((await doctor.call('GET', '/api/export-register')).status).toBe(403);
    const all = (await bureau.call('GET', '/api/export-register')).body.items;
    expect(all.length).toBeGreaterThanOrEqual(places.length);
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await bureau.call(
        'GET',
        `/api/export-register?limit=2${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      );
      seen.push(...page.body.items.map((one: { exportId: string }) => one.exportId));
      cursor = page.body.nextCursor;
    }
    expect(seen).toEqual(all.map((one: { exportId: string }) => one.exportId));
    // The township sees what its village took out, not what the county did.
    const township = await server.signIn('publichealth');
    const mine = (await township.call('GET', '/api/export-register')).body.items;
    expect(new Set(mine.map((one: { door: string }) => one.door))).toEqual(new Set(['record', 'roster']));
    expect((await (await server.signIn('township')).call('GET', '/api/export-register')).status).toBe(403);
    const [one] = all;
    for (const mark of [one.exportId, one.fileHash, ` ${one.fileHash.toUpperCase()} `]) {
      const found = await bureau.call('GET', `/api/export-register?mark=${encodeURIComponent(mark)}`);
      expect(found.body.items.map((x: { exportId: string }) => x.exportId)).toEqual([one.exportId]);
    }
    expect((await bureau.call('GET', '/api/export-register?mark=x')).body.items).toEqual([]);
    for (const statement of ['update export_register set people = 0', 'delete from export_register'])
      await expect(server.database.pool.query(statement)).rejects.toMatchObject({ code: '42501' });
  });
});
