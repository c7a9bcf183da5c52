import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestClient, type TestServer, testNow } from '#test/support/server.ts';
import { mostAttempts } from '../domain/notice-plan.ts';
import { deliverNotices } from './deliver-notices.ts';
import { type Channel, channelsFrom } from './notice-channels.ts';

/** What a county's gateway was sent: the only double, at the edge of the county. */
interface Heard {
  readonly headers: IncomingHttpHeaders;
  readonly body: { to: string; text: string };
}
let server: TestServer;
let bureau: TestClient;
let specialist: TestClient;
let gateway: Server;
let heard: Heard[];
let answer: (body: Heard['body']) => number;
let logged: { key: string; body: string }[];
let channels: readonly Channel[];

beforeAll(async () => {
  server = await startTestServer({ residents: 300 });
  bureau = await server.signIn('bureau');
  specialist = await server.signIn('specialist');
  gateway = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => {
      text += part;
    });
    request.on('end', () => {
      const body = JSON.parse(text);
      heard.push({ headers: request.headers, body });
      response.writeHead(answer(body)).end('{}');
    });
  });
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  const { port } = gateway.address() as AddressInfo;
  channels = channelsFrom(
    { QUANCHENG_SMS_URL: `http://127.0.0.1:${port}/sms`, QUANCHENG_SMS_KEY: 'test-key' },
    async (line) => {
      logged.push(line);
    },
  );
});
afterAll(async () => {
  gateway.close();
  await server.stop();
});
beforeEach(async () => {
  [heard, logged, answer] = [[], [], () => 200];
  await server.look(`update notice set cancelled_at = now() where sent_at is null and failed is null`);
});

/** Notices due now, one for each of the first people with a telephone. */
async function queue(channel: string, count: number, status = 'active'): Promise<string[]> {
  const rows = await server.look<{ id: string; org_path: string }>(
    `select id, org_path from resident where status = $1 and phone is not null order by id limit $2`,
    [status, count],
  );
  const ids: string[] = [];
  for (const row of rows) {
    const id = uuidv7();
    ids.push(id);
    await server.look(
      `insert into notice (county_id, id, resident_id, org_path, kind, channel, body, due_at, subject_id)
       values ('999999', $1, $2, $3, 'appointment-reminder', $4, '您已预约。', $5, $1)`,
      [id, row.id, row.org_path, channel, testNow],
    );
  }
  return ids;
}
const deliver = (now = testNow) => deliverNotices(server.database, { countyId: '999999', channels, now });
const kept = async (id = '') =>
  (
    await server.look<{
      attempts: number;
      sent_at: Date | null;
      failed: string | null;
      next_try_at: Date | null;
    }>(`select attempts, sent_at, failed, next_try_at from notice where id = $1`, [id])
  )[0];

