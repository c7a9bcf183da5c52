import { CompiledQuery, type Transaction } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idNoIndex } from '#capabilities/residents/server/public.ts';
import { orgPath } from '#kernel/org-path.ts';
import { plainDate } from '#kernel/plain-date.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { queriesOf } from '#test/support/count-rows.ts';
import { firstPlaceOf, registerPerson, samplePerson } from '#test/support/sample-person.ts';
import {
  startTestServer,
  type TestClient,
  type TestReply,
  type TestServer,
  testNow,
} from '#test/support/server.ts';
import { readQueuePage } from './queue-lines.ts';
import { readBoard } from './read-board.ts';
import { readCentreDay } from './read-centre-day.ts';
import { readDueReturns } from './read-due-returns.ts';
import { readPlanPage } from './read-plans.ts';
import { readReceptionCard } from './read-reception.ts';
import { readVisit } from './read-visit.ts';
import { readSelfTests } from './self-tests.ts';

let server: TestServer;
let doctor: TestClient;
let nurse: TestClient;
let people: { id: string; name: string }[];
let staff: { id: string; organization_id: string }[];

beforeAll(async () => {
  server = await startTestServer({ residents: 2000 });
  [doctor, nurse] = await Promise.all([server.signIn('township'), server.signIn('publichealth')]);
  people = await server.look(
    `select r.id, r.name from resident r
     where r.status = 'active' and r.org_path like '/999999/100/201/%' and r.phone is not null
       and r.birth_date between '1960-01-01' and '1980-12-31'
       and not exists (select 1 from enrollment e where e.resident_id = r.id)
       and not exists (select 1 from measurement m where m.resident_id = r.id)
       and not exists (select 1 from contract c where c.resident_id = r.id)
     order by r.id desc limit 12`,
  );
  staff = await server.look(`select id, organization_id from staff where username = 'township'`);
});
afterAll(() => server.stop());

const id = () => uuidv7();
const person = (index: number) => people[index]?.id ?? '';
const arrive = (residentId: string, more: object = {}) =>
  nurse.call('POST', `/api/residents/${residentId}/visits`, {
    operationId: id(),
    visitId: id(),
    entry: 'A3',
    declinedReason: '先看病',
    pressure: { sbp: 124, dbp: 78 },
    ...more,
  });
const show = async (visitId: string) => (await doctor.call('GET', `/api/visits/${visitId}`)).body;
async function act(visitId: string, what: string, body: object, client = doctor): Promise<TestReply> {
  const { version } = await show(visitId);
  return client.call('POST', `/api/visits/${visitId}/${what}`, { operationId: id(), version, ...body });
}
const findings = (visitId: string, section: string, body: object) =>
  act(visitId, 'findings', { recordId: id(), section, ...body });
const diagnose = (visitId: string, body: object) =>
  act(visitId, 'diagnoses', { decision: 'confirm', answers: {}, ...body });

