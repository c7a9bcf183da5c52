import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  startTestServer,
  type TestClient,
  type TestReply,
  type TestServer,
  testNow,
} from '#test/support/server.ts';

let server: TestServer;
let doctor: TestClient;
let nurse: TestClient;
let village: TestClient;
let specialist: TestClient;
let people: { id: string; name: string; org_path: string }[];

const day = 86_400_000;
async function signIn() {
  [doctor, nurse, village, specialist] = await Promise.all([
    server.signIn('township'),
    server.signIn('publichealth'),
    server.signIn('village2'),
    server.signIn('specialist'),
  ]);
}
/** Moves the server's clock so many days on; everybody signs in anew, as in the morning. */
async function onDay(days: number) {
  server.setNow(new Date(testNow.getTime() + days * day));
  await signIn();
}

beforeAll(async () => {
  server = await startTestServer({ residents: 2000 });
  await signIn();
  people = await server.look(
    `select r.id, r.name, r.org_path from resident r
     where r.status = 'active' and r.org_path like '/999999/100/201/%' and r.phone is not null
       and r.birth_date between '1972-01-01' and '1976-12-31'
       and not exists (select 1 from enrollment e where e.resident_id = r.id)
       and not exists (select 1 from measurement m where m.resident_id = r.id)
       and not exists (select 1 from contract c where c.resident_id = r.id)
     order by r.id limit 12`,
  );
  expect(people.length).toBeGreaterThanOrEqual(8);
});
afterAll(() => server.stop());

const id = () => uuidv7();
const arrive = (client: TestClient, residentId: string, more: object = {}) =>
  client.call('POST', `/api/residents/${residentId}/visits`, {
    operationId: id(),
    visitId: id(),
    entry: 'A1',
    declinedReason: '先看病，回去和家人商量',
    ...more,
  });
const show = async (visitId: string) => (await doctor.call('GET', `/api/visits/${visitId}`)).body;
async function act(visitId: string, what: string, body: object, client = doctor): Promise<TestReply> {
  const { version } = await show(visitId);
  return client.call('POST', `/api/visits/${visitId}/${what}`, { operationId: id(), version, ...body });
}
const pressure = (sbp: number, dbp: number) => [
  { kind: 'sbp', value: sbp, context: 'office' },
  { kind: 'dbp', value: dbp, context: 'office' },
];
const findings = (visitId: string, section: string, body: object, client = doctor) =>
  act(visitId, 'findings', { recordId: id(), section, ...body }, client);
const lifestyle = {
  salt: '少盐',
  alcohol: '不饮',
  weight: '减',
  activity: '快走',
  smoking: '戒',
  mind: '平和',
};
const content = (nextOn: string, medicines: object[] = [], more: object = {}) => ({
  conditions: ['hypertension'],
  goals: [{ label: '血压', target: '低于 140/90 mmHg' }],
  lifestyle,
  medicines,
  accepted: [],
  tcm: { constitution: '', advice: '', techniques: [] },
  monitoring: [{ what: '家庭血压', often: '每日早晚' }],
  nextOn,
  ...more,
});
const amlodipine = { name: '苯磺酸氨氯地平片', dosePerTime: 5, doseUnit: 'mg', timesPerDay: 1 };
const person = (index: number) => people[index]?.id ?? '';

