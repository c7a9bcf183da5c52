import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestClient, type TestServer } from '#test/support/server.ts';
import type { RefusalToAsk } from '../refusals-contract.ts';

let server: TestServer;
let doctor: TestClient;
beforeAll(async () => {
  server = await startTestServer({ residents: 1500 });
  doctor = await server.signIn('village');
});
afterAll(() => server.stop());

interface Person {
  readonly id: string;
  readonly version: number;
}
const used = new Set<string>();

/** Somebody of the village managed for these diseases alone whom no test has taken. */
async function managedFor(...programs: readonly string[]): Promise<Person> {
  const rows = await server.look<Person>(
    `select r.id, r.version from resident r where r.org_path like '/999999/100/201/%' and r.status = 'active'
       and (select array_agg(e.program order by e.program) from enrollment e
         where e.resident_id = r.id and e.closed_on is null) = $1::text[] order by r.id`,
    [programs.toSorted()],
  );
  const found = rows.find((row) => !used.has(row.id));
  if (!found) throw new Error(`nobody managed for ${programs.join()}`);
  used.add(found.id);
  return found;
}

const [refusedOn, reviewOn] = ['2026-11-24', '2026-12-24'];

async function refuseAll(who: Person, day = reviewOn): Promise<void> {
  const [at] = await server.look<{ version: number }>('select version from resident where id = $1', [who.id]);
  const done = await doctor.call('POST', `/api/residents/${who.id}/end`, {
    operationId: uuidv7(),
    eventId: uuidv7(),
    version: at?.version,
    kind: 'refused',
    onDay: refusedOn,
    note: '不愿意',
    reviewOn: day,
  });
  expect(done.status, JSON.stringify(done.body)).toBe(200);
}

async function refuseOne(who: Person, program: string, day = reviewOn): Promise<void> {
  const [open] = await server.look<{ id: string; version: number }>(
    'select id, version from enrollment where resident_id = $1 and program = $2 and closed_on is null',
    [who.id, program],
  );
  const body = {
    version: open?.version,
    closedOn: refusedOn,
    reason: 'refused',
    note: '嫌麻烦',
    reviewOn: day,
  };
  const done = await doctor.call('POST', `/api/enrollments/${open?.id}/close`, {
    operationId: uuidv7(),
    ...body,
  });
  expect(done.status, JSON.stringify(done.body)).toBe(200);
}

const enroll = (who: Person, program: string) =>
  doctor.call('POST', `/api/residents/${who.id}/enrollments`, {
    operationId: uuidv7(),
    enrollmentId: uuidv7(),
    program,
    enrolledOn: refusedOn,
  });

/** Who is to be asked on a day, as the day's work shows it to somebody. */
async function askedOn(day: string, username = 'village'): Promise<RefusalToAsk[]> {
  server.setNow(new Date(`${day}T02:00:00Z`));
  const reader = await server.signIn(username);
  const all: RefusalToAsk[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const reply = await reader.call(
      'GET',
      `/api/refusals-to-ask?limit=2${cursor ? `&cursor=${cursor}` : ''}`,
    );
    expect(reply.status, JSON.stringify(reply.body)).toBe(200);
    all.push(...reply.body.items);
    cursor = reply.body.nextCursor;
  }
  server.setNow(new Date(`${refusedOn}T02:00:00Z`));
  doctor = await server.signIn('village');
  return all.filter((one) => used.has(one.residentId));
}
const ids = (found: readonly RefusalToAsk[]) => found.map((one) => one.residentId);

describe('a refusal whose day to ask again has come', () => {
  it('stands on the day’s work from that day on, with what was refused, when and why', async () => {
    const [all, one] = [
      await managedFor('hypertension'),
      await managedFor('hypertension', 'type-2-diabetes'),
    ];
    await refuseAll(all);
    await refuseOne(one, 'type-2-diabetes', '2026-12-20');
    expect(await askedOn('2026-12-19')).toEqual([]);
    expect(ids(await askedOn('2026-12-20'))).toEqual([one.id]);
    expect(ids(await askedOn('2026-12-23'))).toEqual([one.id]);
    const found = await askedOn(reviewOn);
    expect(found).toMatchObject([
      { residentId: one.id, program: 'type-2-diabetes', refusedOn, reviewOn: '2026-12-20', note: '嫌麻烦' },
      { residentId: all.id, program: null, refusedOn, reviewOn, note: '不愿意' },
    ]);
    expect(ids(await askedOn('2027-03-01'))).toEqual([one.id, all.id]);
    expect(ids(await askedOn(reviewOn, 'township'))).toEqual([one.id, all.id]);
    expect(await askedOn(reviewOn, 'village2')).toEqual([]);
  });

  it('is over when the person is managed again for what they refused, and not by another disease', async () => {
    const [whole, one] = [
      await managedFor('hypertension'),
      await managedFor('hypertension', 'type-2-diabetes'),
    ];
    await refuseAll(whole);
    await refuseOne(one, 'type-2-diabetes');
    expect(ids(await askedOn(reviewOn))).toEqual(expect.arrayContaining([whole.id, one.id]));
    expect((await enroll(whole, 'hypertension')).status).toBe(200);
    const left = ids(await askedOn(reviewOn));
    expect(left).not.toContain(whole.id);
    expect(left).toContain(one.id);
    expect((await enroll(one, 'type-2-diabetes')).status).toBe(200);
    expect(ids(await askedOn(reviewOn))).not.toContain(one.id);
  });

  it('gives way to a later refusal with a day of its own, and ends with the record', async () => {
    const [again, dead] = [await managedFor('hypertension'), await managedFor('hypertension')];
    await refuseAll(again);
    await refuseAll(again, '2027-02-01');
    await refuseAll(dead);
    const of = (found: readonly RefusalToAsk[], who: Person) =>
      found.filter((one) => one.residentId === who.id);
    expect(of(await askedOn(reviewOn), again)).toEqual([]);
    expect(of(await askedOn(reviewOn), dead)).toHaveLength(1);
    const late = of(await askedOn('2027-02-01'), again);
    expect(late.map((one) => one.reviewOn)).toEqual(['2027-02-01']);
    const [at] = await server.look<{ version: number }>('select version from resident where id = $1', [
      dead.id,
    ]);
    const died = await doctor.call('POST', `/api/residents/${dead.id}/end`, {
      operationId: uuidv7(),
      eventId: uuidv7(),
      version: at?.version,
      kind: 'dead',
      onDay: refusedOn,
      source: '家属告知',
    });
    expect(died.status, JSON.stringify(died.body)).toBe(200);
    expect(of(await askedOn(reviewOn), dead)).toEqual([]);
  });
});
