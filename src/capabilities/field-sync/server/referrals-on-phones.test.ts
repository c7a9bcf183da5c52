import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { phoneOf } from '#test/support/phone-of.ts';
import { visitAfter } from '#test/support/sample-visit.ts';
import { houseAt, quietPeople } from '#test/support/send-referral.ts';
import {
  startTestServer,
  type TestClient,
  type TestServer,
  testNow,
  testToday,
} from '#test/support/server.ts';
import { applyOnPhone } from '../domain/apply-on-phone.ts';
import { comparedText } from '../domain/compare-document.ts';
import type { FieldOperation } from '../domain/field-operation.ts';
import { type CompactDocument, completeDocument } from '../domain/person-document.ts';

type Phone = Awaited<ReturnType<typeof phoneOf>>;

let server: TestServer;
let doctor: TestClient;
let neighbour: TestClient;
let township: TestClient;
let specialist: TestClient;
let phone: Phone;
let people: { id: string; name: string }[];
let centre: string;
let hospital: string;
let village: string;

beforeAll(async () => {
  server = await startTestServer({ residents: 2000 });
  [doctor, neighbour, township, specialist] = (await Promise.all(
    ['village', 'village2', 'township', 'specialist'].map((name) => server.signIn(name)),
  )) as [TestClient, TestClient, TestClient, TestClient];
  centre = await houseAt(server, '/999999/100/');
  hospital = await houseAt(server, '/999999/hospital/');
  village = await houseAt(server, '/999999/100/201/');
  people = await quietPeople(server, '/999999/100/201/', 8);
  phone = await phoneOf(doctor);
  await phone.pull();
});
afterAll(() => server.stop());

const person = (index: number) => people[index]?.id ?? '';
const asked = (more: object = {}) => ({
  referralId: uuidv7(),
  toOrganizationId: centre,
  toDepartment: '全科',
  urgency: 'soon',
  reason: '连续两次控制不满意',
  firstHandling: '',
  ...more,
});
const send = (id: string, body: object, by: Phone = phone) => by.operation('referral.send', id, body);
const answerOf = async (operation: object, by: Phone = phone) => (await by.push(operation)).body.answers[0];
const referralsOf = async (id: string, by: Phone = phone) => {
  await by.pull();
  return by.documents.get(id)?.referrals;
};
const received = async (client: TestClient) =>
  (await client.call('GET', '/api/referrals?side=received&part=open&limit=50')).body.items as {
    id: string;
    version: number;
    reason: string;
  }[];
const step = (client: TestClient, id: string, version: number, deed: string, note = '') =>
  client.call('POST', `/api/referrals/${id}/steps`, { operationId: uuidv7(), version, deed, note });
const heldOf = (operationId: string) =>
  server.look<{ why: string; body: object }>('select why, body from held_operation where operation_id = $1', [
    operationId,
  ]);

