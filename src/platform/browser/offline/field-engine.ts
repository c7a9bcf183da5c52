import type { FieldModel } from './field-model.ts';
import type { OperationShape, SaveResult } from './field-store.ts';
import { Outbox, type OutboxEntry } from './outbox.ts';
import { PeoplePages } from './people-pages.ts';
import { type Change, type FieldStorage, type Sealer, StorageFull } from './storage.ts';
import { nothingRemembered, readMemory, type SyncMemory } from './sync-memory.ts';

interface Overlaid<V, L> {
  readonly view: V | undefined;
  readonly line: L | undefined;
}

/**
 * One user's unlocked store: people as the server last told, operations typed here, and both together as the screens see
 * them. A save writes one sealed value and nothing else; what it changes on screen is worked out by the application's pure
 * functions over the server's documents, so that an answer of the server simply replaces what it confirms.
 */
export class FieldEngine<D extends { readonly id: string }, V, L, O extends OperationShape> {
  readonly storage: FieldStorage;
  readonly sealer: Sealer;
  readonly model: FieldModel<D, V, L, unknown, O>;
  readonly outbox: Outbox<O>;
  people: PeoplePages<D, V, L>;
  /** People of a first sync under way; those of `people` stay in use until it is complete. */
  building: PeoplePages<D, V, L> | undefined;
  memory: SyncMemory = nothingRemembered;
  private readonly clock: () => Date;
  private readonly overlay = new Map<string, Overlaid<V, L>>();
  /** About to be deleted: nothing more is taken in. */
  private isClosed = false;
  private refreshing: Promise<void> = Promise.resolve();
  private readonly changed: () => void;

  constructor(input: {
    storage: FieldStorage;
    sealer: Sealer;
    model: FieldModel<D, V, L, unknown, O>;
    clock: () => Date;
    changed: () => void;
  }) {
    this.storage = input.storage;
    this.sealer = input.sealer;
    this.model = input.model;
    this.clock = input.clock;
    this.changed = input.changed;
    this.outbox = new Outbox(this.storage, this.sealer);
    this.people = this.generation(0);
  }

  /** Reads what the disk holds: the index, the outbox, the position. What was shown stays until all of it is read. */
  async load(): Promise<void> {
    const memory = await readMemory(this.storage, this.sealer);
    const people = this.generation(memory.current?.generation ?? 0);
    const building = memory.first ? this.generation(memory.first.generation) : undefined;
    await Promise.all([people.load(), building?.load(), this.outbox.exclusively(() => this.outbox.load())]);
    this.memory = memory;
    this.people = people;
    this.building = building;
    await this.refreshTyped();
  }

  /** Reads what another tab did since this one read the disk. */
  async catchUp(): Promise<void> {
    const memory = await readMemory(this.storage, this.sealer);
    if (JSON.stringify(memory) === JSON.stringify(this.memory)) await this.reloadOutbox();
    else await this.load();
  }

  /** Another tab saved something: reads what was typed anew from the disk. */
  async reloadOutbox(): Promise<void> {
    await this.outbox.exclusively(() => this.outbox.load());
    await this.refreshTyped();
  }

  generation(number: number): PeoplePages<D, V, L> {
    return new PeoplePages<D, V, L>(this.storage, this.sealer, this.model, number);
  }

  /** The people on screen: those complete, else those that have arrived so far. */
  private get shown(): PeoplePages<D, V, L> {
    return this.memory.current === null && this.building ? this.building : this.people;
  }

  /** Saves durably, then shows. A double tap of the same operation is one operation. */
  async save(operation: O): Promise<SaveResult> {
    const refusal = await this.outbox.exclusively(async () => {
      if (this.isClosed) return { kind: 'refused', reason: 'locked' } as const;
      if (this.outbox.get(operation.operationId)) return undefined;
      const entry: OutboxEntry<O> = {
        operation,
        seq: this.outbox.takeSeq(),
        savedAt: this.clock().toISOString(),
        state: 'saved-on-phone',
        attempts: 0,
      };
      const { changes, done } = await this.outbox.prepare([entry]);
      return (await this.write(changes)) ?? done();
    });
    if (refusal) return refusal;
    await this.refresh([operation.residentId]);
    return { kind: 'saved', state: 'saved-on-phone' };
  }

  /** What a person decided about a refused operation; one that is under way or gone is left alone. */
  async decide(operationId: string, change: (entry: OutboxEntry<O>) => OutboxEntry<O>): Promise<SaveResult> {
    let residentId: string | undefined;
    const refusal = await this.outbox.exclusively(async () => {
      const entry = this.outbox.get(operationId);
      if (entry?.state !== 'needs-you') return undefined;
      residentId = entry.operation.residentId;
      const { changes, done } = await this.outbox.prepare([change(entry)]);
      return (await this.write(changes)) ?? done();
    });
    if (refusal) return refusal;
    if (residentId) await this.refresh([residentId]);
    return { kind: 'saved', state: 'saved-on-phone' };
  }

