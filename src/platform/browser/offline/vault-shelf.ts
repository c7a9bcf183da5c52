import { beginFreshLog, freshLogInUse } from './fresh-log.ts';
import type { VaultRecord, VaultShelf } from './pin-vault.ts';
import { isFull, StorageFull } from './storage.ts';
import { trySoon } from './try-soon.ts';

const name = 'quancheng-phone';

const result = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function open(): Promise<IDBDatabase> {
  await beginFreshLog();
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    for (const store of ['users', 'device'])
      if (!request.result.objectStoreNames.contains(store)) request.result.createObjectStore(store);
  };
  return result(request);
}

/** Whom this phone knows, in IndexedDB. */
export class IdbVaultShelf implements VaultShelf {
  private readonly database: Promise<IDBDatabase>;
  /** Gives up what is kept free for this user; false when there is nothing to give up. */
  private readonly makeRoom: (userId: string) => Promise<boolean>;

  constructor(makeRoom: (userId: string) => Promise<boolean>) {
    this.makeRoom = makeRoom;
    this.database = open();
  }

  async read(userId: string): Promise<VaultRecord | undefined> {
    const store = (await this.database).transaction('users').objectStore('users');
    return (await result(store.get(userId))) as VaultRecord | undefined;
  }

  async list(): Promise<readonly VaultRecord[]> {
    const store = (await this.database).transaction('users').objectStore('users');
    return (await result(store.getAll())) as VaultRecord[];
  }

  /** Also on a full phone, as long as anything can be given up for it: who cannot unlock cannot send either. */
  async write(record: VaultRecord, isUrgent = true): Promise<void> {
    const fits = () =>
      this.put('users', record.userId, record).then(
        () => true,
        (error: unknown) => {
          if (isFull(error)) return false;
          throw error;
        },
      );
    if (await fits()) return;
    if (isUrgent && (await this.makeRoom(record.userId)) && (await trySoon(fits))) return;
    throw new StorageFull('full');
  }

  async deviceKey(): Promise<CryptoKey> {
    const read = async () =>
      (await result((await this.database).transaction('device').objectStore('device').get('key'))) as
        | CryptoKey
        | undefined;
    const known = await read();
    if (known) return known;
    const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ]);
    // Another tab may have been first: the one on the disk stands.
    await this.put('device', 'key', key, 'add').catch(() => undefined);
    return (await read()) ?? key;
  }

  /**
   * This phone's name for the server, made once. In IndexedDB and not in `localStorage`, which a browser writes down later
   * and forgets when it is killed: the server would not know the phone any more.
   */
  async deviceId(): Promise<string> {
    const read = async () =>
      (await result((await this.database).transaction('device').objectStore('device').get('id'))) as
        | string
        | undefined;
    const known = await read();
    if (known) return known;
    const made = crypto.randomUUID();
    await this.put('device', 'id', made, 'add').catch(() => undefined);
    return (await read()) ?? made;
  }

  private async put(store: string, key: string, value: unknown, how: 'put' | 'add' = 'put'): Promise<void> {
    await freshLogInUse();
    const transaction = (await this.database).transaction(store, 'readwrite', { durability: 'strict' });
    const ended = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
    });
    transaction.objectStore(store)[how](value, key);
    await ended;
  }
}
