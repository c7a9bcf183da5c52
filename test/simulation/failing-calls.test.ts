import { describe, expect, it } from 'vitest';
import { type Problem, problem } from '#kernel/problem.ts';
import { FieldEngine } from '#platform/browser/offline/field-engine.ts';
import { runSyncRound } from '#platform/browser/offline/sync-round.ts';
import { NoAnswer, type Transport } from '#platform/browser/offline/transport.ts';
import { MemoryStorage, plainSealer } from './memory-storage.ts';
import { ModelServer } from './model-server.ts';
import { type SimLine, type SimOperation, type SimPerson, simModel } from './simulated-county.ts';

const village = 'v1';

/** One phone with the real engine whose calls the server answers with `statusOf` as soon as such an operation is in them. */
async function phoneBefore(statusOf: (operationId: string) => number | undefined) {
  const server = new ModelServer();
  const calls: string[][] = [];
  const engine = new FieldEngine<SimPerson, SimPerson, SimLine, SimOperation>({
    storage: new MemoryStorage(),
    sealer: plainSealer,
    model: simModel,
    clock: () => new Date('2026-11-24T08:00:00Z'),
    changed: () => undefined,
  });
  await engine.open(() => '2026-11-24');
  const transport: Transport<SimPerson> = {
    pull: async (question) => server.pull([village], false, question),
    async push(operations) {
      const ids = operations.map((one) => one.operationId);
      calls.push(ids);
      const status = ids.map(statusOf).find((one) => one !== undefined);
      const said = { code: 'said', title: '不行', status, retryable: false } as unknown as Problem;
      if (status !== undefined) throw new NoAnswer(status === 401 ? 'signed-out' : 'refused', said);
      // As the real one: where the database is busy with one, what follows is not tried.
      const slow = ids.findIndex((id) => id.startsWith('slow'));
      const tried = slow === -1 ? operations : operations.slice(0, slow);
      const answer = server.push([village], false, tried, Number.POSITIVE_INFINITY);
      if (answer === 'crashed') throw new NoAnswer('offline');
      const later = operations.slice(tried.length).map(({ operationId }, at) => ({
        operationId,
        outcome: 'later' as const,
        ...(at === 0 ? { problem: problem('busy') } : {}),
      }));
      return { ...answer, answers: [...answer.answers, ...later] };
    },
    sendPiece: async () => ({ held: [] }),
    giveUp: async () => undefined,
    handOver: async () => ({ order: 'none' as const }),
  };
  return {
    calls,
    register: (id: string, residentId = id) =>
      engine.save({ operationId: id, kind: 'register', residentId, body: { village } }),
    visit: (id: string, residentId: string) =>
      engine.save({ operationId: id, kind: 'visit', residentId, body: { visit: id } }),
    round: () =>
      runSyncRound(engine, transport, {
        clock: () => new Date('2026-11-24T08:00:00Z'),
        isPersisted: () => true,
        changed: () => undefined,
      }),
    left: () =>
      engine.outbox
        .list()
        .filter((one) => one.state !== 'sent')
        .map((one) => one.operation.operationId),
  };
}

describe('a call the server answers with a refusal as a whole', () => {
  it.each([400, 403, 404, 409, 413, 415, 422, 500])(
    'for the sake of one operation (%i) leaves that one on the phone and holds up nobody else',
    async (status) => {
      const phone = await phoneBefore((id) => (id === 'bad' ? status : undefined));
      await phone.register('one');
      await phone.register('bad');
      await phone.register('two');
      await phone.register('three');
      expect(await phone.round()).toEqual({ kind: 'complete' });
      expect(phone.left()).toEqual(['bad']);
    },
  );

  it.each([0, 17, 49])(
    'finds the one by halving: with 50 waiting, the bad one at place %i costs few calls',
    async (place) => {
      const phone = await phoneBefore((id) => (id === 'bad' ? 422 : undefined));
      for (let n = 0; n < 50; n++) await phone.register(n === place ? 'bad' : `good${n}`);
      expect(await phone.round()).toEqual({ kind: 'complete' });
      expect(phone.left()).toEqual(['bad']);
      expect(phone.calls.length).toBeLessThanOrEqual(20);
      const offered = phone.calls.flat();
      // In order: nobody is offered before somebody typed earlier, but the one that was put off.
      const first = [...new Set(offered)].filter((id) => id !== 'bad');
      expect(first).toEqual(first.toSorted((a, b) => Number(a.slice(4)) - Number(b.slice(4))));
    },
  );

  it.each([401, 429])(
    'for the sake of who asks (%i) ends the round: nothing is offered after it',
    async (status) => {
      const phone = await phoneBefore((id) => (id === 'bad' ? status : undefined));
      await phone.register('bad');
      await phone.register('one');
      expect(await phone.round()).toMatchObject({ kind: 'stopped', problem: { status } });
      expect(phone.calls).toHaveLength(1);
      expect(phone.left()).toEqual(['bad', 'one']);
    },
  );

  it.each([403, 500])(
    'many times in a row (%i) ends the round, and the next begins with what never failed',
    async (status) => {
      const phone = await phoneBefore((id) => (id.startsWith('bad') ? status : undefined));
      for (let n = 1; n <= 5; n++) await phone.register(`bad${n}`);
      await phone.visit('after bad1', 'bad1');
      for (let n = 1; n <= 4; n++) await phone.register(`good${n}`);
      await phone.visit('after good1', 'good1');
      expect(await phone.round()).toMatchObject({ kind: 'stopped', problem: { status } });
      // Ill as a whole, for all the phone knows: three that failed alone, and it does not go on asking.
      expect(phone.calls.map((ids) => ids.length)).toEqual([11, 6, 3, 2, 1, 1, 1]);
      for (let round = 0; round < 2; round++) await phone.round();
      // What follows for a person waits for what came before.
      expect(phone.left()).toEqual(['bad1', 'bad2', 'bad3', 'bad4', 'bad5', 'after bad1']);
    },
  );
});

describe('an operation the database is busy with whenever it is tried', () => {
  it('is offered after the others from then on, which were only not tried for its sake', async () => {
    const phone = await phoneBefore(() => undefined);
    await phone.register('slow');
    for (let n = 1; n <= 3; n++) await phone.register(`good${n}`);
    expect(await phone.round()).toEqual({ kind: 'complete' });
    expect(phone.left()).toEqual(['slow', 'good1', 'good2', 'good3']);
    expect(await phone.round()).toEqual({ kind: 'complete' });
    expect(phone.left()).toEqual(['slow']);
  });
});
