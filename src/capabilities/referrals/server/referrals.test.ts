import type { Transaction } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOn } from '#kernel/dated.ts';
import { orgPath } from '#kernel/org-path.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import { asOf } from '#platform/server/database/as-of.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { runInScope } from '#platform/server/database/with-scope.ts';
import { referralAfterDays, referralAnswerHours, referralOpenDays } from '#standards/referral-parameters.ts';
import { countRowsRead } from '#test/support/count-rows.ts';
import { sampleVisit } from '#test/support/sample-visit.ts';
import { houseAt, quietPeople, sendFromCentre } from '#test/support/send-referral.ts';
import {
  startTestServer,
  type TestClient,
  type TestServer,
  testNow,
  testToday,
} from '#test/support/server.ts';
import { readReferralCounts, readReferrals } from './read-referrals.ts';
import { daysAfter } from './send-referral.ts';

let server: TestServer;
let doctor: TestClient;
let nurse: TestClient;
let specialist: TestClient;
let second: TestClient;
let neighbour: TestClient;
let village: TestClient;
let people: { id: string; name: string }[];
const [other, hospital] = ['/999999/101/', '/999999/hospital/'];

beforeAll(async () => {
  server = await startTestServer({ residents: 2000 });
  await server.look(
    `insert into staff (county_id, id, organization_id, username, name, role, password_hash)
     select county_id, $1, organization_id, 'specialist2', '何静', role, password_hash from staff where username = 'specialist'`,
    [uuidv7()],
  );
  [doctor, nurse, specialist, second, neighbour, village] = (await Promise.all(
    ['township', 'publichealth', 'specialist', 'specialist2', 'gp002', 'village'].map((name) =>
      server.signIn(name),
    ),
  )) as [TestClient, TestClient, TestClient, TestClient, TestClient, TestClient];
  people = await quietPeople(server, '/999999/100/201/', 16);
});
afterAll(() => server.stop());

const person = (index: number) => people[index]?.id ?? '';
async function send(index: number, path: string | undefined = hospital, more: object = {}): Promise<string> {
  const toOrganizationId = path === '' ? undefined : await houseAt(server, path);
  const { referralId, sent } = await sendFromCentre(
    { doctor, nurse },
    { residentId: person(index), toOrganizationId, ...more },
  );
  expect(sent.status, JSON.stringify(sent.body)).toBe(200);
  return referralId;
}
const list = async (client: TestClient, side: string, part = 'open') =>
  (await client.call('GET', `/api/referrals?side=${side}&part=${part}&limit=50`)).body.items as {
    id: string;
    version: number;
    state: string;
    isLate: boolean;
    urgency: string;
    deeds: string[];
  }[];
const show = (client: TestClient, id: string) => client.call('GET', `/api/referrals/${id}`);
const step = async (client: TestClient, id: string, deed: string, more: object = {}) => {
  const { body } = await show(client, id);
  return client.call('POST', `/api/referrals/${id}/steps`, {
    operationId: uuidv7(),
    version: body.version ?? 1,
    deed,
    ...more,
  });
};
const has = (rows: { id: string }[], id: string) => rows.some((row) => row.id === id);