describe('at the front desk', () => {
  it('asks for the first pressure of the year from 35 on, takes it on the register, and queues by what was read', async () => {
    const refusedFirst = await arrive(nurse, person(0));
    expect(refusedFirst).toMatchObject({ status: 422, body: { issues: [{ path: 'pressure' }] } });
    const card = await nurse.call('GET', `/api/residents/${person(0)}/reception`);
    expect(card.body).toMatchObject({
      firstPressure: { isDue: true },
      contract: { state: 'none' },
      openVisit: null,
    });
    const unsigned = await arrive(nurse, person(0), {
      pressure: { sbp: 168, dbp: 102 },
      declinedReason: undefined,
    });
    expect(unsigned).toMatchObject({ status: 422, body: { issues: [{ path: 'declinedReason' }] } });
    const taken = await arrive(nurse, person(0), { pressure: { sbp: 168, dbp: 102 } });
    expect(taken).toMatchObject({ status: 200, body: { room: '全科诊室', priority: 2 } });
    expect(taken.body.pressureText).toContain('疑似高血压');
    const [sheet] = await server.look(
      `select answers from form_record where resident_id = $1 and form = 'first-visit-blood-pressure'`,
      [person(0)],
    );
    expect(sheet).toMatchObject({
      answers: { sbp: 168, dbp: 102, conclusion: '3', action: '2', knownHtn: '2' },
    });
    const after = await nurse.call('GET', `/api/residents/${person(0)}/reception`);
    expect(after.body).toMatchObject({
      firstPressure: { isDue: false, lastOn: '2026-11-24' },
      openVisit: { queueNo: taken.body.queueNo },
      episodes: [{ condition: 'hypertension', state: 'suspected', dueOn: '2026-12-22' }],
    });
    const visit = await show(taken.body.visitId);
    expect(visit.path.map((step: { box: string }) => step.box)).toEqual([
      'A1',
      'A5',
      'A6',
      'G1',
      'A8',
      'G2',
      'B2',
    ]);
    expect(visit.moves).toEqual(['B3']);
    await act(taken.body.visitId, 'calls', { action: 'left' });
  });

  it('puts danger first, then the contracted, and says who refused to be measured', async () => {
    await arrive(nurse, person(1), { pressureRefusal: '着急取药，拒绝' });
    const danger = await arrive(nurse, person(2), { pressure: { sbp: 188, dbp: 112 } });
    expect(danger.body).toMatchObject({ priority: 0, waitingBefore: 0 });
    const queue = await doctor.call('GET', '/api/centre/queue');
    const mine = queue.body.items
      .map((one: { residentId: string }) => one.residentId)
      .filter((one: string) => [person(1), person(2)].includes(one));
    expect(mine).toEqual([person(2), person(1)]);
    expect(queue.body.items[0].residentId).toBe(person(2));
  });

  it('gives one number when two desks queue the same person at once, and tells the other', async () => {
    const both = await Promise.all([
      arrive(nurse, person(3), { pressure: { sbp: 120, dbp: 76 } }),
      arrive(doctor, person(3), { pressure: { sbp: 120, dbp: 76 } }),
    ]);
    expect(both.map((one) => one.status).toSorted()).toEqual([200, 409]);
    expect(both.find((one) => one.status === 409)?.body).toMatchObject({
      code: 'already-queued',
      extra: { queueNo: both.find((one) => one.status === 200)?.body.queueNo },
    });
  });

  it('answers a replay with the same number and refuses the dead, strangers and those without the right', async () => {
    const body = {
      operationId: id(),
      visitId: id(),
      entry: 'A3',
      declinedReason: '下次再签',
      pressure: { sbp: 118, dbp: 70 },
    };
    const path = `/api/residents/${person(4)}/visits`;
    const first = await nurse.call('POST', path, body);
    expect(await nurse.call('POST', path, body)).toMatchObject({ status: 200, body: first.body });
    expect(await nurse.call('POST', path, { ...body, entry: 'A1' })).toMatchObject({
      status: 409,
      body: { code: 'operation-mismatch' },
    });
    const [dead] = await server.look<{ id: string }>(
      `update resident set status = 'dead', status_on = '2026-11-01' where id = $1 returning id`,
      [person(5)],
    );
    expect(await arrive(nurse, dead?.id ?? '', { pressure: { sbp: 118, dbp: 70 } })).toMatchObject({
      status: 409,
      body: { code: 'record-closed' },
    });
    const [stranger] = await server.look<{ id: string }>(
      `select id from resident where org_path like '/999999/101/%' limit 1`,
    );
    expect((await arrive(nurse, stranger?.id ?? '')).status).toBe(404);
    expect((await arrive(village, person(4))).status).toBe(403);
    expect((await server.anonymous.call('GET', '/api/centre/board')).status).toBe(401);
    expect((await village.call('GET', '/api/centre/queue')).status).toBe(403);
  });

  it('ties a self-test to a person once, marked as self-measured', async () => {
    const selfTestId = id();
    const upload = (readings: object[], slipNo = '0017') =>
      nurse.call('POST', '/api/centre/self-tests', {
        operationId: id(),
        selfTestId,
        point: '门诊大厅一号机',
        slipNo,
        takenOn: '2026-11-24',
        takenAt: '09:20',
        readings,
      });
    expect(await upload([{ kind: 'weight', value: 6.5 }])).toMatchObject({ status: 422 });
    expect(
      (
        await upload([
          { kind: 'weight', value: 65 },
          { kind: 'sbp', value: 131 },
        ])
      ).status,
    ).toBe(200);
    expect((await nurse.call('GET', '/api/centre/self-tests?slipNo=0017')).body.items).toMatchObject([
      { id: selfTestId },
    ]);
    const claim = () =>
      nurse.call('POST', `/api/centre/self-tests/${selfTestId}/claim`, {
        operationId: id(),
        residentId: person(4),
        recordId: id(),
      });
    expect((await claim()).status).toBe(200);
    expect(await claim()).toMatchObject({ status: 409, body: { code: 'already-exists' } });
    expect(
      await server.look(
        `select kind, value::float8, context from measurement where resident_id = $1 and context = 'self-test' order by kind`,
        [person(4)],
      ),
    ).toEqual([
      { kind: 'sbp', value: 131, context: 'self-test' },
      { kind: 'weight', value: 65, context: 'self-test' },
    ]);
  });
});