describe('notices', () => {
  it('go out once each, also with four workers at once', async () => {
    const ids = await queue('sms', 70);
    expect(ids.length).toBe(70);
    const sent = await Promise.all([deliver(), deliver(), deliver(), deliver()]);
    expect(sent.reduce((a, b) => a + b, 0)).toBe(70);
    const keys = heard.map((one) => one.headers['idempotency-key']);
    expect(keys.toSorted()).toEqual(ids.toSorted());
    expect(heard.every((one) => one.headers.authorization === 'Bearer test-key')).toBe(true);
    expect(await deliver()).toBe(0);
  });

  it('wait for their hour', async () => {
    const [id = ''] = await queue('sms', 1);
    await server.look(`update notice set due_at = $2 where id = $1`, [id, new Date(testNow.getTime() + 1)]);
    expect(await deliver()).toBe(0);
    expect(await deliver(new Date(testNow.getTime() + 1))).toBe(1);
  });

  it('are tried again later and later under the same key, and given up in the end', async () => {
    answer = () => 503;
    const [id = ''] = await queue('sms', 1);
    const waits: number[] = [];
    let now = testNow;
    for (let attempt = 1; attempt <= mostAttempts; attempt++) {
      await deliver(now);
      const row = await kept(id);
      expect(row).toMatchObject({ attempts: attempt, sent_at: null });
      if (!row?.next_try_at || attempt === mostAttempts) break;
      waits.push((row.next_try_at.getTime() - now.getTime()) / 60_000);
      expect(await deliver(now)).toBe(0);
      now = row.next_try_at;
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64]);
    expect((await kept(id))?.failed).toBe('网关答复 503');
    expect(new Set(heard.map((one) => one.headers['idempotency-key']))).toEqual(new Set([id]));
    expect(heard).toHaveLength(mostAttempts);
  });

  it('that were refused for good, have no channel, or concern the dead, say so and are not repeated', async () => {
    answer = () => 422;
    const [refused = ''] = await queue('sms', 1);
    const [unconfigured = ''] = await queue('wechat', 1);
    await server.look(
      `update resident set status = 'dead', status_on = '2026-11-01'
       where id = (select id from resident where status = 'active' and phone is not null order by id desc limit 1)`,
    );
    const [dead = ''] = await queue('sms', 1, 'dead');
    await deliver();
    expect((await kept(refused))?.failed).toBe('网关拒收');
    expect((await kept(unconfigured))?.failed).toBe('通道未配置');
    expect((await kept(dead))?.failed).toBe('居民档案已结案');
    expect(heard).toHaveLength(1);
    const failed = (await bureau.call('GET', '/api/notices?state=failed&limit=100')).body;
    expect(failed.items.map((one: { id: string }) => one.id)).toEqual(
      expect.arrayContaining([refused, unconfigured, dead]),
    );
  });

  it('waiting for somebody who refused messages a moment ago stay in the message box and go to no gateway', async () => {
    const [sms = ''] = await queue('sms', 1);
    const [wechat = ''] = await queue('wechat', 1);
    const [inBox = ''] = await queue('in-app', 1);
    const [who] = await server.look<{ id: string; name: string }>(
      'select r.id, r.name from notice n join resident r on r.id = n.resident_id where n.id = $1',
      [sms],
    );
    const say = (deed: string) =>
      specialist.call('POST', `/api/residents/${who?.id}/consents`, {
        operationId: uuidv7(),
        consentId: uuidv7(),
        purpose: 'reminder-messages',
        deed,
        givenBy: 'self',
        signer: who?.name,
        means: 'spoken',
        onDay: '2026-11-24',
      });
    expect((await say('withdrawn')).status).toBe(200);
    expect(await deliver()).toBe(1);
    expect(heard).toHaveLength(0);
    const refusal = '居民不接收短信和微信提醒';
    expect([(await kept(sms))?.failed, (await kept(wechat))?.failed]).toEqual([refusal, refusal]);
    expect((await kept(inBox))?.sent_at).not.toBeNull();
    expect((await say('given')).status).toBe(200);
    await queue('sms', 1);
    expect(await deliver()).toBe(1);
    expect(heard).toHaveLength(1);
  });

  it('of a slot that is over are not sent any more; before its end they are', async () => {
    const [early = '', late = ''] = await queue('sms', 2);
    const [slot] = await server.look<{ id: string }>(
      `select s.id from clinic_slot s where s.day = '2026-11-24' order by s.ends limit 1`,
    );
    await server.look('delete from appointment where slot_id = $1', [slot?.id]);
    for (const noticeId of [early, late])
      await server.look(
        `insert into appointment (county_id, id, slot_id, resident_id, org_path, status, purpose, booked_at, booked_by, changed_at)
         select n.county_id, n.id, $2, n.resident_id, n.org_path, 'booked', '', now(), s.id, now() from notice n
         join staff s on s.username = 'bureau' where n.id = $1`,
        [noticeId, slot?.id],
      );
    const ends = new Date(
      `2026-11-24T${(await server.look<{ ends: string }>('select ends from clinic_slot where id = $1', [slot?.id]))[0]?.ends}:00+08:00`,
    );
    await server.look('update notice set due_at = $2 where id = $1', [
      early,
      new Date(ends.getTime() - 60_000),
    ]);
    await server.look('update notice set due_at = $2 where id = $1', [late, ends]);
    expect(await deliver(new Date(ends.getTime() - 60_000))).toBe(1);
    expect(await deliver(ends)).toBe(0);
    expect((await kept(late))?.failed).toBe('预约的时间已过');
    expect(heard).toHaveLength(1);
  });

  it('hold no transaction open while a gateway is silent, and what a dead worker took is sent later', async () => {
    const [id = ''] = await queue('sms', 1);
    let open: number | undefined;
    const slow: Channel = {
      channel: 'sms',
      isConfigured: true,
      send: async () => {
        const [row] = await server.look<{ n: number }>(
          `select count(*)::int as n from pg_stat_activity where state like 'idle in transaction%'`,
        );
        open = row?.n;
        // The row can be changed by others meanwhile: nobody holds it.
        await server.look('update notice set body = body where id = $1', [id]);
        expect(await deliver(), 'taken by nobody else meanwhile').toBe(0);
      },
    };
    await deliverNotices(server.database, { countyId: '999999', channels: [slow], now: testNow });
    expect(open).toBe(0);
    const [other = ''] = await queue('sms', 1);
    await server.look(`update notice set next_try_at = $2 where id = $1`, [
      other,
      new Date(testNow.getTime() + 5 * 60_000),
    ]);
    expect(await deliver()).toBe(0);
    expect(await deliver(new Date(testNow.getTime() + 5 * 60_000))).toBe(1);
  });

  it('by log carry the text and no telephone number; in the message box they are there at once', async () => {
    await queue('log', 2);
    const [inBox = ''] = await queue('in-app', 1);
    expect(await deliver()).toBe(3);
    expect(logged).toHaveLength(2);
    for (const line of logged) expect(Object.keys(line).toSorted()).toEqual(['body', 'key']);
    expect((await kept(inBox))?.sent_at).not.toBeNull();
  });

  it('are seen by those who read records, of their own places', async () => {
    await queue('sms', 1);
    expect((await server.anonymous.call('GET', '/api/notices')).status).toBe(401);
    const page = await bureau.call('GET', '/api/notices?state=waiting');
    expect(page.body.items).toHaveLength(1);
    expect(page.body.items[0].phone).toMatch(/\*/);
    expect(page.body.channels.map((one: { channel: string }) => one.channel)).toEqual([
      'in-app',
      'log',
      'sms',
      'wechat',
    ]);
  });
});
