import { FieldEngine } from './field-engine.ts';
import type { FieldModel } from './field-model.ts';
import type { FieldStore, OperationShape, PhoneUser, UnlockResult } from './field-store.ts';
import { IdbStorage } from './idb-storage.ts';
import { OfflineStore, type StoreDoor } from './offline-store.ts';
import { sealOutboxFile } from './outbox-file.ts';
import { type Greeting, type Opened, PinVault, type VaultRecord } from './pin-vault.ts';
import { RoomKeeper } from './room-keeper.ts';
import type { AesSealer } from './seal.ts';
import { StorageFull } from './storage.ts';
import { isKept, keepStorage } from './storage-promise.ts';
import { readRoom } from './storage-room.ts';
import { StoreSession } from './store-session.ts';
import { phoneDay } from './sync-memory.ts';
import type { Transport } from './transport.ts';
import { IdbVaultShelf } from './vault-shelf.ts';

/** What the application gives: what documents mean, how the server is reached, how a signed-in user is greeted. */
export interface PhoneApplication<D extends { readonly id: string }, V, L, T, O extends OperationShape> {
  readonly model: FieldModel<D, V, L, T, O>;
  transport(input: {
    readonly deviceId: string;
    readonly userId: string;
    readonly token: () => Promise<string>;
  }): Transport<D>;
  greet(input: { deviceId: string; isPersisted: boolean; hasLostStore: boolean }): Promise<Greeting>;
  readonly clock?: () => Date;
}

type Engine<D extends { readonly id: string }, V, L, O extends OperationShape> = FieldEngine<D, V, L, O>;
/** Until the list is drawn: what is read afterwards must not hold it up. */
const firstPaint = () => new Promise<void>((resolve) => setTimeout(resolve, 400));
const heldMark = (userId: string) => `quancheng-held-${userId}`;
const storeName = (userId: string) => `quancheng-store-${userId}`;

/** The stores of everybody who uses this phone, each under its own key. */
export class Phone<D extends { readonly id: string }, V, L, T, O extends OperationShape> {
  private readonly shelf = new IdbVaultShelf((userId) => IdbStorage.giveUpRoom(storeName(userId)));
  private readonly vault: PinVault;
  private readonly stores = new Map<string, OfflineStore<D, V, L, T, O>>();
  /** Secrets to set a PIN with; only ever in memory, from a sign-in until it is used. */
  private readonly recoveries = new Map<string, string>();
  private readonly application: PhoneApplication<D, V, L, T, O>;
  private readonly clock: () => Date;

  constructor(application: PhoneApplication<D, V, L, T, O>) {
    this.application = application;
    this.clock = application.clock ?? (() => new Date());
    this.vault = new PinVault(this.shelf, this.clock);
  }

  async users(): Promise<PhoneUser[]> {
    const known = (await this.shelf.list()).filter((record) => !record.isWiped);
    void this.heedOrders(known);
    return known.map(toUser);
  }

  async storeOf(userId: string): Promise<FieldStore<V, L, T, O>> {
    return this.lockedStore(userId);
  }

  /** After a sign-in: registers the phone for this user and takes in the server's share. */
  async admit(userId: string): Promise<{ store: FieldStore<V, L, T, O>; user: PhoneUser }> {
    const isPersisted = await keepStorage();
    const record = await this.shelf.read(userId);
    const hasLostStore = localStorage.getItem(heldMark(userId)) !== null && record === undefined;
    const greeting = await this.application.greet({
      deviceId: await this.shelf.deviceId(),
      isPersisted,
      hasLostStore,
    });
    this.recoveries.set(greeting.userId, greeting.recovery);
    const admitted = await this.vault.admit(greeting);
    return { store: this.lockedStore(greeting.userId), user: toUser(admitted) };
  }

  /** Sets the first PIN, or a new one right after a sign-in; the store is open afterwards. */
  async setPin(store: FieldStore<V, L, T, O>, userId: string, pin: string): Promise<UnlockResult> {
    const recovery = this.recoveries.get(userId);
    if (recovery === undefined) return { kind: 'needs-sign-in', why: 'first-time' };
    const opened = await this.vault.setPin(userId, pin, recovery);
    if (opened.kind !== 'opened') return opened;
    this.recoveries.delete(userId);
    if (!(store instanceof OfflineStore)) throw new Error('not a store of this phone');
    store.begin(await this.openSession(userId, opened.sealer, () => store.tell()));
    return { kind: 'unlocked' };
  }

  private lockedStore(userId: string): OfflineStore<D, V, L, T, O> {
    const known = this.stores.get(userId);
    if (known) return known;
    const door: StoreDoor<D, V, L, O> = {
      open: async (pin, changed) => {
        const opened: Opened | { kind: 'no-room' } = await this.vault.unlock(userId, pin).catch(noRoom);
        return opened.kind === 'opened'
          ? { session: await this.openSession(userId, opened.sealer, changed) }
          : opened;
      },
    };
    const store = new OfflineStore<D, V, L, T, O>(door, this.application.model);
    this.stores.set(userId, store);
    return store;
  }

  private async openSession(userId: string, sealer: AesSealer, changed: () => void) {
    const storage = await IdbStorage.open(storeName(userId));
    const { model } = this.application;
    const engine: Engine<D, V, L, O> = new FieldEngine<D, V, L, O>({
      storage,
      sealer,
      model,
      clock: this.clock,
      changed,
    });
    await engine.open((memory) => phoneDay(this.clock(), memory), firstPaint);
    localStorage.setItem(heldMark(userId), 'yes');
    void keepStorage();
    return new StoreSession<D, V, L, O>({
      engine,
      transport: await this.transportOf(userId),
      clock: this.clock,
      name: storeName(userId),
      isPersisted: isKept,
      room: new RoomKeeper(storage, readRoom),
      changed,
      onContact: () => this.vault.renew(userId, engine.memory.leaseDays),
      onWiped: async () => {
        localStorage.removeItem(heldMark(userId));
        await this.vault.wiped(userId);
      },
      forgetKey: () => sealer.forget(),
      sealForServer: async (content) => {
        const share = await this.vault.share(userId);
        return share && sealOutboxFile({ deviceId: await this.shelf.deviceId(), userId }, share, content);
      },
    });
  }

  private async transportOf(userId: string): Promise<Transport<D>> {
    const token = async () => (await this.vault.tokenOf(userId)) ?? '';
    return this.application.transport({ deviceId: await this.shelf.deviceId(), userId, token });
  }

  /** A store nobody opens any more is called back too: its people are deleted unopened, what was typed stays sealed. */
  private async heedOrders(users: readonly VaultRecord[]): Promise<void> {
    for (const { userId, token } of users) {
      if (!token) continue;
      try {
        const transport = await this.transportOf(userId);
        if ((await transport.handOver([], false)).order !== 'wipe') continue;
        const storage = await IdbStorage.open(storeName(userId));
        await storage.forgetPeople();
        storage.close();
      } catch {
        // Without an answer nothing is deleted.
      }
    }
  }
}

/** A try that cannot be counted is not made. */
function noRoom(error: unknown): { kind: 'no-room' } {
  if (error instanceof StorageFull) return { kind: 'no-room' };
  throw error;
}

const toUser = (record: VaultRecord): PhoneUser => ({
  userId: record.userId,
  name: record.name,
  hasPin: record.byPin !== undefined,
});
