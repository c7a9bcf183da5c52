import { generate } from 'otplib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoPassword } from '#apps/demo-county/demo-accounts.ts';
import { routes } from '#apps/server/routes.ts';
import { policyOf } from '#standards/access-policy.ts';
import { startTestServer, type TestClient, type TestServer, testNow } from '#test/support/server.ts';
import { mostFailuresAMinute, SourceThrottle } from './source-throttle.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ residents: 300 });
  await server.look('update county set is_demo = false');
});
afterAll(() => server.stop());

const at = (seconds: number) => new Date(testNow.getTime() + seconds * 1000);
const codeOf = (secret: string, when: Date) => generate({ secret, epoch: Math.floor(when.getTime() / 1000) });
const cookieOf = (headers: Headers) => (headers.get('set-cookie') ?? '').split(';')[0] ?? '';

/** A client that goes on with whatever cookie it was given last. */
function follow(client: TestClient): TestClient & { cookieNow(): string } {
  let cookie = client.cookie;
  return {
    cookie,
    cookieNow: () => cookie,
    async call(method, path, body, headers = {}) {
      const reply = await server.anonymous.call(method, path, body, { cookie, ...headers });
      cookie = cookieOf(reply.headers) || cookie;
      return reply;
    },
  };
}

const enrolled = new Map<string, { secret: string; recoveryCodes: string[] }>();
async function enroll(username: string): Promise<{ secret: string; recoveryCodes: string[] }> {
  server.setNow(testNow);
  const client = follow(await server.signIn(username));
  const { secret } = (await client.call('POST', '/api/session/factor')).body;
  const done = await client.call('PUT', '/api/session/factor', { code: await codeOf(secret, testNow) });
  expect(done.status).toBe(200);
  const kept = { secret, recoveryCodes: done.body.recoveryCodes as string[] };
  enrolled.set(username, kept);
  return kept;
}