describe('a referral that is sent', () => {
  it('stands with whom it was sent to, by whom, why and until when to be answered, and with nobody else', async () => {
    const id = await send(0);
    const [line] = (await list(specialist, 'received')).filter((one) => one.id === id);
    const hours = valueOn(referralAnswerHours, testToday).emergency;
    expect(line).toMatchObject({
      residentId: person(0),
      name: people[0]?.name,
      mayOpenRecord: false,
      fromName: expect.stringContaining('镇中心卫生院'),
      toDepartment: '心内科',
      urgency: 'emergency',
      reason: '胸痛伴血压196/118',
      state: 'requested',
      requestedByName: '陈立新',
      answerDueAt: new Date(testNow.getTime() + hours * 3_600_000).toISOString(),
      isLate: false,
      deeds: ['accept', 'decline'],
      steps: [{ state: 'requested', byName: '陈立新' }],
    });
    expect(has(await list(doctor, 'sent'), id)).toBe(true);
    expect(has(await list(village, 'sent'), id), 'the village of the person').toBe(true);
    for (const [client, side] of [
      [doctor, 'received'],
      [specialist, 'sent'],
      [neighbour, 'received'],
      [neighbour, 'sent'],
      [village, 'received'],
    ] as const)
      expect(has(await list(client, side), id), side).toBe(false);
    expect((await show(neighbour, id)).status).toBe(404);
    for (const name of ['cdc', 'bureau', 'admin'])
      expect(
        (await (await server.signIn(name)).call('GET', '/api/referrals?side=received')).status,
        name,
      ).toBe(403);
  });

  it('shows the receiver the summary its sender drew, and tells the resident’s log who looked', async () => {
    const id = await send(1, other);
    const seen = await show(neighbour, id);
    expect(seen.body).toMatchObject({
      side: 'received',
      firstHandling: expect.stringContaining('吸氧'),
      summary: {
        readings: expect.arrayContaining([expect.objectContaining({ label: '收缩压', value: 196 })]),
      },
    });
    for (const path of [`/api/residents/${person(1)}`, `/api/residents/${person(1)}/visits`])
      expect((await neighbour.call('GET', path)).body.items ?? 404, path).toSatisfy(
        (got: unknown) => got === 404 || (Array.isArray(got) && got.length === 0),
      );
    const looked = await server.look<{ action: string }>(
      `select action from audit_entry where resident_id = $1 and subject = $2 order by at`,
      [person(1), id],
    );
    expect(looked.map((one) => one.action)).toEqual(['referral.request', 'referral.open']);
  });
});

