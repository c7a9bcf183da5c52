import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOn } from '#kernel/dated.ts';
import { addDays, dayInChina } from '#kernel/plain-date.ts';
import { treatingDays } from '#standards/privacy/privacy-parameters.ts';
import { startTestServer, type TestServer, testToday } from '#test/support/server.ts';
import type { Actor } from '../auth/actor.ts';
import { readSession } from '../auth/sessions.ts';
import { readRelations } from './read-relations.ts';

let server: TestServer;
let asker: Actor;
let colleague: Actor;
let specialist: Actor;
/** Somebody none of the three has anything to do with, and somebody else. */
let person: string;
let other: string;

async function actorOf(username: string): Promise<Actor> {
  const { cookie } = await server.signIn(username);
  const token = decodeURIComponent(cookie.split('=')[1] ?? '');
  const actor = await readSession(server.database, '999999', token, server.now());
  if (!actor) throw new Error(username);
  return actor;
}

const treats = async (actor: Actor, residentId: string, now: Date) =>
  (await readRelations(server.database, actor, [residentId], { now, today: dayInChina(now) })).get(residentId)
    ?.isTreating;

/** Noon of the day so many days after today, in China. */
const noonAfter = (days: number) => new Date(`${addDays(testToday, days)}T04:00:00Z`);

beforeAll(async () => {
  server = await startTestServer({ residents: 600 });
  [asker, colleague, specialist] = (await Promise.all(
    ['township', 'publichealth', 'specialist'].map(actorOf),
  )) as [Actor, Actor, Actor];
  const people = await server.look<{ id: string }>(
    'select id from resident where org_path like $1 order by id',
    [`${asker.scopePath}%`],
  );
  const ids = people.map((one) => one.id);
  const strangers = new Set(ids);
  const at = { now: server.now(), today: testToday };
  for (const actor of [asker, colleague, specialist])
    for (const [id, relation] of await readRelations(server.database, actor, ids, at))
      if (relation.isTreating) strangers.delete(id);
  [person = '', other = ''] = [...strangers];
  expect(other).not.toBe('');
});
afterAll(() => server.stop());

describe('a referral (AZ-18)', () => {
  it('ties whoever asked for it to that one person, for the days that count and while it is asked for', async () => {
    const days = valueOn(treatingDays, testToday);
    const now = noonAfter(0);
    expect(await treats(asker, person, now)).toBe(false);
    const id = uuidv7();
    await server.look(
      `insert into referral_request (county_id, id, resident_id, org_path, from_organization_id, to_department, urgency,
         reason, first_handling, summary, requested_at, requested_by)
       select county_id, $1, id, org_path, $2, '心血管内科', 'routine', '血压控制不满意', '调整用药', '{}', $3, $4
       from resident where id = $5`,
      [id, asker.organizationId, now, asker.staffId, person],
    );
    expect(await treats(asker, person, now)).toBe(true);
    expect(await treats(asker, person, noonAfter(days))).toBe(true);
    expect(await treats(asker, person, noonAfter(days + 1))).toBe(false);
    for (const [actor, whom] of [
      [asker, other],
      [colleague, person],
      [specialist, person],
    ] as const)
      expect(await treats(actor, whom, now)).toBe(false);
    await server.look("update referral_request set status = 'withdrawn' where id = $1", [id]);
    expect(await treats(asker, person, now)).toBe(false);
  });

  it('ties the house it is sent to, to that one person, while that house may see it; not who declined', async () => {
    const now = noonAfter(0);
    const id = uuidv7();
    const neighbour = await actorOf('gp002');
    await server.look(
      `insert into referral_request (county_id, id, resident_id, org_path, from_organization_id, from_path, to_organization_id,
         to_path, to_department, urgency, reason, first_handling, summary, requested_at, requested_by, answer_due_at, receiver_until)
       select county_id, $1, id, org_path, $2, $3, $4, $5, '全科', 'routine', '血压控制不满意', '调整用药', '{}', $6, $7, $6, $8
       from resident where id = $9`,
      [
        id,
        asker.organizationId,
        asker.path,
        neighbour.organizationId,
        neighbour.path,
        now,
        asker.staffId,
        noonAfter(9),
        person,
      ],
    );
    expect(await treats(neighbour, person, noonAfter(8))).toBe(true);
    expect(await treats(neighbour, person, noonAfter(9))).toBeUndefined();
    expect(await treats(neighbour, other, now)).toBeUndefined();
    expect(await treats(specialist, person, now)).toBe(false);
    await server.look("update referral_request set status = 'declined' where id = $1", [id]);
    expect(await treats(neighbour, person, now)).toBeUndefined();
  });
});
