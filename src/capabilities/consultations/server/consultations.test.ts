import { sql, type Transaction } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOn } from '#kernel/dated.ts';
import { orgPath } from '#kernel/org-path.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import { asOf } from '#platform/server/database/as-of.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { runInScope, withScope } from '#platform/server/database/with-scope.ts';
import {
  consultationAfterDays,
  consultationAnswerHours,
  consultationOpenDays,
} from '#standards/consultation-parameters.ts';
import { countRowsRead } from '#test/support/count-rows.ts';
import { houseAt, quietPeople } from '#test/support/send-referral.ts';
import {
  startTestServer,
  type TestClient,
  type TestServer,
  testNow,
  testToday,
} from '#test/support/server.ts';
import { readConsultationCounts, readConsultations } from './read-consultations.ts';

let server: TestServer;
let doctor: TestClient;
let colleague: TestClient;
let nurse: TestClient;
let specialist: TestClient;
let neighbour: TestClient;
let village: TestClient;
let people: { id: string; name: string; org_path: string }[];
const [home, other, hospital] = ['/999999/100/', '/999999/101/', '/999999/hospital/'];

beforeAll(async () => {
  server = await startTestServer({ residents: 2000 });
  await server.look(
    `insert into staff (county_id, id, organization_id, username, name, role, password_hash)
     select county_id, $1, organization_id, 'tcm', '贺兰', role, password_hash from staff where username = 'township'`,
    [uuidv7()],
  );
  [doctor, colleague, nurse, specialist, neighbour, village] = (await Promise.all(
    ['township', 'tcm', 'publichealth', 'specialist', 'gp002', 'village'].map((name) => server.signIn(name)),
  )) as [TestClient, TestClient, TestClient, TestClient, TestClient, TestClient];
  people = await quietPeople(server, '/999999/100/201/', 14);
});
afterAll(() => server.stop());

const person = (index: number) => people[index]?.id ?? '';
const daysFromNow = (days: number, ms = 0) => new Date(testNow.getTime() + days * 86_400_000 + ms);

async function ask(client: TestClient, index: number, more: object = {}, path = hospital) {
  const consultationId = uuidv7();
  const asked = await client.call('POST', `/api/residents/${person(index)}/consultation-requests`, {
    operationId: uuidv7(),
    consultationId,
    toOrganizationId: await houseAt(server, path),
    toDepartment: '心内科',
    urgency: 'routine',
    reason: '三种药足量血压仍 160/100，请问下一步用药与是否查继发性原因',
    ...more,
  });
  return { consultationId, asked };
}
async function asked(client: TestClient, index: number, more: object = {}, path = hospital) {
  const { consultationId, asked: reply } = await ask(client, index, more, path);
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  return consultationId;
}
const show = (client: TestClient, id: string) => client.call('GET', `/api/consultations/${id}`);
const versionOf = async (client: TestClient, id: string) => (await show(client, id)).body.version ?? 1;
const step = async (client: TestClient, id: string, deed: string, more: object = {}) =>
  client.call('POST', `/api/consultations/${id}/steps`, {
    operationId: uuidv7(),
    version: await versionOf(client, id),
    deed,
    ...more,
  });
const opinion = {
  opinion: '加用螺内酯 20 mg 每日一次，查血钾、醛固酮与肾动脉超声，两周后复测',
  doctors: '林文博',
  mode: '3',
};
const answer = async (client: TestClient, id: string, more: object = {}) =>
  client.call('POST', `/api/consultations/${id}/opinion`, {
    operationId: uuidv7(),
    version: await versionOf(client, id),
    ...opinion,
    ...more,
  });
const file = async (client: TestClient, id: string, more: object = {}) =>
  client.call('POST', `/api/consultations/${id}/record`, {
    operationId: uuidv7(),
    version: await versionOf(client, id),
    recordId: uuidv7(),
    ...more,
  });
const list = async (client: TestClient, side: string, part = 'open') =>
  (await client.call('GET', `/api/consultations?side=${side}&part=${part}&limit=50`)).body.items as {
    id: string;
    isLate: boolean;
  }[];
const has = (rows: { id: string }[], id: string) => rows.some((row) => row.id === id);

