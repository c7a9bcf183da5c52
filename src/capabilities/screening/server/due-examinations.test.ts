import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orgPath } from '#kernel/org-path.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import {
  startTestServer,
  type TestClient,
  type TestServer,
  testNow,
  testToday,
} from '#test/support/server.ts';
import { judgeNextExaminations } from './public.ts';

let server: TestServer;
let village: TestClient;
let township: TestClient;
let nurse: TestClient;
let bureau: TestClient;

beforeAll(async () => {
  server = await startTestServer({ residents: 3000 });
  [village, township, nurse, bureau] = (await Promise.all(
    ['village', 'township', 'publichealth', 'bureau'].map((name) => server.signIn(name)),
  )) as [TestClient, TestClient, TestClient, TestClient];
});
afterAll(() => server.stop());

interface Line {
  residentId: string;
  organizationName: string;
  isDone: boolean;
  due: { test: string; dueOn: PlainDate }[];
}

const look = (people: number, today: PlainDate = testToday) =>
  judgeNextExaminations(server.database, { countyId: '999999', today, now: testNow, people });
const counts = async (client: TestClient) => (await client.call('GET', '/api/due-examinations')).body;

/** Everybody on a list, read a page at a time. */
async function everybody(client: TestClient, test: string, limit = 50): Promise<Line[]> {
  const all: Line[] = [];
  let cursor = '';
  do {
    const { status, body } = await client.call(
      'GET',
      `/api/due-examinations/people?test=${test}&limit=${limit}${cursor}`,
    );
    expect(status, JSON.stringify(body)).toBe(200);
    all.push(...body.items);
    cursor = body.nextCursor === null ? '' : `&cursor=${encodeURIComponent(body.nextCursor)}`;
  } while (cursor !== '');
  return all;
}

/** People managed for high blood pressure alone, with the day of their last recorded electrocardiogram. */
const pressureOnly = (path: string) =>
  server.look<{ id: string; last: PlainDate | null }>(
    `select r.id, (select max(f.occurred_on) from form_record f where f.resident_id = r.id and f.form = 'annual-checkup'
        and f.superseded_by is null and f.status = 'complete' and f.answers->>'ecg' is not null)::text as last
     from resident r where r.status = 'active' and r.org_path like $1
       and (select array_agg(e.program) from enrollment e where e.resident_id = r.id and e.closed_on is null) = '{hypertension}'
       and not exists (select 1 from condition_episode c where c.resident_id = r.id and c.condition = 'type-2-diabetes')
       and not r.personal_information::text like '%糖尿病%'`,
    [`${path}%`],
  );

