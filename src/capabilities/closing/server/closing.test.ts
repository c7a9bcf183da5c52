import fc from 'fast-check';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { residentTables } from '#apps/server/resident-tables.ts';
import { sealResident } from '#capabilities/residents/server/public.ts';
import { orgPath } from '#kernel/org-path.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { openLifeWorld } from '#test/rigs/life/life-world.ts';
import { liveLives } from '#test/rigs/life-cycle.ts';
import { sampleVisit } from '#test/support/sample-visit.ts';
import { startTestServer, type TestClient, type TestServer, testToday } from '#test/support/server.ts';
import { reckonAgain } from './end-record.ts';

let server: TestServer;
let doctor: TestClient;
let neighbour: TestClient;
let centre: TestClient;
let second: TestClient;
let bureau: TestClient;
const home = '/999999/100/201/';

beforeAll(async () => {
  server = await startTestServer({ residents: 1500 });
  [doctor, neighbour, centre, second, bureau] = (await Promise.all(
    ['village', 'village2', 'township', 'ph001', 'bureau'].map((name) => server.signIn(name)),
  )) as [TestClient, TestClient, TestClient, TestClient, TestClient];
  expect((await centre.call('GET', '/api/checkup-years/2026')).status).toBe(200);
});
afterAll(() => server.stop());

interface Person {
  id: string;
  version: number;
  org_path: string;
}
const used = new Set<string>();
async function somebody(where = 'true', path = home): Promise<Person> {
  const rows = await server.look<Person>(
    `select r.id, r.version, r.org_path from resident r where r.org_path like $1 || '%' and r.status = 'active'
       and ${where} order by r.id limit 40`,
    [path],
  );
  const found = rows.find((row) => !used.has(row.id));
  if (!found) throw new Error(`nobody where ${where}`);
  used.add(found.id);
  return found;
}
const managed = `exists (select 1 from enrollment e join follow_up_task t on t.enrollment_id = e.id and t.closed_at is null
  where e.resident_id = r.id and e.closed_on is null and e.program = 'hypertension')`;
/** Nobody has reached them since the first attempts of these tests. */
const unseen = `not exists (select 1 from form_record f where f.resident_id = r.id and f.occurred_on > '2026-11-01')`;
const versionOf = async (id: string) =>
  (await server.look<{ version: number }>('select version from resident where id = $1', [id]))[0]?.version ??
  0;

const end = (who: Person, body: object, client = doctor) =>
  client.call('POST', `/api/residents/${who.id}/end`, {
    operationId: uuidv7(),
    eventId: uuidv7(),
    version: who.version,
    onDay: '2026-11-24',
    ...body,
  });
const attempt = (who: Person, onDay: string, client = doctor) =>
  client.call('POST', `/api/residents/${who.id}/contact-attempts`, {
    operationId: uuidv7(),
    attemptId: uuidv7(),
    onDay,
    means: 'telephone',
    note: '无人接听',
  });
const reopen = async (who: Person, undoesId: string, client = doctor) =>
  client.call('POST', `/api/residents/${who.id}/reopen`, {
    operationId: uuidv7(),
    eventId: uuidv7(),
    version: await versionOf(who.id),
    undoesId,
    reason: '登记错了人',
  });

/** Every row about these residents, by table; versions and times of change only go up and are left out. */
async function rowsAbout(ids: string[]): Promise<Record<string, unknown>> {
  const all: Record<string, unknown> = {};
  const skipped = ['audit_entry', 'change_feed', 'resident_revision', 'resident_status_event'];
  for (const one of residentTables.filter((known) => !skipped.includes(known.table))) {
    all[one.table] = await server.look(
      `select (to_jsonb(t) - 'valid_from') as row from ${one.table} t where t.resident_id = any($1::uuid[])
       order by to_jsonb(t)::text`,
      [ids],
    );
  }
  all.resident = await server.look(
    `select (to_jsonb(t) - 'version' - 'updated_at') as row from resident t where id = any($1::uuid[]) order by id`,
    [ids],
  );
  return all;
}

describe('the list of tables about a resident', () => {
  it('is the catalogue: no table with a resident is forgotten, none is invented', async () => {
    const rows = await server.look<{ table: string }>(
      `select table_name as table from information_schema.columns where table_schema = 'public' and column_name = 'resident_id'`,
    );
    expect(residentTables.map((one) => one.table).toSorted()).toEqual(
      rows.map((row) => row.table).toSorted(),
    );
  });

  it('names the key, and the application may change what moving and merging change', async () => {
    for (const one of residentTables) {
      const keys = await server.look<{ name: string }>(
        `select a.attname as name from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
         where i.indrelid = $1::regclass and i.indisprimary and a.attname <> 'county_id'`,
        [one.table],
      );
      expect([...one.key].toSorted(), one.table).toEqual(keys.map((row) => row.name).toSorted());
      const columns = [
        ...(one.onMove === 'follows' ? ['org_path'] : []),
        ...(one.managedBy ? [one.managedBy] : []),
        ...(one.onMerge.kind === 'moves' ? ['resident_id'] : []),
      ];
      for (const column of columns) {
        const [row] = await server.look<{ may: boolean }>(
          `select has_column_privilege('quancheng_app', $1, $2, 'update') as may`,
          [one.table, column],
        );
        expect(row?.may, `${one.table}.${column}`).toBe(true);
      }
    }
  });
});