describe('a self-test in danger', () => {
  const upload = (slipNo: string, readings: object[]) =>
    nurse.call('POST', '/api/centre/self-tests', {
      operationId: id(),
      selfTestId: id(),
      point: '门诊大厅一号机',
      slipNo,
      takenOn: '2026-11-24',
      takenAt: '09:40',
      readings,
    });
  const claim = (selfTestId: string, residentId: string) =>
    nurse.call('POST', `/api/centre/self-tests/${selfTestId}/claim`, {
      operationId: id(),
      residentId,
      recordId: id(),
    });
  const pair = (sbp: number, dbp: number) => [
    { kind: 'sbp', value: sbp },
    { kind: 'dbp', value: dbp },
  ];

  it('speaks at once while nobody knows whose it is, and stands first; one below the limit does not', async () => {
    expect((await upload('0901', pair(179, 109))).body.dangers).toEqual([]);
    const high = await upload('0902', pair(182, 96));
    expect(high.body.dangers.join()).toContain('收缩压 182 mmHg，达到危急值');
    expect((await upload('0903', [{ kind: 'random-glucose', value: 2.6 }])).body.dangers).toHaveLength(1);
    expect(await upload('0904', pair(96, 130))).toMatchObject({ status: 422 });
    const first = await nurse.call('GET', '/api/centre/self-tests?limit=1');
    const rest = await nurse.call(
      'GET',
      `/api/centre/self-tests?limit=20&cursor=${encodeURIComponent(first.body.nextCursor)}`,
    );
    const slips = [...first.body.items, ...rest.body.items];
    expect(slips.slice(0, 2).map((one: { slipNo: string }) => one.slipNo)).toEqual(['0902', '0903']);
    expect(slips.map((one: { slipNo: string }) => one.slipNo)).toContain('0901');
    expect(new Set(slips.map((one: { id: string }) => one.id)).size).toBe(slips.length);
    expect(slips.slice(2).every((one: { dangers: string[] }) => one.dangers.length === 0)).toBe(true);
  });

  it('moves its person to the front, whether they queued before or after it was tied to them', async () => {
    const waiting = await arrive(nurse, person(8), { pressure: { sbp: 150, dbp: 90 } });
    expect(waiting.body).toMatchObject({ priority: 2, dangers: [] });
    const one = await upload('0911', pair(190, 100));
    const claimed = await claim(one.body.selfTestId, person(8));
    expect(claimed.body.dangers.join()).toContain('收缩压 190 mmHg');
    const queue = await doctor.call('GET', '/api/centre/queue');
    expect(
      queue.body.items.find((line: { residentId: string }) => line.residentId === person(8)),
    ).toMatchObject({ priority: 0 });
    const two = await upload('0912', pair(176, 112));
    await claim(two.body.selfTestId, person(9));
    const card = await nurse.call('GET', `/api/residents/${person(9)}/reception`);
    expect(card.body.dangers.join()).toContain('舒张压 112 mmHg');
    expect((await arrive(nurse, person(9), { pressure: { sbp: 150, dbp: 90 } })).body).toMatchObject({
      priority: 0,
      dangers: [expect.stringContaining('舒张压 112 mmHg')],
    });
    for (const visitId of [
      waiting.body.visitId,
      (await nurse.call('GET', `/api/residents/${person(9)}/reception`)).body.openVisit.visitId,
    ])
      await act(visitId, 'calls', { action: 'left' });
  });
});