describe('its answer', () => {
  it('goes from accepted to arrived, each step with its time, its house and who did it', async () => {
    const id = await send(2);
    expect((await step(doctor, id, 'accept')).status, 'not the sender').toBe(404);
    expect((await step(village, id, 'accept')).status, 'not who receives').toBe(404);
    expect((await step(neighbour, id, 'accept')).status).toBe(404);
    server.setNow(new Date(testNow.getTime() + 8 * 60_000));
    expect((await step(specialist, id, 'accept')).body).toEqual({ version: 2, state: 'accepted' });
    server.setNow(new Date(testNow.getTime() + 20 * 60_000));
    expect((await step(specialist, id, 'accept')).body).toMatchObject({
      code: 'illegal-move',
      detail: '这份转诊已接受，不能再“接受”。',
    });
    expect((await step(specialist, id, 'not-arrive', { note: ' ' })).status).toBe(422);
    expect((await step(specialist, id, 'not-arrive', { note: '电话未通' })).body.state).toBe('not-arrived');
    expect(has(await list(doctor, 'sent'), id), 'the sender has to look after it').toBe(true);
    expect((await step(specialist, id, 'arrive')).body.state).toBe('arrived');
    const { body } = await show(doctor, id);
    expect(body.steps.map((one: { state: string }) => one.state)).toEqual([
      'requested',
      'accepted',
      'not-arrived',
      'arrived',
    ]);
    expect(body.steps[1]).toMatchObject({
      at: new Date(testNow.getTime() + 8 * 60_000).toISOString().replace('.000', ''),
      byName: '林文博',
      organizationName: '全程县人民医院',
    });
    expect((await step(doctor, id, 'withdraw', { note: '改去市里' })).body.code).toBe('illegal-move');
    server.setNow(testNow);
  });

  it('is given once: of two who accept at the same moment one is told who was first', async () => {
    const id = await send(3);
    const accept = (client: TestClient) =>
      client.call('POST', `/api/referrals/${id}/steps`, {
        operationId: uuidv7(),
        version: 1,
        deed: 'accept',
      });
    const both = await Promise.all([accept(specialist), accept(second)]);
    expect(both.map((one) => one.status).sort()).toEqual([200, 409]);
    const late = both.find((one) => one.status === 409)?.body;
    expect(late).toMatchObject({
      code: 'stale-version',
      detail: expect.stringMatching(/(林文博|何静)先处理了/),
    });
    expect(late.detail).toContain('已接受');
    const steps = await server.look('select 1 from referral_step where referral_id = $1', [id]);
    expect(steps).toHaveLength(2);
  });

  it('sent again under its id changes nothing, and another answer under the same id is refused', async () => {
    const id = await send(4);
    const body = { operationId: uuidv7(), version: 1, deed: 'decline', note: '无床位，请转市医院' };
    const path = `/api/referrals/${id}/steps`;
    const first = await specialist.call('POST', path, body);
    expect(first.body).toEqual({ version: 2, state: 'declined' });
    expect((await specialist.call('POST', path, body)).body).toEqual(first.body);
    expect((await specialist.call('POST', path, { ...body, deed: 'accept' })).body.code).toBe(
      'operation-mismatch',
    );
    expect(await server.look('select 1 from referral_step where referral_id = $1', [id])).toHaveLength(2);
    expect((await show(doctor, id)).body.steps.at(-1).note).toBe('无床位，请转市医院');
    expect(has(await list(specialist, 'received'), id)).toBe(false);
    expect(has(await list(doctor, 'sent'), id)).toBe(true);
    expect((await doctor.call('GET', '/api/referral-counts')).body.unsettled).toBeGreaterThan(0);
    expect((await step(doctor, id, 'withdraw', { note: '已联系市医院' })).body.state).toBe('withdrawn');
    expect(has(await list(doctor, 'sent', 'done'), id)).toBe(true);
  });

  it('that does not come in time is marked, for both, from the minute on', async () => {
    const before = (await specialist.call('GET', '/api/referral-counts')).body;
    const id = await send(5, hospital, { urgency: 'emergency' });
    const due = new Date(testNow.getTime() + valueOn(referralAnswerHours, testToday).emergency * 3_600_000);
    const late = async () => {
      const client = await server.signIn('specialist');
      const rows = (await list(client, 'received')).filter((one) => one.id === id);
      const { body } = await client.call('GET', '/api/referral-counts');
      return { rows: rows.map((one) => one.isLate), late: body.late };
    };
    server.setNow(due);
    const onTime = await late();
    expect(onTime.rows).toEqual([false]);
    server.setNow(new Date(due.getTime() + 1));
    const after = await late();
    expect(after.rows).toEqual([true]);
    expect(after.late).toBeGreaterThan(onTime.late);
    const sender = await server.signIn('township');
    expect((await list(sender, 'sent')).find((one) => one.id === id)?.isLate).toBe(true);
    server.setNow(testNow);
    expect((await specialist.call('GET', '/api/referral-counts')).body.unanswered).toBe(
      before.unanswered + 1,
    );
  });
});

const slip = {
  diagnosis: '急性冠脉综合征？已排除；高血压 3 级 很高危',
  examResults: '肌钙蛋白阴性，心电图无动态改变',
  treatmentAndAdvice: '降压至 132/80；氨氯地平 5 mg 每日一次，两周后复测血压',
  fromPhone: '0555-8765432',
  hospitalRecordNo: 'H20261124',
};
const sendBack = async (client: TestClient, id: string, back: object = slip, to?: string) =>
  client.call('POST', `/api/referrals/${id}/return`, {
    operationId: uuidv7(),
    version: (await show(client, id)).body.version ?? 1,
    ...(to === undefined ? {} : { toOrganizationId: to }),
    back,
  });

