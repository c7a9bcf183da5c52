import type { Problem } from '#kernel/problem.ts';
import type { FieldModel } from './field-model.ts';
import type { OperationShape, OperationState, StoredOperation } from './field-store.ts';
import { byTries, earlyFinder } from './outbox-order.ts';
import { type Change, type FieldStorage, openAll, placeOf, type Sealer, sealed } from './storage.ts';

/** An operation on the phone with everything known of its way. */
export interface OutboxEntry<O extends OperationShape> {
  readonly operation: O;
  readonly seq: number;
  readonly savedAt: string;
  readonly state: Exclude<OperationState, 'waiting'>;
  readonly attempts: number;
  /** Whom it is about, as known when it was typed; stays on the phone. */
  readonly about?: string;
  readonly problem?: Problem;
  readonly result?: unknown;
  /** Server transaction before which its effects lie; the local effect is shown until the phone has read that far. */
  readonly seen?: string;
  /** Server time of the answer: how long it is kept for offering again. */
  readonly answeredAt?: string;
  /** Why a person gave this refused operation up; kept until the server has heard of it. */
  readonly givenUpFor?: string;
  /** Offered again after the server was restored: its effect is in the documents already. */
  readonly isRepeated?: true;
}

/** Days an answered operation is kept, to be offered again to a server restored from a backup. */
const keptDays = 60;
/** Settled operations a screen may still show as sent. */
const shownSettled = 50;

/**
 * The operations typed on this phone, in the phone's order. Nothing leaves it but by an answer of the server, and an
 * answered one is kept for weeks. Every change is one write; memory follows the disk, never the other way.
 */
export class Outbox<O extends OperationShape> {
  private readonly entries = new Map<string, OutboxEntry<O>>();
  /** The last ones the server took and the phone has read back. */
  private recent: OutboxEntry<O>[] = [];
  private lastSeq = 0;
  private turn: Promise<unknown> = Promise.resolve();
  private readonly storage: FieldStorage;
  private readonly sealer: Sealer;

  constructor(storage: FieldStorage, sealer: Sealer) {
    this.storage = storage;
    this.sealer = sealer;
  }

