import type { FieldEngine } from './field-engine.ts';
import type { FieldModel } from './field-model.ts';
import type {
  Attached,
  DraftChange,
  FieldStore,
  OperationShape,
  SaveResult,
  StoreRefusal,
  SyncState,
  UnlockResult,
} from './field-store.ts';
import { type OutboxEntry, toStoredOperation } from './outbox.ts';
import { searchLines } from './search-lines.ts';
import { toSent } from './sent-operation.ts';
import { placeOf, sealed } from './storage.ts';
import type { StoreSession } from './store-session.ts';

const usualLimit = 50;
const lockedRefusal: StoreRefusal = { kind: 'refused', reason: 'locked' };

/** Opens a session with a PIN; the way in is the phone's, the store only asks. */
export interface StoreDoor<D extends { readonly id: string }, V, L, O extends OperationShape> {
  open(
    pin: string,
    changed: () => void,
  ): Promise<{ readonly session: StoreSession<D, V, L, O> } | Exclude<UnlockResult, { kind: 'unlocked' }>>;
}

/** One user's store as the screens see it: locked until the PIN opens a session, locked again when they are gone. */
export class OfflineStore<D extends { readonly id: string }, V, L, T, O extends OperationShape>
  implements FieldStore<V, L, T, O>
{
  private session: StoreSession<D, V, L, O> | undefined;
  private readonly listeners = new Set<() => void>();
  private readonly door: StoreDoor<D, V, L, O>;
  private readonly model: FieldModel<D, V, L, T, O>;
  private last: SyncState | undefined;

  constructor(door: StoreDoor<D, V, L, O>, model: FieldModel<D, V, L, T, O>) {
    this.door = door;
    this.model = model;
  }

  async unlock(pin: string): Promise<UnlockResult> {
    if (this.session) return { kind: 'unlocked' };
    const opened = await this.door.open(pin, () => this.tell());
    if (!('session' in opened)) return opened;
    this.begin(opened.session);
    return { kind: 'unlocked' };
  }

  /** Takes over a session that is open already, as after setting a PIN. */
  begin(session: StoreSession<D, V, L, O>): void {
    this.session?.end();
    this.session = session;
    session.start(() => this.lock());
    this.tell();
  }

  lock(): void {
    const { session } = this;
    if (!session) return;
    this.last = { ...session.state(), lock: 'locked' };
    this.session = undefined;
    session.end();
    this.tell();
  }

  touch(): void {
    this.session?.touch();
  }

  listToday(day: string): readonly T[] {
    if (!this.engine) return [];
    const items = this.model.listToday(this.engine.lines(), day);
    return items.length > this.engine.sureOfToday ? items.slice(0, this.engine.sureOfToday) : items;
  }

  search(text: string, limit = usualLimit): readonly L[] {
    return this.engine ? searchLines(this.engine.lines(), text, limit, this.model.searchKeys) : [];
  }

  lines(): Iterable<L> {
    return this.engine?.lines() ?? [];
  }

  line(id: string): L | undefined {
    return this.engine?.line(id);
  }

  async getPerson(id: string): Promise<V | undefined> {
    return this.engine?.getPerson(id);
  }

  async save(operation: O, drafts: readonly DraftChange[] = [], attached?: Attached<O>): Promise<SaveResult> {
    const { session } = this;
    if (!session) return lockedRefusal;
    return session.saved(await session.engine.save(operation, drafts, attached));
  }

  async hasRoomForForm(): Promise<boolean> {
    return this.session?.hasRoomForForm() ?? false;
  }

  operations(filter: Parameters<FieldStore<V, L, T, O>['operations']>[0] = {}) {
    const { engine } = this;
    if (!engine) return [];
    const blocked = engine.blockedResidents();
    return [...engine.outbox.settled(), ...engine.outbox.list()]
      .map((entry) =>
        toStoredOperation(entry, entry.state === 'saved-on-phone' && blocked.has(entry.operation.residentId)),
      )
      .filter(
        (one) =>
          (filter.state === undefined || one.state === filter.state) &&
          (filter.residentId === undefined || one.operation.residentId === filter.residentId),
      )
      .sort((a, b) => b.seq - a.seq);
  }

  needsYou() {
    return this.operations({ state: 'needs-you' });
  }

  async resolve(
    operationId: string,
    decision: Parameters<FieldStore<V, L, T, O>['resolve']>[1],
    drafts: readonly DraftChange[] = [],
  ): Promise<SaveResult> {
    const { session } = this;
    if (!session) return lockedRefusal;
    const decided = (entry: OutboxEntry<O>): OutboxEntry<O> => {
      const { problem: _, ...rest } = entry;
      switch (decision.kind) {
        case 'replace':
          return {
            ...rest,
            operation: { ...entry.operation, body: decision.body },
            state: 'saved-on-phone',
            attempts: 0,
          };
        case 'retry':
          return { ...rest, state: 'saved-on-phone', attempts: 0 };
        case 'give-up':
          return { ...entry, givenUpFor: decision.reason };
      }
    };
    return session.saved(await session.engine.decide(operationId, decided, drafts));
  }

  async saveDraft(key: string, draft: unknown): Promise<SaveResult> {
    const { engine } = this;
    if (!engine) return lockedRefusal;
    const refusal = await engine.write([await sealed(engine.sealer, 'drafts', key, draft)]);
    return refusal ?? { kind: 'saved', state: 'saved-on-phone' };
  }

  async readDraft(key: string): Promise<unknown> {
    const stored = await this.engine?.storage.read('drafts', key);
    return stored === undefined ? undefined : this.engine?.sealer.open(placeOf('drafts', key), stored);
  }

  async deleteDraft(key: string): Promise<void> {
    await this.engine?.storage.write([{ bucket: 'drafts', key, value: undefined }]);
  }

  syncState(): SyncState {
    return this.session?.state() ?? this.last ?? lockedState;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async syncNow(): Promise<void> {
    await this.session?.syncNow();
  }

  directory() {
    return (
      this.engine?.memory.directory ?? {
        organizations: [],
        serverVersion: '',
        editions: [],
        organizationId: '',
      }
    );
  }

  async definitions() {
    return this.engine?.definitions();
  }

  definitionSet(): string | undefined {
    return this.engine?.memory.heldDefinitions;
  }

  async exportUnsent(): Promise<string | undefined> {
    const { session } = this;
    const unsent = session?.engine.outbox.list().filter((entry) => entry.state !== 'sent');
    return unsent && session?.sealForServer(JSON.stringify({ operations: unsent.map(toSent) }));
  }

  async close(): Promise<void> {
    this.lock();
  }

  private get engine(): FieldEngine<D, V, L, O> | undefined {
    return this.session?.engine;
  }

  /** Tells the screens that something changed. */
  tell(): void {
    for (const listener of this.listeners) listener();
  }
}

const lockedState: SyncState = {
  lock: 'locked',
  phase: 'idle',
  pending: 0,
  needsYou: 0,
  lastContactAt: null,
  firstSync: null,
  people: 0,
  isReading: false,
  scopeName: '',
  clockSkewMinutes: null,
  isPersisted: true,
  isStorageShort: false,
  room: null,
  isLeader: false,
  problem: null,
};