describe('asking', () => {
  it('puts the question before the house that is asked, with the summary and until when to answer, and before nobody else', async () => {
    const id = await asked(doctor, 0);
    const [line] = (await list(specialist, 'asked')).filter((one) => one.id === id);
    const hours = valueOn(consultationAnswerHours, testToday).routine;
    expect(line).toMatchObject({
      residentId: person(0),
      name: people[0]?.name,
      mayOpenRecord: false,
      fromName: expect.stringContaining('镇中心卫生院'),
      toDepartment: '心内科',
      reason: expect.stringContaining('160/100'),
      state: 'requested',
      answerDueAt: new Date(testNow.getTime() + hours * 3_600_000).toISOString(),
      isLate: false,
      opinion: null,
      deeds: ['answer', 'accept', 'decline'],
      steps: [{ state: 'requested', byName: '陈立新' }],
    });
    expect((await show(specialist, id)).body.summary).toMatchObject({ conditions: expect.any(Array) });
    expect(has(await list(doctor, 'asking'), id)).toBe(true);
    expect(has(await list(village, 'asking'), id), 'the village of the person').toBe(true);
    for (const [client, side] of [
      [doctor, 'asked'],
      [specialist, 'asking'],
      [neighbour, 'asked'],
      [neighbour, 'asking'],
    ] as const)
      expect(has(await list(client, side), id), side).toBe(false);
    expect((await show(neighbour, id)).status).toBe(404);
    expect((await specialist.call('GET', `/api/residents/${person(0)}/consultation-requests`)).status).toBe(
      200,
    );
    for (const name of ['cdc', 'bureau', 'admin'])
      expect(
        (await (await server.signIn(name)).call('GET', '/api/consultations?side=asked')).status,
        name,
      ).toBe(403);
  });

  it('is open to a village doctor, and to a department of one’s own centre, where another doctor answers', async () => {
    const id = await asked(doctor, 1, { toDepartment: '中医科' }, home);
    expect((await show(doctor, id)).body.deeds).toEqual(['answer', 'accept', 'decline', 'withdraw']);
    const own = await answer(doctor, id);
    expect(own.body).toMatchObject({ code: 'illegal-move', detail: expect.stringContaining('申请人以外') });
    expect((await answer(nurse, id)).status, 'no doctor').toBe(403);
    expect((await answer(colleague, id, { doctors: '贺兰' })).body.state).toBe('answered');
    const fromVillage = await asked(village, 1, {}, home);
    expect((await answer(doctor, fromVillage)).body.state).toBe('answered');
  });

  it('refuses a village, the CDC, a house that is not there, an empty question, and somebody of another place', async () => {
    for (const path of ['/999999/100/201/', '/999999/cdc/'])
      expect((await ask(doctor, 2, {}, path)).asked.body.issues?.[0], path).toMatchObject({
        path: 'toOrganizationId',
      });
    expect((await ask(doctor, 2, { toOrganizationId: uuidv7() })).asked.status).toBe(422);
    for (const [field, message] of [
      ['reason', '请写明会诊原因'],
      ['toDepartment', '请填写请哪个科室'],
    ] as const)
      expect((await ask(doctor, 2, { [field]: '  ' })).asked.body.issues?.[0]).toMatchObject({
        path: field,
        message: expect.stringContaining(message),
      });
    expect((await ask(neighbour, 2)).asked.status).toBe(404);
  });

  it('is asked once: the same operation again changes nothing, a second question to the same department is refused', async () => {
    const body = {
      operationId: uuidv7(),
      consultationId: uuidv7(),
      toOrganizationId: await houseAt(server, hospital),
      toDepartment: '肾内科',
      urgency: 'soon',
      reason: 'eGFR 一年内由 72 降到 48',
    };
    const path = `/api/residents/${person(3)}/consultation-requests`;
    const first = await doctor.call('POST', path, body);
    expect(await doctor.call('POST', path, body)).toMatchObject({ status: 200, body: first.body });
    expect((await ask(doctor, 3, { toDepartment: ' 肾内科 ' })).asked.body).toMatchObject({
      code: 'already-exists',
      detail: expect.stringContaining('肾内科'),
    });
    expect((await ask(doctor, 3, { toDepartment: '内分泌科' })).asked.status).toBe(200);
  });
});

