import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestClient, type TestServer } from '#test/support/server.ts';
import { type SlowLink, slowLink } from '#test/support/slow-link.ts';

let server: TestServer;
let link: SlowLink;
let doctor: TestClient;
let taskId: string;
const timeouts = { connectMs: 400, answerMs: 800 };

beforeAll(async () => {
  server = await startTestServer({
    residents: 300,
    through: async (port) => {
      link = await slowLink(port);
      return { port: link.port, timeouts };
    },
  });
  doctor = await server.signIn('specialist');
  [taskId] = (await doctor.call('GET', '/api/worklist?limit=1')).body.items.map(
    (one: { id: string }) => one.id,
  );
});
afterAll(async () => {
  await server.stop();
  await link.close();
});

const list = () => doctor.call('GET', '/api/worklist?limit=5');
const close = (operationId: string) =>
  doctor.call('POST', `/api/tasks/${taskId}/close`, {
    operationId,
    reason: 'replanned',
    note: '改日',
    nextDueOn: '2026-12-01',
  });
const effects = async (operationId: string) =>
  (await server.look('select 1 from operation where id = $1', [operationId])).length;
const works = () => expect.poll(async () => (await list()).status, { timeout: 5000 }).toBe(200);

describe('the line to the database', () => {
  it('CRS-11: gone silent, is let go: everybody is told to come back, and once it speaks again all is as before', async () => {
    link.set('silent');
    const from = performance.now();
    const replies = await Promise.all(Array.from({ length: 40 }, list));
    expect(new Set(replies.map((one) => one.status))).toEqual(new Set([503]));
    for (const one of replies) expect(one.headers.get('retry-after')).toBeTruthy();
    expect(performance.now() - from).toBeLessThan(6 * (timeouts.connectMs + timeouts.answerMs));
    // No line that went silent is kept, so that all of the pool is of use again.
    await expect.poll(link.lines, { timeout: 5000 }).toBe(0);
    link.set('through');
    await works();
  }, 30_000);

  it('CRS-11: cut in the middle of an answer, the write is not acknowledged, and sent again has one effect', async () => {
    const operationId = uuidv7();
    let reply = await list();
    for (let bytes = 0; bytes < 4000; bytes += 333) {
      link.cutAfter(bytes);
      reply = await close(operationId);
      if (reply.status === 200) break;
      expect(reply.status, JSON.stringify(reply.body)).toBe(503);
    }
    link.cutAfter(Number.POSITIVE_INFINITY);
    expect((await close(operationId)).status).toBe(200);
    expect(await effects(operationId)).toBe(1);
  }, 30_000);

  it('CRS-10: away, is said within a second with a time to come back; nothing acknowledged is lost when it returns', async () => {
    link.set('away');
    for (let round = 0; round < 5; round++) {
      const from = performance.now();
      const reply = await list();
      expect(reply.status).toBe(503);
      expect(reply.headers.get('retry-after')).toBeTruthy();
      expect(performance.now() - from).toBeLessThan(1000);
    }
    link.set('through');
    await works();
  }, 30_000);
});