describe('a referral sent from a phone', () => {
  it('arrives once however often it is sent, as from the workbench, and every phone of the village shows its way', async () => {
    const second = await phoneOf(doctor);
    await second.pull();
    const body = asked();
    const operation = send(person(0), body);
    const replies = await Promise.all([phone.push(operation), phone.push(operation)]);
    const outcomes = replies.map((reply) => reply.body.answers[0]?.outcome);
    expect(outcomes.filter((one) => one === 'accepted').length).toBeGreaterThan(0);
    expect((await answerOf(operation)).outcome).toBe('duplicate');
    expect((await received(township)).filter((one) => one.id === body.referralId)).toHaveLength(1);
    const [{ n } = { n: 0 }] = await server.look<{ n: number }>(
      "select count(*)::int as n from audit_entry where action = 'referral.request' and subject = $1",
      [body.referralId],
    );
    expect(n).toBe(1);

    const mine = applyOnPhone(
      completeDocument(phone.documents.get(person(0)) as CompactDocument),
      operation as FieldOperation,
    );
    expect(mine?.referrals).toMatchObject([{ id: body.referralId, state: 'requested', isLocal: true }]);
    const sent = { id: body.referralId, fromId: village, toId: centre, state: 'requested', version: 1 };
    expect(await referralsOf(person(0), second)).toMatchObject([{ ...sent, at: testNow.toISOString() }]);
    expect((await step(township, body.referralId, 1, 'decline', '今天没有床位')).status).toBe(200);
    const declined = (await referralsOf(person(0), second))?.[0];
    expect(declined).toMatchObject({ state: 'declined', version: 2, note: '今天没有床位' });
    expect(declined).not.toHaveProperty('answerDueAt');
  });

  it('to the county hospital, outside the sender’s part of the tree, shows there too what becomes of it', async () => {
    const body = asked({ toOrganizationId: hospital, toDepartment: '心内科' });
    expect((await answerOf(send(person(1), body))).outcome).toBe('accepted');
    expect((await step(specialist, body.referralId, 1, 'accept')).status).toBe(200);
    expect(await referralsOf(person(1))).toMatchObject([{ state: 'accepted', toId: hospital }]);
    expect((await step(specialist, body.referralId, 2, 'arrive')).status).toBe(200);
    const back = {
      diagnosis: '原发性高血压 3 级',
      examResults: '心电图未见异常',
      treatmentAndAdvice: '加用缬沙坦 80 mg，两周复查',
      fromPhone: '0555-6612345',
    };
    const returned = await specialist.call('POST', `/api/referrals/${body.referralId}/return`, {
      operationId: uuidv7(),
      version: 3,
      back,
    });
    expect(returned.status, JSON.stringify(returned.body)).toBe(200);
    const there = (await referralsOf(person(1)))?.[0];
    expect(there).toMatchObject({ state: 'returned', back: { treatmentAndAdvice: back.treatmentAndAdvice } });
    // The summary the other house was given stays with the server.
    expect(JSON.stringify(there)).not.toContain('readings');
    const takeOn = { referralId: body.referralId, version: 4, deed: 'take-on', note: '' };
    expect((await answerOf(phone.operation('referral.step', person(1), takeOn))).outcome).toBe('accepted');
    expect((await referralsOf(person(1)))?.[0]).toMatchObject({ state: 'taken-on', version: 5 });
  });

  it('after the follow-up it names tells the other house of its readings', async () => {
    const managed = [...phone.documents.values()].find(
      (one) =>
        one.programs?.length === 1 &&
        one.programs[0].program === 'hypertension' &&
        one.programs[0].last &&
        one.programs[0].lastVisitOn < '2026-11-20' &&
        !one.referrals,
    );
    if (!managed) throw new Error('the demo village has managed people');
    const answers = visitAfter(managed.programs[0].last.answers, {
      sbp: 186,
      dbp: 112,
      visitClass: '2',
      nextVisitDate: '2026-12-08',
      referralReason: '血压 186/112',
      referralOrgDept: '卫生院全科',
    });
    const visit = phone.operation('visit.record', managed.id, {
      visitId: uuidv7(),
      sheets: [{ program: 'hypertension', recordId: uuidv7(), formEdition: '2017', answers }],
      confirmed: [
        'hypertension/visitClass:differs-from-rule',
        'hypertension/referralReason:refer',
        'hypertension/sbp:unusual',
        'hypertension/dbp:unusual',
      ],
    });
    const body = asked({
      urgency: 'emergency',
      firstHandling: '平卧、吸氧',
      followUpId: (visit.body as { visitId: string }).visitId,
    });
    const reply = await phone.push(visit, send(managed.id, body));
    expect(
      reply.body.answers.map((one: { outcome: string }) => one.outcome),
      JSON.stringify(reply.body),
    ).toEqual(['accepted', 'accepted']);
    const seen = await township.call('GET', `/api/referrals/${body.referralId}`);
    const pressure = seen.body.summary.readings.find((one: { label: string }) => one.label === '收缩压');
    expect(pressure).toMatchObject({ value: 186, on: testToday });
  });

  it('comes back with the reason and is kept as typed; mended under the same id it is taken', async () => {
    const silent = send(person(2), asked({ urgency: 'emergency' }));
    const refusal = await answerOf(silent);
    expect(refusal).toMatchObject({ outcome: 'refused', problem: { issues: [{ path: 'firstHandling' }] } });
    expect(await heldOf(silent.operationId)).toHaveLength(1);
    const handled = { ...silent, body: { ...(silent.body as object), firstHandling: '平卧、吸氧、呼 120' } };
    expect((await answerOf(handled)).outcome).toBe('accepted');
    for (const [more, path] of [
      [{ toDepartment: ' ' }, 'toDepartment'],
      [{ reason: '' }, 'reason'],
      [{ toOrganizationId: village }, 'toOrganizationId'],
    ] as const)
      expect(await answerOf(send(person(3), asked(more)))).toMatchObject({
        outcome: 'refused',
        problem: { issues: [{ path }] },
      });
    expect((await answerOf(send(person(3), asked()))).outcome, 'all is well otherwise').toBe('accepted');
  });

  it('of two phones the second is told of the first, and may withdraw that one', async () => {
    const second = await phoneOf(doctor);
    await second.pull();
    const first = asked();
    expect((await answerOf(send(person(4), first))).outcome).toBe('accepted');
    const late = send(person(4), asked({ toOrganizationId: hospital }), second);
    const refusal = await answerOf(late, second);
    expect(refusal).toMatchObject({ outcome: 'refused', problem: { code: 'already-exists' } });
    expect(refusal.problem.detail).toContain('请先撤回');
    const withdraw = (version: number, note: string) =>
      second.operation('referral.step', person(4), {
        referralId: first.referralId,
        version,
        deed: 'withdraw',
        note,
      });
    expect((await step(township, first.referralId, 1, 'accept')).status).toBe(200);
    const stale = await answerOf(withdraw(1, '改去县医院'), second);
    expect(stale).toMatchObject({ outcome: 'refused', problem: { code: 'stale-version' } });
    expect(await answerOf(withdraw(2, ''), second)).toMatchObject({
      problem: { issues: [{ path: 'note' }] },
    });
    expect((await answerOf(withdraw(2, '改去县医院'), second)).outcome).toBe('accepted');
    expect((await answerOf(late, second)).outcome, 'sent again as it was').toBe('accepted');
    expect((await referralsOf(person(4)))?.map((one: { state: string }) => one.state)).toEqual(['requested']);
  });

  it('of somebody another village manages is not possible, nor a step of a referral it did not send', async () => {
    const stranger = await phoneOf(neighbour);
    await stranger.pull();
    const far = send(person(5), asked(), stranger);
    expect(await answerOf(far, stranger)).toMatchObject({
      outcome: 'refused',
      problem: { code: 'not-found' },
    });
    const own = asked();
    expect((await answerOf(send(person(5), own))).outcome).toBe('accepted');
    const taken = { referralId: own.referralId, version: 1, deed: 'withdraw', note: '不去了' };
    const meddling = stranger.operation('referral.step', person(5), taken);
    expect(await answerOf(meddling, stranger)).toMatchObject({ problem: { code: 'not-found' } });
    expect(stranger.documents.has(person(5))).toBe(false);
    // What only the receiving house may do is no operation of a phone.
    const accept = phone.operation('referral.step', person(5), { ...taken, deed: 'accept' });
    expect(await answerOf(accept)).toMatchObject({
      outcome: 'refused',
      problem: { issues: [{ path: 'deed' }] },
    });
  });
});