  /**
   * Runs one change of the outbox after the other, from reading memory to the disk's answer: a save and an answer of the
   * server at the same moment must not undo each other.
   */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(work);
    this.turn = result.catch(() => undefined);
    return result;
  }

  async load(): Promise<void> {
    const opened = await openAll(this.sealer, 'outbox', await this.storage.readAll('outbox'));
    const kept = await this.storage.readAll('sent');
    const recent = await openAll(this.sealer, 'sent', kept.slice(-shownSettled));
    this.entries.clear();
    for (const entry of opened as OutboxEntry<O>[]) this.remember(entry);
    this.recent = recent as OutboxEntry<O>[];
    const last = kept.at(-1)?.[0];
    if (last) this.lastSeq = Math.max(this.lastSeq, Number(last.split('-')[0]));
  }

  get(operationId: string): OutboxEntry<O> | undefined {
    return this.entries.get(operationId);
  }

  /** Taken by the server and read back; the last few. */
  settled(): readonly OutboxEntry<O>[] {
    return this.recent;
  }

  /** Whether something unsettled was typed about this person. */
  isAbout(residentId: string): boolean {
    for (const entry of this.entries.values()) if (entry.operation.residentId === residentId) return true;
    return false;
  }

  /** In the phone's order. */
  list(): OutboxEntry<O>[] {
    return [...this.entries.values()].sort(
      (a, b) => a.seq - b.seq || (a.operation.operationId < b.operation.operationId ? -1 : 1),
    );
  }

  /**
   * What waits and neither hangs on a person held back, nor was put off, nor follows something put off for the same person.
   * What failed before goes after what did not. What carries bytes goes last and once what it hangs on has gone: a photo
   * must not hold up a visit. Anything else waits while what it hangs on stands behind it, as after that was mended; what
   * was refused holds nothing up: an emergency does not wait for a form.
   */
  sendable(
    heldBack: ReadonlySet<string>,
    putOff: ReadonlySet<string>,
    model: Pick<FieldModel<never, unknown, unknown, unknown, O>, 'attachmentOf' | 'hangsOn'>,
  ): OutboxEntry<O>[] {
    const blocked = new Set(heldBack);
    const isCarrying = ({ operation }: OutboxEntry<O>) => model.attachmentOf?.(operation) !== undefined;
    const all = this.list();
    const isEarly = earlyFinder(all, model);
    const ready = all.filter((entry) => {
      const { operationId, residentId } = entry.operation;
      if (entry.state !== 'saved-on-phone' || blocked.has(residentId)) return false;
      if (!isCarrying(entry) && isEarly(entry)) return false;
      if (putOff.has(operationId) && !isCarrying(entry)) blocked.add(residentId);
      return !putOff.has(operationId);
    });
    const carrying = ready
      .filter(isCarrying)
      .filter(
        ({ operation }) =>
          !all.some((one) => one.state !== 'sent' && model.hangsOn?.(operation, one.operation)),
      );
    return [...byTries(ready.filter((one) => !isCarrying(one))), ...byTries(carrying)];
  }

  /** People about whom something of these kinds was refused. */
  residentsRefused(isOfKind: (kind: string) => boolean): Set<string> {
    const refused = this.list().filter(
      (entry) => entry.state === 'needs-you' && isOfKind(entry.operation.kind),
    );
    return new Set(refused.map((entry) => entry.operation.residentId));
  }

  /** Places are given out once, also to two saves at the same moment. */
  takeSeq(): number {
    this.lastSeq += 1;
    return this.lastSeq;
  }

  /** The writes that take these operations in, in this order. */
  prepareNew(
    operations: readonly O[],
    known: Pick<OutboxEntry<O>, 'savedAt' | 'about'>,
  ): Promise<{ changes: Change[]; done: () => void }> {
    const entries = operations.map(
      (operation): OutboxEntry<O> => ({
        ...known,
        operation,
        seq: this.takeSeq(),
        state: 'saved-on-phone',
        attempts: 0,
      }),
    );
    return this.prepare(entries);
  }

  /**
   * The writes after a person's decision about a refused operation. Sent again, it comes after what was typed since: that
   * may be the very thing it was refused for want of. What others hang on keeps its place.
   */
  async prepareDecided(before: OutboxEntry<O>, after: OutboxEntry<O>, place: 'kept' | 'last') {
    if (place === 'kept' || after.state !== 'saved-on-phone') return this.prepare([after]);
    const { changes, done } = await this.prepare([{ ...after, seq: this.takeSeq() }]);
    return {
      changes: [{ bucket: 'outbox', key: keyOf(before), value: undefined } as const, ...changes],
      done,
    };
  }

  /** The writes that bring these entries to the disk, and what brings memory along afterwards. */
  async prepare(entries: readonly OutboxEntry<O>[]): Promise<{ changes: Change[]; done: () => void }> {
    const changes: Change[] = [];
    for (const entry of entries) changes.push(await sealed(this.sealer, 'outbox', keyOf(entry), entry));
    return {
      changes,
      done: () =>
        entries.forEach((entry) => {
          this.remember(entry);
        }),
    };
  }

  /** Moves answered operations whose effect the phone has read to where they are only kept for offering again. */
  async prepareSettling(
    readUpTo: bigint,
  ): Promise<{ changes: Change[]; done: () => void; residents: string[] }> {
    const settled = this.list().filter(
      (entry) => entry.state === 'sent' && entry.seen !== undefined && BigInt(entry.seen) <= readUpTo,
    );
    const changes: Change[] = [];
    for (const entry of settled) {
      changes.push({ bucket: 'outbox', key: keyOf(entry), value: undefined });
      changes.push(await sealed(this.sealer, 'sent', keyOf(entry), entry));
    }
    return {
      changes,
      residents: settled.map((entry) => entry.operation.residentId),
      done: () =>
        settled.forEach((entry) => {
          this.entries.delete(entry.operation.operationId);
          this.recent = [...this.recent, entry].slice(-shownSettled);
        }),
    };
  }

  /** The server was restored: everything it ever answered is offered again, in the old order. */
  async prepareOfferingAgain(): Promise<{ changes: Change[]; done: () => void }> {
    const kept = await this.storage.readAll('sent');
    const settled = (await openAll(this.sealer, 'sent', kept)) as OutboxEntry<O>[];
    const unsettled = this.list().filter((entry) => entry.state === 'sent');
    const toOffer = (entry: OutboxEntry<O>): OutboxEntry<O> => {
      const { seen: _, answeredAt: __, problem: ___, ...rest } = entry;
      return { ...rest, state: 'saved-on-phone', attempts: 0 };
    };
    const again = [
      ...settled.map((entry): OutboxEntry<O> => ({ ...toOffer(entry), isRepeated: true })),
      ...unsettled.map(toOffer),
    ];
    const { changes, done } = await this.prepare(again);
    for (const [key] of kept) changes.push({ bucket: 'sent', key, value: undefined });
    return { changes, done };
  }

  /** Deletes what was answered so long ago that no backup would be restored without it. */
  async deletionOfOld(serverNow: string): Promise<Change[]> {
    const limit = Date.parse(serverNow) - keptDays * 86_400_000;
    const changes: Change[] = [];
    for (const [key, value] of await this.storage.readAll('sent')) {
      const entry = (await this.sealer.open(placeOf('sent', key), value)) as OutboxEntry<O>;
      if (entry.answeredAt && Date.parse(entry.answeredAt) < limit)
        changes.push({ bucket: 'sent', key, value: undefined });
      else break;
    }
    return changes;
  }

  deletionOf(operationId: string): { changes: Change[]; done: () => void } {
    const entry = this.entries.get(operationId);
    if (!entry) return { changes: [], done: () => undefined };
    return {
      changes: [{ bucket: 'outbox', key: keyOf(entry), value: undefined }],
      done: () => void this.entries.delete(operationId),
    };
  }

  private remember(entry: OutboxEntry<O>): void {
    this.entries.set(entry.operation.operationId, entry);
    this.lastSeq = Math.max(this.lastSeq, entry.seq);
  }
}

/** A refused operation is shown in the list of what needs somebody, not as if it had happened. */
export function isShown(entry: OutboxEntry<OperationShape>): boolean {
  return entry.state !== 'needs-you' && entry.isRepeated !== true;
}

const keyOf = (entry: { seq: number; operation: { operationId: string } }) =>
  `${String(entry.seq).padStart(12, '0')}-${entry.operation.operationId}`;

/** As a screen sees it: what cannot go yet because its foundation was refused is waiting. */
export function toStoredOperation<O extends OperationShape>(
  entry: OutboxEntry<O>,
  isWaiting: boolean,
): StoredOperation<O> {
  return {
    operation: entry.operation,
    state: isWaiting ? 'waiting' : entry.state,
    savedAt: entry.savedAt,
    seq: entry.seq,
    attempts: entry.attempts,
    ...(entry.about === undefined ? {} : { about: entry.about }),
    ...(entry.problem ? { problem: entry.problem } : {}),
    ...(entry.result === undefined ? {} : { result: entry.result }),
  };
}
