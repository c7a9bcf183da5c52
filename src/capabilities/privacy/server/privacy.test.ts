import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { residentTables } from '#apps/server/resident-tables.ts';
import { orgPath } from '#kernel/org-path.ts';
import { type PlainDate, plainDate } from '#kernel/plain-date.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { processingPurposes } from '#standards/privacy/processing-purposes.ts';
import { findSource } from '#standards/sources.ts';
import {
  startTestServer,
  type TestClient,
  type TestServer,
  testNow,
  testToday,
} from '#test/support/server.ts';
import { allowsUse, consentState } from '../domain/consent-state.ts';
import { countDueDay } from '../domain/count-due-day.ts';
import { hasConsent } from './public.ts';

interface Person {
  readonly id: string;
  readonly name: string;
  readonly org_path: string;
}
let server: TestServer;
let village: TestClient;
let bureau: TestClient;
let own: Person[];
let stranger: Person;

beforeAll(async () => {
  server = await startTestServer({ residents: 600 });
  village = await server.signIn('village');
  bureau = await server.signIn('bureau');
  const people = await server.look<Person & { mine: boolean }>(
    `select r.id, r.name, r.org_path, r.org_path = o.path as mine from resident r, staff s
     join organization o on o.county_id = s.county_id and o.id = s.organization_id
     where s.username = 'village' and r.status = 'active' and r.phone is not null and r.birth_date < '1990-01-01' order by r.id`,
  );
  own = people.filter((one) => one.mine);
  const other = people.find((one) => !one.mine);
  if (own.length < 12 || !other) throw new Error('too few people');
  stranger = other;
});
afterAll(() => server.stop());
beforeEach(() => server.setNow(testNow));

const take = (): Person => {
  const next = own.shift();
  if (!next) throw new Error('nobody left');
  return next;
};
const say = (who: Person, more: object = {}, client = village) =>
  client.call('POST', `/api/residents/${who.id}/consents`, {
    operationId: uuidv7(),
    consentId: uuidv7(),
    purpose: 'medical-alliance',
    deed: 'given',
    givenBy: 'self',
    signer: who.name,
    means: 'paper',
    onDay: testToday,
    ...more,
  });
const request = (who: Person, more: object = {}, client = village) =>
  client.call('POST', `/api/residents/${who.id}/privacy-requests`, {
    operationId: uuidv7(),
    requestId: uuidv7(),
    kind: 'explanation',
    about: '为什么要测血压',
    askedBy: 'self',
    asker: who.name,
    receivedOn: testToday,
    ...more,
  });
const answer = (requestId: string, more: object = {}, client = bureau) =>
  client.call('POST', `/api/privacy-requests/${requestId}/answer`, {
    operationId: uuidv7(),
    decision: 'done',
    answer: '已当面说明',
    ...more,
  });
/** A past version of the basic information, with a telephone in it. */
const keepVersion = (who: Person) =>
  server.look(
    `insert into resident_revision (county_id, resident_id, version, org_path, form_edition, personal_information, changed_at)
     select county_id, id, 0, org_path, form_edition, personal_information || '{"phone":"13800000000"}', now()
     from resident where id = $1`,
    [who.id],
  );
const shown = async (who: Person, purpose: string) =>
  (await village.call('GET', `/api/residents/${who.id}/consents`)).body.purposes.find(
    (one: { purpose: string }) => one.purpose === purpose,
  );
const asks = (who: Person, purpose: string, today: PlainDate = testToday) =>
  withScope(server.database, { countyId: '999999', path: orgPath('/999999/') }, (tx) =>
    hasConsent(tx, { countyId: '999999', residentId: who.id, purpose, today }),
  );