describe('a danger that was found', () => {
  const list = async (state = 'open', client = nurse) =>
    (await client.call('GET', `/api/centre/danger-events?state=${state}`)).body;
  const of = async (residentId: string, state = 'open') =>
    (await list(state)).items.find((one: { residentId: string }) => one.residentId === residentId);
  const tell = (what: string, event: { id: string; version: number }, more: object = {}, client = nurse) =>
    client.call('POST', `/api/centre/danger-events/${event.id}/${what}`, {
      operationId: id(),
      version: event.version,
      ...more,
    });
  const ended = { outcome: 'not-confirmed', note: '静坐 15 分钟后复测 150/92' };

  it('stays on the list when the person has gone, with its time and owner, until somebody writes how it ended', async () => {
    // Both persons of the self-tests above went away without being seen.
    const event = await of(person(8));
    expect(event).toMatchObject({ source: 'self-test', ownerName: null, isLate: false, outcome: null });
    expect(event.what).toContain('收缩压 190 mmHg');
    expect(Date.parse(event.dueAt) - Date.parse(event.foundAt)).toBe(10 * 60_000);
    // Found by the machine and again at the desk: one event, one text.
    const twice = await of(person(9));
    expect(twice.what.match(/舒张压 112 mmHg/g)).toHaveLength(1);
    server.setNow(new Date(testNow.getTime() + 11 * 60_000));
    expect((await of(person(8))).isLate).toBe(true);

    expect((await village.call('GET', '/api/centre/danger-events')).status).toBe(403);
    expect((await tell('own', event, {}, village)).status).toBe(403);
    expect((await tell('own', { ...event, id: id() })).status).toBe(404);
    const took = await Promise.all([tell('own', event), tell('own', event, {}, doctor)]);
    expect(took.map((one) => one.status).sort()).toEqual([200, 409]);
    expect((await tell('close', event, ended)).body.code).toBe('stale-version');
    const held = await of(person(8));
    expect(held.ownerName).not.toBeNull();
    expect((await tell('close', held, { ...ended, note: ' ' })).status).toBe(422);
    const body = { operationId: id() };
    expect((await tell('close', held, { ...ended, ...body })).status).toBe(200);
    expect((await tell('close', held, { ...ended, ...body })).status, 'replay').toBe(200);
    expect((await tell('close', { ...held, version: held.version + 1 }, ended)).body.code).toBe(
      'illegal-move',
    );
    expect(await of(person(8))).toBeUndefined();
    expect(await of(person(8), 'closed')).toMatchObject({ outcome: 'not-confirmed', note: ended.note });
    server.setNow(testNow);
  });

  it('is ended by the referral that answers it', async () => {
    const visitId = (await arrive(nurse, person(9), { pressure: { sbp: 150, dbp: 90 }, dangerSign: '胸痛' }))
      .body.visitId;
    expect((await of(person(9))).what).toContain('胸痛');
    const asked = await act(visitId, 'referral-requests', {
      referralId: id(),
      toDepartment: '心内科',
      urgency: 'emergency',
      reason: '胸痛伴血压升高',
      firstHandling: '吸氧、心电图、呼叫 120',
    });
    expect(asked.status, JSON.stringify(asked.body)).toBe(200);
    expect(await of(person(9))).toBeUndefined();
    expect(await of(person(9), 'closed')).toMatchObject({
      outcome: 'referred',
      note: '吸氧、心电图、呼叫 120',
    });
  });
});