describe('what a phone is given of referrals', () => {
  it('phone and server say the same of everybody, and the one before the last is left behind once it ended', async () => {
    const again = await phoneOf(doctor);
    await again.pull();
    await phone.pull();
    for (const [id, fresh] of again.documents) {
      const [held, given] = [phone.documents.get(id), fresh] as [CompactDocument, CompactDocument];
      expect(comparedText(held, testToday)).toBe(comparedText(given, testToday));
    }
    const states = [...again.documents.values()].flatMap((one) => one.referrals ?? []);
    expect(states.length).toBeGreaterThan(4);
    const [{ n } = { n: 0 }] = await server.look<{ n: number }>(
      'select count(*)::int as n from referral_request where resident_id = $1',
      [person(4)],
    );
    expect(n).toBe(2);
  });

  it('names the houses that take people, whose list is the county’s and small', async () => {
    await server.look("update organization set phone = '19900001120' where id = $1", [hospital]);
    const { last } = await phone.pull();
    const { receivers } = last.directory;
    expect(receivers).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: hospital, kind: 'county-hospital', orgPhone: '19900001120' }),
      ]),
    );
    expect(receivers.every((one: { kind: string }) => one.kind !== 'village-clinic')).toBe(true);
    expect(JSON.stringify(receivers).length / receivers.length).toBeLessThan(160);
  });

  it('hides what tells of a sensitive diagnosis on the slip that came back', async () => {
    const body = asked({ toOrganizationId: hospital });
    expect((await answerOf(send(person(6), body))).outcome).toBe('accepted');
    await step(specialist, body.referralId, 1, 'accept');
    await step(specialist, body.referralId, 2, 'arrive');
    const returned = await specialist.call('POST', `/api/referrals/${body.referralId}/return`, {
      operationId: uuidv7(),
      version: 3,
      back: {
        diagnosis: '艾滋病合并高血压',
        examResults: '见报告',
        treatmentAndAdvice: '继续抗病毒治疗',
        fromPhone: '0555-6612345',
      },
    });
    expect(returned.status).toBe(200);
    const there = await referralsOf(person(6));
    expect(there).toMatchObject([{ state: 'returned', back: { fromPhone: '0555-6612345' } }]);
    expect(JSON.stringify(there)).not.toContain('艾滋');
  });
});
