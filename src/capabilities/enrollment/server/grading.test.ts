import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assess } from '#clinical/assess/assess.ts';
import type { PatientRecord } from '#clinical/assess/patient-record.ts';
import { addDays, plainDate } from '#kernel/plain-date.ts';
import { startTestServer, type TestClient, type TestServer } from '#test/support/server.ts';

let server: TestServer;
let village: TestClient;
let neighbour: TestClient;
let doctor: TestClient;
let bureau: TestClient;
let admin: TestClient;
let township: string;
let other: string;

beforeAll(async () => {
  server = await startTestServer({ residents: 3000 });
  [village, neighbour, doctor, bureau, admin] = (await Promise.all(
    ['village', 'village2', 'township', 'bureau', 'admin'].map((name) => server.signIn(name)),
  )) as [TestClient, TestClient, TestClient, TestClient, TestClient];
  const places = await server.look<{ id: string }>(
    `select id from organization where path in ('/999999/100/', '/999999/101/') order by path`,
  );
  [township, other] = places.map((one) => one.id) as [string, string];
});
afterAll(() => server.stop());

/** Managed people of the first village, those with a hypertension follow-up first. */
const managed = (count: number) =>
  server.look<{ id: string }>(
    `select distinct e.resident_id as id from enrollment e join resident r on r.id = e.resident_id
     where e.org_path = '/999999/100/201/' and e.closed_on is null and r.status = 'active'
       and e.program = 'hypertension' order by 1 limit $1`,
    [count],
  );
const gradesOf = (id: string, batchId: string | null = null) =>
  server.look<{ colour: string }>(
    `select colour from grade_event where resident_id = $1 and batch_id is not distinct from $2 order by recorded_at`,
    [id, batchId],
  );
const grade = (client: TestClient, residentId: string, more: Record<string, unknown> = {}) =>
  client.call('POST', `/api/residents/${residentId}/grades`, {
    operationId: uuidv7(),
    gradeId: uuidv7(),
    ...more,
  });

async function prepare(more: Record<string, unknown> = {}) {
  const body = {
    operationId: uuidv7(),
    batchId: uuidv7(),
    organizationId: township,
    purpose: 'annual',
    reason: '2026年度评定',
    ...more,
  };
  return { body, reply: await doctor.call('POST', '/api/grading-batches', body) };
}
async function reached(batchId: string, status: string) {
  const read = async () => (await doctor.call('GET', `/api/grading-batches/${batchId}`)).body;
  await expect.poll(async () => (await read()).status, { timeout: 20_000 }).toBe(status);
  return read();
}
const confirm = (batchId: string, operationId = uuidv7()) =>
  doctor.call('POST', `/api/grading-batches/${batchId}/confirm`, { operationId });

describe('one person', () => {
  it('is graded otherwise than the rule only with a reason, keeps every grade, and is seen sooner when worse', async () => {
    const [person] = await managed(1);
    if (!person) throw new Error('somebody managed');
    const before = (await doctor.call('GET', `/api/residents/${person.id}/grades`)).body;
    expect(before).toMatchObject({ current: null, history: [] });
    expect((await grade(doctor, person.id, { override: { colour: 'red', reason: '差' } })).status).toBe(422);
    const body = { operationId: uuidv7(), gradeId: uuidv7() };
    const red = await grade(doctor, person.id, {
      ...body,
      override: { colour: 'red', reason: '近期两次急诊，需密切随访' },
    });
    expect(red.body).toMatchObject({ tier: 'county', colour: 'red', everyDays: 14 });
    const replay = await grade(doctor, person.id, {
      ...body,
      override: { colour: 'red', reason: '近期两次急诊，需密切随访' },
    });
    expect(replay.body).toEqual(red.body);
    const late = await server.look(
      `select 1 from follow_up_task where resident_id = $1 and closed_at is null and kind = 'routine'
         and due_on > date '2026-11-24' + 14`,
      [person.id],
    );
    expect(late, 'no routine visit later than the red interval').toHaveLength(0);

    // The rule would say milder; red has not stood its months.
    const shown = (await village.call('GET', `/api/residents/${person.id}/grades`)).body;
    expect(shown.current).toMatchObject({ colour: 'red', tier: 'county', since: '2026-11-24' });
    expect(shown.history).toHaveLength(1);
    expect(shown.history[0].detail.reasons.at(-1).text).toContain('近期两次急诊');
    if (before.suggestion.colour && before.suggestion.colour !== 'red') {
      expect(shown.suggestion.colour).toBe('red');
      expect(shown.suggestion.detail.reasons[0].code).toBe('not-yet-milder');
    }
    expect(await gradesOf(person.id)).toHaveLength(1);
  });

  it('is out of reach of others, and nobody unmanaged is graded', async () => {
    const [person] = await managed(1);
    if (!person) throw new Error('somebody managed');
    expect((await grade(village, person.id)).status, 'a village doctor does not grade').toBe(403);
    expect((await grade(server.anonymous, person.id)).status).toBe(401);
    expect((await neighbour.call('GET', `/api/residents/${person.id}/grades`)).status).toBe(404);
    const [free] = await server.look<{ id: string }>(
      `select id from resident r where org_path = '/999999/100/201/' and status = 'active'
         and not exists (select 1 from enrollment e where e.resident_id = r.id) limit 1`,
    );
    expect((await grade(doctor, free?.id ?? '')).body.code).toBe('not-enrolled');
  });
});

