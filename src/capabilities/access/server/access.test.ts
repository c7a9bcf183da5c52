import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accessPolicy } from '#standards/access-policy.ts';
import { accessProfile } from '#standards/access-profile.ts';
import { idNoOf } from '#test/support/sample-person.ts';
import { startTestServer, type TestClient, type TestServer, testNow } from '#test/support/server.ts';
import { nameAction, nameDeed } from '../domain/deed-names.ts';

let server: TestServer;
let village: TestClient;
let publicHealth: TestClient;
let bureau: TestClient;
/** Somebody of a township the village doctor does not belong to. */
let stranger: { id: string; id_no: string; name: string; org_path: string };
const reason = '昏迷送医，急需了解既往病史和用药';
beforeAll(async () => {
  server = await startTestServer({ residents: 600 });
  village = await server.signIn('village');
  publicHealth = await server.signIn('publichealth').catch(() => server.signIn('township'));
  bureau = await server.signIn('bureau');
  const [own] = await server.look<{ path: string }>(
    "select o.path from staff s join organization o on o.county_id = s.county_id and o.id = s.organization_id where s.username = 'village'",
  );
  const township = (own?.path ?? '').split('/').slice(0, 3).join('/');
  const [found] = await server.look<typeof stranger>(
    `select r.id, r.id_no, r.name, r.org_path from resident r join enrollment e on e.resident_id = r.id and e.closed_on is null
     where r.id_type = '01' and r.id_no is not null and not starts_with(r.org_path, $1 || '/') and r.status = 'active' order by r.id limit 1`,
    [township],
  );
  if (!found) throw new Error('no stranger');
  stranger = found;
});
afterAll(() => server.stop());
beforeEach(() => server.setNow(testNow));

const later = (hours: number) => new Date(testNow.getTime() + hours * 3_600_000);
const ask = (client: TestClient, more: object = {}) =>
  client.call('POST', '/api/emergency-accesses', {
    operationId: uuidv7(),
    accessId: uuidv7(),
    idNo: stranger.id_no,
    reason,
    ...more,
  });