describe('an opinion', () => {
  it('reaches whoever asked, is filed as the national sheet by the responsible doctor, and ends there', async () => {
    const id = await asked(doctor, 4);
    const counts = async (client: TestClient) =>
      (await client.call('GET', '/api/consultation-counts')).body as Record<string, number>;
    const before = await counts(doctor);
    expect((await step(specialist, id, 'accept')).body).toEqual({ version: 2, state: 'accepted' });
    expect((await answer(specialist, id)).body).toEqual({ version: 3, state: 'answered' });
    expect((await counts(doctor)).answered).toBe((before.answered ?? 0) + 1);
    expect((await show(doctor, id)).body).toMatchObject({
      opinion: { ...opinion, on: testToday },
      deeds: ['file'],
    });
    expect((await file(specialist, id)).status, 'not the house that asked').toBe(404);
    const recordId = uuidv7();
    const body = { operationId: uuidv7(), version: 3, recordId };
    const filed = await doctor.call('POST', `/api/consultations/${id}/record`, body);
    expect(filed.body).toEqual({ version: 4, state: 'filed', recordId });
    expect((await doctor.call('POST', `/api/consultations/${id}/record`, body)).body).toEqual(filed.body);
    expect((await doctor.call('GET', `/api/records/${recordId}`)).body).toMatchObject({
      form: 'consultation',
      occurredOn: testToday,
      answers: {
        name: people[4]?.name,
        reason: expect.stringContaining('160/100'),
        opinion: opinion.opinion,
        consultants: [{ orgName: expect.stringMatching(/医院 心内科$/), doctorNames: '林文博' }],
        responsibleDoctor: '陈立新',
        mode: '3',
        urgency: '1',
      },
    });
    expect((await counts(doctor)).answered).toBe(before.answered);
    expect(has(await list(doctor, 'asking', 'done'), id)).toBe(true);
    const log = await server.look<{ action: string }>(
      'select action from audit_entry where subject = $1 order by at, id',
      [id],
    );
    expect(log.map((one) => one.action)).toEqual(
      expect.arrayContaining([
        'consultation.request',
        'consultation.accept',
        'consultation.answer',
        'consultation.file',
      ]),
    );
  });

  it('refuses what is empty or unknown, and of two who answer the second is told who was first', async () => {
    const id = await asked(doctor, 5);
    expect((await answer(specialist, id, { opinion: ' ' })).body.issues?.[0]).toMatchObject({
      message: '请填写会诊意见。',
    });
    expect((await answer(specialist, id, { mode: '9' })).status).toBe(422);
    expect((await answer(specialist, id)).status).toBe(200);
    expect((await answer(specialist, id, { version: 1 })).body).toMatchObject({
      code: 'stale-version',
      detail: expect.stringMatching(/林文博.*已有意见/),
    });
    expect((await answer(specialist, id)).body.code).toBe('illegal-move');
  });

  it('may be refused with a reason, then taken back; what was withdrawn is seen no longer where it was asked', async () => {
    const id = await asked(doctor, 6);
    expect((await step(specialist, id, 'decline')).body.issues?.[0]).toMatchObject({ path: 'note' });
    expect((await step(specialist, id, 'decline', { note: '请补心电图后再申请' })).status).toBe(200);
    expect((await show(doctor, id)).body.steps.at(-1)).toMatchObject({ note: '请补心电图后再申请' });
    expect((await step(doctor, id, 'withdraw', { note: '已改为转诊' })).body.state).toBe('withdrawn');
    expect((await show(specialist, id)).status).toBe(404);
    expect((await show(doctor, id)).status).toBe(200);
  });
});