describe('a batch', () => {
  it('is previewed with reasons, grades nobody before it is confirmed, and is cancelled without a trace', async () => {
    const { body, reply } = await prepare();
    expect(reply.status, JSON.stringify(reply.body)).toBe(200);
    const atOnce = (await doctor.call('GET', `/api/grading-batches/${body.batchId}`)).body;
    expect(atOnce.status === 'previewed' || atOnce.preview.hasWorker, 'not shown as cut off').toBe(true);
    const batch = await reached(body.batchId, 'previewed');
    const people = await server.look<{ n: number }>(
      `select count(distinct e.resident_id)::int as n from enrollment e join resident r on r.id = e.resident_id
       where e.closed_on is null and r.status = 'active' and e.org_path like '/999999/100/%'`,
    );
    const sum = Object.values(batch.changes as Record<string, number>).reduce((a, b) => a + b, 0);
    expect(sum).toBe(people[0]?.n);
    const first = await doctor.call(
      'GET',
      `/api/grading-batches/${body.batchId}/people?change=first&limit=5`,
    );
    expect(first.body.items[0]).toMatchObject({ fromColour: null, isDone: false });
    expect(first.body.items[0].detail.reasons.at(-1).text).toMatch(/每 \d+ 天随访一次/);
    const lacking = await doctor.call('GET', `/api/grading-batches/${body.batchId}/people?change=undecided`);
    for (const one of lacking.body.items) expect(one.detail.missing.length).toBeGreaterThan(0);
    const cancel = await doctor.call('POST', `/api/grading-batches/${body.batchId}/cancel`, {
      operationId: uuidv7(),
    });
    expect(cancel.status).toBe(200);
    expect((await confirm(body.batchId)).body.code).toBe('illegal-move');
    expect(await server.look('select 1 from grade_event where batch_id = $1', [body.batchId])).toHaveLength(
      0,
    );
  });

  it('killed half way goes on where it stood: everybody is graded, nobody twice', async () => {
    const { body } = await prepare();
    const preview = await reached(body.batchId, 'previewed');
    const expected = preview.preview.total - preview.changes.undecided;
    // Somebody holds the 61st person: the first step of fifty commits, the second waits.
    const holder = new pg.Client({ connectionString: server.ownerUrl });
    await holder.connect();
    await holder.query('begin');
    const { rowCount } = await holder.query(
      `select 1 from grading_batch_person where batch_id = $1 and resident_id = (select resident_id
         from grading_batch_person where batch_id = $1 and change <> 'undecided' order by resident_id offset 60 limit 1)
       for update`,
      [body.batchId],
    );
    expect(rowCount).toBe(1);
    const operationId = uuidv7();
    const confirmed = await confirm(body.batchId, operationId);
    expect(confirmed.body).toEqual({ batchId: body.batchId, people: expected });
    expect((await confirm(body.batchId, operationId)).body).toEqual(confirmed.body);
    const waiting = async () =>
      server.look<{ pid: number }>(
        `select pid from pg_stat_activity where wait_event_type = 'Lock' and query like '%grading_batch_person%'`,
      );
    await expect.poll(async () => (await waiting()).length, { timeout: 10_000 }).toBe(1);
    await server.look('select pg_terminate_backend($1)', [(await waiting())[0]?.pid]);
    const job = async () => (await doctor.call('GET', `/api/grading-batches/${body.batchId}`)).body.work;
    await expect.poll(async () => (await job()).hasWorker).toBe(false);
    expect(await job()).toMatchObject({ status: 'working', done: 50, total: expected });
    expect(server.takeFaults().join()).toContain('grading cut off');
    const cutOff = async (client: TestClient) =>
      (await client.call('GET', '/api/grading-batches/cut-off')).body.items;
    expect(await cutOff(doctor)).toMatchObject([
      { id: body.batchId, done: 50, total: expected, isMine: true },
    ]);
    expect(await cutOff(bureau)).toMatchObject([{ id: body.batchId, isMine: false }]);
    expect(await cutOff(village)).toEqual([]);
    await holder.query('rollback');
    await holder.end();

    // Meanwhile a doctor grades somebody of the rest: the batch leaves that person alone.
    const [changed] = await server.look<{ id: string }>(
      `select resident_id as id from grading_batch_person where batch_id = $1 and done_at is null
         and to_colour <> 'red' and change = 'first' limit 1`,
      [body.batchId],
    );
    const own = await grade(doctor, changed?.id ?? '', {
      override: { colour: 'red', reason: '门诊发现新并发症' },
    });
    expect(own.status).toBe(200);

    const go = () => doctor.call('POST', `/api/grading-batches/${body.batchId}/continue`);
    await Promise.all([go(), go(), go()]);
    const done = await reached(body.batchId, 'finished');
    expect(await cutOff(doctor)).toEqual([]);
    expect(done.work).toMatchObject({
      status: 'done',
      done: expected,
      counts: { written: expected - 1, skipped: 1 },
    });
    const counts = await server.look<{ n: number; people: number }>(
      `select count(*)::int as n, count(distinct resident_id)::int as people from grade_event where batch_id = $1`,
      [body.batchId],
    );
    expect(counts[0]).toEqual({ n: expected - 1, people: expected - 1 });
    expect(await gradesOf(changed?.id ?? '', body.batchId)).toHaveLength(0);
    await go();
    expect(
      await server.look('select 1 from grade_event where batch_id = $1', [body.batchId]),
      'continuing a finished batch does nothing',
    ).toHaveLength(expected - 1);

    const counted = (await doctor.call('GET', '/api/grading')).body;
    expect(counted.counts.green + counted.counts.yellow + counted.counts.red).toBe(counted.counts.thisYear);
    const red = (await doctor.call('GET', '/api/grading/people?which=red&limit=100')).body.items;
    expect(red.length).toBe(Math.min(100, counted.counts.red));
    for (const one of red) expect(one).toMatchObject({ everyDays: 14, tier: 'county' });
    const mine = (await village.call('GET', '/api/grading')).body.counts;
    expect(mine.managed).toBeLessThan(counted.counts.managed);
    expect(
      counted.children.reduce((n: number, one: { counts: { managed: number } }) => n + one.counts.managed, 0),
    ).toBe(counted.counts.managed);
  });

  it('at work in a server that stops ends with the step it is at and no fault; another server goes on', async () => {
    const beside = await server.startBeside(server.keys);
    const { body } = await prepare();
    await reached(body.batchId, 'previewed');
    const holder = new pg.Client({ connectionString: server.ownerUrl });
    await holder.connect();
    await holder.query('begin');
    await holder.query(
      `select 1 from grading_batch_person where batch_id = $1 and change <> 'undecided' order by resident_id limit 1 for update`,
      [body.batchId],
    );
    const confirmed = await beside
      .clientOf(doctor.cookie)
      .call('POST', `/api/grading-batches/${body.batchId}/confirm`, { operationId: uuidv7() });
    expect(confirmed.status, JSON.stringify(confirmed.body)).toBe(200);
    await expect
      .poll(
        () =>
          server.look(
            `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%grading_batch_person%'`,
          ),
        { timeout: 10_000 },
      )
      .toHaveLength(1);
    const stopped = beside.stop();
    await holder.query('rollback');
    await holder.end();
    await stopped;
    expect(server.takeFaults()).toEqual([]);
    const work = async () => (await doctor.call('GET', `/api/grading-batches/${body.batchId}`)).body.work;
    const left = await work();
    expect(left.hasWorker).toBe(false);
    expect(left.done).toBeGreaterThan(0);
    expect(left.done === left.total || left.done % 50 === 0, `${left.done}`).toBe(true);
    await doctor.call('POST', `/api/grading-batches/${body.batchId}/continue`);
    await reached(body.batchId, 'finished');
    expect(await work()).toMatchObject({ status: 'done', done: left.total });
  });

  it('that would change nobody, or over a place of others, or by the wrong role, is refused', async () => {
    const { body } = await prepare({ purpose: 'regrade', reason: '再看一次' });
    const batch = await reached(body.batchId, 'previewed');
    expect(batch.changes.up + batch.changes.down + batch.changes.first).toBe(0);
    expect((await confirm(body.batchId)).body.code).toBe('empty-campaign');
    expect((await prepare({ organizationId: other })).reply.status).toBe(404);
    expect((await prepare({ reason: ' ' })).reply.status).toBe(422);
    for (const [client, status] of [
      [village, 403],
      [bureau, 403],
      [server.anonymous, 401],
    ] as const)
      expect((await client.call('POST', '/api/grading-batches', body)).status).toBe(status);
    const list = (await doctor.call('GET', '/api/grading-batches?limit=2')).body;
    expect(list.items[0].id).toBe(body.batchId);
    expect(list.nextCursor).not.toBeNull();
  });
});