describe('an emergency access', () => {
  it('shows one stranger’s summary for some hours, and stays in that person’s log', async () => {
    expect((await village.call('GET', `/api/residents/${stranger.id}`)).status).toBe(404);
    const opened = await ask(village);
    expect(opened.status).toBe(200);
    const path = `/api/emergency-accesses/${opened.body.accessId}/summary`;
    const summary = await village.call('GET', path);
    expect(summary.status).toBe(200);
    expect(summary.body.person).toMatchObject({ id: stranger.id, name: stranger.name });
    expect(summary.body.conditions.length).toBeGreaterThan(0);
    // The record itself stays shut, and so does the summary to anybody else.
    expect((await village.call('GET', `/api/residents/${stranger.id}`)).status).toBe(404);
    const specialist = await server.signIn('specialist');
    expect((await specialist.call('GET', path)).status).toBe(404);

    const log = (await bureau.call('GET', `/api/residents/${stranger.id}/access-log`)).body.items;
    expect(log.filter((one: { isEmergency: boolean }) => one.isEmergency)).toMatchObject([
      { deed: '查看紧急查阅', roleLabel: '村医' },
      { deed: '打开紧急查阅', roleLabel: '村医' },
    ]);

    server.setNow(later(accessProfile.emergencyHours + 0.1));
    const back = await server.signIn('village');
    const late = await back.call('GET', path);
    expect([late.status, late.body.code]).toEqual([403, 'access-expired']);
  });

  it('needs a reason, a whole identity number, a clinical role; a known number and not too many in a day', async () => {
    expect((await ask(village, { reason: '急' })).status).toBe(422);
    expect((await ask(village, { idNo: stranger.id_no.slice(-4) })).body.issues[0].path).toBe('idNo');
    expect((await ask(bureau)).status).toBe(403);
    expect((await ask(server.anonymous)).status).toBe(401);
    const nobody = await ask(village, {
      idNo: idNoOf('99999919000101001'),
    });
    expect(nobody.status).toBe(404);
    const doctor = await server.signIn('township');
    for (let i = 0; i < accessProfile.emergenciesADay; i++) expect((await ask(doctor)).status).toBe(200);
    expect((await ask(doctor)).body.code).toBe('too-many-look-ups');
    server.setNow(later(25));
    const nextDay = await server.signIn('township');
    expect((await ask(nextDay)).status).toBe(200);
  });

  it('counts once when the same request comes twice', async () => {
    const body = { operationId: uuidv7(), accessId: uuidv7() };
    const [first, second] = await Promise.all([ask(village, body), ask(village, body)]);
    expect(second.body).toEqual(first.body);
    const rows = await server.look('select 1 from emergency_access where id = $1', [body.accessId]);
    expect(rows).toHaveLength(1);
  });

  it('waits for somebody else’s review, is overdue after its days, and is reviewed once', async () => {
    const { accessId } = (await ask(village)).body;
    server.setNow(later(24 * accessProfile.reviewDays + 1));
    const keeper = await server.signIn('bureau');
    const list = (await keeper.call('GET', '/api/emergency-accesses')).body;
    const waiting = list.items.find((one: { accessId: string }) => one.accessId === accessId);
    expect(waiting).toMatchObject({ isOverdue: true, mayReview: true, reason, residentName: stranger.name });
    expect(list.overdue).toBeGreaterThan(0);
    const review = (client: TestClient, more: object) =>
      client.call('POST', `/api/emergency-accesses/${accessId}/review`, { operationId: uuidv7(), ...more });
    const doctor = await server.signIn('village');
    expect((await review(doctor, { verdict: 'justified' })).status).toBe(403);
    expect((await review(keeper, { verdict: 'unjustified' })).body.issues[0].path).toBe('note');
    expect((await review(keeper, { verdict: 'justified' })).status).toBe(200);
    expect((await review(keeper, { verdict: 'justified' })).status).toBe(409);
    const mine = (await doctor.call('GET', '/api/emergency-accesses?show=mine')).body.items;
    expect(mine.find((one: { accessId: string }) => one.accessId === accessId).verdict).toBe('justified');
  });

  it('does not come up for review where neither the person nor the doctor belongs', async () => {
    const elsewhere = (await publicHealth.call('GET', '/api/emergency-accesses?show=all')).body.items;
    expect(elsewhere.map((one: { residentId: string }) => one.residentId)).not.toContain(stranger.id);
  });
});

describe('the trail', () => {
  it('names who signed in, or tried to, and finds it by the user name', async () => {
    const wrong = { username: 'village', password: 'not-the-password' };
    expect((await server.anonymous.call('POST', '/api/session', wrong)).status).toBe(401);
    await server.signIn('village');
    const auditor = await server.signIn('audit');
    const find = async (query: string) => (await auditor.call('GET', `/api/audit-trail?${query}`)).body.items;
    const [tried, opened] = (await find('username=village&group=sign-in&limit=2')).reverse();
    expect(tried).toMatchObject({ deed: '登录', username: 'village', isRefused: true });
    expect(opened).toMatchObject({ deed: '登录', username: 'village', isRefused: false });
    expect(opened.staffName).not.toBe('未登录');
    const all = await find('username=village&limit=100');
    expect(new Set(all.map((one: { username: string }) => one.username))).toEqual(new Set(['village']));
    expect(new Set(all.map((one: { action: string }) => one.action)).size).toBeGreaterThan(2);
  });
});