describe('what comes back', () => {
  it('is the national slip, complete; it stands with the sender until somebody goes on', async () => {
    const id = await send(12, other);
    const at = async () => (await doctor.call('GET', '/api/referral-counts')).body.returned;
    const before = await at();
    expect((await sendBack(neighbour, id)).body.code, 'nobody has come').toBe('illegal-move');
    expect((await step(neighbour, id, 'accept')).status).toBe(200);
    expect((await step(neighbour, id, 'arrive')).status).toBe(200);
    for (const [field, text] of [
      ['diagnosis', ' '],
      ['fromPhone', '12'],
    ])
      expect((await sendBack(neighbour, id, { ...slip, [field as string]: text })).body.issues[0].path).toBe(
        `back.${field}`,
      );
    expect((await sendBack(doctor, id)).status, 'not by the sender').toBe(404);
    expect((await sendBack(nurse, id)).status, 'not by a nurse').toBe(403);
    expect((await sendBack(neighbour, id)).body).toEqual({ version: 4, state: 'returned' });
    expect(await at()).toBe(before + 1);
    const { body } = await show(doctor, id);
    expect(body.back).toMatchObject({ ...slip, backDate: testToday, edition: '2017' });
    expect(body.deeds).toEqual(['take-on']);
    const desk = (await nurse.call('GET', '/api/centre/day')).body.referrals;
    expect(desk).toContainEqual(
      expect.objectContaining({ residentId: person(12), from: 'hospital', on: testToday, recordId: id }),
    );
    const card = (await nurse.call('GET', `/api/residents/${person(12)}/reception`)).body;
    expect(card.referrals[0]).toMatchObject({ from: 'hospital', diagnosis: slip.diagnosis });
    const own = await village.call('GET', `/api/residents/${person(12)}/referrals`);
    expect(own.body.items).toMatchObject([{ id, state: 'returned', deeds: [] }]);
    expect((await neighbour.call('GET', `/api/residents/${person(12)}/referrals`)).body.items).toEqual([]);
    expect((await step(nurse, id, 'take-on')).body.state).toBe('taken-on');
    expect(await at()).toBe(before);
    expect((await nurse.call('GET', '/api/centre/day')).body.referrals).not.toContainEqual(
      expect.objectContaining({ recordId: id }),
    );
    expect((await show(neighbour, id)).body, 'the house that wrote it reads it for a while').toMatchObject({
      state: 'taken-on',
      back: slip,
      followedUpOn: null,
    });
  });

  it('closes the loop with the first follow-up after it, as the records have it', async () => {
    const [patient] = await server.look<{ id: string }>(
      `select resident_id as id from enrollment e join resident r on r.id = e.resident_id and r.status = 'active'
       where e.closed_on is null and e.program = 'hypertension' and e.org_path like '/999999/100/201/%'
         and not exists (select 1 from enrollment o where o.resident_id = e.resident_id and o.program <> 'hypertension')
         and not exists (select 1 from form_record f where f.resident_id = e.resident_id and f.occurred_on >= '2026-11-01')
       order by 1 limit 1`,
    );
    const residentId = patient?.id ?? '';
    const { referralId: id, sent } = await sendFromCentre(
      { doctor, nurse },
      { residentId, toOrganizationId: await houseAt(server, hospital) },
    );
    expect(sent.status, JSON.stringify(sent.body)).toBe(200);
    const openTasks = async () =>
      JSON.stringify((await doctor.call('GET', `/api/residents/${residentId}/assessment-record`)).body);
    expect(await openTasks()).toContain('"openReferrals":["2026-11-24"]');
    for (const deed of ['accept', 'arrive'])
      expect((await step(specialist, id, deed)).status, deed).toBe(200);
    expect((await sendBack(specialist, id)).status).toBe(200);
    expect(await openTasks()).not.toContain('openReferrals');
    expect((await step(doctor, id, 'take-on')).status).toBe(200);
    expect((await show(doctor, id)).body.followedUpOn).toBeNull();
    const visited = await village.call('POST', '/api/follow-ups', {
      operationId: uuidv7(),
      recordId: uuidv7(),
      residentId,
      program: 'hypertension',
      formEdition: '2017',
      answers: sampleVisit(),
      laterThanRuleReason: '本人要求',
    });
    expect(visited.status, JSON.stringify(visited.body)).toBe(200);
    expect((await show(doctor, id)).body.followedUpOn).toBe(testToday);
    expect((await show(specialist, id)).body.followedUpOn, 'its house has no look at the record').toBeNull();
  });
});