describe('the county', () => {
  const put = (client: TestClient, change: unknown, seen: string | null = null) =>
    client.call('PUT', '/api/county-settings', { operationId: uuidv7(), seen, change });
  const scheme = (green: number, yellow: number, red: number, kind = 'colour') => ({
    key: 'grading-scheme',
    value: { scheme: kind, everyDays: { green, yellow, red } },
  });

  it('sets shorter intervals, never longer than the norm nor longer for the worse, and not over another', async () => {
    expect((await put(admin, scheme(91, 30, 14))).status).toBe(422);
    expect((await put(admin, scheme(90, 20, 30))).status).toBe(422);
    expect((await put(admin, scheme(90, 61, 30, 'levels'))).status).toBe(422);
    expect((await put(doctor, scheme(60, 30, 7))).status).toBe(403);
    expect((await put(admin, scheme(60, 30, 7))).status).toBe(200);
    expect((await put(admin, scheme(80, 30, 7))).body.code).toBe('stale-version');
    expect((await put(admin, { key: 'course-days', value: { suspected: 29, confirmed: 14 } })).status).toBe(
      422,
    );
    const shown = (await doctor.call('GET', '/api/county-settings')).body;
    expect(shown.gradingScheme.value.everyDays.red).toBe(7);
    expect(shown.defaults.gradingScheme.everyDays.red).toBe(14);
    const [, , person] = await managed(3);
    const red = await grade(doctor, person?.id ?? '', {
      override: { colour: 'red', reason: '按县里新方案密切随访' },
    });
    expect(red.body.everyDays).toBe(7);
  });

  it('sets its own critical values within what hospitals use; the engine alerts by them, ours stand until then', async () => {
    const own = (low: number, high = 6.2) => ({
      key: 'critical-values',
      value: { potassium: { low: 2.8, high }, haemoglobin: { low }, platelets: { low: 30 } },
    });
    const [person] = await managed(4);
    const seenBy = async () =>
      (await doctor.call('GET', `/api/residents/${person?.id}/assessment-record`)).body.record;
    expect((await seenBy()).criticalValues).toBeUndefined();
    const before = (await doctor.call('GET', '/api/county-settings')).body;
    expect(before.criticalValues).toEqual({ value: own(60).value, changedAt: null });

    const wide = await put(admin, own(71));
    expect(wide).toMatchObject({ status: 422, body: { issues: [{ path: 'haemoglobin.low' }] } });
    expect((await put(admin, own(59))).status).toBe(422);
    expect((await put(admin, own(70, 6.6))).status).toBe(422);
    expect((await put(doctor, own(70))).status).toBe(403);
    expect((await put(admin, own(70))).status).toBe(200);
    expect((await put(admin, own(65))).body.code).toBe('stale-version');
    const [audited] = await server.look<{ detail: { value: unknown } }>(
      `select detail from audit_entry where action = 'county-setting.change' and subject = 'critical-values'`,
    );
    expect(audited?.detail.value).toEqual(own(70).value);

    const record = (await seenBy()) as PatientRecord;
    const day = plainDate('2026-11-24');
    const alerts = (value: number, given: PatientRecord = record) =>
      assess(
        { ...given, measurements: [{ kind: 'haemoglobin', value, on: addDays(day, -1) }], conditions: [] },
        day,
      ).alerts.filter((one) => one.line === 'LAB-CRIT');
    expect(alerts(70)[0]).toMatchObject({ level: 'critical', title: '检验危急值' });
    expect(alerts(71)).toEqual([]);
    expect(alerts(66, { ...record, criticalValues: undefined })[0]?.level).toBe('red');
  });
});