describe('a death', () => {
  it('ends programmes and tasks, is counted, is refused twice, and can be taken back exactly', async () => {
    const who = await somebody(
      `${managed} and not exists (select 1 from form_record f where f.resident_id = r.id and f.occurred_on > '2026-11-01')`,
    );
    // What is cancelled for a death stays cancelled: somebody without appointments comes back exactly.
    await server.look(
      `update appointment set status = 'cancelled', cancel_reason = '改期' where resident_id = $1 and status = 'booked'`,
      [who.id],
    );
    const before = await rowsAbout([who.id]);
    expect((await end(who, { kind: 'dead' })).body.issues[0].path).toBe('source');
    expect((await end(who, { kind: 'dead', source: '家属告知', onDay: '2026-11-25' })).status).toBe(422);
    expect((await end({ ...who, version: 99 }, { kind: 'dead', source: '家属告知' })).body.code).toBe(
      'stale-version',
    );
    const body = {
      operationId: uuidv7(),
      eventId: uuidv7(),
      kind: 'dead',
      source: '家属告知',
      cause: '脑梗死',
    };
    const done = await end(who, body);
    expect(done.status, JSON.stringify(done.body)).toBe(200);
    expect((await end(who, body)).body).toEqual(done.body);
    const [state] = await server.look<{ status: string; open: number; tasks: number; reason: string }>(
      `select r.status, (select count(*)::int from enrollment e where e.resident_id = r.id and e.closed_on is null) as open,
        (select count(*)::int from follow_up_task t where t.resident_id = r.id and t.closed_at is null) as tasks,
        (select max(close_reason) from enrollment e where e.resident_id = r.id) as reason from resident r where r.id = $1`,
      [who.id],
    );
    expect(state).toEqual({ status: 'dead', open: 0, tasks: 0, reason: 'dead' });
    const again = await end({ ...who, version: done.body.version }, { kind: 'dead', source: '家属告知' });
    expect(again.body.code).toBe('record-closed');
    const shown = await doctor.call('GET', `/api/residents/${who.id}/closing`);
    expect(shown.body.events[0]).toMatchObject({ kind: 'dead', detail: { cause: '脑梗死' } });
    expect((await reopen(who, uuidv7())).status).toBe(404);
    expect((await reopen(who, body.eventId)).status).toBe(200);
    expect(await rowsAbout([who.id])).toEqual(before);
    expect((await reopen(who, body.eventId)).status).toBe(404);
  });

  it('is for those who treat, in their own village', async () => {
    const who = await somebody();
    const body = { kind: 'dead', source: '家属告知' };
    expect((await end(who, body, server.anonymous)).status).toBe(401);
    expect((await end(who, body, bureau)).status).toBe(403);
    expect((await end(who, body, neighbour)).status).toBe(404);
    expect((await neighbour.call('GET', `/api/residents/${who.id}/closing`)).status).toBe(404);
  });
});