describe('tests that are due', () => {
  it('of places nobody looked at yet are said to wait, and nobody is counted', async () => {
    const page = await counts(bureau);
    expect(page.judgedAt).toBe(null);
    expect(page.counts).toEqual({ people: 0, due: {}, waiting: page.counts.waiting });
    expect(page.counts.waiting).toBeGreaterThan(3);
    expect(await everybody(bureau, 'any')).toEqual([]);
  });

  it('are judged place by place, by two servers at once too, each place once a day', async () => {
    const first = await look(1);
    expect(first).toBeGreaterThan(0);
    expect((await counts(bureau)).counts.people).toBe(first);
    await Promise.all([look(1e6), look(1e6)]);
    expect(await look(1e6)).toBe(0);
    const [managed] = await server.look<{ n: number }>(
      `select count(distinct e.resident_id)::int as n from enrollment e join resident r on r.id = e.resident_id
       where e.closed_on is null and r.status = 'active'`,
    );
    const page = await counts(bureau);
    expect(page.counts).toMatchObject({ people: managed?.n, waiting: 0 });
    expect(page.judgedAt).toBe(testNow.toISOString());
  });

  it('list everybody the figure counts, each once, page after page, with what each lacks today', async () => {
    const { due } = (await counts(township)).counts;
    for (const test of ['any', 'ecg', 'retina', 'acr', 'foot']) {
      const list = await everybody(township, test, 7);
      expect(list.length, test).toBe(due[test]);
      expect(new Set(list.map((one) => one.residentId)).size).toBe(list.length);
      for (const one of list) {
        expect(one.isDone).toBe(false);
        if (test !== 'any') expect(one.due.map((item) => item.test)).toContain(test);
        for (const item of one.due) expect(item.dueOn <= testToday).toBe(true);
      }
    }
  });

  it('hold everybody with high blood pressure whose last electrocardiogram is a year old, and nobody sooner', async () => {
    const people = await pressureOnly('/999999/100/');
    const listed = new Set((await everybody(township, 'ecg')).map((one) => one.residentId));
    const aYearAgo = `${Number(testToday.slice(0, 4)) - 1}${testToday.slice(4)}`;
    const late = people.filter(({ last }) => last === null || last <= aYearAgo);
    expect(late.length).toBeGreaterThan(5);
    expect(people.length).toBeGreaterThan(late.length);
    for (const { id, last } of people)
      expect(listed.has(id), `${last}`).toBe(late.some((one) => one.id === id));
  });

  it('are summed over the places below, and each sees the people of its own places only', async () => {
    const whole = await counts(bureau);
    const sum = (key: string) =>
      whole.children.reduce(
        (total: number, child: { counts: { due: Record<string, number> } }) =>
          total + (child.counts.due[key] ?? 0),
        0,
      );
    for (const key of ['any', 'ecg', 'retina']) expect(sum(key), key).toBe(whole.counts.due[key]);
    const own = await counts(village);
    expect(own.place.parentId).toBe(null);
    expect(own.children).toEqual([]);
    const list = await everybody(village, 'any');
    expect(list.length).toBe(own.counts.due.any);
    expect([...new Set(list.map((one) => one.organizationName))]).toEqual([own.place.name]);
    const elsewhere = whole.children.at(-1).id;
    expect((await village.call('GET', `/api/due-examinations?organizationId=${elsewhere}`)).status).toBe(404);
    expect(
      (await village.call('GET', `/api/due-examinations/people?test=any&organizationId=${elsewhere}`)).status,
    ).toBe(404);
    expect((await village.call('GET', '/api/due-examinations/people?test=soul')).status).toBe(422);
  });

  it('say who was done since, and leave the list at the next look', async () => {
    const of201 = new Set((await pressureOnly('/999999/100/201/')).map((one) => one.id));
    const before = await everybody(township, 'ecg');
    const who = before.find((one) => of201.has(one.residentId))?.residentId ?? '';
    const arrived = await nurse.call('POST', `/api/residents/${who}/visits`, {
      operationId: uuidv7(),
      visitId: uuidv7(),
      entry: 'A3',
      declinedReason: '先看病',
      pressure: { sbp: 124, dbp: 78 },
    });
    expect(arrived.status, JSON.stringify(arrived.body)).toBe(200);
    const { visitId } = arrived.body;
    for (const [section, body] of [
      ['history', { text: '复查' }],
      ['examination', { text: '无特殊' }],
      ['tests', { results: [{ code: 'ecg', text: '窦性心律' }] }],
    ] as const) {
      const { version } = (await township.call('GET', `/api/visits/${visitId}`)).body;
      const written = await township.call('POST', `/api/visits/${visitId}/findings`, {
        operationId: uuidv7(),
        recordId: uuidv7(),
        version,
        section,
        ...body,
      });
      expect(written.status, JSON.stringify(written.body)).toBe(200);
    }
    const after = await everybody(township, 'ecg');
    expect(after.filter((one) => one.isDone).map((one) => one.residentId)).toEqual([who]);
    await look(1e6, addDays(testToday, 1));
    const next = await everybody(township, 'ecg');
    expect(next.map((one) => one.residentId)).not.toContain(who);
    expect((await counts(township)).counts.due.ecg).toBe(next.length);
  });

  it('take a checkup’s word for the vaccine and the talks of older people', async () => {
    const [sheet] = await server.look<{ id: string; resident_id: string }>(
      `select id, resident_id from form_record where form = 'annual-checkup' and superseded_by is null
         and status = 'complete' and occurred_on >= $1 order by id limit 1`,
      [addDays(testToday, -360)],
    );
    const examinations = async () =>
      (await bureau.call('GET', `/api/residents/${sheet?.resident_id}/assessment-record`)).body.record
        .examinations;
    expect(await examinations()).not.toHaveProperty('influenza');
    const given = addDays(testToday, -30);
    await server.look(`update form_record set answers = answers::jsonb || $2::jsonb where id = $1`, [
      sheet?.id,
      JSON.stringify({ elderEmotion: '1', vaccinations: [{ vaccineName: '流感疫苗', vaccDate: given }] }),
    ]);
    const after = await examinations();
    expect(after).toMatchObject({ influenza: given, mood: after.checkup });
  });

  it('no longer name who has died since', async () => {
    const [first] = await everybody(township, 'ecg');
    await server.look(`update resident set status = 'dead' where id = $1`, [first?.residentId]);
    expect((await everybody(township, 'ecg')).map((one) => one.residentId)).not.toContain(first?.residentId);
    await look(1e6, addDays(testToday, 2));
    expect(
      await server.look('select test from examination_due where resident_id = $1', [first?.residentId]),
    ).toEqual([]);
  });

  it('are read from their index, whole lists never sorted', async () => {
    const path = orgPath('/999999/');
    const plan = await withScope(server.database, { countyId: '999999', path }, async (tx) => {
      await sql`set local enable_seqscan = off`.execute(tx);
      const { rows } = await sql<{ 'QUERY PLAN': string }>`explain select d.resident_id from examination_due d
        join resident r on r.county_id = d.county_id and r.id = d.resident_id and r.status = 'active'
        where d.county_id = '999999' and d.test = 'ecg' and d.org_path >= '/999999/' and d.org_path < '/9999990'
          and (d.org_path, d.due_on, d.resident_id) > ('/999999/100/201/' collate "C", date '2026-01-01', ${uuidv7()}::uuid)
        order by d.org_path, d.due_on, d.resident_id limit 51`.execute(tx);
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    });
    expect(plan).toContain('examination_due_by_test');
    expect(plan).not.toMatch(/Sort|Seq Scan/);
  });
});