describe('calling', () => {
  it('refuses without a room, gives two doctors two people, passes over, and shows the hall masked names', async () => {
    expect(await doctor.call('POST', '/api/centre/next', { operationId: id() })).toMatchObject({
      status: 409,
      body: { code: 'illegal-move' },
    });
    const open = await doctor.call('POST', '/api/centre/rooms', {
      operationId: id(),
      dutyId: id(),
      room: '1诊室',
    });
    expect(open.body).toMatchObject({ room: '1诊室' });
    const calls = await Promise.all(
      [1, 2].map(() => doctor.call('POST', '/api/centre/next', { operationId: id() })),
    );
    const called = calls.map((one) => one.body.called.residentId);
    expect(new Set(called).size).toBe(2);
    expect(called).toContain(person(2));
    const board = await nurse.call('GET', '/api/centre/board');
    const names = [...board.body.called, ...board.body.waiting].map((one: { name: string }) => one.name);
    expect(names.length).toBeGreaterThan(2);
    for (const name of names) expect(name).toMatch(/^.\*+.?$/u);
    const other = calls.find((one) => one.body.called.residentId !== person(2))?.body.called;
    expect((await act(other.visitId, 'calls', { action: 'pass' })).status).toBe(200);
    const queue = await doctor.call('GET', '/api/centre/queue');
    const alike = queue.body.items.filter((one: { priority: number }) => one.priority === other.priority);
    expect(alike.at(-1)).toMatchObject({ visitId: other.visitId, stage: 'waiting' });
    const old = await doctor.call('POST', `/api/visits/${other.visitId}/calls`, {
      operationId: id(),
      version: 1,
      action: 'recall',
    });
    expect(old).toMatchObject({ status: 409, body: { code: 'stale-version' } });
  });
});