describe('loss and refusal', () => {
  it('takes three attempts on different days before somebody is lost, and takes the person back on return', async () => {
    const who = await somebody(`${managed} and ${unseen}`);
    const before = await rowsAbout([who.id]);
    for (const day of ['2026-11-02', '2026-11-09']) expect((await attempt(who, day)).status).toBe(200);
    await attempt(who, '2026-11-09');
    const early = await end(who, { kind: 'lost' });
    expect(early).toMatchObject({ status: 422, body: { code: 'too-few-attempts' } });
    expect(early.body.issues[0].message).toMatch(/已记 2 次，还差 1 次/);
    expect((await doctor.call('GET', `/api/residents/${who.id}/closing`)).body).toMatchObject({
      status: 'active',
      events: [],
    });
    expect((await attempt(who, '2026-11-25')).status).toBe(422);
    await attempt(who, '2026-11-16');
    // The day of the loss is not before the last attempt.
    expect((await end(who, { kind: 'lost', onDay: '2026-11-15' })).body.code).toBe('too-few-attempts');
    const eventId = uuidv7();
    expect((await end(who, { kind: 'lost', eventId })).status).toBe(200);
    expect((await reopen(who, eventId)).status).toBe(200);
    const { contact_attempt: attempts, ...rest } = await rowsAbout([who.id]);
    expect(attempts).toHaveLength(4);
    const { contact_attempt: _none, ...was } = before;
    expect(rest).toEqual(was);
  });

  it('counts only what was tried after the person was last reached, by a visit or by their return', async () => {
    const who = await somebody(`${managed} and ${unseen}`);
    for (const day of ['2026-11-02', '2026-11-09', '2026-11-16'])
      expect((await attempt(who, day)).status).toBe(200);
    const seen = await doctor.call('POST', '/api/follow-ups', {
      operationId: uuidv7(),
      recordId: uuidv7(),
      residentId: who.id,
      formEdition: '2017',
      answers: sampleVisit({ visitDate: '2026-11-10', nextVisitDate: '2027-02-08' }),
    });
    expect(seen.status, JSON.stringify(seen.body)).toBe(200);
    const early = await end({ ...who, version: await versionOf(who.id) }, { kind: 'lost' });
    expect(early).toMatchObject({ status: 422, body: { code: 'too-few-attempts' } });
    expect(early.body.issues[0].message).toMatch(
      /2026-11-10 已联系上本人.*2026-11-11 至 2026-11-24 已记 1 次，还差 2 次/,
    );
    const shown = await doctor.call('GET', `/api/residents/${who.id}/closing`);
    expect(shown.body.reachedOn).toBe('2026-11-10');
    for (const day of ['2026-11-11', '2026-11-20']) expect((await attempt(who, day)).status).toBe(200);
    const eventId = uuidv7();
    const lost = { ...who, version: await versionOf(who.id) };
    expect((await end(lost, { kind: 'lost', eventId })).status).toBe(200);
    expect((await reopen(who, eventId)).status).toBe(200);
    const again = await end({ ...who, version: await versionOf(who.id) }, { kind: 'lost' });
    expect(again.body.issues[0].message).toMatch(/2026-11-24 已联系上本人，不能登记 2026-11-24 失访/);
  });

  it('writes no attempt on a record that ended or was merged away, and says so', async () => {
    const dead = await somebody();
    const eventId = uuidv7();
    expect((await end(dead, { kind: 'dead', source: '家属告知', eventId })).status).toBe(200);
    const onDead = await attempt(dead, '2026-11-24');
    expect([onDead.status, onDead.body.code]).toEqual([409, 'record-closed']);
    expect(onDead.body.detail).toMatch(/已登记死亡.*撤回/);
    expect((await reopen(dead, eventId)).status).toBe(200);
    expect((await attempt(dead, '2026-11-24')).status).toBe(200);
    const moved = await somebody();
    expect((await end(moved, { kind: 'moved', destination: '外省' })).status).toBe(200);
    expect((await attempt(moved, '2026-11-24')).body.detail).toMatch(/已登记迁出/);
    const [kept, gone] = [await somebody(), await somebody()];
    const { mergeId } = (await propose(kept.id, gone.id)).body;
    expect((await decide(mergeId, true)).status).toBe(200);
    expect((await attempt(gone, '2026-11-24')).body.detail).toMatch(/已并入另一份.*保留的那份/);
    const rows = await server.look('select 1 from contact_attempt where resident_id = any($1)', [
      [moved.id, gone.id],
    ]);
    expect(rows).toEqual([]);
  });

  it('keeps a refusing person’s record open, ends the management and sets a day to ask again', async () => {
    const who = await somebody(managed);
    expect((await end(who, { kind: 'refused', note: '不愿意' })).body.issues[0].path).toBe('reviewOn');
    const done = await end(who, { kind: 'refused', note: '不愿意', reviewOn: '2027-05-01' });
    expect(done.status, JSON.stringify(done.body)).toBe(200);
    const opened = await doctor.call('GET', `/api/residents/${who.id}`);
    expect(opened.body).toMatchObject({ status: 'active', programs: [], openTasks: [] });
  });
});