describe('uses of residents’ data', () => {
  it('each stand on a document that is known, and a code stands once', () => {
    for (const one of processingPurposes) expect(findSource(one.source), one.code).toBeDefined();
    expect(new Set(processingPurposes.map((one) => one.code)).size).toBe(processingPurposes.length);
  });

  it('rest on duty, on the service with a right to refuse, or on consent that somebody gave', () => {
    const person = { birthDate: plainDate('1960-01-01') };
    const given = { deed: 'given', givenBy: 'self', onDay: testToday } as const;
    const withdrawn = { ...given, deed: 'withdrawn' } as const;
    const table = (['statutory-duty', 'service-asked-for', 'separate-consent'] as const).map((basis) =>
      [undefined, given, withdrawn].map((last) =>
        allowsUse(basis, consentState(basis, last, person, testToday)),
      ),
    );
    expect(table).toEqual([
      [true, true, true],
      [true, true, false],
      [false, true, false],
    ]);
  });

  it('agreed to by a guardian end on the day the child turns fourteen; of an adult’s guardian they last', () => {
    const last = { deed: 'given', givenBy: 'guardian', onDay: plainDate('2025-03-01') } as const;
    const child = { birthDate: plainDate('2012-11-24') };
    expect(consentState('separate-consent', last, child, plainDate('2026-11-23'))).toBe('given');
    expect(consentState('separate-consent', last, child, plainDate('2026-11-24'))).toBe('lapsed');
    const adult = { birthDate: plainDate('1940-01-01') };
    expect(consentState('separate-consent', last, adult, testToday)).toBe('given');
  });
});

describe('a consent', () => {
  it('is none until given, then holds, and a withdrawal counts at once; every word stays', async () => {
    const who = take();
    expect(await asks(who, 'medical-alliance')).toBe(false);
    expect((await say(who)).status).toBe(200);
    expect(await asks(who, 'medical-alliance')).toBe(true);
    expect(await shown(who, 'medical-alliance')).toMatchObject({ state: 'given', isAllowed: true });
    // Within the same millisecond of the server's clock.
    expect((await say(who, { deed: 'withdrawn', means: 'spoken' })).status).toBe(200);
    expect(await asks(who, 'medical-alliance')).toBe(false);
    expect((await say(who, { deed: 'withdrawn' })).body.code).toBe('already-exists');
    const list = (await bureau.call('GET', `/api/residents/${who.id}/consents?limit=1`)).body;
    expect(list.items.map((one: { deed: string }) => one.deed)).toEqual(['withdrawn']);
    const next = await bureau.call(
      'GET',
      `/api/residents/${who.id}/consents?limit=1&cursor=${encodeURIComponent(list.nextCursor)}`,
    );
    expect(next.body.items.map((one: { deed: string }) => one.deed)).toEqual(['given']);
    const noted = await server.look<{ action: string }>(
      `select action from audit_entry where resident_id = $1 and action like 'consent.%' order by at, id`,
      [who.id],
    );
    const deeds = noted.map((one) => one.action);
    expect(deeds.filter((one) => one !== 'consent.read')).toEqual(['consent.give', 'consent.withdraw']);
    expect(deeds).toContain('consent.read');
  });

  it('withdrawn is not undone by an older paper, but by a new word', async () => {
    const who = take();
    await say(who, { deed: 'withdrawn', onDay: '2026-11-20' });
    expect((await say(who, { onDay: '2026-11-19' })).body.issues[0].path).toBe('onDay');
    expect((await say(who, { onDay: '2026-11-20' })).status).toBe(200);
    expect(await asks(who, 'medical-alliance')).toBe(true);
  });

  it('is not asked for where the law makes it a duty, nor kept twice where screening keeps it', async () => {
    const who = take();
    expect((await say(who, { purpose: 'public-health' })).body.code).toBe('illegal-move');
    expect((await say(who, { purpose: 'family-prompt' })).body.code).toBe('illegal-move');
    expect((await say(who, { purpose: 'anything' })).body.issues[0].path).toBe('purpose');
    expect([await asks(who, 'public-health'), await asks(who, 'anything')]).toEqual([true, false]);
    expect(await asks(who, 'family-prompt')).toBe(false);
    await server.look(
      `insert into family_consent (county_id, id, resident_id, household_id, org_path, given_on, signer, recorded_at, recorded_by)
       select r.county_id, gen_random_uuid(), r.id, coalesce(r.household_id, gen_random_uuid()), r.org_path,
         '2026-11-01', r.name, now(), (select id from staff limit 1) from resident r where r.id = $1`,
      [who.id],
    );
    expect(await asks(who, 'family-prompt')).toBe(true);
    await server.look(
      `update family_consent set revoked_on = '2026-11-24', revoked_by = recorded_by where resident_id = $1`,
      [who.id],
    );
    expect(await asks(who, 'family-prompt')).toBe(false);
    expect(await shown(who, 'family-prompt')).toMatchObject({ state: 'withdrawn', isAllowed: false });
  });

  it('names a guardian’s relation, not a day to come, and needs the guardian of a child', async () => {
    const who = take();
    expect((await say(who, { givenBy: 'guardian' })).body.issues[0].path).toBe('relation');
    expect((await say(who, { onDay: '2026-11-25' })).body.issues[0].path).toBe('onDay');
    expect((await say(who, { signer: ' ' })).status).toBe(422);
    await server.look(`update resident set birth_date = '2012-11-25' where id = $1`, [who.id]);
    expect((await say(who)).body.issues[0].path).toBe('givenBy');
    expect((await say(who, { givenBy: 'guardian', relation: '母亲', signer: '某某' })).status).toBe(200);
    expect(await asks(who, 'medical-alliance', plainDate('2026-11-25'))).toBe(false);
  });

  it('is for clinical staff to write, of their own places, once however often it is sent', async () => {
    const who = take();
    expect((await say(who, {}, server.anonymous)).status).toBe(401);
    expect((await say(who, {}, bureau)).status).toBe(403);
    expect((await say(stranger)).status).toBe(404);
    expect((await village.call('GET', `/api/residents/${stranger.id}/consents`)).status).toBe(404);
    const ids = { operationId: uuidv7(), consentId: uuidv7() };
    const [first, second] = await Promise.all([say(who, ids), say(who, ids)]);
    expect([first.status, second.body]).toEqual([200, first.body]);
    expect(await server.look('select 1 from consent_event where resident_id = $1', [who.id])).toHaveLength(1);
    await expect(
      withScope(server.database, { countyId: '999999', path: orgPath('/999999/') }, (tx) =>
        tx.updateTable('consent_event').set({ deed: 'withdrawn' }).execute(),
      ),
    ).rejects.toMatchObject({ code: '42501' });
  });
});