  /** Changes these entries as they stand now, together with other writes. Rejects when the disk does. */
  async changeEntries(
    operationIds: readonly string[],
    change: (entry: OutboxEntry<O>) => OutboxEntry<O>,
    others: readonly Change[] = [],
  ): Promise<void> {
    const residents = await this.outbox.exclusively(async () => {
      const entries = operationIds.flatMap((id) => this.outbox.get(id) ?? []).map(change);
      const { changes, done } = await this.outbox.prepare(entries);
      await this.storage.write([...changes, ...others]);
      done();
      return entries.map((entry) => entry.operation.residentId);
    });
    await this.refresh(residents);
  }

  async removeEntry(operationId: string): Promise<void> {
    const entry = this.outbox.get(operationId);
    await this.outbox.exclusively(async () => {
      const { changes, done } = this.outbox.deletionOf(operationId);
      await this.storage.write(changes);
      done();
    });
    if (entry) await this.refresh([entry.operation.residentId]);
  }

  /** Takes nothing more in, if nothing is left that the server has not got. */
  closeWhenHandedOver(): Promise<boolean> {
    return this.outbox.exclusively(async () => {
      this.isClosed = this.outbox.list().every((entry) => entry.state === 'sent');
      return this.isClosed;
    });
  }

  reopen(): void {
    this.isClosed = false;
  }

  /** Writes, and tells a full phone from a broken one; nothing was kept when it answers a refusal. */
  async write(changes: readonly Change[]): Promise<Exclude<SaveResult, { kind: 'saved' }> | undefined> {
    try {
      await this.storage.write(changes);
      return undefined;
    } catch (error) {
      if (error instanceof StorageFull)
        return {
          kind: 'refused',
          reason: 'storage-full',
          message: '手机存储空间已满，这次没有保存。请先清理照片或应用，再点保存；本页内容仍在。',
        };
      return {
        kind: 'refused',
        reason: 'storage-failed',
        message: `写入手机存储失败，这次没有保存（${(error as Error).name}）。本页内容仍在，请再试一次。`,
      };
    }
  }

  async getPerson(id: string): Promise<V | undefined> {
    await this.refreshing;
    const over = this.overlay.get(id);
    if (over) return over.view;
    const document = await this.shown.read(id);
    return document && this.model.complete(document);
  }

  line(id: string): L | undefined {
    const over = this.overlay.get(id);
    return over ? over.line : this.shown.lines.get(id);
  }

  *lines(): Generator<L> {
    for (const [id, line] of this.shown.lines) {
      const over = this.overlay.get(id);
      if (!over) yield line;
      else if (over.line !== undefined) yield over.line;
    }
    for (const [id, over] of this.overlay)
      if (over.line !== undefined && !this.shown.lines.has(id)) yield over.line;
  }

  get peopleCount(): number {
    return this.shown.lines.size;
  }

  /** Works out anew what is shown of everybody something was typed for on this phone. */
  refreshTyped(): Promise<void> {
    const typed = this.outbox.list().map((entry) => entry.operation.residentId);
    return this.refresh([...typed, ...this.overlay.keys()]);
  }

  /** Works out anew what is shown of these people; one after the other, so that the last word stays. */
  refresh(ids: readonly string[]): Promise<void> {
    const work = this.refreshing.then(async () => {
      const typed = this.outbox.list().filter(isShown);
      for (const id of new Set(ids))
        await this.refreshOne(
          id,
          typed.filter((entry) => entry.operation.residentId === id),
        );
      this.changed();
    });
    this.refreshing = work.catch(() => undefined);
    return work;
  }

  private async refreshOne(id: string, typed: readonly OutboxEntry<O>[]): Promise<void> {
    if (typed.length === 0) {
      this.overlay.delete(id);
      return;
    }
    const document = await this.shown.read(id);
    let view = document && this.model.complete(document);
    for (const entry of typed) view = this.model.apply(view, entry.operation);
    this.overlay.set(id, { view, line: view === undefined ? undefined : this.model.line(view) });
  }

  /**
   * What waits to be sent, in order. Held back is what hangs on a refused foundation, what was put off in this round, and
   * whatever follows for the same person: order is kept.
   */
  sendable(putOff: ReadonlySet<string> = new Set()): OutboxEntry<O>[] {
    const blocked = this.blockedResidents();
    return this.outbox.list().filter((entry) => {
      const { operationId, residentId } = entry.operation;
      if (entry.state !== 'saved-on-phone' || blocked.has(residentId)) return false;
      if (putOff.has(operationId)) blocked.add(residentId);
      return !putOff.has(operationId);
    });
  }

  /** People whose registration was refused: what follows for them would only be refused for want of them. */
  blockedResidents(): Set<string> {
    const founding = this.outbox
      .list()
      .filter((entry) => entry.state === 'needs-you' && this.model.isFoundation(entry.operation.kind));
    return new Set(founding.map((entry) => entry.operation.residentId));
  }
}

/** A refused operation is shown in the list of what needs somebody, not as if it had happened. */
function isShown(entry: OutboxEntry<OperationShape>): boolean {
  return entry.state !== 'needs-you' && entry.isRepeated !== true;
}
