import { connect } from 'node:net';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoPassword } from '#apps/demo-county/demo-accounts.ts';
import { startTestServer, type TestClient, type TestServer, testNow } from '#test/support/server.ts';
import { lockSecondsAfter } from './check-credentials.ts';
import { refusePassword } from './hash-password.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ residents: 300 });
});
afterAll(() => server.stop());

const trySignIn = (username: string, password: string) =>
  server.anonymous.call('POST', '/api/session', { username, password });

describe('signing in', () => {
  it('opens a session with an http-only same-site cookie, of which only the hash is kept', async () => {
    const reply = await trySignIn('village', demoPassword);
    expect(reply.body).toMatchObject({ name: '王守义', role: 'village-doctor', isDemo: true });
    const cookie = reply.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    const token = cookie.split(/[=;]/)[1] ?? '';
    expect(token).toHaveLength(43);
    const kept = await server.look<{ hex: string }>(
      "select encode(token_hash, 'escape') as hex from session",
    );
    expect(kept.some((row) => row.hex.includes(token))).toBe(false);
  });

  it('keeps every password as argon2id of at least 19 MiB and two passes', async () => {
    const rows = await server.look<{ password_hash: string }>('select distinct password_hash from staff');
    for (const row of rows) expect(row.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('answers an unknown name exactly like a wrong password', async () => {
    const [unknown, wrong] = [await trySignIn('nobody-here', 'x'), await trySignIn('cdc', 'x')];
    expect(unknown.status).toBe(401);
    expect({ ...unknown.body, instance: '' }).toEqual({ ...wrong.body, instance: '' });
  });

  it('locks with back-off from the fifth failure, and lets in after the time has passed', async () => {
    for (let i = 0; i < 5; i++) expect((await trySignIn('township', 'wrong')).status).toBe(401);
    const locked = await trySignIn('township', demoPassword);
    expect(locked.status).toBe(429);
    server.setNow(new Date(testNow.getTime() + 31_000));
    expect((await trySignIn('township', demoPassword)).status).toBe(200);
    server.setNow(testNow);
    expect([4, 5, 6, 11, 12].map(lockSecondsAfter)).toEqual([0, 30, 60, 1800, 1800]);
  });

  it('ends after 30 idle minutes, after 12 hours, and on signing out', async () => {
    const client = await server.signIn('village');
    server.setNow(new Date(testNow.getTime() + 29 * 60_000));
    expect((await client.call('GET', '/api/session')).status).toBe(200);
    server.setNow(new Date(testNow.getTime() + (29 + 31) * 60_000));
    expect((await client.call('GET', '/api/session')).body.code).toBe('not-signed-in');
    server.setNow(testNow);
    const other = await server.signIn('village');
    for (let minutes = 25; minutes < 720; minutes += 25) {
      server.setNow(new Date(testNow.getTime() + minutes * 60_000));
      expect((await other.call('GET', '/api/session')).status).toBe(200);
    }
    server.setNow(new Date(testNow.getTime() + 720 * 60_000));
    expect((await other.call('GET', '/api/session')).status).toBe(401);
    server.setNow(testNow);
    const third = await server.signIn('village');
    await third.call('DELETE', '/api/session');
    expect((await third.call('GET', '/api/session')).status).toBe(401);
  });

  it('ends at once when the account is disabled', async () => {
    const client = await server.signIn('publichealth');
    await server.look("update staff set disabled_at = now() where username = 'publichealth'");
    expect((await client.call('GET', '/api/session')).status).toBe(401);
    expect((await trySignIn('publichealth', demoPassword)).status).toBe(401);
  });

  it('changes a password by its rules and ends the other sessions', async () => {
    const [first, second] = [await server.signIn('specialist'), await server.signIn('specialist')];
    const change = (currentPassword: string, newPassword: string) =>
      first.call('PUT', '/api/session/password', { currentPassword, newPassword });
    expect((await change('wrong', 'Abcdef-12345')).body.issues[0].path).toBe('currentPassword');
    expect((await change(demoPassword, 'short')).body.issues[0].path).toBe('newPassword');
    expect((await change(demoPassword, 'Abcdef-12345')).status).toBe(200);
    expect((await second.call('GET', '/api/session')).status).toBe(401);
    expect(refusePassword('每天早起走路半小时身体才会好起来', 'x')).toBeUndefined();
    expect(refusePassword('specialist-Ab1', 'specialist')).toBeDefined();
  });
});

describe('the door', () => {
  it('sends the headers that keep a browser safe', async () => {
    const reply = await server.anonymous.call('GET', '/api/system');
    const csp = reply.headers.get('content-security-policy') ?? '';
    expect(csp).toContain("script-src 'self'");
    expect(csp).not.toMatch(/script-src[^;]*unsafe/);
    expect(csp).toContain("frame-ancestors 'none'");
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
    expect(reply.headers.get('cache-control')).toBe('no-store');
    expect(reply.headers.get('strict-transport-security')).toContain('max-age=31536000');
  });

  it('refuses a state-changing request that another site started', async () => {
    const body = { username: 'village', password: demoPassword };
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
      expect((await server.anonymous.call('POST', '/api/session', body, headers)).status).toBe(403);
    }
    const asForm = await server.anonymous.call('POST', '/api/session', JSON.stringify(body), {
      'content-type': 'text/plain',
    });
    expect(asForm.status).toBe(400);
  });

  it('closes a body that never ends within 20 seconds', async () => {
    const { port } = new URL(server.url);
    const started = Date.now();
    await new Promise<void>((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1', () =>
        socket.write(
          'POST /api/session HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"user',
        ),
      );
      socket.on('close', () => resolve());
      socket.on('error', reject);
      socket.resume();
    });
    expect(Date.now() - started).toBeLessThan(20_000);
  }, 30_000);
});

describe('a session read along with the work itself', () => {
  const ownTask = async (client: TestClient) =>
    (await client.call('GET', '/api/worklist?limit=1')).body.items[0]?.id as string;
  const closing = (client: TestClient, taskId: string, operationId = uuidv7()) =>
    client.call('POST', `/api/tasks/${taskId}/close`, {
      operationId,
      reason: 'replanned',
      note: '出门在外',
      nextDueOn: '2026-12-01',
    });
  const staffOf = (username: string) => `county_id = '999999' and username = '${username}'`;

  it('is marked as seen once a minute, and ends on time, as any other', async () => {
    const client = await server.signIn('village2');
    const seen = async () =>
      (
        await server.look<{ at: Date }>(
          `select max(last_seen_at) as at from session where staff_id = (select id from staff where ${staffOf('village2')})`,
        )
      )[0]?.at.getTime();
    expect((await client.call('GET', '/api/worklist')).status).toBe(200);
    expect((await client.call('GET', '/api/worklist')).status).toBe(200);
    expect(await seen()).toBe(testNow.getTime());
    server.setNow(new Date(testNow.getTime() + 61_000));
    expect((await client.call('GET', '/api/worklist')).status).toBe(200);
    expect(await seen()).toBe(testNow.getTime() + 61_000);
    server.setNow(new Date(testNow.getTime() + 32 * 60_000));
    expect((await client.call('GET', '/api/worklist')).status).toBe(401);
    server.setNow(testNow);
  });

  it('knows at the very next request that its holder was moved, given another role, or shut out', async () => {
    const client = await server.signIn('village2');
    const before = (await client.call('GET', '/api/worklist')).body;
    const task = await ownTask(client);
    await server.look(
      `update staff set organization_id = (select organization_id from staff where ${staffOf('village')}) where ${staffOf('village2')}`,
    );
    const moved = await closing(client, task);
    expect([moved.status, moved.body.code]).toEqual([404, 'not-found']);
    const after = (await client.call('GET', '/api/worklist')).body;
    expect(after.scopeName).not.toBe(before.scopeName);

    const own = await ownTask(client);
    await server.look(`update staff set role = 'cdc' where ${staffOf('village2')}`);
    expect((await closing(client, own)).status).toBe(403);
    await server.look(`update staff set role = 'village-doctor' where ${staffOf('village2')}`);
    expect((await closing(client, own)).status).toBe(200);

    const next = await ownTask(client);
    const operationId = uuidv7();
    await server.look(`update staff set disabled_at = now() where ${staffOf('village2')}`);
    expect((await closing(client, next, operationId)).status).toBe(401);
    await server.look(`update staff set disabled_at = null where ${staffOf('village2')}`);
    await server.look(
      `delete from session where staff_id = (select id from staff where ${staffOf('village2')})`,
    );
    expect((await closing(client, next, operationId)).status).toBe(401);
    // What is wrong with a request is told to nobody whose session ended.
    expect((await client.call('POST', `/api/tasks/${next}/close`, {})).status).toBe(401);
    expect(await server.look('select 1 from operation where id = $1', [operationId])).toHaveLength(0);
    const open = await server.look('select 1 from follow_up_task where id = $1 and closed_at is null', [
      next,
    ]);
    expect(open).toHaveLength(1);
  });
});