describe('moving', () => {
  const receiver = async (path: string) =>
    (await server.look<{ id: string }>('select id from organization where path = $1', [path]))[0]?.id ?? '';
  const ask = (who: Person, toOrganizationId: string, client = doctor) =>
    client.call('POST', `/api/residents/${who.id}/handovers`, {
      operationId: uuidv7(),
      handoverId: uuidv7(),
      toOrganizationId,
      reason: '随子女居住',
    });
  const answer = (id: string, what: string, client: TestClient, note = '') =>
    client.call('POST', `/api/handovers/${id}/answer`, { operationId: uuidv7(), answer: what, note });

  it('waits for the receiving village, then moves every row at once and leaves who did the work', async () => {
    const who = await somebody(
      `${managed} and exists (select 1 from form_record f where f.resident_id = r.id)`,
    );
    const [far] = await server.look<{ path: string }>(
      `select o.path from staff s join organization o on o.id = s.organization_id where s.username = 'village2'`,
    );
    const path = far?.path ?? '';
    const authors = await server.look(
      'select id, organization_id from form_record where resident_id = $1 order by id',
      [who.id],
    );
    const sent = await ask(who, await receiver(path));
    expect(sent.body, JSON.stringify(sent.body)).toMatchObject({ status: 'pending' });
    expect((await ask(who, await receiver(path))).body.code).toBe('already-exists');
    expect((await neighbour.call('GET', `/api/residents/${who.id}`)).status).toBe(404);
    const inbox = await neighbour.call('GET', '/api/handovers?side=in');
    expect(inbox.body.items.map((one: { id: string }) => one.id)).toContain(sent.body.handoverId);
    expect((await answer(sent.body.handoverId, 'accepted', doctor)).status).toBe(404);
    expect((await answer(sent.body.handoverId, 'declined', neighbour)).status).toBe(422);
    const done = await answer(sent.body.handoverId, 'accepted', neighbour);
    expect(done.status, JSON.stringify(done.body)).toBe(200);
    expect((await neighbour.call('GET', `/api/residents/${who.id}`)).status).toBe(200);
    expect((await doctor.call('GET', `/api/residents/${who.id}`)).status).toBe(404);
    for (const one of residentTables.filter((known) => known.onMove === 'follows')) {
      const left = await server.look(`select 1 from ${one.table} where resident_id = $1 and org_path <> $2`, [
        who.id,
        path,
      ]);
      expect(left, one.table).toHaveLength(0);
    }
    expect(
      await server.look('select id, organization_id from form_record where resident_id = $1 order by id', [
        who.id,
      ]),
    ).toEqual(authors);
    const task = await server.look<{ organization_id: string }>(
      'select organization_id from follow_up_task where resident_id = $1 and closed_at is null',
      [who.id],
    );
    expect(task[0]?.organization_id).toBe(await receiver(path));
    expect((await answer(sent.body.handoverId, 'accepted', neighbour)).body.code).toBe('already-exists');
  });

  it('is done at once between villages of one centre, and can be withdrawn before it is taken', async () => {
    const who = await somebody(managed);
    const [other] = await server.look<{ id: string; path: string }>(
      `select id, path from organization where path like '/999999/100/%' and kind = 'village-clinic' and path <> $1 limit 1`,
      [home],
    );
    const moved = await ask(who, other?.id ?? '', centre);
    expect(moved.body).toMatchObject({ status: 'accepted' });
    const [row] = await server.look<Person>('select id, version, org_path from resident where id = $1', [
      who.id,
    ]);
    expect(row?.org_path).toBe(other?.path);
    const next = await somebody();
    const [far] = await server.look<{ id: string }>(
      `select id from organization where path like '/999999/101/%' and kind = 'village-clinic' limit 1`,
    );
    const sent = await ask(next, far?.id ?? '');
    expect((await answer(sent.body.handoverId, 'withdrawn', doctor)).status).toBe(200);
    expect((await ask(next, far?.id ?? '')).body.status).toBe('pending');
  });

  it('is not taken of somebody who meanwhile left the village that asked', async () => {
    const who = await somebody();
    const [far] = await server.look<{ path: string }>(
      `select o.path from staff s join organization o on o.id = s.organization_id where s.username = 'village2'`,
    );
    const sent = await ask(who, await receiver(far?.path ?? ''));
    const [other] = await server.look<{ id: string; path: string }>(
      `select id, path from organization where path like '/999999/100/%' and kind = 'village-clinic' and path <> $1 limit 1`,
      [home],
    );
    await server.look('update resident set org_path = $2, organization_id = $3 where id = $1', [
      who.id,
      other?.path,
      other?.id,
    ]);
    const taken = await answer(sent.body.handoverId, 'accepted', neighbour);
    expect(taken.body).toMatchObject({ code: 'illegal-move', detail: expect.stringContaining('已不在原村') });
    expect((await answer(sent.body.handoverId, 'declined', neighbour, '请现在的村办理')).status).toBe(200);
  });

  it('out of the county ends the record and gives a summary to take along', async () => {
    const who = await somebody(managed);
    expect((await end(who, { kind: 'moved' })).body.issues[0].path).toBe('destination');
    expect((await end(who, { kind: 'moved', destination: '外省某市' })).status).toBe(200);
    const summary = await doctor.call('GET', `/api/residents/${who.id}/transfer-summary`);
    expect(summary.body).toMatchObject({ destination: '外省某市' });
    expect(summary.body.enrollments.length).toBeGreaterThan(0);
  });
});

const propose = (keptId: string, removedId: string, more: object = {}, client = centre) =>
  client.call('POST', '/api/merges', {
    operationId: uuidv7(),
    mergeId: uuidv7(),
    keptId,
    removedId,
    reason: '同一人两份档案',
    ...more,
  });
const decide = (mergeId: string, accept: boolean, client = second) =>
  client.call('POST', `/api/merges/${mergeId}/decide`, { operationId: uuidv7(), accept });
const undo = (mergeId: string, more: object = {}, client = centre) =>
  client.call('POST', `/api/merges/${mergeId}/undo`, {
    operationId: uuidv7(),
    reason: '不是同一人',
    ...more,
  });