describe('in the clinic', () => {
  it('walks one of 52 from suspicion over three days to stable, and the village has the task', async () => {
    const residentId = person(6);
    const first = await arrive(nurse, residentId, { pressure: { sbp: 168, dbp: 102 } });
    const v1 = first.body.visitId;
    const early = await act(v1, 'diagnoses', { condition: 'hypertension', decision: 'confirm', answers: {} });
    expect(early).toMatchObject({ status: 422, body: { code: 'no-evidence' } });
    expect(early.body.detail).toContain('另选两个不同日复测');
    expect(await act(v1, 'moves', { to: 'B10' })).toMatchObject({
      status: 409,
      body: { code: 'illegal-move' },
    });
    expect((await findings(v1, 'history', { text: '头晕半年' }, nurse)).status).toBe(403);
    await findings(v1, 'history', { history: { complaint: '头晕半年', family: '父亲高血压' } });
    const bad = await findings(v1, 'examination', { readings: pressure(96, 160) });
    expect(bad).toMatchObject({ status: 422 });
    await findings(v1, 'examination', {
      readings: [
        { kind: 'height', value: 170, context: 'rest' },
        { kind: 'weight', value: 78, context: 'rest' },
      ],
    });
    const suspect = await act(v1, 'diagnoses', {
      condition: 'hypertension',
      decision: 'suspect',
      answers: {},
      dueOn: '2026-12-03',
    });
    expect(suspect).toMatchObject({ status: 200, body: { box: 'B6', state: 'suspected' } });
    expect(await act(v1, 'moves', { to: 'B10', capacity: { beyond: false } })).toMatchObject({
      status: 409,
      body: { code: 'illegal-move', detail: expect.stringContaining('诊断还没有成立') },
    });
    await act(v1, 'moves', { to: 'B9', capacity: { beyond: false }, note: '限盐，另日复测' });
    expect(await act(v1, 'finish', { noteId: id() })).toMatchObject({
      status: 200,
      body: { status: 'closed' },
    });
    expect(await act(v1, 'moves', { to: 'C2' })).toMatchObject({
      status: 409,
      body: { code: 'record-closed' },
    });
    const [note] = await server.look(
      `select answers from form_record where resident_id = $1 and form = 'encounter-note'`,
      [residentId],
    );
    expect(note?.answers).toMatchObject({
      subjective: expect.stringContaining('主诉与症状：头晕半年；家族史：父亲高血压'),
      assessment: expect.stringContaining('高血压：疑似'),
    });

    let visitId = '';
    for (const [at, sbp, dbp] of [
      [9, 158, 96],
      [18, 152, 98],
    ] as const) {
      await onDay(at);
      visitId = (await arrive(nurse, residentId)).body.visitId;
      await findings(visitId, 'history', { text: '按约复测' });
      await findings(visitId, 'examination', { readings: pressure(sbp, dbp) });
      const tried = await act(visitId, 'diagnoses', {
        condition: 'hypertension',
        decision: 'confirm',
        answers: {},
      });
      if (at === 9) {
        expect(tried.body.code).toBe('no-evidence');
        await act(visitId, 'moves', { to: 'B6' });
        await act(visitId, 'moves', { to: 'B9', capacity: { beyond: false } });
        await act(visitId, 'finish', { noteId: id() });
      } else {
        expect(tried).toMatchObject({ status: 200, body: { state: 'confirmed', box: 'B6' } });
      }
    }
    await act(visitId, 'moves', { to: 'B10', capacity: { beyond: false } });
    const plan = (body: object) =>
      act(visitId, 'plans', { planId: id(), basedOn: 0, changeReason: 'first', ...body });
    expect(await plan({ content: content('2026-12-01') })).toMatchObject({ status: 422 });
    expect(
      await plan({ basedOn: 3, changeReason: 'due-review', content: content('2026-12-26') }),
    ).toMatchObject({
      status: 409,
      body: { code: 'stale-version' },
    });
    const made = await plan({ content: content('2026-12-26', [amlodipine]) });
    expect(made).toMatchObject({ status: 200, body: { box: 'B12', planVersion: 1 } });
    expect(await act(visitId, 'effect', {})).toMatchObject({ status: 422, body: { code: 'no-evidence' } });
    expect(await act(visitId, 'finish', { noteId: id() })).toMatchObject({ body: { status: 'resting' } });

    await onDay(32);
    const last = (await arrive(nurse, residentId)).body.visitId;
    await findings(last, 'history', { text: '按时服药' });
    await findings(last, 'examination', { readings: pressure(128, 78) });
    await act(last, 'moves', { to: 'B6' });
    await act(last, 'moves', { to: 'B10', capacity: { beyond: false } });
    const effect = await act(last, 'effect', { keepsPlan: true });
    expect(effect).toMatchObject({ status: 200, body: { box: 'C4', stability: { state: 'stable' } } });
    const stand = await show(last);
    expect(stand.path.map((step: { box: string }) => step.box)).toEqual(
      'A1 A5 A6 G1 A8 G2 B2 B3 B4 B6 G3 G4 B10 B10 B11 B12 B13 G5 C1 C2 C4'.split(' '),
    );
    expect((await act(last, 'finish', { noteId: id() })).body.status).toBe('closed');
    expect(
      await server.look(
        `select e.program, t.kind, t.due_on::text, t.org_path from follow_up_task t join enrollment e on e.id = t.enrollment_id
         where t.resident_id = $1 and t.closed_at is null`,
        [residentId],
      ),
    ).toEqual([
      { program: 'hypertension', kind: 'routine', due_on: '2026-12-27', org_path: people[6]?.org_path },
    ]);
    const plans = await doctor.call('GET', `/api/residents/${residentId}/plans`);
    expect(plans.body.items).toMatchObject([
      { planVersion: 1, changeReason: '首次制定', content: { nextOn: '2026-12-26' } },
    ]);
  });

  it('plans no later than a red grade asks, and leaves a recheck standing that one good visit does not answer', async () => {
    const residentId = person(6);
    const stable = async (at: number) => {
      await onDay(at);
      const { visitId } = (await arrive(nurse, residentId, { pressure: { sbp: 126, dbp: 76 } })).body;
      await findings(visitId, 'history', { text: '按时服药' });
      await findings(visitId, 'examination', { readings: pressure(126, 76) });
      await act(visitId, 'moves', { to: 'B6' });
      await act(visitId, 'moves', { to: 'B10', capacity: { beyond: false } });
      const plan = content('2027-02-20');
      await act(visitId, 'plans', {
        planId: id(),
        basedOn: at === 40 ? 1 : 2,
        changeReason: 'due-review',
        content: plan,
      });
      await act(visitId, 'finish', { noteId: id() });
      await onDay(at + 1);
      const next = (await arrive(nurse, residentId, { pressure: { sbp: 126, dbp: 76 } })).body.visitId;
      await findings(next, 'history', { text: '复测' });
      await findings(next, 'examination', { readings: pressure(126, 76) });
      await act(next, 'moves', { to: 'B6' });
      await act(next, 'moves', { to: 'B10', capacity: { beyond: false } });
      const effect = await act(next, 'effect', { keepsPlan: true });
      expect(effect, JSON.stringify(effect.body)).toMatchObject({ status: 200 });
      await act(next, 'finish', { noteId: id() });
      return effect.body.nextFollowUpOn;
    };
    const tasks = () =>
      server.look(
        `select kind, due_on::text from follow_up_task where resident_id = $1 and closed_at is null`,
        [residentId],
      );
    await onDay(39);
    const graded = await doctor.call('POST', `/api/residents/${residentId}/grades`, {
      operationId: id(),
      gradeId: id(),
      override: { colour: 'red', reason: '近一年两次因血压急诊' },
    });
    expect(graded.status, JSON.stringify(graded.body)).toBe(200);
    const [grade] = await server.look<{ every_days: number }>(
      'select every_days from current_grade where resident_id = $1',
      [residentId],
    );
    const byGrade = new Date(testNow.getTime() + (41 + (grade?.every_days ?? 0)) * day)
      .toISOString()
      .slice(0, 10);
    expect(await stable(40)).toBe(byGrade);
    expect(await tasks()).toEqual([{ kind: 'routine', due_on: byGrade }]);
    await server.look(
      `update follow_up_task set kind = 'recheck', risk_rank = 2, due_on = '2027-01-20', latest_on = '2027-01-20'
       where resident_id = $1 and closed_at is null`,
      [residentId],
    );
    await stable(50);
    expect(await tasks()).toEqual([{ kind: 'recheck', due_on: '2027-01-20' }]);
  });
});

