import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOn } from '#kernel/dated.ts';
import { orgPath } from '#kernel/org-path.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { referralAfterDays, referralOpenDays } from '#standards/referral-parameters.ts';
import { houseAt, quietPeople, sendFromCentre } from '#test/support/send-referral.ts';
import {
  startTestServer,
  type TestClient,
  type TestServer,
  testNow,
  testToday,
} from '#test/support/server.ts';
import { daysAfter } from './send-referral.ts';

let server: TestServer;
let doctor: TestClient;
let nurse: TestClient;
let people: { id: string; name: string; org_path: string }[];
const [home, other, hospital] = ['/999999/100/', '/999999/101/', '/999999/hospital/'];

beforeAll(async () => {
  server = await startTestServer({ residents: 2000 });
  [doctor, nurse] = await Promise.all([server.signIn('township'), server.signIn('publichealth')]);
  people = await quietPeople(server, '/999999/100/201/', 8);
});
afterAll(() => server.stop());

const person = (index: number) => people[index]?.id ?? '';
const sendTo = async (index: number, path: string) =>
  sendFromCentre(
    { doctor, nurse },
    { residentId: person(index), toOrganizationId: await houseAt(server, path) },
  );

/** What a transaction of this part of the tree, at this moment, is given of the referral and its steps. */
const seenFrom = (path: string, referralId: string, at: Date | null = testNow) =>
  withScope(server.database, { countyId: '999999', path: orgPath(path) }, async (tx) => {
    const moment = at?.toISOString() ?? '';
    await sql`select set_config('app.at', ${moment}, true)`.execute(tx);
    const count = async (from: 'referral_request' | 'referral_step', column: 'id' | 'referral_id') => {
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(from)}
        where ${sql.ref(column)} = ${referralId}::uuid`.execute(tx);
      return rows[0]?.n ?? 0;
    };
    return [await count('referral_request', 'id'), await count('referral_step', 'referral_id')];
  });

describe('AZ-18: a referral in the database', () => {
  it('is seen from both ends with its steps, and from nowhere else', async () => {
    const { referralId, sent } = await sendTo(0, hospital);
    expect(sent.status, JSON.stringify(sent.body)).toBe(200);
    for (const path of [home, people[0]?.org_path ?? '', hospital])
      expect(await seenFrom(path, referralId), path).toEqual([1, 1]);
    for (const path of [other, '/999999/101/201/', '/999999/cdc/', '/999999/bureau/', '/999999/100/202/'])
      expect(await seenFrom(path, referralId), path).toEqual([0, 0]);
  });

  it('shows the receiver nothing without a moment, nor when it has stood open for too long', async () => {
    const { referralId } = await sendTo(1, other);
    const days = valueOn(referralOpenDays, testToday);
    expect(await seenFrom(other, referralId, daysAfter(testNow, days - 1))).toEqual([1, 1]);
    expect(await seenFrom(other, referralId, daysAfter(testNow, days))).toEqual([0, 0]);
    expect(await seenFrom(other, referralId, null)).toEqual([0, 0]);
    expect(await seenFrom(home, referralId, daysAfter(testNow, days))).toEqual([1, 1]);
    expect(valueOn(referralAfterDays, testToday)).toBeLessThan(days);
  });

  it('gives the receiver nothing else of the person', async () => {
    const { referralId } = await sendTo(2, other);
    const rows = await withScope(server.database, { countyId: '999999', path: orgPath(other) }, (tx) =>
      tx.selectFrom('resident').select('id').where('id', '=', person(2)).execute(),
    );
    expect(rows).toEqual([]);
    const receiver = await server.signIn('gp002');
    expect((await receiver.call('GET', `/api/residents/${person(2)}`)).status).toBe(404);
    expect(await seenFrom(other, referralId)).toEqual([1, 1]);
  });

  it('lets nobody change what was asked, and nobody but its two ends write to it', async () => {
    const { referralId } = await sendTo(3, hospital);
    const change = (path: string, statement: ReturnType<typeof sql>) =>
      withScope(server.database, { countyId: '999999', path: orgPath(path) }, async (tx) => {
        const moment = testNow.toISOString();
        await sql`select set_config('app.at', ${moment}, true)`.execute(tx);
        return (await statement.execute(tx)).numAffectedRows ?? 0n;
      });
    const accept = sql`update referral_request set status = 'accepted' where id = ${referralId}::uuid`;
    expect(await change(other, accept)).toBe(0n);
    for (const column of ['reason', 'to_path', 'from_path', 'to_organization_id', 'summary', 'urgency'])
      await expect(
        change(
          home,
          sql`update referral_request set ${sql.ref(column)} = ${sql.ref(column)} where id = ${referralId}::uuid`,
        ),
        column,
      ).rejects.toMatchObject({ code: '42501' });
    const step = (
      state: string,
    ) => sql`insert into referral_step (county_id, id, referral_id, state, at, by, organization_id)
      select '999999', ${uuidv7()}::uuid, ${referralId}::uuid, ${state}, ${testNow}, id, organization_id from staff limit 1`;
    await expect(change(other, step('accepted'))).rejects.toMatchObject({ code: '42501' });
    expect(await change(hospital, step('accepted'))).toBe(1n);
    for (const statement of [sql`update referral_step set note = 'x'`, sql`delete from referral_step`])
      await expect(change(hospital, statement)).rejects.toMatchObject({ code: '42501' });
  });
});

describe('sending', () => {
  it('offers the houses that take patients: the hospital before one’s equals, never oneself', async () => {
    const { body } = await doctor.call('GET', `/api/referral-receivers?residentId=${person(4)}`);
    expect(body.items.map((one: { direction: string }) => one.direction)).toEqual([
      'up',
      ...body.items.slice(1).map(() => 'across'),
    ]);
    const ids = body.items.map((one: { id: string }) => one.id);
    expect(ids[0]).toBe(await houseAt(server, hospital));
    expect(ids).not.toContain(await houseAt(server, home));
    const fromAbove = await (await server.signIn('specialist')).call(
      'GET',
      `/api/referral-receivers?residentId=${person(4)}`,
    );
    expect(fromAbove.body.items[0]).toMatchObject({ id: await houseAt(server, home), direction: 'down' });
  });

  it('refuses one’s own house, a village, the CDC and a house that is not there, and leaves the visit where it was', async () => {
    for (const [index, path] of [home, '/999999/100/201/', '/999999/cdc/'].entries()) {
      const { sent, referralId } = await sendTo(index === 0 ? 4 : index + 4, path);
      expect(sent, path).toMatchObject({
        status: 422,
        body: {
          issues: [
            { path: 'toOrganizationId', message: expect.stringContaining(index ? '请选择' : '本机构') },
          ],
        },
      });
      expect(await server.look('select 1 from referral_request where id = $1', [referralId])).toEqual([]);
    }
    const stranger = await sendFromCentre(
      { doctor, nurse },
      { residentId: person(7), toOrganizationId: uuidv7() },
    );
    expect(stranger.sent.status).toBe(422);
    const [visit] = await server.look<{ box: string }>('select box from centre_visit where id = $1', [
      stranger.visitId,
    ]);
    expect(visit?.box).not.toBe('B7');
  });
});

describe('a referral to a house elsewhere', () => {
  it('has no receiver, and stands with its sender', async () => {
    const residents = await quietPeople(server, '/999999/100/202/', 1);
    const { referralId, sent } = await sendFromCentre(
      { doctor, nurse },
      { residentId: residents[0]?.id ?? '' },
    );
    expect(sent.status).toBe(200);
    const [row] = await server.look(
      'select to_path, answer_due_at, receiver_until from referral_request where id = $1',
      [referralId],
    );
    expect(row).toEqual({ to_path: null, answer_due_at: null, receiver_until: null });
    expect(await seenFrom(home, referralId)).toEqual([1, 1]);
    expect(await seenFrom(hospital, referralId)).toEqual([0, 0]);
  });
});