/** Facts of a kind the demo county does not make, so that every moving table meets the property. */
async function addFacts(id: string, kinds: readonly number[]): Promise<void> {
  const who = (
    await server.look<Person>('select id, version, org_path from resident where id = $1', [id])
  )[0];
  if (!who) throw new Error('nobody');
  const [staff] = await server.look<{ id: string; organization_id: string }>(
    `select id, organization_id from staff where username = 'township'`,
  );
  const by = staff?.id ?? '';
  const organization = staff?.organization_id ?? '';
  const now = '2026-11-20T08:00:00Z';
  for (const kind of kinds) {
    const values = ['999999', uuidv7(), id, who.org_path];
    if (kind === 0)
      await server.look(
        `insert into care_plan (county_id, id, resident_id, org_path, plan_version, made_on, content, made_at, made_by)
         select $1, $2, $3, $4, coalesce(max(plan_version), 0) + 1, '2026-11-20', '{}', $5, $6 from care_plan where resident_id = $3`,
        [...values, now, by],
      );
    if (kind === 1)
      await server.look(
        `insert into contract (county_id, id, resident_id, org_path, organization_id, doctor_id, package_ids, signed_on,
           valid_from, valid_to, consent, family, created_at, created_by)
         values ($1, $2, $3, $4, $5, $6, '{}', '2026-01-01', '2026-01-01', '2026-12-31', '{}', '[]', $7, $6) on conflict do nothing`,
        [...values, organization, by, now],
      );
    if (kind === 2)
      await server.look(
        `insert into condition_episode (county_id, id, resident_id, org_path, organization_id, condition, state, since,
           next_step, source, updated_at)
         values ($1, $2, $3, $4, $5, 'hypertension', 'suspected', '2026-11-20', '复测', 'checkup', $6) on conflict do nothing`,
        [...values, organization, now],
      );
    if (kind === 3)
      await server.look(
        `insert into centre_visit (county_id, id, resident_id, org_path, organization_id, arrived_on, entry, box, created_at, created_by)
         values ($1, $2, $3, $4, $5, '2026-11-20', 'A1', 'R1', $6, $7) on conflict do nothing`,
        [...values, organization, now, by],
      );
    if (kind === 4)
      await server.look(
        `insert into contact_attempt (county_id, id, resident_id, org_path, on_day, means, note, recorded_at, recorded_by)
         values ($1, $2, $3, $4, '2026-11-20', 'home', '不在家', $5, $6)`,
        [...values, now, by],
      );
    if (kind === 6)
      await server.look(
        `insert into self_test (county_id, id, resident_id, organization_id, org_path, point, slip_no, taken_on, taken_at,
           readings, claimed_at, claimed_by, created_at, created_by)
         values ($1, $2, $3, $5, '/999999/100/', '大厅', gen_random_uuid()::text, '2026-11-20', '08:00', '[]', $6, $4, $6, $4)`,
        [...values.slice(0, 3), by, organization, now],
      );
    if (kind === 5)
      await server.look(
        `insert into enrollment (county_id, id, resident_id, org_path, organization_id, program, enrolled_on, created_at, created_by)
         values ($1, $2, $3, $4, $5, 'copd', '2026-02-01', $6, $7) on conflict do nothing`,
        [...values, organization, now, by],
      );
  }
}

/** What is reckoned is as fresh as a merge leaves it: facts written past the server have not been reckoned yet. */
async function reckonNow(residentIds: string[]): Promise<void> {
  await server.look('delete from checkup_year where resident_id = any($1::uuid[])', [residentIds]);
  const scope = { countyId: '999999', path: orgPath('/999999/') };
  await withScope(server.database, scope, (tx) =>
    reckonAgain(tx, residentTables, {
      countyId: '999999',
      residentIds,
      years: [2025, 2026],
      today: testToday,
    }),
  );
}