describe('the deadline of a request', () => {
  it('counts working days from the day after, over a weekend, a holiday and a weekend that is worked', () => {
    expect(countDueDay(plainDate('2026-11-24'), 15)).toBe('2026-12-15');
    expect(countDueDay(plainDate('2026-11-27'), 1)).toBe('2026-11-30');
    // 1 to 7 October are off, Saturday the 10th is worked.
    expect(countDueDay(plainDate('2026-09-30'), 3)).toBe('2026-10-10');
  });

  it('is met on its last day and over on the next', async () => {
    const who = take();
    const asked = await request(who);
    expect(asked.body.dueOn).toBe('2026-12-15');
    const isOverdueAt = async (moment: string) => {
      server.setNow(new Date(moment));
      const keeper = await server.signIn('bureau');
      const { items } = (await keeper.call('GET', '/api/privacy-requests')).body;
      return items.find((one: { requestId: string }) => one.requestId === asked.body.requestId).isOverdue;
    };
    expect(await isOverdueAt('2026-12-15T15:59:00Z')).toBe(false);
    expect(await isOverdueAt('2026-12-15T16:01:00Z')).toBe(true);
  });
});

describe('a request', () => {
  it('is written by clinical staff of the place, answered once by those who look after privacy, with a reason', async () => {
    const who = take();
    expect((await request(who, {}, server.anonymous)).status).toBe(401);
    expect((await request(who, {}, bureau)).status).toBe(403);
    expect((await request(stranger)).status).toBe(404);
    expect((await request(who, { receivedOn: '2026-11-25' })).body.issues[0].path).toBe('receivedOn');
    const ids = { operationId: uuidv7(), requestId: uuidv7() };
    const [first, second] = await Promise.all([request(who, ids), request(who, ids)]);
    expect([first.status, second.body]).toEqual([200, first.body]);
    const { requestId } = ids;
    expect((await answer(requestId, {}, village)).status).toBe(403);
    expect((await answer(uuidv7())).status).toBe(404);
    expect((await answer(requestId, { answer: ' ' })).status).toBe(422);
    const path = `/api/privacy-requests/${requestId}/claim`;
    expect((await bureau.call('POST', path, { operationId: uuidv7() })).status).toBe(200);
    expect((await answer(requestId)).status).toBe(200);
    expect((await answer(requestId)).body.code).toBe('already-exists');
    const { items } = (await village.call('GET', '/api/privacy-requests?show=all')).body;
    const kept = items.find((one: { requestId: string }) => one.requestId === requestId);
    expect(kept).toMatchObject({ decision: 'done', answer: '已当面说明', isOverdue: false });
    expect(kept.assignedTo).toBe(kept.answeredBy);
  });

  it('for a copy gives everything of the person and of nobody else, and is written down', async () => {
    const who = take();
    await say(who);
    const { requestId } = (await request(who, { kind: 'copy' })).body;
    const path = `/api/privacy-requests/${requestId}/copy?purpose=resident-request`;
    expect((await village.call('GET', path)).status).toBe(403);
    const copy = await bureau.call('GET', path);
    expect(copy.status).toBe(200);
    expect(copy.body.resident).toMatchObject({ id: who.id, name: who.name });
    const counted: Record<string, number> = {};
    for (const { table } of residentTables.filter((one) => !/^(audit_entry|change_feed)$/.test(one.table))) {
      const [row] = await server.look<{ n: number }>(
        `select count(*)::int as n from ${table} where resident_id = $1`,
        [who.id],
      );
      if (row && row.n > 0) counted[table] = row.n;
    }
    const parts: { table: string; rows: { resident_id: string }[] }[] = copy.body.parts;
    expect(Object.fromEntries(parts.map((one) => [one.table, one.rows.length]))).toEqual(counted);
    expect(new Set(parts.flatMap((one) => one.rows.map((row) => row.resident_id)))).toEqual(
      new Set([who.id]),
    );
    expect(counted).toMatchObject({ consent_event: 1, privacy_request: 1 });
    const noted = await server.look(
      `select 1 from audit_entry where resident_id = $1 and action = 'privacy-request.export'`,
      [who.id],
    );
    expect(noted).toHaveLength(1);
    const other = (await request(who, { kind: 'explanation' })).body.requestId;
    expect(
      (await bureau.call('GET', `/api/privacy-requests/${other}/copy?purpose=resident-request`)).status,
    ).toBe(409);
  });

  it('for deletion takes the ways to reach the person out of every version, and leaves the record its legal time', async () => {
    const [who] = await server.look<Person & { phone: string; last: string }>(
      `select r.id, r.name, r.org_path, r.phone, (select max(occurred_on)::text from form_record f where f.resident_id = r.id) as last
       from resident r where r.org_path = $1 and r.status = 'active' and r.phone is not null
         and exists (select 1 from form_record f where f.resident_id = r.id)
         and not exists (select 1 from centre_visit v where v.resident_id = r.id) order by r.id limit 1`,
      [own[0]?.org_path],
    );
    if (!who) throw new Error('nobody with a record');
    const sheets = () =>
      server.look('select id from form_record where resident_id = $1 order by id', [who.id]);
    await keepVersion(who);
    const before = await sheets();
    const refusedOne = (await request(who, { kind: 'deletion' })).body.requestId;
    expect((await answer(refusedOne, { decision: 'refused' })).status).toBe(200);
    const stillThere = await server.look<{ phone: string }>('select id, phone from resident where id = $1', [
      who.id,
    ]);
    expect(stillThere[0]?.phone).toBe(who.phone);
    const { requestId } = (await request(who, { kind: 'deletion' })).body;
    const done = await answer(requestId);
    const year = Number(who.last.slice(0, 4)) + 15;
    expect(done.body.heldUntil.slice(0, 7)).toBe(`${year}${who.last.slice(4, 7)}`);
    const left = await server.look(
      `select 1 from resident where id = $1 and (phone is not null or personal_information ?| array['phone','contactName','contactPhone'])
       union all select 1 from resident_revision where resident_id = $1 and personal_information ?| array['phone','contactName','contactPhone']`,
      [who.id],
    );
    expect(left).toHaveLength(0);
    expect(await sheets()).toEqual(before);
    expect(
      (await village.call('GET', `/api/residents/${who.id}`)).body.personalInformation.phone,
    ).toBeUndefined();
  });

  it('for deletion reaches no version of a person out of the caller’s reach', async () => {
    await keepVersion(stranger);
    const [path = ''] = own.map((one) => one.org_path);
    const versions = () =>
      server.look('select resident_id, personal_information from resident_revision where resident_id = $1', [
        stranger.id,
      ]);
    const before = await versions();
    expect(JSON.stringify(before)).toContain('phone');
    await withScope(server.database, { countyId: '999999', path: orgPath(path) }, (tx) =>
      sql`select erase_contact_history('999999', ${stranger.id}::uuid)`.execute(tx),
    );
    expect(await versions()).toEqual(before);
  });
});
