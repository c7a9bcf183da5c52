import { uuidv7 } from 'uuidv7';
import { expect } from 'vitest';
import type { TestClient } from './server.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came back.
type Whatever = any;

/** A phone in the test's hand: registered, and able to pull to the end and to push. */
export async function phoneOf(client: TestClient) {
  const deviceId = uuidv7();
  const greeting = await client.call('POST', '/api/field/devices', {
    deviceId,
    name: '测试手机',
    appVersion: '1',
    isPersisted: true,
  });
  expect(greeting.status).toBe(200);
  const documents = new Map<string, Record<string, Whatever>>();
  const state = { cursor: undefined as string | undefined, epoch: '', scope: '', seen: '0' };
  const ask = (more: object = {}) =>
    client.call('POST', '/api/field/pull', {
      deviceId,
      userId: greeting.body.userId,
      appVersion: '1',
      seen: state.seen,
      ...(state.cursor ? { cursor: state.cursor, epoch: state.epoch, scope: state.scope } : {}),
      ...more,
    });
  const take = (body: Whatever) => {
    for (const document of body.documents) documents.set(document.id, document);
    for (const id of body.removed) documents.delete(id);
    Object.assign(state, { cursor: body.cursor, epoch: body.device.epoch, scope: body.scope });
  };
  let seq = 0;
  const envelope = { deviceId, userId: greeting.body.userId, appVersion: '1' };
  return {
    deviceId,
    userId: greeting.body.userId as string,
    envelope,
    greeting: greeting.body,
    documents,
    state,
    ask,
    async pull(limit = 300) {
      let pages = 0;
      let more: object = {};
      for (;;) {
        const reply = await ask({ limit, ...more });
        expect(reply.status, JSON.stringify(reply.body)).toBe(200);
        expect(reply.body.kind).not.toBe('restart');
        take(reply.body);
        pages += 1;
        if (!reply.body.hasMore) return { pages, last: reply.body };
        more = reply.body.after ? { after: reply.body.after } : {};
      }
    },
    operation: (kind: string, residentId: string, body: unknown, operationId = uuidv7()) => ({
      operationId,
      kind,
      residentId,
      seq: ++seq,
      savedAt: '2036-01-01T00:00:00Z',
      body,
    }),
    async push(...operations: object[]) {
      const reply = await client.call('POST', '/api/field/push', { ...envelope, operations });
      if (reply.status === 200) state.seen = reply.body.seen;
      return reply;
    },
  };
}
