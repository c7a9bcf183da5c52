import { changesAlong } from './changes-along.ts';
import { aboutOf, type FieldModel } from './field-model.ts';
import type { Attached, DraftChange, OperationShape, SaveResult } from './field-store.ts';
import { definitionsOf } from './held-definitions.ts';
import { isShown, Outbox, type OutboxEntry } from './outbox.ts';
import { PeoplePages } from './people-pages.ts';
import {
  isFresh,
  madeOf,
  makeQuickList,
  type QuickView,
  quickListChange,
  readQuickList,
  viewOf,
} from './quick-list.ts';
import { refusalOfWrite } from './refusal-of-write.ts';
import type { Change, FieldStorage, Sealer } from './storage.ts';
import { nothingRemembered, readMemory, type SyncMemory } from './sync-memory.ts';
import { TypedOverlay } from './typed-overlay.ts';

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
  readonly definitions: ReturnType<typeof definitionsOf>;
  people: PeoplePages<D, V, L>;
  /** People of a first sync under way; those of `people` stay in use until it is complete. */
  building: PeoplePages<D, V, L> | undefined;
  memory: SyncMemory = nothingRemembered;
  private readonly clock: () => Date;
  private readonly overlay: TypedOverlay<V, L, O>;
  /** About to be deleted: nothing more is taken in. */
  private isClosed = false;
  /** On screen until the index is read and everything typed is in it. */
  private quick: QuickView<L> | undefined;
  private quickMadeOf = '';
  private isIndexRead = true;
  /** Resolves when nothing is left to read; all but the beginning of today's list waits for it. */
  whole: Promise<void> = Promise.resolve();
  /** The person just looked at is at hand when something is saved about them. */
  private lastRead: { id: string; of: unknown; mark: number | undefined; view: V | undefined } | undefined;
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
    this.definitions = definitionsOf(this, () => this.memory.heldDefinitions);
    this.overlay = new TypedOverlay<V, L, O>(this, (id) => this.readShown(id));
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

  /**
   * Reads as much as the first screen needs; the index follows by itself. Reads all of it first where the sealed beginning
   * of the list is missing, of another day, or not of the people on the phone. `pause` lets the screen be drawn before.
   */
  async open(dayOf: (memory: SyncMemory) => string, pause?: () => Promise<void>): Promise<void> {
    const [memory, quick] = await Promise.all([
      readMemory(this.storage, this.sealer),
      readQuickList(this.storage, this.sealer),
      this.outbox.exclusively(() => this.outbox.load()),
    ]);
    if (!quick || !isFresh(quick, memory, dayOf(memory))) return this.load();
    this.memory = memory;
    const people = this.generation(quick.generation);
    this.people = people;
    this.quick = viewOf(quick, this.model, this.outbox.list(), (id, page) => people.locate(id, page));
    this.quickMadeOf = madeOf(quick);
    this.isIndexRead = false;
    const reading = pause ? pause().then(() => people.load()) : people.load();
    this.whole = reading.then(async () => {
      this.isIndexRead = true;
      await this.refreshTyped();
      this.quick = undefined;
      this.changed();
    });
    this.whole.catch(() => undefined);
  }

  /** True while only the beginning of today's list is read. */
  get isReading(): boolean {
    return this.quick !== undefined;
  }

  /** How many of today's list are sure to be the first. */
  get sureOfToday(): number {
    return this.quick?.shown ?? Number.POSITIVE_INFINITY;
  }

  /** Seals the beginning of today's list anew when it is not of what is on the phone now. */
  async keepQuickList(day: string): Promise<void> {
    const { current, first, mark = 0 } = this.memory;
    if (this.quick || !current || first || this.isClosed) return;
    const typed = this.outbox.list().flatMap((entry) => (isShown(entry) ? entry.operation.operationId : []));
    const made = { generation: current.generation, mark, from: day, typed };
    if (madeOf(made) === this.quickMadeOf) return;
    const { people, peopleCount } = this;
    const list = makeQuickList({ ...made, people: peopleCount }, this.model, this.lines(), (id) =>
      people.pageOf(id),
    );
    await this.storage.write([await quickListChange(this.sealer, list)]);
    this.quickMadeOf = madeOf(made);
  }

  /** Reads what another tab did since this one read the disk. */
  async catchUp(): Promise<void> {
    await this.whole;
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

  /** Saves durably, then shows. A double tap of the same operation is one operation. Drafts go with it or not at all. */
  async save(operation: O, drafts: readonly DraftChange[] = [], attached?: Attached<O>): Promise<SaveResult> {
    const refusal = await this.outbox.exclusively(async () => {
      if (this.isClosed) return { kind: 'refused', reason: 'locked' } as const;
      if (this.outbox.get(operation.operationId)) return undefined;
      const { changes, done } = await this.outbox.prepareNew(
        [operation, ...(attached ? [attached.operation] : [])],
        { savedAt: this.clock().toISOString(), ...aboutOf(this.model, this.line(operation.residentId)) },
      );
      const along = await changesAlong(this.sealer, drafts, attached);
      return (await this.write([...changes, ...along])) ?? done();
    });
    if (refusal) return refusal;
    await this.refresh([operation.residentId]);
    return { kind: 'saved', state: 'saved-on-phone' };
  }

  /** What a person decided about a refused operation; one that is under way or gone is left alone. */
  async decide(
    operationId: string,
    change: (entry: OutboxEntry<O>) => OutboxEntry<O>,
    drafts: readonly DraftChange[] = [],
  ): Promise<SaveResult> {
    let residentId: string | undefined;
    const refusal = await this.outbox.exclusively(async () => {
      const entry = this.outbox.get(operationId);
      if (entry?.state !== 'needs-you') return undefined;
      residentId = entry.operation.residentId;
      const place = this.model.isFoundation(entry.operation.kind) ? 'kept' : 'last';
      const { changes, done } = await this.outbox.prepareDecided(entry, change(entry), place);
      return (await this.write([...changes, ...(await changesAlong(this.sealer, drafts))])) ?? done();
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
      const key = entry && this.model.attachmentOf?.(entry.operation);
      const bytes = key === undefined ? [] : [{ bucket: 'attached' as const, key, value: undefined }];
      await this.storage.write([...changes, ...bytes]);
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
      return refusalOfWrite(error);
    }
  }

  async getPerson(id: string): Promise<V | undefined> {
    if (this.quick && (this.people.pageOf(id) === undefined || this.outbox.isAbout(id))) await this.whole;
    await this.overlay.settled(id);
    const over = this.overlay.get(id);
    return over ? over.view : this.readShown(id);
  }

  private async readShown(id: string): Promise<V | undefined> {
    const { shown, memory, lastRead } = this;
    if (lastRead?.id === id && lastRead.of === shown && lastRead.mark === memory.mark) return lastRead.view;
    const document = await shown.read(id);
    const view = document && this.model.complete(document);
    if (memory.mark === this.memory.mark) this.lastRead = { id, of: shown, mark: memory.mark, view };
    return view;
  }

  line(id: string): L | undefined {
    const over = this.overlay.get(id);
    return over ? over.line : (this.quick?.lines ?? this.shown.lines).get(id);
  }

  *lines(): Generator<L> {
    const read = this.quick?.lines ?? this.shown.lines;
    for (const [id, line] of read) {
      const over = this.overlay.get(id);
      if (!over) yield line;
      else if (over.line !== undefined) yield over.line;
    }
    for (const [id, over] of this.overlay.entries())
      if (over.line !== undefined && !read.has(id)) yield over.line;
  }

  get peopleCount(): number {
    return this.quick?.people ?? this.shown.lines.size;
  }

  /** Works out anew what is shown of everybody something was typed for on this phone. */
  refreshTyped(): Promise<void> {
    return this.refresh([...this.overlay.typedFor()]);
  }

  /** Works out anew what is shown of these people. */
  async refresh(ids: readonly string[]): Promise<void> {
    for (const id of new Set(ids)) {
      // Where their document lies is not read yet: not shown until it is, rather than shown as if nothing had been done.
      if (!this.isIndexRead && this.people.pageOf(id) === undefined) this.quick?.lines.delete(id);
      else await this.overlay.refresh(id);
    }
    this.changed();
  }

  /** What waits to be sent, in order, without what was put off or hangs on a refused foundation and what follows for the same person. */
  sendable(putOff: ReadonlySet<string> = new Set()): OutboxEntry<O>[] {
    return this.outbox.sendable(this.blockedResidents(), putOff, this.model);
  }

  /** People whose registration was refused: what follows for them would only be refused for want of them. */
  blockedResidents = () => this.outbox.residentsRefused((kind) => this.model.isFoundation(kind));
}