describe('one that goes back to another house than its sender', () => {
  const home = '/999999/100/';
  const homeVillage = '/999999/100/201/';
  const goThrough = async (id: string) => {
    for (const deed of ['accept', 'arrive'])
      expect((await step(specialist, id, deed)).status, deed).toBe(200);
  };
  const waiting = async (client: TestClient) =>
    (await client.call('GET', '/api/referral-counts')).body.returned as number;

  it('goes to the village that manages the person, which is reminded, takes on, and nobody else can', async () => {
    const id = await send(14);
    await goThrough(id);
    const [village201, township] = [await houseAt(server, homeVillage), await houseAt(server, home)];
    expect((await show(specialist, id)).body.returnTo.map((one: { id: string }) => one.id)).toEqual([
      township,
      village201,
    ]);
    expect((await show(doctor, id)).body.returnTo, 'not the sender’s choice').toEqual([]);
    for (const path of [other, hospital, '/999999/100/202/', '/999999/cdc/'])
      expect(
        (await sendBack(specialist, id, slip, await houseAt(server, path))).body.issues?.[0],
        path,
      ).toMatchObject({
        path: 'toOrganizationId',
      });
    const [before, beforeSender] = [await waiting(village), await waiting(doctor)];
    expect((await sendBack(specialist, id, slip, village201)).body).toEqual({
      version: 4,
      state: 'returned',
    });
    expect([await waiting(village), await waiting(doctor)]).toEqual([before + 1, beforeSender]);
    const { body } = await show(village, id);
    expect(body).toMatchObject({
      deeds: ['take-on'],
      backToName: expect.stringContaining('卫生室'),
      back: slip,
    });
    expect((await show(neighbour, id)).status, 'a house that has no part in it').toBe(404);
    expect((await step(neighbour, id, 'take-on')).status).toBe(404);
    expect((await step(specialist, id, 'take-on')).status).toBe(404);
    expect((await step(village, id, 'withdraw', { note: '不去了' })).body.code).toBe('illegal-move');
    expect((await step(village, id, 'take-on')).body.state).toBe('taken-on');
    expect(await waiting(village)).toBe(before);
    expect((await show(village, id)).body.deeds).toEqual([]);
  });

  it('goes to the township for one that a village sent: on its list and at its desk, until it takes on', async () => {
    const id = uuidv7();
    const sent = await village.call('POST', `/api/residents/${person(15)}/referrals`, {
      operationId: uuidv7(),
      referralId: id,
      toOrganizationId: await houseAt(server, hospital),
      toDepartment: '心内科',
      urgency: 'routine',
      reason: '两次控制不满意',
    });
    expect(sent.status, JSON.stringify(sent.body)).toBe(200);
    await goThrough(id);
    const before = await waiting(doctor);
    expect(has(await list(doctor, 'sent'), id), 'the village sent it').toBe(false);
    expect((await sendBack(specialist, id, slip, await houseAt(server, home))).status).toBe(200);
    expect(await waiting(doctor)).toBe(before + 1);
    expect(has(await list(doctor, 'sent'), id)).toBe(true);
    const desk = async () => JSON.stringify((await nurse.call('GET', '/api/centre/day')).body.referrals);
    expect(await desk()).toContain(id);
    expect((await step(doctor, id, 'take-on')).body.state).toBe('taken-on');
    expect(await desk()).not.toContain(id);
    expect(has(await list(doctor, 'sent'), id)).toBe(false);
  });

  it('may still be taken on by its sender, where the person does not turn up at the other', async () => {
    const [someone] = await quietPeople(server, '/999999/100/202/', 1);
    const { referralId: id, sent } = await sendFromCentre(
      { doctor, nurse },
      { residentId: someone?.id ?? '', toOrganizationId: await houseAt(server, hospital) },
    );
    expect(sent.status, JSON.stringify(sent.body)).toBe(200);
    await goThrough(id);
    expect((await sendBack(specialist, id, slip, await houseAt(server, '/999999/100/202/'))).status).toBe(
      200,
    );
    expect((await show(village, id)).status, 'another village').toBe(404);
    expect((await step(doctor, id, 'take-on')).body.state).toBe('taken-on');
  });
});