describe('two records of one person', () => {
  const figure = async () => {
    const [row] = await server.look<{ n: number; people: number }>(
      `select count(*)::int as n, count(distinct resident_id)::int as people from management_year where year = 2026 and managed`,
    );
    return row;
  };

  it('merge and unmerge are nothing at all, whatever the histories', async () => {
    const pool = await server.look<{ id: string }>(
      `select id from resident where org_path like '/999999/100/%' and status = 'active' order by md5(id::text) limit 60`,
    );
    const pick = fc.nat(pool.length - 1);
    const facts = fc.array(fc.nat(6), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(pick, pick, facts, facts, fc.boolean(), async (a, b, more, others, takesName) => {
        const [kept, removed] = [pool[a]?.id ?? '', pool[b]?.id ?? ''];
        if (kept === removed || used.has(kept) || used.has(removed)) return;
        await addFacts(kept, more);
        await addFacts(removed, others);
        await reckonNow([kept, removed]);
        const figureBefore = await figure();
        const before = await rowsAbout([kept, removed]);
        const fromRemoved = takesName ? ['name', 'idNo', 'birthDate'] : [];
        const differing = await centre.call('GET', `/api/duplicates/compare?first=${kept}&second=${removed}`);
        const chosen = fromRemoved.filter(
          (id) =>
            differing.body.first.personalInformation[id] !== differing.body.second.personalInformation[id],
        );
        const proposed = await propose(kept, removed, { fromRemoved: chosen });
        expect(proposed.status, JSON.stringify(proposed.body)).toBe(200);
        const merged = await decide(proposed.body.mergeId, true);
        expect(merged.status, JSON.stringify(merged.body)).toBe(200);
        const left = await server.look(
          `select 1 from form_record where resident_id = $1 union all select 1 from enrollment where resident_id = $1`,
          [removed],
        );
        expect(left).toHaveLength(0);
        const open = await server.look<{ n: number }>(
          `select count(*)::int as n from enrollment where resident_id = $1 and closed_on is null group by program`,
          [kept],
        );
        expect(open.every((row) => row.n === 1)).toBe(true);
        const undone = await undo(proposed.body.mergeId);
        expect(undone.status, JSON.stringify(undone.body)).toBe(200);
        expect(await rowsAbout([kept, removed])).toEqual(before);
        expect(await figure()).toEqual(figureBefore);
      }),
      { numRuns: 25, seed: 20261124, endOnFailure: true },
    );
  }, 120_000);

  it('need two people, count one person in the figures, and assign what came later by hand', async () => {
    const kept = await somebody(`${managed} and r.sex = '1'`);
    const removed = await somebody(`${managed} and r.sex = '1'`);
    const before = await figure();
    const proposed = await propose(kept.id, removed.id);
    const { mergeId } = proposed.body;
    expect((await propose(kept.id, removed.id)).body.code).toBe('already-exists');
    expect((await decide(mergeId, true, centre)).body.code).toBe('not-allowed');
    expect((await decide(mergeId, true, neighbour)).status).toBe(404);
    expect((await decide(mergeId, true)).status).toBe(200);
    expect((await decide(mergeId, true)).body.code).toBe('already-exists');
    expect((await figure())?.people).toBe((before?.people ?? 0) - 1);
    const closed = await centre.call('GET', `/api/residents/${removed.id}`);
    expect(closed.body).toMatchObject({ status: 'closed', programs: [] });

    server.setNow(new Date('2026-11-24T02:10:00Z'));
    const recordId = uuidv7();
    const filed = await doctor.call('POST', `/api/residents/${kept.id}/records`, {
      operationId: uuidv7(),
      recordId,
      form: 'encounter-note',
      formEdition: '2017',
      answers: {
        name: '某',
        encounterDate: '2026-11-24',
        subjective: '头晕',
        objective: '血压 150/92',
        assessment: '高血压',
        plan: '休息',
        doctorSign: '王守义',
      },
    });
    expect(filed.status, JSON.stringify(filed.body)).toBe(200);
    const shown = await centre.call('GET', `/api/merges/${mergeId}`);
    expect(shown.body.later).toMatchObject([{ table: 'form_record', key: recordId }]);
    const open = await undo(mergeId);
    expect(open.body).toMatchObject({ code: 'needs-confirmation', issues: [{ code: 'unassigned' }] });
    const done = await undo(mergeId, { assign: [{ table: 'form_record', key: recordId, to: 'removed' }] });
    expect(done.status, JSON.stringify(done.body)).toBe(200);
    const [row] = await server.look<{ resident_id: string }>(
      'select resident_id from form_record where id = $1',
      [recordId],
    );
    expect(row?.resident_id).toBe(removed.id);
    expect(await figure()).toEqual(before);
    expect((await undo(mergeId)).body.code).toBe('already-exists');
    const audited = await server.look<{ action: string }>(
      `select action from audit_entry where resident_id = $1 and action like 'record.%merge%' order by at, id`,
      [removed.id],
    );
    expect(audited.map((one) => one.action)).toEqual([
      'record.merge-propose',
      'record.merge',
      'record.unmerge',
    ]);
  });

  it.each([
    ['normal', 'confirmed'],
    ['confirmed', 'suspected'],
  ])(
    'of which one is %s and the other %s are one who is confirmed, and two again when undone',
    async (a, b) => {
      const free = `not exists (select 1 from condition_episode e where e.resident_id = r.id)`;
      const [kept, removed] = [await somebody(free), await somebody(free)];
      for (const [id, state] of [
        [kept.id, a],
        [removed.id, b],
      ])
        await server.look(
          `insert into condition_episode (county_id, id, resident_id, org_path, organization_id, condition, state, since,
           next_step, source, updated_at)
         select county_id, gen_random_uuid(), id, org_path, organization_id, 'copd', $2, '2026-11-01', '纳入管理', 'clinic',
           '2026-11-01T00:00:00Z' from resident where id = $1`,
          [id, state],
        );
      const open = (id: string) =>
        server.look(`select state from condition_episode where resident_id = $1 and state <> 'closed'`, [id]);
      const { mergeId } = (await propose(kept.id, removed.id)).body;
      expect((await decide(mergeId, true)).status).toBe(200);
      expect(await open(kept.id)).toEqual([{ state: 'confirmed' }]);
      expect((await undo(mergeId)).status).toBe(200);
      expect([await open(kept.id), await open(removed.id)]).toEqual([[{ state: a }], [{ state: b }]]);
    },
  );

  it.each([
    ['2025-12-31', '2026-12-31', 'removed'],
    ['2026-12-31', '2025-12-31', 'kept'],
    ['2026-12-31', '2026-11-30', 'kept'],
  ])('with contracts to %s and %s keep the one that holds', async (mine, other, winner) => {
    const free = `not exists (select 1 from contract c where c.resident_id = r.id)`;
    const [kept, removed] = [await somebody(free), await somebody(free)];
    const ids = { kept: uuidv7(), removed: uuidv7() };
    for (const [who, contractId, validTo] of [
      [kept.id, ids.kept, mine],
      [removed.id, ids.removed, other],
    ])
      await server.look(
        `insert into contract (county_id, id, resident_id, org_path, organization_id, doctor_id, package_ids, signed_on,
           valid_from, valid_to, consent, family, created_at, created_by)
         select r.county_id, $2, r.id, r.org_path, r.organization_id, s.id, '{}', '2025-01-01', '2025-01-01', $3::date, '{}', '[]',
           '2025-01-01T00:00:00Z', s.id from resident r join staff s on s.username = 'township' where r.id = $1`,
        [who, contractId, validTo],
      );
    const open = () =>
      server.look(
        'select id, resident_id from contract where id = any($1) and ended_on is null order by id',
        [[ids.kept, ids.removed]],
      );
    const { mergeId } = (await propose(kept.id, removed.id)).body;
    expect((await decide(mergeId, true)).status).toBe(200);
    expect(await open()).toEqual([{ id: ids[winner as 'kept'], resident_id: kept.id }]);
    expect((await undo(mergeId)).status).toBe(200);
    expect(await open()).toHaveLength(2);
  });

  it('are found by number, name and birthday; two people stay two once it is said', async () => {
    const [a, b] = [await somebody(), await somebody()];
    const [known] = await server.look<{ id_no: string }>('select id, id_no from resident where id = $1', [
      a.id,
    ]);
    const written = { id: b.id, idType: '99', idNo: known?.id_no.toLowerCase() ?? '', phone: null };
    const sealed = sealResident(server.seals, { ...written, answers: {} });
    await server.look(
      `update resident b set name = a.name, birth_date = a.birth_date, sex = a.sex, id_type = '99', id_no = $3,
         id_no_index = $4, identity_index = $5 from resident a where a.id = $1 and b.id = $2`,
      [a.id, b.id, sealed.id_no, sealed.id_no_index, sealed.identity_index],
    );
    const found = await doctor.call('POST', '/api/duplicates/find', { operationId: uuidv7() });
    expect(found.body.found).toBeGreaterThan(0);
    const list = await doctor.call('GET', '/api/duplicates');
    const [first] = list.body.items;
    expect([first.first.id, first.second.id].toSorted()).toEqual([a.id, b.id].toSorted());
    expect(first.reasons).toEqual(expect.arrayContaining(['same-identity', 'same-name-birth']));
    const say = (reason: string, client = doctor) =>
      client.call('POST', '/api/duplicates/dismiss', {
        operationId: uuidv7(),
        firstId: first.first.id,
        secondId: first.second.id,
        reason,
      });
    expect((await say('')).status).toBe(422);
    expect((await say('双胞胎', neighbour)).status).toBe(404);
    expect((await say('双胞胎')).status).toBe(200);
    await doctor.call('POST', '/api/duplicates/find', { operationId: uuidv7() });
    const after = await doctor.call('GET', '/api/duplicates');
    expect(after.body.items.some((one: { first: { id: string } }) => one.first.id === first.first.id)).toBe(
      false,
    );
  });
});