describe('at the desk', () => {
  it('registers one of two desks that file the same person at once, and names the record to the other', async () => {
    const answers = samplePerson({ name: '双登记', gender: '1', birthDate: '1974-05-10' });
    const organizationId = await firstPlaceOf(nurse);
    const file = (client: TestClient) => registerPerson(client, answers, { organizationId, confirmed: [] });
    const both = await Promise.all([file(nurse), file(doctor)]);
    expect(both.map((one) => one.status).toSorted()).toEqual([200, 409]);
    const filed = both.find((one) => one.status === 200)?.body;
    expect(both.find((one) => one.status === 409)?.body).toMatchObject({
      code: 'duplicate-identity',
      extra: { residentId: filed.residentId },
    });
    expect((await arrive(filed.residentId)).status).toBe(200);
    const [count] = await server.look<{ n: number }>(
      'select count(*)::int as n from resident where id_no_index = $1',
      [idNoIndex(server.seals, '01', answers.idNo)],
    );
    expect(count?.n).toBe(1);
  });

  it('sends a contracted resident to the room of the contracted doctor while that doctor is in, first among the waiting', async () => {
    const residentId = person(0);
    const packages = await server.look<{ id: string }>(
      'select id from service_package where price_cents = 0 order by code limit 1',
    );
    const signed = await doctor.call('POST', `/api/residents/${residentId}/contracts`, {
      operationId: id(),
      contractId: id(),
      doctorId: staff[0]?.id,
      packageIds: [packages[0]?.id],
      signedOn: '2026-11-24',
      validFrom: '2026-11-24',
      years: 1,
      signer: 'resident',
      signerName: '本人',
      consents: true,
    });
    expect(signed.status).toBe(200);
    const away = await arrive(residentId, { declinedReason: undefined });
    expect(away.body).toMatchObject({ room: '全科诊室', priority: 1 });
    await act(away.body.visitId, 'calls', { action: 'left' });
    await doctor.call('POST', '/api/centre/rooms', { operationId: id(), dutyId: id(), room: '1诊室' });
    const here = await arrive(residentId, { declinedReason: undefined });
    expect(here.body).toMatchObject({ room: '1诊室', priority: 1 });
    const visit = await show(here.body.visitId);
    expect(visit.path.map((step: { box: string }) => step.box)).toEqual('A3 A5 A6 G1 G2 B1'.split(' '));
    const taken = await doctor.call('POST', '/api/centre/rooms', {
      operationId: id(),
      dutyId: id(),
      room: '2诊室',
    });
    expect(taken).toMatchObject({ status: 409, body: { code: 'already-exists' } });
    const roomShown = async () => (await show(here.body.visitId)).room;
    await doctor.call('POST', '/api/centre/rooms', { operationId: id(), dutyId: id(), room: '3诊室' });
    expect(await roomShown()).toBe('3诊室');
    await doctor.call('POST', '/api/centre/rooms/close', { operationId: id() });
    expect(await roomShown()).toBe('全科诊室');
    await doctor.call('POST', '/api/centre/rooms', { operationId: id(), dutyId: id(), room: '1诊室' });
    const called: { residentId: string; room: string; priority: number }[] = [];
    for (let turn = 0; turn < 20 && called.at(-1)?.residentId !== residentId; turn++)
      called.push((await doctor.call('POST', '/api/centre/next', { operationId: id() })).body.called);
    expect(called.at(-1)).toMatchObject({ residentId, room: '1诊室' });
    // Nobody without a contract was called before somebody who has one.
    expect(called.every((one) => one.priority <= 1)).toBe(true);
  });

  it('keeps a question and its answer without a number, and shows what is known from where', async () => {
    const ask = (body: object) =>
      nurse.call('POST', `/api/residents/${person(1)}/consultations`, {
        operationId: id(),
        visitId: id(),
        entry: 'A1',
        question: '血压药能停吗',
        answer: '',
        ...body,
      });
    expect((await ask({})).status).toBe(422);
    const kept = await ask({ answer: '不能自行停药，请先量血压' });
    expect(kept.status).toBe(200);
    expect((await show(kept.body.visitId)).path).toMatchObject([
      { box: 'A1', content: { question: '血压药能停吗', answer: '不能自行停药，请先量血压' } },
    ]);
    await arrive(person(1), {
      information: [{ source: 'A5c', on: '2026-11-20', text: '县医院门诊：血脂偏高' }],
    });
    const card = await nurse.call('GET', `/api/residents/${person(1)}/reception`);
    expect(card.body.information).toMatchObject([
      { source: 'A5b', title: '35岁及以上居民首诊测血压登记表', on: '2026-11-24' },
    ]);
    expect(card.body.information[0].text).toContain('124');
    const future = await arrive(person(2), {
      information: [{ source: 'A5c', on: '2026-11-25', text: '明天的' }],
    });
    expect(future).toMatchObject({ status: 422, body: { issues: [{ path: 'information' }] } });
  });

  it('receives who is sent by a hospital or a village, until they have come', async () => {
    const village = await server.signIn('village');
    const [home] = await server.look<{ name: string }>(
      'select o.name from organization o join staff s on s.organization_id = o.id where s.username = $1',
      ['township'],
    );
    const long = { name: people[8]?.name, age: 55, address: '大槐树村', phone: '19911112222' };
    const sent = await village.call('POST', `/api/residents/${person(8)}/records`, {
      operationId: id(),
      recordId: id(),
      form: 'referral-out',
      formEdition: '2017',
      answers: {
        ...long,
        gender: '1',
        referDate: '2026-11-23',
        toOrg: home?.name,
        toDept: '全科',
        fromDoctor: '王守义',
        signDate: '2026-11-23',
        impression: '血压控制不满意',
        presentIllness: '两次随访血压高',
        pastHistory: '无',
        treatment: '氨氯地平',
        fromPhone: '19911112222',
        fromOrg: '大槐树村卫生室',
      },
      confirmed: [],
    });
    expect(sent.status, JSON.stringify(sent.body)).toBe(200);
    const list = async () =>
      (await nurse.call('GET', '/api/centre/day')).body.referrals.filter(
        (one: { residentId: string }) => one.residentId === person(8),
      );
    expect(await list()).toMatchObject([{ residentId: person(8), from: 'village', on: '2026-11-23' }]);
    const card = await nurse.call('GET', `/api/residents/${person(8)}/reception`);
    expect(card.body.referrals).toMatchObject([{ diagnosis: '血压控制不满意' }]);
    await arrive(person(8), { entry: 'A4' });
    expect(await list()).toEqual([]);
  });

  it('lists who was due back by the plan and did not come, the longest first, and lets go when they come', async () => {
    const list = async () => (await nurse.call('GET', '/api/centre/due-returns?limit=100')).body.items;
    const due: { residentId: string; dueOn: string; lateDays: number; box: string }[] = await list();
    expect(due.length).toBeGreaterThan(0);
    expect(due.map((one) => one.dueOn)).toEqual(due.map((one) => one.dueOn).toSorted());
    expect(due.every((one) => one.dueOn < '2026-11-24' && one.lateDays > 0 && one.box === 'B12')).toBe(true);
    const [first] = due;
    await arrive(first?.residentId ?? '', { pressure: { sbp: 130, dbp: 80 } });
    expect((await list()).map((one: { residentId: string }) => one.residentId)).not.toContain(
      first?.residentId,
    );
    expect((await (await server.signIn('village')).call('GET', '/api/centre/due-returns')).status).toBe(403);
  });
});

