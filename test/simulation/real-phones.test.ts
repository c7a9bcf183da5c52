import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FieldOperation } from '#capabilities/field-sync/domain/field-operation.ts';
import type { CompactDocument, PersonDocument } from '#capabilities/field-sync/domain/person-document.ts';
import type { PersonLine } from '#capabilities/field-sync/domain/person-line.ts';
import { villageModel } from '#capabilities/field-sync/field/village-model.ts';
import type { Problem } from '#kernel/problem.ts';
import { FieldEngine } from '#platform/browser/offline/field-engine.ts';
import { runSyncRound } from '#platform/browser/offline/sync-round.ts';
import { NoAnswer, type Transport } from '#platform/browser/offline/transport.ts';
import { startTestServer, type TestClient, type TestServer } from '#test/support/server.ts';
import { Crash, MemoryStorage, plainSealer } from './memory-storage.ts';
import { Random } from './random.ts';

/** The same engine and a village's real model against the real server and PostgreSQL: fewer schedules, nothing modelled but the network and the disk. */
const schedules = 4;
const rounds = 6;

let server: TestServer;
let clients: TestClient[];
beforeAll(async () => {
  server = await startTestServer({ residents: 600 });
  clients = await Promise.all(
    ['village', 'village', 'village', 'township'].map((name) => server.signIn(name)),
  );
});
afterAll(() => server.stop());

type Engine = FieldEngine<CompactDocument, PersonDocument, PersonLine, FieldOperation>;

class RealPhone {
  engine!: Engine;
  readonly saved = new Map<string, string>();
  private readonly deviceId = uuidv7();
  private userId = '';
  private disk = new MemoryStorage();
  private readonly client: TestClient;
  private readonly random: Random;

  constructor(client: TestClient, random: Random) {
    this.client = client;
    this.random = random;
  }

  async register(): Promise<void> {
    const body = { deviceId: this.deviceId, name: '模拟', appVersion: '1', isPersisted: true };
    const greeted = await this.client.call('POST', '/api/field/devices', body);
    expect(greeted.status).toBe(200);
    this.userId = greeted.body.userId;
    await this.boot();
  }

  async boot(): Promise<void> {
    this.disk = this.disk.reboot();
    this.engine = new FieldEngine({
      storage: this.disk,
      sealer: plainSealer,
      model: villageModel,
      clock: () => new Date('2016-01-01T00:00:00Z'),
      changed: () => undefined,
    }) as Engine;
    await this.engine.open(() => '2026-11-24');
    await this.engine.whole;
  }

  async edit(text: string): Promise<void> {
    const ids = [...this.engine.people.lines.keys()];
    if (ids.length === 0) return;
    const residentId = this.random.pick(ids);
    const person = await this.engine.getPerson(residentId);
    const operationId = uuidv7();
    const from = person?.information.workUnit ?? null;
    const changes = [{ field: 'workUnit', from, to: text }];
    const body = { baseVersion: person?.version ?? 1, changes };
    const result = await this.engine.save({ operationId, kind: 'person.edit', residentId, body });
    if (result.kind === 'saved') this.saved.set(operationId, text);
  }

  async round(isCalm: boolean): Promise<void> {
    if (!isCalm && this.random.chance(0.4))
      this.disk.crashSoon(1 + this.random.below(4), this.random.chance(0.5));
    try {
      const end = await runSyncRound(this.engine, this.transport(isCalm), {
        clock: () => new Date('2036-01-01T00:00:00Z'),
        isPersisted: () => true,
        changed: () => undefined,
        pageSize: 40,
      });
      if (isCalm) expect(end.kind).toBe('complete');
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      await this.boot();
    }
  }

  private transport(isCalm: boolean): Transport<CompactDocument> {
    const envelope = { deviceId: this.deviceId, userId: this.userId, appVersion: '1' };
    const ask = async (path: string, body: object) => {
      const fate = isCalm ? 1 : this.random.next();
      if (fate < 0.15) throw new NoAnswer('offline');
      if (fate < 0.25) void (await this.client.call('POST', path, body));
      const reply = await this.client.call('POST', path, body);
      if (fate > 0.8 && fate < 1) throw new NoAnswer('offline');
      if (reply.status === 503) throw new NoAnswer('offline', reply.body as Problem);
      if (reply.status !== 200) throw new NoAnswer('refused', reply.body as Problem);
      return reply.body;
    };
    return {
      pull: (question) => ask('/api/field/pull', { ...envelope, ...question }),
      push: (operations, deviceNow) => ask('/api/field/push', { ...envelope, operations, deviceNow }),
      sendPiece: async () => ({ held: [] }),
      giveUp: async () => undefined,
      handOver: async () => ({ order: 'none' as const }),
    };
  }
}

describe('real phones and a real database, cut and crashed', () => {
  it('take every saved edit once, and end with the same documents', async () => {
    for (let seed = 1; seed <= schedules; seed++) {
      const random = new Random(seed);
      const phones = clients.map((client) => new RealPhone(client, random));
      for (const phone of phones) {
        await phone.register();
        await phone.round(true);
      }
      for (let turn = 0; turn < rounds; turn++)
        await Promise.all(
          phones.map(async (phone, n) => {
            await phone.edit(`单位${seed}-${turn}-${n}`).catch(async (error) => {
              if (!(error instanceof Crash)) throw error;
              await phone.boot();
            });
            await phone.round(false);
          }),
        );
      for (const phone of phones) await phone.boot();
      for (let turn = 0; turn < 2; turn++) for (const phone of phones) await phone.round(true);
      await check(phones, seed);
    }
  }, 240_000);
});

async function check(phones: readonly RealPhone[], seed: number): Promise<void> {
  const saved = new Map(phones.flatMap((phone) => [...phone.saved]));
  const waiting = new Set(
    phones.flatMap((phone) => phone.engine.outbox.list().map((entry) => entry.operation.operationId)),
  );
  const taken = await server.look<{ id: string }>(`select id from operation where id = any($1::uuid[])`, [
    [...saved.keys()],
  ]);
  const missing = [...saved.keys()].filter((id) => !taken.some((row) => row.id === id) && !waiting.has(id));
  expect(missing, `schedule ${seed}`).toEqual([]);
  expect(taken.length, `schedule ${seed}`).toBeGreaterThan(5);
  const [first, ...others] = phones;
  for (const other of others)
    for (const id of other.engine.people.lines.keys()) {
      if (!first?.engine.people.lines.has(id)) continue;
      expect(await other.engine.people.read(id), `schedule ${seed}`).toEqual(
        await first.engine.people.read(id),
      );
    }
  // What was taken is written in the record or its history, or kept as the other value of a conflict.
  const kept = await server.look<{ value: string }>(
    `select personal_information->>'workUnit' as value from resident where personal_information->>'workUnit' like $1
     union select personal_information->>'workUnit' from resident_revision where personal_information->>'workUnit' like $1
     union select offered #>> '{}' from person_conflict where field = 'workUnit' and offered #>> '{}' like $1`,
    [`单位${seed}-%`],
  );
  const values = new Set(kept.map((row) => row.value));
  expect(
    taken.map((row) => saved.get(row.id)).filter((value) => !values.has(value ?? '')),
    `schedule ${seed}`,
  ).toEqual([]);
}