describe('the wall', () => {
  const seen = (path: string, id: string, at: Date = testNow) =>
    withScope(server.database, { countyId: '999999', path: orgPath(path) }, async (tx) => {
      await sql`select set_config('app.at', ${at.toISOString()}, true)`.execute(tx);
      const count = async (table: 'consultation' | 'consultation_step', column: string) => {
        const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}
          where ${sql.ref(column)} = ${id}::uuid`.execute(tx);
        return rows[0]?.n;
      };
      return [await count('consultation', 'id'), await count('consultation_step', 'consultation_id')];
    });

  it('shows a consultation at both ends while it may be seen, and gives the house that is asked nothing else', async () => {
    const id = await asked(doctor, 7);
    for (const path of [home, people[7]?.org_path ?? '', hospital])
      expect(await seen(path, id), path).toEqual([1, 1]);
    for (const path of [other, '/999999/cdc/', '/999999/bureau/', '/999999/100/202/'])
      expect(await seen(path, id), path).toEqual([0, 0]);
    const days = valueOn(consultationOpenDays, testToday);
    expect(await seen(hospital, id, daysFromNow(days, -1))).toEqual([1, 1]);
    expect(await seen(hospital, id, daysFromNow(days))).toEqual([0, 0]);
    await answer(specialist, id);
    const after = valueOn(consultationAfterDays, testToday);
    expect(await seen(hospital, id, daysFromNow(after, -1))).toEqual([1, 2]);
    expect(await seen(hospital, id, daysFromNow(after))).toEqual([0, 0]);
    const away = await asked(doctor, 8, {}, other);
    expect((await show(neighbour, away)).body.name, 'whoever is asked is told who it is about').toBe(
      people[8]?.name,
    );
    expect((await neighbour.call('GET', `/api/residents/${person(8)}`)).status).toBe(404);
  });

  it('lets nobody change the question', async () => {
    const id = await asked(doctor, 9);
    for (const column of ['reason', 'to_path', 'from_path', 'summary', 'urgency', 'to_organization_id'])
      await expect(
        withScope(server.database, { countyId: '999999', path: orgPath(home) }, (tx) =>
          sql`update consultation set ${sql.ref(column)} = ${sql.ref(column)} where id = ${id}::uuid`.execute(
            tx,
          ),
        ),
        column,
      ).rejects.toMatchObject({ code: '42501' });
  });
});

describe('the lists', () => {
  it('put what is urgent first, tell what is late, and page', async () => {
    const slow = await asked(doctor, 10);
    const urgent = await asked(doctor, 11, { urgency: 'soon' });
    const ids = (await list(specialist, 'asked')).map((one) => one.id);
    expect(ids.indexOf(urgent)).toBeLessThan(ids.indexOf(slow));
    const hours = valueOn(consultationAnswerHours, testToday);
    server.setNow(new Date(testNow.getTime() + hours.soon * 3_600_000 + 1));
    const late = await list(await server.signIn('specialist'), 'asked');
    expect(late.find((one) => one.id === urgent)?.isLate).toBe(true);
    expect(late.find((one) => one.id === slow)?.isLate).toBe(false);
    server.setNow(testNow);
    const paged: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await specialist.call(
        'GET',
        `/api/consultations?side=asked&limit=2${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      );
      paged.push(...body.items.map((one: { id: string }) => one.id));
      cursor = body.nextCursor;
    }
    expect(paged).toEqual(ids);
  });

  it('read what they show, however many consultations the county has', async () => {
    await server.look(
      `insert into consultation (county_id, id, resident_id, org_path, from_organization_id, from_path, to_organization_id,
         to_path, to_department, urgency, reason, summary, status, requested_at, requested_by, answer_due_at, receiver_until)
       select q.county_id, gen_random_uuid(), q.resident_id, q.org_path, q.from_organization_id, q.from_path,
         q.to_organization_id, q.to_path, q.to_department, q.urgency, q.reason, '{}', 'withdrawn',
         q.requested_at - n * interval '1 hour', q.requested_by, q.answer_due_at, $1::timestamptz
       from (select * from consultation where to_path = $2 limit 1) q, generate_series(1, 10000) n`,
      [daysFromNow(1), hospital],
    );
    await server.look('analyze consultation');
    const [staff] = await server.look<{ id: string; organization_id: string }>(
      `select id, organization_id from staff where username = 'specialist'`,
    );
    const actor = {
      countyId: '999999',
      staffId: staff?.id,
      organizationId: staff?.organization_id,
      organizationKind: 'county-hospital',
      path: orgPath(hospital),
      scopePath: orgPath(hospital),
    } as unknown as Actor;
    const at = { today: testToday, now: testNow };
    const asks: Record<string, (tx: Transaction<Tables>) => Promise<unknown>> = {
      open: (tx) => readConsultations(tx, actor, { side: 'asked', part: 'open', limit: 50, ...at }),
      done: (tx) => readConsultations(tx, actor, { side: 'asked', part: 'done', limit: 50, ...at }),
      asking: (tx) => readConsultations(tx, actor, { side: 'asking', part: 'open', limit: 50, ...at }),
      counts: (tx) => readConsultationCounts(tx, actor, testNow),
    };
    for (const [name, read] of Object.entries(asks)) {
      const rows = await runInScope(
        server.database,
        { countyId: '999999', path: orgPath(hospital) },
        { reads: [asOf(testNow)], work: (tx) => countRowsRead(tx, 'consultation', read) },
      );
      expect(rows, `${name} read ${rows} rows`).toBeLessThan(400);
    }
  });
});

describe('the end of a record', () => {
  it('takes back what was not answered, and gives it back when the death was a mistake; an opinion stays', async () => {
    const open = await asked(doctor, 12);
    const given = await asked(doctor, 12, { toDepartment: '肾内科' });
    await answer(specialist, given);
    const version = async () =>
      (await server.look<{ version: number }>('select version from resident where id = $1', [person(12)]))[0]
        ?.version;
    const eventId = uuidv7();
    const died = await doctor.call('POST', `/api/residents/${person(12)}/end`, {
      operationId: uuidv7(),
      eventId,
      version: await version(),
      kind: 'dead',
      onDay: '2026-11-24',
      source: '家属告知',
      cause: '心肌梗死',
    });
    expect(died.status, JSON.stringify(died.body)).toBe(200);
    expect((await show(specialist, open)).status).toBe(404);
    expect((await show(doctor, open)).body).toMatchObject({ state: 'withdrawn', deeds: [] });
    expect((await show(doctor, given)).body.state).toBe('answered');
    expect((await ask(doctor, 12)).asked.body.code).toBe('record-closed');
    const back = await doctor.call('POST', `/api/residents/${person(12)}/reopen`, {
      operationId: uuidv7(),
      eventId: uuidv7(),
      version: await version(),
      undoesId: eventId,
      reason: '登记错了人',
    });
    expect(back.status, JSON.stringify(back.body)).toBe(200);
    expect((await show(specialist, open)).body.state).toBe('requested');
  });
});