describe('a diagnosis', () => {
  it('without evidence is refused; the document of a hospital overrides, named in the audit', async () => {
    const { visitId } = (await arrive(person(3))).body;
    await findings(visitId, 'history', { text: '外院说有糖尿病' });
    const bare = await diagnose(visitId, { condition: 'type-2-diabetes' });
    expect(bare).toMatchObject({ status: 422, body: { code: 'no-evidence' } });
    expect(await diagnose(visitId, { condition: 'gout' })).toMatchObject({
      status: 422,
      body: { code: 'no-evidence', detail: expect.stringContaining('须登记外院的诊断文件') },
    });
    expect((await diagnose(visitId, { condition: 'flu' })).status).toBe(422);
    const outside = { hospital: '县人民医院', document: '出院小结 2026-118', issuedOn: '2026-10-08' };
    const late = await diagnose(visitId, {
      condition: 'type-2-diabetes',
      outside: { ...outside, issuedOn: '2026-12-01' },
    });
    expect(late).toMatchObject({ status: 422, body: { issues: [{ path: 'outside.issuedOn' }] } });
    await findings(visitId, 'examination', { text: '无特殊' });
    const made = await diagnose(visitId, { condition: 'type-2-diabetes', outside });
    expect(made).toMatchObject({ status: 200, body: { state: 'confirmed', box: 'B6' } });
    expect(
      await server.look(
        `select detail->>'byDocument' as by from audit_entry where action = 'diagnosis.override' and subject = $1`,
        [visitId],
      ),
    ).toEqual([{ by: 'true' }]);
    const [event] = await server.look(
      `select rule->'override' as override from condition_event where resident_id = $1 and to_state = 'confirmed'`,
      [person(3)],
    );
    expect(event).toEqual({ override: outside });
  });

  it('of diabetes stands on venous glucose of two days, never on a fingertip', async () => {
    const { visitId } = (await arrive(person(4))).body;
    await findings(visitId, 'history', { text: '口干' });
    await findings(visitId, 'examination', { text: '无特殊' });
    const glucose = (value: number, context: string, takenOn: string) =>
      findings(visitId, 'tests', {
        takenOn,
        readings: [{ kind: 'fasting-glucose', value, context }],
      });
    await glucose(9.1, 'capillary', '2026-11-20');
    await glucose(8.8, 'capillary', '2026-11-24');
    const finger = await diagnose(visitId, {
      condition: 'type-2-diabetes',
      answers: { typicalSymptoms: false, stress: false },
    });
    expect(finger.body.code).toBe('no-evidence');
    await glucose(7.4, 'venous', '2026-11-20');
    await glucose(7.6, 'venous', '2026-11-24');
    const made = await diagnose(visitId, {
      condition: 'type-2-diabetes',
      answers: { typicalSymptoms: false, stress: false },
    });
    expect(made).toMatchObject({ status: 200, body: { state: 'confirmed' } });
    expect(
      await findings(visitId, 'tests', { readings: [{ kind: 'hba1c', value: 65, context: 'venous' }] }),
    ).toMatchObject({ status: 422, body: { issues: [{ code: 'implausible' }] } });
  });

  it('that is no chronic disease leads to education with a day to come again, and the note says so', async () => {
    const { visitId } = (await arrive(person(5))).body;
    await findings(visitId, 'history', { text: '体检想量血压' });
    await findings(visitId, 'examination', { text: '无特殊' });
    await diagnose(visitId, { condition: 'hypertension', decision: 'exclude', note: '血压正常' });
    const halfway = await act(visitId, 'finish', { noteId: id() });
    expect(halfway).toMatchObject({
      status: 409,
      body: { code: 'illegal-move', detail: expect.stringContaining('综合评估') },
    });
    const educate = (recheckOn: string) =>
      act(visitId, 'moves', { to: 'B9', note: '限盐', recheckOn, capacity: { beyond: false } });
    expect((await educate('2026-11-24')).status).toBe(422);
    expect((await educate('2027-05-24')).status).toBe(200);
    expect((await act(visitId, 'finish', { noteId: id() })).body.status).toBe('closed');
    const [note] = await server.look<{ answers: { plan: string } }>(
      `select answers from form_record where resident_id = $1 and form = 'encounter-note'`,
      [person(5)],
    );
    expect(note?.answers.plan).toContain('下次日期 2027-05-24');
  });
});