describe('the log of one person', () => {
  it('is for those who keep the record, pages through every look, and notes its own reading', async () => {
    expect((await village.call('GET', `/api/residents/${stranger.id}/access-log`)).status).toBe(404);
    const [own] = await server.look<{ id: string }>(
      `select r.id from resident r join organization o on o.id = r.organization_id
       join staff s on s.organization_id = o.id where s.username = 'village' order by r.id limit 1`,
    );
    for (let i = 0; i < 5; i++) await village.call('GET', `/api/residents/${own?.id}`);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const query = `limit=2${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
      const page = (await village.call('GET', `/api/residents/${own?.id}/access-log?${query}`)).body;
      seen.push(...page.items.map((one: { deed: string }) => one.deed));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen.filter((deed) => deed === '打开健康档案')).toHaveLength(5);
    expect(seen[0]).toBe('查看查阅记录');
  });

  it('has a name for every deed about a person that the product writes down', () => {
    const source = fileURLToPath(new URL('../../..', import.meta.url));
    const files = (readdirSync(source, { recursive: true }) as string[]).filter((name) =>
      /capabilities\/.*\/server\/.*(?<!\.test)\.ts$/.test(name),
    );
    const actions = new Set<string>();
    const all = new Set<string>();
    for (const name of files) {
      const text = readFileSync(join(source, name), 'utf8');
      for (const [, action] of text.matchAll(/action: '([a-z-]+\.[a-z-]+)'/g)) all.add(action ?? '');
      for (const [, action] of text.matchAll(/action: '([a-z-]+\.[a-z-]+)'[^}]*?residentId/gs))
        actions.add(action ?? '');
    }
    expect(actions.size).toBeGreaterThan(20);
    // What a route asks of the policy is no deed.
    for (const asked of Object.keys(accessPolicy)) {
      actions.delete(asked);
      all.delete(asked);
    }
    expect([...actions].filter((action) => nameDeed(action).startsWith('其他操作'))).toEqual([]);
    // What touches nobody's record only the auditor reads.
    expect([...all].filter((action) => nameAction(action).startsWith('其他操作'))).toEqual([]);
  });
});

describe('looking up people', () => {
  it('stops at so many in an hour, says so, is written down, and goes on an hour later', async () => {
    const doctor = await server.signIn('village2');
    const check = (client: TestClient, i: number) =>
      client.call('POST', '/api/residents/check-identity', {
        idNo: `99999919500101${String(i).padStart(4, '0')}`,
      });
    for (let i = 0; i < accessProfile.lookUpsAnHour.identity; i++) {
      const reply = await check(doctor, i);
      if (reply.status === 429) throw new Error(`stopped at ${i}`);
    }
    const stopped = await check(doctor, 9999);
    expect([stopped.status, stopped.body.code]).toEqual([429, 'too-many-look-ups']);
    // The same number again is no new look.
    expect((await check(doctor, 5)).status).toBe(200);
    const [noted] = await server.look<{ n: string }>(
      "select count(*) as n from audit_entry where action = 'look-up.identity-limit' and outcome = 'refused'",
    );
    expect(Number(noted?.n)).toBe(1);
    server.setNow(later(1.1));
    const again = await server.signIn('village2');
    expect((await check(again, 9999)).status).toBe(200);
  });
});

describe('PRV-03: numbers and addresses', () => {
  const fields = ['idNo', 'phone', 'contactPhone', 'currentAddress', 'registeredAddress'];
  const reveal = (client: TestClient, residentId: string, body: object) =>
    client.call('POST', `/api/residents/${residentId}/reveal`, body);
  /** Somebody of the village, as stored, and a doctor whose hour is fresh. */
  async function somebody() {
    const [own] = await server.look<{
      id: string;
      version: number;
      personal_information: Record<string, string>;
    }>(
      `select r.id, r.version, r.personal_information from resident r
       join staff s on s.organization_id = r.organization_id and s.username = 'village'
       where r.id_no is not null and r.phone is not null and r.status = 'active'
         and r.personal_information ? 'currentAddress' order by r.id desc limit 1`,
    );
    if (!own) throw new Error('nobody');
    return { ...own, held: Object.values(own.personal_information).filter((v) => secret(own, v)) };
  }
  const secret = (one: { personal_information: Record<string, string> }, value: string) =>
    fields.some((field) => one.personal_information[field] === value);

  it('are masked for every role wherever the record, its history or a search shows them', async () => {
    const who = await somebody();
    expect(who.held.length).toBeGreaterThanOrEqual(3);
    const names = ['village', 'township', 'publichealth', 'specialist', 'cdc', 'bureau'];
    for (const name of names) {
      const client = await server.signIn(name);
      const found = await client.call('POST', '/api/residents/search', {
        text: who.personal_information.idNo,
      });
      const opened = await client.call('GET', `/api/residents/${who.id}`);
      const before = await client.call('GET', `/api/residents/${who.id}/personal-information/versions`);
      expect([found.status, opened.status], name).toEqual([200, 200]);
      expect(found.body.items[0].id).toBe(who.id);
      expect(opened.body.personalInformation.phone).toMatch(/^199\*{4}\d{4}$/);
      const work = await client.call('GET', '/api/worklist?limit=50');
      expect(JSON.stringify(work.body), name).not.toMatch(/"199\d{8}"/);
      const said = JSON.stringify([found.body, opened.body, before.body]);
      for (const value of who.held) expect(said, name).not.toContain(value);
    }
  });

  it('are given whole for a purpose that needs them, and stand in the person’s log', async () => {
    const who = await somebody();
    const { body } = await reveal(village, who.id, { purpose: 'contact', fields: ['phone'] });
    expect(body).toEqual({
      version: who.version,
      values: { phone: who.personal_information.phone },
      answers: {},
      until: new Date(server.now().getTime() + accessProfile.revealMinutes * 60_000).toISOString(),
    });
    const all = (await reveal(village, who.id, { purpose: 'correction', fields })).body.values;
    for (const value of who.held) expect(Object.values(all)).toContain(value);
    const log = (await bureau.call('GET', `/api/residents/${who.id}/access-log`)).body.items;
    const deeds = log.map((one: { deed: string; roleLabel: string }) => `${one.roleLabel} ${one.deed}`);
    expect(deeds).toContain('村医 查看完整的本人电话（随访联系）');
    expect(deeds).toContain('村医 查看完整的联系人电话、现住址、证件号码、本人电话、户籍地址（更正档案）');
  });

  it('need a purpose, fit it, and are refused to strangers and to who does not treat', async () => {
    const who = await somebody();
    const ask = { purpose: 'identity', fields: ['idNo'] };
    for (const wrong of [{ fields: ['idNo'] }, { ...ask, purpose: 'curiosity' }, { ...ask, fields: [] }])
      expect((await reveal(village, who.id, wrong)).status).toBe(422);
    const needless = await reveal(village, who.id, { purpose: 'identity', fields: ['phone'] });
    expect(needless.body.issues[0].code).toBe('not-for-this-purpose');
    expect((await reveal(village, stranger.id, ask)).status).toBe(404);
    expect((await reveal(server.anonymous, who.id, ask)).status).toBe(401);
    for (const name of ['cdc', 'bureau', 'admin'])
      expect((await reveal(await server.signIn(name), who.id, ask)).status, name).toBe(403);
  });

  it('go back under the mask when the reveal has run out, and are never saved masked', async () => {
    const who = await somebody();
    const shown = () => village.call('GET', `/api/residents/${who.id}`);
    expect((await shown()).body.personalInformation.phone).toBe(who.personal_information.phone);
    const other = await server.signIn('township');
    expect((await other.call('GET', `/api/residents/${who.id}`)).body.personalInformation.phone).toMatch(
      /\*/,
    );
    server.setNow(new Date(server.now().getTime() + accessProfile.revealMinutes * 60_000));
    village = await server.signIn('village');
    const masked = (await shown()).body;
    const saved = await village.call('PUT', `/api/residents/${who.id}/personal-information`, {
      operationId: uuidv7(),
      version: masked.version,
      answers: masked.personalInformation,
    });
    expect(saved.status).toBe(422);
    const refusedFields = saved.body.issues.filter((one: { code: string }) => one.code === 'masked');
    expect(refusedFields.length).toBeGreaterThanOrEqual(who.held.length);
  });

  it('are given for so many people in an hour', async () => {
    const doctor = await server.signIn('village2');
    const ask = { purpose: 'contact', fields: ['phone'] };
    for (let i = 0; i < accessProfile.lookUpsAnHour.reveal; i++)
      expect((await reveal(doctor, uuidv7(), ask)).status).toBe(404);
    expect((await reveal(doctor, uuidv7(), ask)).body.code).toBe('too-many-look-ups');
  });
});