describe('whole lives of records, any step in any order', () => {
  it('INP-17: only legal steps are taken, and what is true of people holds after each', async () => {
    const world = await openLifeWorld(server);
    const ends = await liveLives(world, { sequences: 24, longest: 25, seed: 20_261_124 });
    expect(Object.values(ends).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(200);
  }, 60_000);

  it('INP-17: a record that was merged away is not opened again by taking its old ending back', async () => {
    const [kept, gone] = [await somebody(), await somebody(unseen)];
    const eventId = uuidv7();
    for (const day of ['2026-11-02', '2026-11-09', '2026-11-16'])
      expect((await attempt(gone, day)).status).toBe(200);
    expect((await end(gone, { kind: 'lost', eventId })).status).toBe(200);
    const { mergeId } = (await propose(kept.id, gone.id)).body;
    expect((await decide(mergeId, true)).status).toBe(200);
    expect((await reopen(gone, eventId)).body.code).toBe('record-closed');
  });

  it('a death is not buried by a merge: neither proposed nor confirmed until it is taken back', async () => {
    const [kept, gone] = [await somebody(), await somebody()];
    const { mergeId } = (await propose(kept.id, gone.id)).body;
    const eventId = uuidv7();
    const ended = await end(gone, { kind: 'dead', source: '家属告知', eventId });
    expect(ended.status).toBe(200);
    const late = await decide(mergeId, true);
    expect([late.status, late.body.code]).toEqual([409, 'record-closed']);
    expect(late.body.detail).toMatch(/登记死亡.*撤回后再合并/);
    const other = await somebody();
    expect((await propose(other.id, gone.id)).body.detail).toBe(late.body.detail);
    expect((await reopen({ ...gone, version: ended.body.version }, eventId)).status).toBe(200);
    expect((await decide(mergeId, true)).status).toBe(200);
  });

  it('INP-17: a merge is not undone while the kept record has ended since', async () => {
    const [kept, gone] = [await somebody(), await somebody(managed)];
    const { mergeId } = (await propose(kept.id, gone.id)).body;
    expect((await decide(mergeId, true)).status).toBe(200);
    const eventId = uuidv7();
    const body = { kind: 'moved', destination: '外省某市', eventId };
    expect((await end({ ...kept, version: await versionOf(kept.id) }, body)).status).toBe(200);
    expect((await undo(mergeId)).body.code).toBe('record-closed');
    expect((await reopen(kept, eventId)).status).toBe(200);
    expect((await undo(mergeId, { personalInformation: 'as-now' })).status).toBe(200);
  });

  it('INP-17: the task a visit opened after a merge goes back with its programme when the merge is undone', async () => {
    const [kept, gone] = [
      await somebody('not exists (select 1 from enrollment e where e.resident_id = r.id)'),
      await somebody(
        `${managed} and not exists (select 1 from form_record f where f.resident_id = r.id and f.occurred_on > '2026-11-01')`,
      ),
    ];
    const { mergeId } = (await propose(kept.id, gone.id)).body;
    expect((await decide(mergeId, true)).status).toBe(200);
    const [task] = await server.look<{ id: string }>(
      'select id from follow_up_task where resident_id = $1 and closed_at is null',
      [kept.id],
    );
    const planned = await doctor.call('POST', `/api/tasks/${task?.id}/close`, {
      operationId: uuidv7(),
      reason: 'replanned',
      note: '改日再来',
      nextDueOn: '2026-12-01',
    });
    expect(planned.status, JSON.stringify(planned.body)).toBe(200);
    expect((await undo(mergeId)).status).toBe(200);
    const open = await server.look<{ resident_id: string }>(
      'select resident_id from follow_up_task where id = $1 and closed_at is null',
      [planned.body.nextTask.id],
    );
    expect(open).toEqual([{ resident_id: gone.id }]);
  });

  it('INP-17: somebody lost while managed, whose record was merged, can be managed again', async () => {
    const [kept, gone] = [
      await somebody(
        `r.birth_date < '1980-01-01' and not exists (select 1 from enrollment e where e.resident_id = r.id)
           and not exists (select 1 from condition_episode c where c.resident_id = r.id)`,
      ),
      await somebody(`${managed} and ${unseen}`),
    ];
    for (const day of ['2026-11-02', '2026-11-09', '2026-11-16'])
      expect((await attempt(gone, day)).status).toBe(200);
    expect((await end(gone, { kind: 'lost' })).status).toBe(200);
    const { mergeId } = (await propose(kept.id, gone.id)).body;
    expect((await decide(mergeId, true)).status).toBe(200);
    const again = await doctor.call('POST', `/api/residents/${kept.id}/enrollments`, {
      operationId: uuidv7(),
      enrollmentId: uuidv7(),
      program: 'hypertension',
      enrolledOn: '2026-11-24',
    });
    expect(again.status, JSON.stringify(again.body)).toBe(200);
  });

  it('INP-17: nobody is visited after a death that was heard of after the programme was closed', async () => {
    const who = await somebody(
      `${managed} and not exists (select 1 from form_record f where f.resident_id = r.id and f.occurred_on > '2026-11-01')`,
    );
    const { body } = await doctor.call('GET', `/api/residents/${who.id}`);
    const { id, version } = body.enrollments.find((one: { closedOn: null }) => one.closedOn === null);
    const refusal = { reason: 'refused', note: '不愿意', reviewOn: '2027-05-01' };
    const close = { operationId: uuidv7(), version, closedOn: '2026-11-24', ...refusal };
    expect((await doctor.call('POST', `/api/enrollments/${id}/close`, close)).status).toBe(200);
    const ended = await end(who, { kind: 'dead', source: '家属告知', onDay: '2026-11-10' });
    expect(ended.status, JSON.stringify(ended.body)).toBe(200);
    const reply = await doctor.call('POST', '/api/follow-ups', {
      operationId: uuidv7(),
      recordId: uuidv7(),
      residentId: who.id,
      formEdition: '2017',
      answers: { visitDate: '2026-11-15', visitMethod: '1', sbp: 128, dbp: 80 },
    });
    expect(reply.body.issues.map((one: { code: string }) => one.code)).toContain('after-death');
  });
});