describe('beyond the centre', () => {
  it('handles an emergency first and asks for the referral at the same time, from the door of the room', async () => {
    const { visitId } = (await arrive(person(6), { pressure: { sbp: 196, dbp: 118 }, dangerSign: '胸痛' }))
      .body;
    const body = {
      referralId: id(),
      toDepartment: '县人民医院急诊科',
      urgency: 'emergency',
      reason: '胸痛伴血压196/118',
      firstHandling: '平卧、吸氧、舌下含服硝酸甘油、心电图',
    };
    expect((await act(visitId, 'referral-requests', body, nurse)).status).toBe(403);
    expect((await act(visitId, 'referral-requests', { ...body, reason: ' ' })).status).toBe(422);
    const plain = await act(visitId, 'referral-requests', { ...body, urgency: 'routine' });
    expect(plain).toMatchObject({ status: 409, body: { code: 'illegal-move' } });
    expect(await act(visitId, 'referral-requests', body)).toMatchObject({ status: 200, body: { box: 'B7' } });
    const visit = await show(visitId);
    expect(visit.path.map((step: { box: string }) => step.box).slice(-6)).toEqual(
      'B2 B3 B4 B6 G3 B7'.split(' '),
    );
    expect(visit.referrals).toMatchObject([{ urgency: 'emergency', toDepartment: '县人民医院急诊科' }]);
    const [request] = await server.look<{ summary: { readings: { label: string; value: number }[] } }>(
      'select summary from referral_request where id = $1',
      [body.referralId],
    );
    expect(request?.summary.readings).toEqual(
      expect.arrayContaining([expect.objectContaining({ label: '收缩压', value: 196, context: '诊室' })]),
    );
    expect((await act(visitId, 'finish', { noteId: id() })).body.status).toBe('closed');
  });
});

