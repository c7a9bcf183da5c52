import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '#test/support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ residents: 2000 });
});
afterAll(() => server.stop());

it('sends a few people of each township to the hospital, each at another point of the way, as the product would have written it', async () => {
  const townships = await server.look<{ path: string; states: string[]; wrong: number }>(
    `select q.from_path as path, array_agg(q.status order by q.status) as states,
       count(*) filter (where q.status <> (select s.state from referral_step s where s.referral_id = q.id order by s.at desc limit 1)
         or q.version <> (select count(*) from referral_step s where s.referral_id = q.id)
         or q.id <> (select s.id from referral_step s where s.referral_id = q.id order by s.at limit 1)
         or row(q.accepted_at, q.arrived_at, q.returned_at, q.taken_on_at) is distinct from (
           select row(min(s.at) filter (where s.state = 'accepted'), min(s.at) filter (where s.state = 'arrived'),
             min(s.at) filter (where s.state = 'returned'), min(s.at) filter (where s.state = 'taken-on'))
           from referral_step s where s.referral_id = q.id)
         or q.summary->'person'->>'name' <> r.name or jsonb_array_length(q.summary->'readings') <> 2)::int as wrong
     from referral_request q join resident r on r.id = q.resident_id group by 1 order by 1`,
  );
  expect(townships.map((one) => one.path)).toEqual(['/999999/100/', '/999999/101/']);
  for (const { states, wrong } of townships) {
    expect(states).toEqual(expect.arrayContaining(['requested', 'arrived', 'returned', 'taken-on']));
    expect(wrong).toBe(0);
  }
  const specialist = await server.signIn('specialist');
  const { body } = await specialist.call('GET', '/api/referral-counts');
  expect(body).toMatchObject({ unanswered: 3, late: 1 });
});