describe('the second factor', () => {
  it('is asked of every role but the village doctor, and until then no route answers with data', async () => {
    const county = await server.signIn('bureau');
    expect((await county.call('GET', '/api/session')).body.stage).toBe('set-up-factor');
    for (const route of routes) {
      if (policyOf(route.action)?.grants === 'anybody' || route.path.startsWith('/api/session')) continue;
      const path = route.path.replace(/:\w+/g, '00000000-0000-7000-8000-000000000000');
      const reply = await county.call(route.method, path, route.method === 'GET' ? undefined : {});
      expect(`${route.method} ${route.path} ${reply.status}`).toBe(`${route.method} ${route.path} 403`);
    }
    expect((await (await server.signIn('village')).call('GET', '/api/session')).body.stage).toBe('open');
  });

  it('is set up with a code, gives ten recovery codes once, and opens this session', async () => {
    const client = follow(await server.signIn('township'));
    const { secret, uri } = (await client.call('POST', '/api/session/factor')).body;
    expect(uri).toContain('otpauth://totp/');
    const wrong = await client.call('PUT', '/api/session/factor', { code: '000000' });
    expect(wrong.body.issues[0]).toMatchObject({ path: 'code', code: 'wrong' });
    const done = await client.call('PUT', '/api/session/factor', { code: await codeOf(secret, testNow) });
    expect(new Set(done.body.recoveryCodes).size).toBe(10);
    expect((await client.call('GET', '/api/session')).body.stage).toBe('open');
    expect((await client.call('GET', '/api/session/factor')).body.recoveryCodesLeft).toBe(10);
    expect((await client.call('POST', '/api/session/factor')).body.code).toBe('already-exists');
    const kept = await server.look<{ hex: string }>(
      "select encode(secret, 'escape') as hex from staff_factor",
    );
    expect(kept.every((row) => !row.hex.includes(secret))).toBe(true);
    enrolled.set('township', { secret, recoveryCodes: done.body.recoveryCodes });
  });

  it('takes each code once, one step to either side of the server’s clock, and changes the token', async () => {
    const { secret } = enrolled.get('township') ?? { secret: '' };
    const now = at(300);
    server.setNow(now);
    const client = follow(await server.signIn('township'));
    const before = client.cookieNow();
    expect((await client.call('GET', '/api/session')).body.stage).toBe('second-factor');
    expect((await client.call('GET', '/api/organizations')).status).toBe(403);
    for (const shift of [-90, 90]) {
      const reply = await client.call('POST', '/api/session/second-factor', {
        code: await codeOf(secret, at(300 + shift)),
      });
      expect(reply.body.issues[0].code).toBe('wrong');
    }
    const code = await codeOf(secret, now);
    const passed = await client.call('POST', '/api/session/second-factor', { code });
    expect(passed.body.stage).toBe('open');
    expect(client.cookieNow()).not.toBe(before);
    const old = await server.anonymous.call('GET', '/api/session', undefined, { cookie: before });
    expect(old.status).toBe(401);
    const again = follow(await server.signIn('township'));
    const replayed = await again.call('POST', '/api/session/second-factor', { code });
    expect(replayed.body.issues[0].code).toBe('wrong');
  });

  it('lets one in of two that use the same code at once', async () => {
    const { secret } = enrolled.get('township') ?? { secret: '' };
    server.setNow(at(600));
    const code = await codeOf(secret, at(600));
    const clients = [await server.signIn('township'), await server.signIn('township')];
    const replies = await Promise.all(
      clients.map((client) => client.call('POST', '/api/session/second-factor', { code })),
    );
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 422]);
  });

  it('takes a recovery code once, typed as one reads it from paper', async () => {
    const { recoveryCodes } = enrolled.get('township') ?? { recoveryCodes: [] };
    server.setNow(at(900));
    const code = ` ${(recoveryCodes[0] ?? '').toLowerCase().replace('-', ' ')}`;
    const first = await server.signIn('township');
    expect((await first.call('POST', '/api/session/second-factor', { code })).status).toBe(200);
    const second = await server.signIn('township');
    expect((await second.call('POST', '/api/session/second-factor', { code })).status).toBe(422);
  });

  it('locks the account when codes are guessed', async () => {
    await enroll('cdc');
    server.setNow(at(1200));
    const client = await server.signIn('cdc');
    for (let i = 0; i < 5; i++)
      expect((await client.call('POST', '/api/session/second-factor', { code: `00000${i}` })).status).toBe(
        422,
      );
    const locked = await client.call('POST', '/api/session/second-factor', { code: '000009' });
    expect(locked.body.code).toBe('too-many-attempts');
  });

  it('is reset by two administrators, the second in charge of security, never by one alone', async () => {
    const admin = follow(await server.signIn('admin'));
    const { secret } = (await admin.call('POST', '/api/session/factor')).body;
    await admin.call('PUT', '/api/session/factor', { code: await codeOf(secret, at(1200)) });
    const [person] = await server.look<{ id: string }>("select id from staff where username = 'cdc'");
    const resetId = '0192f000-0000-7000-8000-0000000000aa';
    const ask = { resetId, staffId: person?.id, reason: '手机丢失' };
    expect((await admin.call('POST', '/api/factor-resets', { ...ask, reason: '丢' })).status).toBe(422);
    for (let i = 0; i < 2; i++)
      expect((await admin.call('POST', '/api/factor-resets', ask)).body).toEqual({ resetId });
    expect((await admin.call('PUT', `/api/factor-resets/${resetId}`)).status).toBe(403);
    const second = follow(await server.signIn('security'));
    const made = (await second.call('POST', '/api/session/factor')).body;
    await second.call('PUT', '/api/session/factor', { code: await codeOf(made.secret, at(1200)) });
    expect((await second.call('GET', '/api/factor-resets')).body.items).toMatchObject([
      { username: 'cdc', mayApprove: true },
    ]);
    expect((await second.call('PUT', `/api/factor-resets/${resetId}`)).body).toEqual({ approved: true });
    await server.look("update staff set locked_until = null where username = 'cdc'");
    expect((await (await server.signIn('cdc')).call('GET', '/api/session')).body.stage).toBe('set-up-factor');
  });
});