describe('a plan', () => {
  it('refuses what must not be given, asks a reason for what is to be avoided, and keeps every version', async () => {
    const residentId = person(7);
    const { visitId } = (await arrive(residentId)).body;
    await findings(visitId, 'history', { text: '外院确诊高血压' });
    await findings(visitId, 'examination', { text: '无特殊' });
    await diagnose(visitId, {
      condition: 'hypertension',
      outside: { hospital: '县人民医院', document: '门诊病历', issuedOn: '2026-09-01' },
    });
    expect(await act(visitId, 'moves', { to: 'B12' })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('须在相应的页面完成') },
    });
    await act(visitId, 'moves', { to: 'B10', capacity: { beyond: false } });
    const content = (names: readonly string[], more: object = {}) => ({
      conditions: ['hypertension'],
      goals: [],
      lifestyle: { salt: '少盐', alcohol: '', weight: '', activity: '', smoking: '', mind: '' },
      medicines: names.map((name) => ({ name })),
      accepted: [],
      tcm: { constitution: '', advice: '', techniques: [] },
      monitoring: [],
      nextOn: '2026-12-08',
      ...more,
    });
    const plan = (body: object) =>
      act(visitId, 'plans', { planId: id(), basedOn: 0, changeReason: 'first', ...body });
    const forbidden = await plan({ content: content(['卡托普利片', '沙库巴曲缬沙坦钠片']) });
    expect(forbidden).toMatchObject({ status: 422, body: { issues: [{ code: 'forbidden' }] } });
    const doubled = ['卡托普利片', '缬沙坦胶囊'];
    expect(await plan({ content: content(doubled) })).toMatchObject({
      status: 422,
      body: { issues: [{ path: 'content.accepted', code: 'D001' }] },
    });
    const made = await plan({
      content: content(doubled, { accepted: [{ ruleId: 'D001', reason: '肾内科方案，短期合用' }] }),
    });
    expect(made).toMatchObject({ status: 200, body: { planVersion: 1, box: 'B12' } });
    const enrolled = await server.look(
      `select program from enrollment where resident_id = $1 and closed_on is null`,
      [residentId],
    );
    expect(enrolled).toEqual([{ program: 'hypertension' }]);
    expect(await diagnose(visitId, { condition: 'hypertension', decision: 'suspect' })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('已纳入管理') },
    });
    const list = await doctor.call('GET', `/api/residents/${residentId}/plans`);
    const paper = await doctor.call('GET', `/api/plans/${list.body.items[0].planId}`);
    expect(paper.body).toMatchObject({ name: people[7]?.name, planVersion: 1 });
    const neighbour = await server.signIn('village2');
    expect((await neighbour.call('GET', `/api/plans/${list.body.items[0].planId}`)).status).toBe(404);
    const rewrite = withScope(server.database, { countyId: '999999', path: orgPath('/999999/100/') }, (tx) =>
      tx
        .updateTable('care_plan')
        .set({ change_reason: '改写' })
        .where('id', '=', list.body.items[0].planId)
        .execute(),
    );
    await expect(rewrite).rejects.toThrow(/permission denied/);
  });
});