describe('one that was declined', () => {
  it('is sent to another house in one deed; where that is refused the first stands as it was', async () => {
    const id = await send(13);
    expect((await step(specialist, id, 'decline', { note: '无床位' })).status).toBe(200);
    const { version } = (await show(doctor, id)).body;
    const body = { operationId: uuidv7(), newReferralId: uuidv7(), version, toDepartment: '全科' };
    const redirect = async (client: TestClient, to: string, more: object = {}) =>
      client.call('POST', `/api/referrals/${id}/redirect`, {
        ...body,
        toOrganizationId: await houseAt(server, to),
        ...more,
      });
    expect((await redirect(doctor, hospital)).body.issues[0].message).toContain('另一家');
    expect((await redirect(doctor, '/999999/cdc/')).status).toBe(422);
    expect((await redirect(specialist, other)).status, 'not by who declined').toBe(404);
    expect((await redirect(doctor, other, { version: 1 })).body.code).toBe('stale-version');
    expect((await show(doctor, id)).body.state).toBe('declined');
    const done = await redirect(doctor, other);
    expect(done.body).toEqual({ referralId: body.newReferralId });
    expect((await redirect(doctor, other)).body, 'again').toEqual(done.body);
    expect((await show(doctor, id)).body.state).toBe('withdrawn');
    expect((await show(specialist, id)).status, 'the first house no longer sees it').toBe(404);
    expect((await show(neighbour, body.newReferralId)).body).toMatchObject({
      state: 'requested',
      reason: '胸痛伴血压196/118',
      name: people[13]?.name,
      toDepartment: '全科',
    });
  });
});

describe('AZ-18: how long the receiver sees it', () => {
  const seen = async (id: string, at: Date) => {
    server.setNow(at);
    const client = await server.signIn('gp002');
    const reply = await show(client, id);
    const isListed =
      has(await list(client, 'received'), id) || has(await list(client, 'received', 'done'), id);
    server.setNow(testNow);
    expect(isListed).toBe(reply.status === 200);
    return reply.status;
  };

  it('while it goes on, some days after its end, not at all once withdrawn', async () => {
    const [open, after] = [valueOn(referralOpenDays, testToday), valueOn(referralAfterDays, testToday)];
    const pending = await send(6, other);
    const declined = await send(7, other);
    const withdrawn = await send(8, other);
    expect((await step(neighbour, declined, 'decline', { note: '无此专科' })).status).toBe(200);
    expect(await seen(withdrawn, testNow)).toBe(200);
    expect((await step(doctor, withdrawn, 'withdraw', { note: '本人不愿去' })).status).toBe(200);
    expect(await seen(withdrawn, testNow)).toBe(404);
    expect(await seen(pending, daysAfter(testNow, open - 1))).toBe(200);
    expect(await seen(pending, daysAfter(testNow, open))).toBe(404);
    expect(await seen(declined, daysAfter(testNow, after - 1))).toBe(200);
    expect(await seen(declined, daysAfter(testNow, after))).toBe(404);
    expect((await step(neighbour, withdrawn, 'accept')).status).toBe(404);
    expect((await show(doctor, withdrawn)).status, 'the sender keeps what it sent').toBe(200);
  });

  it('ends with the record: what nobody has come to yet is withdrawn, and comes back when the death was a mistake', async () => {
    const id = await send(9);
    const version = async () =>
      (await server.look<{ version: number }>('select version from resident where id = $1', [person(9)]))[0]
        ?.version;
    const eventId = uuidv7();
    const died = await doctor.call('POST', `/api/residents/${person(9)}/end`, {
      operationId: uuidv7(),
      eventId,
      version: await version(),
      kind: 'dead',
      onDay: '2026-11-24',
      source: '家属告知',
      cause: '心肌梗死',
    });
    expect(died.status, JSON.stringify(died.body)).toBe(200);
    expect((await show(specialist, id)).status).toBe(404);
    expect((await show(doctor, id)).body).toMatchObject({ state: 'withdrawn', deeds: [] });
    const back = await doctor.call('POST', `/api/residents/${person(9)}/reopen`, {
      operationId: uuidv7(),
      eventId: uuidv7(),
      version: await version(),
      undoesId: eventId,
      reason: '登记错了人',
    });
    expect(back.status, JSON.stringify(back.body)).toBe(200);
    expect((await show(specialist, id)).body).toMatchObject({
      state: 'requested',
      deeds: ['accept', 'decline'],
    });
  });
});