describe('passwords and sessions', () => {
  it('refuses the last five passwords, and asks for a new one after 90 days', async () => {
    server.setNow(testNow);
    const client = follow(await server.signIn('village'));
    let minutes = 0;
    const change = (currentPassword: string, newPassword: string) => {
      minutes += 1;
      server.setNow(at(minutes * 60));
      return client.call('PUT', '/api/session/password', { currentPassword, newPassword });
    };
    let current = demoPassword;
    for (const next of ['Aa-1-first-x', 'Aa-2-second', 'Aa-3-third-x', 'Aa-4-fourth']) {
      expect((await change(current, next)).status).toBe(200);
      current = next;
    }
    for (const used of [demoPassword, 'Aa-1-first-x', 'Aa-4-fourth'])
      expect((await change(current, used)).body.issues[0].code).toBe('used-before');
    expect((await change(current, 'Aa-5-fifth-x')).status).toBe(200);
    expect((await change('Aa-5-fifth-x', demoPassword)).status).toBe(200);
    server.setNow(new Date(testNow.getTime() + 90 * 86_400_000));
    expect((await (await server.signIn('village')).call('GET', '/api/session')).body.stage).toBe('open');
    server.setNow(new Date(testNow.getTime() + 91 * 86_400_000));
    expect((await (await server.signIn('village')).call('GET', '/api/session')).body.stage).toBe(
      'change-password',
    );
    server.setNow(testNow);
  });

  it('shows a person where they are signed in, and ends one of those, but nobody else’s', async () => {
    const [here, there] = [await server.signIn('village'), await server.signIn('village')];
    const stranger = await server.signIn('village2');
    const list = (await here.call('GET', '/api/session/list')).body.items as {
      id: string;
      isThis: boolean;
    }[];
    expect(list.filter((one) => one.isThis)).toHaveLength(1);
    const other = (await there.call('GET', '/api/session/list')).body.items.find(
      (one: { isThis: boolean }) => one.isThis,
    );
    expect((await stranger.call('DELETE', `/api/session/list/${other.id}`)).status).toBe(404);
    expect((await here.call('DELETE', `/api/session/list/${other.id}`)).status).toBe(200);
    expect((await there.call('GET', '/api/session')).status).toBe(401);
    expect((await here.call('GET', '/api/session')).status).toBe(200);
  });

  it('ends sooner for those who see the whole county: 15 idle minutes, 8 or 10 hours in all', async () => {
    const county = await server.signIn('bureau');
    server.setNow(at(16 * 60));
    expect((await county.call('GET', '/api/session')).status).toBe(401);
    server.setNow(testNow);
  });
});

describe('guessing names and passwords', () => {
  it('meets an unknown name exactly like a known one, locks included', async () => {
    server.setNow(at(5000));
    const bodies = async (username: string) => {
      const seen: string[] = [];
      for (let i = 0; i < 7; i++) {
        const reply = await server.anonymous.call('POST', '/api/session', { username, password: 'wrong' });
        seen.push(`${reply.status} ${JSON.stringify({ ...reply.body, instance: '' })}`);
      }
      return seen;
    };
    expect(await bodies('nobody-at-all')).toEqual(await bodies('specialist'));
  });

  it('turns away an address that fails on many names within a minute, and forgets it after', async () => {
    server.setNow(at(9000));
    let refusedAt = 0;
    for (let i = 1; i <= mostFailuresAMinute + 1 && refusedAt === 0; i++) {
      const reply = await server.anonymous.call('POST', '/api/session', {
        username: `u${i}`,
        password: 'Spring-2026',
      });
      if (reply.status === 429) refusedAt = i;
    }
    expect(refusedAt).toBe(mostFailuresAMinute + 1);
    const alarms = await server.look<{ detail: { aMinute: number } }>(
      "select detail from audit_entry where action = 'security.sign-in-failures-source'",
    );
    expect(alarms.map((one) => one.detail.aMinute)).toEqual([mostFailuresAMinute]);
    server.setNow(at(9061));
    expect((await server.signIn('village2')).cookie).not.toBe('');
  }, 30_000);

  it('AUT-03: one password tried on a thousand accounts is noticed at the fiftieth, wherever it comes from', () => {
    const throttle = new SourceThrottle();
    const alarms: string[] = [];
    let checked = 0;
    for (let i = 1; i <= 1000; i++) {
      const address = `10.0.0.${i % 7}`;
      if (throttle.isTooOften(address, testNow)) continue;
      checked += 1;
      const alarm = throttle.note(address, testNow);
      if (alarm) alarms.push(`${alarm} ${checked}`);
    }
    expect(alarms[0]).toBe('county 50');
    expect(alarms.filter((one) => one.startsWith('source'))).toHaveLength(7);
    expect(checked).toBe(7 * mostFailuresAMinute);
    const later = new Date(testNow.getTime() + 61_000);
    expect(throttle.isTooOften('10.0.0.1', later)).toBe(false);
    expect(throttle.note('10.0.0.1', later)).toBeUndefined();
  });
});
