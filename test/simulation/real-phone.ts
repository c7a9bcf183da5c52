import type pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { expect } from 'vitest';
import type { FieldOperation } from '#capabilities/field-sync/domain/field-operation.ts';
import type { CompactDocument, PersonDocument } from '#capabilities/field-sync/domain/person-document.ts';
import type { PersonLine } from '#capabilities/field-sync/domain/person-line.ts';
import { villageModel } from '#capabilities/field-sync/field/village-model.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import type { Problem } from '#kernel/problem.ts';
import { FieldEngine } from '#platform/browser/offline/field-engine.ts';
import { type RoundEnd, runSyncRound } from '#platform/browser/offline/sync-round.ts';
import { NoAnswer, type Transport } from '#platform/browser/offline/transport.ts';
import { visitAfter } from '#test/support/sample-visit.ts';
import type { TestClient } from '#test/support/server.ts';
import { Crash, MemoryStorage, plainSealer } from './memory-storage.ts';
import type { Random } from './random.ts';

type Weather = 'calm' | 'rough' | 'torn';
type Engine = FieldEngine<CompactDocument, PersonDocument, PersonLine, FieldOperation>;

/** The product's own phone without its screens, on a disk in memory, against a real server; cut off and crashed at random unless it is calm. */
export class RealPhone {
  engine!: Engine;
  /** What was saved: the operation, and the text it writes or the sheet it files. */
  readonly saved = new Map<string, string>();
  readonly filed = new Map<string, string>();
  private readonly deviceId = uuidv7();
  private userId = '';
  private disk = new MemoryStorage();
  private client: TestClient;
  private readonly random: Random;

  constructor(client: TestClient, random: Random) {
    this.client = client;
    this.random = random;
  }

  /** From now on it reaches another server, as after a restore. */
  turnTo(client: TestClient): void {
    this.client = client;
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

  /** Files a visit of today for the n-th of those with high blood pressure alone. */
  async visit(n: number, today: PlainDate): Promise<void> {
    const [person, last] = await this.seenBefore(n);
    const [operationId, recordId] = [uuidv7(), uuidv7()];
    const answers = visitAfter(last.answers, { visitDate: today, nextVisitDate: addDays(today, 90) });
    const sheet = { program: 'hypertension' as const, recordId, formEdition: '2017', answers };
    const body = { visitId: uuidv7(), sheets: [sheet], confirmed: [] };
    const result = await this.engine.save({
      operationId,
      kind: 'visit.record',
      residentId: person.id,
      body,
    } as FieldOperation);
    expect(result.kind).toBe('saved');
    this.filed.set(operationId, recordId);
  }

  /** The n-th of those seen before for high blood pressure alone, with their last sheet; only as many are opened as it takes. */
  private async seenBefore(n: number) {
    let left = n;
    for (const line of this.engine.people.lines.values()) {
      if (line.programs.join() !== 'hypertension') continue;
      const person = await this.engine.getPerson(line.id);
      const last = person?.programs[0]?.last;
      if (person && last && left-- === 0) return [person, last] as const;
    }
    throw new Error(`no ${n}th person with high blood pressure alone`);
  }

  /** Calm: every call is answered. Rough: calls get lost and the phone crashes. Torn: whatever the line does, and no more. */
  async round(weather: Weather): Promise<void> {
    if (weather === 'rough' && this.random.chance(0.4))
      this.disk.crashSoon(1 + this.random.below(4), this.random.chance(0.5));
    try {
      const end = await this.talk(weather);
      // A call can go out on a line the server is just closing for being quiet; like the phone, it is made again.
      if (weather === 'calm')
        expect(isCut(end) ? await this.talk(weather) : end).toEqual({ kind: 'complete' });
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      await this.boot();
    }
  }

  private talk(weather: Weather): Promise<RoundEnd> {
    return runSyncRound(this.engine, this.transport(weather), {
      clock: () => new Date('2036-01-01T00:00:00Z'),
      isPersisted: () => true,
      changed: () => undefined,
      pageSize: 40,
    });
  }

  private transport(weather: Weather): Transport<CompactDocument> {
    const envelope = { deviceId: this.deviceId, userId: this.userId, appVersion: '1' };
    const call = (path: string, body: object) =>
      this.client.call('POST', path, body).catch(() => {
        throw new NoAnswer('offline');
      });
    const ask = async (path: string, body: object) => {
      const fate = weather === 'rough' ? this.random.next() : 1;
      if (fate < 0.15) throw new NoAnswer('offline');
      if (fate < 0.25) void (await call(path, body));
      const reply = await call(path, body);
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

/** Whether a call got no answer at all; what the server says itself is one. */
const isCut = (end: RoundEnd) => end.kind === 'stopped' && end.why === 'offline' && end.problem === null;

type Look = <T extends pg.QueryResultRow>(text: string, values: unknown[]) => Promise<T[]>;

/** How many of these operations the database has. */
export async function countTaken(operationIds: readonly string[], look: Look): Promise<number> {
  return (await look(`select 1 from operation where id = any($1::uuid[])`, [operationIds])).length;
}

/**
 * Whatever a phone showed as saved is with the server once or still waits on the phone, stands once in the history of the
 * record or as the other value of a conflict, and the phones hold the same documents. Answers how many the server has.
 */
export async function expectTakenOnce(phones: readonly RealPhone[], look: Look): Promise<number> {
  const saved = new Map(phones.flatMap((phone) => [...phone.saved]));
  const filed = new Map(phones.flatMap((phone) => [...phone.filed]));
  const waiting = new Set(
    phones.flatMap((phone) => phone.engine.outbox.list().map((entry) => entry.operation.operationId)),
  );
  const all = [...saved.keys(), ...filed.keys()];
  const rows = await look<{ id: string }>(`select id from operation where id = any($1::uuid[])`, [all]);
  const taken = new Set(rows.map((row) => row.id));
  expect(rows).toHaveLength(taken.size);
  expect(all.filter((id) => !taken.has(id) && !waiting.has(id))).toEqual([]);

  const texts = [...saved].flatMap(([id, text]) => (taken.has(id) ? [text] : []));
  const kept = await look<{ value: string }>(
    `select personal_information->>'workUnit' as value from resident_revision where personal_information->>'workUnit' = any($1)
     union all select offered #>> '{}' from person_conflict where field = 'workUnit' and offered #>> '{}' = any($1)`,
    [texts],
  );
  expect(kept.map((row) => row.value).toSorted()).toEqual(texts.toSorted());
  const sheets = [...filed].flatMap(([id, record]) => (taken.has(id) ? [record] : []));
  const records = await look<{ id: string }>(`select id from form_record where id = any($1::uuid[])`, [
    sheets,
  ]);
  expect(records.map((row) => row.id).toSorted()).toEqual(sheets.toSorted());

  const [first, ...others] = phones;
  for (const other of others)
    for (const id of other.engine.people.lines.keys())
      if (first?.engine.people.lines.has(id))
        expect(await other.engine.people.read(id)).toEqual(await first.engine.people.read(id));
  return taken.size;
}