describe('the lists', () => {
  it('put what waits for an answer first, emergencies before all, then who waits longest, page by page', async () => {
    for (const [index, urgency] of [
      [10, 'emergency'],
      [11, 'emergency'],
    ] as const)
      await send(index, hospital, { urgency });
    const all = await list(specialist, 'received');
    const rank = { emergency: 0, soon: 1, routine: 2 } as Record<string, number>;
    const ranks = all.map((one) => (one.state === 'requested' ? 0 : 3) + (rank[one.urgency] ?? 9));
    expect(new Set(ranks).size).toBeGreaterThan(2);
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    const paged: string[] = [];
    let cursor: string | null = null;
    do {
      const path: string = `/api/referrals?side=received&limit=2${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
      const { body } = await specialist.call('GET', path);
      paged.push(...body.items.map((one: { id: string }) => one.id));
      cursor = body.nextCursor;
    } while (cursor);
    expect(paged).toEqual(all.map((one) => one.id));
  });

  it('read what they show, however many referrals the county has', async () => {
    // Ten thousand that ended, of other houses and of this one.
    await server.look(
      `insert into referral_request (county_id, id, resident_id, org_path, from_organization_id, from_path, to_organization_id,
         to_path, to_department, urgency, reason, first_handling, summary, status, requested_at, requested_by, answer_due_at, receiver_until)
       select q.county_id, gen_random_uuid(), q.resident_id, q.org_path, q.from_organization_id, q.from_path, q.to_organization_id,
         q.to_path, q.to_department, q.urgency, q.reason, q.first_handling, '{}', 'withdrawn', q.requested_at - n * interval '1 hour',
         q.requested_by, q.answer_due_at, $1::timestamptz
       from (select * from referral_request where to_path = $2 limit 1) q, generate_series(1, 10000) n`,
      [daysAfter(testNow, 1), hospital],
    );
    await server.look('analyze referral_request');
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
    const scope = { countyId: '999999', path: orgPath(hospital) };
    const asks: Record<string, (tx: Transaction<Tables>) => Promise<unknown>> = {
      open: (tx) => readReferrals(tx, actor, { side: 'received', part: 'open', limit: 50, ...at }),
      done: (tx) => readReferrals(tx, actor, { side: 'received', part: 'done', limit: 50, ...at }),
      sent: (tx) => readReferrals(tx, actor, { side: 'sent', part: 'open', limit: 50, ...at }),
      counts: (tx) => readReferralCounts(tx, actor, testNow),
    };
    for (const [name, ask] of Object.entries(asks)) {
      const rows = await runInScope(server.database, scope, {
        reads: [asOf(testNow)],
        work: (tx) => countRowsRead(tx, 'referral_request', ask),
      });
      expect(rows, `${name} read ${rows} rows`).toBeLessThan(400);
    }
  });
});