/** Tables that grow with the county: none of them may be read whole. */
const large =
  /^(resident|measurement|form_record|enrollment|centre_visit|visit_step|care_plan|contract|condition_episode|appointment|self_test|verdict)$/;

describe('hot screens', () => {
  it('read no large table whole: every query of desk, queue, board and visit has its index', async () => {
    const [me] = staff;
    const today = plainDate('2026-11-24');
    const path = orgPath('/999999/100/');
    const actor = {
      countyId: '999999',
      staffId: me?.id ?? '',
      organizationId: me?.organization_id ?? '',
      organizationName: '中心',
      role: 'township-doctor',
      name: '陈立新',
      path,
      scopePath: path,
    } as unknown as Actor;
    const [visit] = await server.look<{ id: string; resident_id: string }>(
      `select id, resident_id from centre_visit where status = 'resting' and org_path like '/999999/100/%' limit 1`,
    );
    const screens: Record<string, (tx: Transaction<Tables>) => Promise<unknown>> = {
      接诊卡: (tx) => readReceptionCard(tx, actor, visit?.resident_id ?? '', today),
      今天的中心: (tx) => readCentreDay(tx, actor, today),
      排队: (tx) => readQueuePage(tx, actor, { stage: 'waiting', mine: true, limit: 50, today }),
      大屏: (tx) => readBoard(tx, actor, today, testNow),
      就诊: (tx) => readVisit(tx, '999999', visit?.id ?? '', today),
      方案: (tx) => readPlanPage(tx, '999999', visit?.resident_id ?? '', { limit: 10 }),
      小票: (tx) => readSelfTests(tx, actor, { limit: 10 }),
      应复诊: (tx) => readDueReturns(tx, actor, { limit: 20, today }),
    };
    const whole: string[] = [];
    const counts: Record<string, number> = {};
    const costs: Record<string, number> = {};
    for (const [name, read] of Object.entries(screens))
      await withScope(server.database, { countyId: '999999', path }, async (tx) => {
        const asked = await queriesOf(tx, read);
        counts[name] = asked.length;
        let blocks = 0;
        for (const query of asked) {
          const { rows } = await tx.executeQuery<{ 'QUERY PLAN': { Plan: Record<string, number> }[] }>(
            CompiledQuery.raw(`explain (analyze, buffers, format json) ${query.sql}`, [...query.parameters]),
          );
          blocks += rows[0]?.['QUERY PLAN'][0]?.Plan['Shared Hit Blocks'] ?? 0;
        }
        costs[name] = blocks;
        // A small county would be read whole for cheapness; only a missing index is a fault.
        await tx.executeQuery(CompiledQuery.raw('set local enable_seqscan = off'));
        for (const query of asked) {
          const { rows } = await tx.executeQuery<{ 'QUERY PLAN': unknown }>(
            CompiledQuery.raw(`explain (format json) ${query.sql}`, [...query.parameters]),
          );
          for (const table of scanned(rows[0]?.['QUERY PLAN']))
            if (large.test(table)) whole.push(`${name}：${table}`);
        }
      });
    expect(whole).toEqual([]);
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(0);
    // Pages of eight kilobytes; they do not grow with the county.
    expect(Math.max(...Object.values(costs)), JSON.stringify(costs)).toBeLessThan(500);
    expect(Math.max(...Object.values(counts)), JSON.stringify(counts)).toBeLessThanOrEqual(8);
  });
});

/** Tables a plan reads from end to end. */
function scanned(plan: unknown): string[] {
  if (Array.isArray(plan)) return plan.flatMap(scanned);
  if (typeof plan !== 'object' || plan === null) return [];
  const node = plan as Record<string, unknown>;
  return [
    ...(node['Node Type'] === 'Seq Scan' ? [String(node['Relation Name'])] : []),
    ...Object.values(node).flatMap(scanned),
  ];
}
