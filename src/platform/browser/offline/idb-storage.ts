import { beginFreshLog, freshLogInUse } from './fresh-log.ts';
import {
  type Bucket,
  buckets,
  type Change,
  copiesPrefix,
  type FieldStorage,
  isFull,
  StorageFull,
} from './storage.ts';
import { trySoon } from './try-soon.ts';

/** Raised when a bucket is added; the upgrade only ever adds what is missing, so that a broken one is simply run again. */
const schemaVersion = 2;
const reserveStore = 'reserve';
/** Room kept free for what is typed: given up when the phone is full, taken again when there is room. */
const reserveBytes = 1024 * 1024;

const done = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
  });

const result = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** A user's sealed values in IndexedDB. */
export class IdbStorage implements FieldStorage {
  private readonly database: IDBDatabase;
  private readonly name: string;

  private constructor(database: IDBDatabase, name: string) {
    this.database = database;
    this.name = name;
    // Another tab deletes or upgrades: it must not wait for this one.
    database.onversionchange = () => database.close();
  }

  static async open(name: string): Promise<IdbStorage> {
    await beginFreshLog();
    const request = indexedDB.open(name, schemaVersion);
    request.onupgradeneeded = () => {
      for (const store of [...buckets, reserveStore])
        if (!request.result.objectStoreNames.contains(store)) request.result.createObjectStore(store);
    };
    return new IdbStorage(await result(request), name);
  }

  /** Gives up what room a store keeps without opening what is in it, so that its user can be let in. */
  static async giveUpRoom(name: string): Promise<boolean> {
    const storage = await IdbStorage.open(name);
    const hadCopies = await storage.letGoOfCopies();
    const hadReserve = await storage.releaseReserve();
    storage.close();
    return hadCopies || hadReserve;
  }

  async read(bucket: Bucket, key: string): Promise<unknown> {
    return result(this.database.transaction(bucket).objectStore(bucket).get(key));
  }

  async readAll(bucket: Bucket, prefix?: string): Promise<(readonly [string, unknown])[]> {
    const range = prefix === undefined ? undefined : IDBKeyRange.bound(prefix, `${prefix}\uffff`);
    const store = this.database.transaction(bucket).objectStore(bucket);
    const [keys, values] = await Promise.all([result(store.getAllKeys(range)), result(store.getAll(range))]);
    return keys.map((key, at) => [String(key), values[at]] as const);
  }

  async keys(bucket: Bucket): Promise<string[]> {
    return (await result(this.database.transaction(bucket).objectStore(bucket).getAllKeys())).map(String);
  }

  /** On a full phone copies of what the server has go first, then the room kept for what is typed. */
  async write(changes: readonly Change[]): Promise<void> {
    if (await this.fits(changes)) return;
    const fitsSoon = () => trySoon(() => this.fits(changes));
    if ((await this.letGoOfCopies()) && (await fitsSoon())) return;
    const isTyped = changes.some((one) => one.bucket === 'outbox' || one.bucket === 'drafts');
    if (isTyped && (await this.releaseReserve()) && (await fitsSoon())) return;
    throw new StorageFull('full');
  }

  private async fits(changes: readonly Change[]): Promise<boolean> {
    try {
      await this.writeOnce(changes);
      return true;
    } catch (error) {
      if (isFull(error)) return false;
      throw error;
    }
  }

  private async writeOnce(changes: readonly Change[]): Promise<void> {
    if (changes.length === 0) return;
    await freshLogInUse();
    const names = [...new Set(changes.map((one) => one.bucket))];
    const transaction = this.database.transaction(names, 'readwrite', { durability: 'strict' });
    const ended = done(transaction);
    try {
      for (const { bucket, key, value } of changes) {
        const store = transaction.objectStore(bucket);
        if (value === undefined) store.delete(key);
        else store.put(value, key);
      }
    } catch (error) {
      transaction.abort();
      await ended.catch(() => undefined);
      throw error;
    }
    await ended;
  }

  /** Keeps room for what is typed. False when the phone has none to keep. */
  async takeReserve(): Promise<boolean> {
    const store = this.database.transaction(reserveStore).objectStore(reserveStore);
    if ((await result(store.count())) > 0) return true;
    const bytes = new Uint8Array(reserveBytes);
    for (let at = 0; at < bytes.length; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
    await freshLogInUse();
    const transaction = this.database.transaction(reserveStore, 'readwrite', { durability: 'strict' });
    const ended = done(transaction);
    transaction.objectStore(reserveStore).put(bytes, 'room');
    return ended.then(
      () => true,
      () => false,
    );
  }

  /** Deletes the photos the server has: kept for a server restored from a backup, not for the doctor. False: there were none. */
  async letGoOfCopies(): Promise<boolean> {
    const copies = (await this.keys('attached')).filter((key) => key.startsWith(copiesPrefix));
    await this.writeOnce(copies.map((key) => ({ bucket: 'attached' as const, key, value: undefined })));
    return copies.length > 0;
  }

  /** False when it was given up before. */
  private async releaseReserve(): Promise<boolean> {
    await freshLogInUse();
    const transaction = this.database.transaction(reserveStore, 'readwrite', { durability: 'strict' });
    const ended = done(transaction);
    const store = transaction.objectStore(reserveStore);
    const had = (await result(store.count())) > 0;
    store.clear();
    await ended.catch(() => undefined);
    return had;
  }

  /** Deletes everybody's data without opening it, and leaves what was typed: for a phone called back while locked. */
  async forgetPeople(): Promise<void> {
    await freshLogInUse();
    const transaction = this.database.transaction(['pages', 'lines'], 'readwrite', { durability: 'strict' });
    const ended = done(transaction);
    transaction.objectStore('pages').clear();
    transaction.objectStore('lines').clear();
    await ended;
  }

  async destroy(): Promise<void> {
    this.database.close();
    await result(indexedDB.deleteDatabase(this.name));
  }

  close(): void {
    this.database.close();
  }
}