describe('the trail', () => {
  it('keeps each look at people of the centre, with how many, and each sheet that was opened', async () => {
    const [managed] = await server.look<{ id: string }>(
      `select r.id from resident r join enrollment e on e.resident_id = r.id and e.closed_on is null
       where r.org_path like '/999999/100/201/%' and r.status = 'active' limit 1`,
    );
    const entries = async (action: string) =>
      (
        await server.look<{ n: number }>('select count(*)::int as n from audit_entry where action = $1', [
          action,
        ])
      )[0]?.n ?? 0;
    const looks = [
      ['queue.list', nurse, '/api/centre/queue'],
      ['centre-day.read', nurse, '/api/centre/day'],
      ['worklist.list', doctor, '/api/worklist?limit=10'],
      ['follow-up.prepare', doctor, `/api/residents/${managed?.id}/follow-ups/prepare`],
      ['consent.read', doctor, `/api/residents/${managed?.id}/consents`],
      ['privacy-request.list', await server.signIn('bureau'), '/api/privacy-requests'],
    ] as const;
    for (const [action, client, path] of looks) {
      const before = await entries(action);
      const reply = await client.call('GET', path);
      expect(reply.status, `${path} ${JSON.stringify(reply.body)}`).toBe(200);
      expect(await entries(action), action).toBe(before + 1);
    }
    const [list] = await server.look<{ detail: { rows: number } }>(
      `select detail from audit_entry where action = 'worklist.list' order by at desc, id desc limit 1`,
    );
    expect(list?.detail.rows).toBeGreaterThan(0);
  });
});

describe('what the county settles', () => {
  it('lets only the administrator close a line that is a reading, and then refuses it by name', async () => {
    const admin = await server.signIn('admin');
    const shown = async () => (await admin.call('GET', '/api/settings/service-flow')).body;
    const { settings } = await shown();
    const change = async (client: TestClient, value: boolean, seen?: string | null) =>
      client.call('PUT', '/api/settings/service-flow', {
        operationId: id(),
        settings: { ...settings, 'declined-may-continue': value },
        seen: seen === undefined ? (await shown()).changedAt : seen,
      });
    expect((await change(doctor, false)).status).toBe(403);
    expect((await change(admin, false)).status).toBe(200);
    // Another administrator who still sees the defaults does not write over it.
    expect((await change(admin, true, null)).body.code).toBe('stale-version');
    expect(await arrive(nurse, person(7), { pressure: { sbp: 120, dbp: 70 } })).toMatchObject({
      status: 409,
      body: { code: 'illegal-move', extra: { refusal: 'switched-off', line: 8 } },
    });
    await change(admin, true);
    expect((await arrive(nurse, person(7), { pressure: { sbp: 120, dbp: 70 } })).status).toBe(200);
    expect((await specialist.call('GET', '/api/settings/service-flow')).status).toBe(200);
  });
});
