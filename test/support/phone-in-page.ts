import { openPhoneDoor } from '#capabilities/field-sync/field/open-phone-door.ts';
import type { VillageStore } from '#capabilities/field-sync/field/village-store.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import type { Session } from '#standards/session-contract.ts';
import { visitAfter } from './sample-visit.ts';

const door = openPhoneDoor();
let store: VillageStore | undefined;

const opened = (): VillageStore => {
  if (!store) throw new Error('no store is open');
  return store;
};

async function signIn(username: string, password = 'Quancheng-2026'): Promise<Session> {
  const response = await fetch('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  if (!response.ok) throw new Error(`sign-in answered ${response.status}`);
  return (await response.json()) as Session;
}

const filler = 'filler';

/** Writes beside the phone's store until the browser takes not three hundred bytes more. */
async function fillDisk(): Promise<void> {
  const opening = indexedDB.open(filler, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('bytes', { autoIncrement: true });
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  // The browser packs what it can: only noise is as large as it looks.
  const noise = new Uint8Array(400_000);
  for (let at = 0; at < noise.length; at += 65_536) crypto.getRandomValues(noise.subarray(at, at + 65_536));
  const fits = (bytes: number) =>
    new Promise<boolean>((resolve) => {
      const writing = database.transaction('bytes', 'readwrite', { durability: 'strict' });
      writing.oncomplete = () => resolve(true);
      writing.onabort = () => resolve(false);
      writing.objectStore('bytes').put(noise.slice(0, bytes));
    });
  // What it counts is not quite right until it has refused once: all sizes are tried again until none fits.
  for (let more = true; more; ) {
    more = false;
    for (const bytes of [400_000, 70_000, 8_000, 1_000, 300]) while (await fits(bytes)) more = true;
  }
  database.close();
}

/** As when somebody deletes what filled the phone, and the browser has noticed. */
async function makeRoom(): Promise<void> {
  await new Promise<void>((resolve) => {
    indexedDB.deleteDatabase(filler).onsuccess = () => resolve();
  });
  for (;;) {
    const { quota = 0, usage = 0 } = await navigator.storage.estimate();
    if (quota - usage > 3_000_000) return;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

/** A planted fault: a write of the outbox is told as done, and done a moment later. */
function saySavedEarly(): void {
  const real = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function transaction(this: IDBDatabase, stores, mode, options) {
    const names = typeof stores === 'string' ? [stores] : [...stores];
    if (mode !== 'readwrite' || !names.includes('outbox')) return real.call(this, stores, mode, options);
    const puts: [store: string, value: unknown, key: IDBValidKey][] = [];
    const early = {
      error: null,
      objectStore: (store: string) => ({
        put: (value: unknown, key: IDBValidKey) => puts.push([store, value, key]),
        delete: () => undefined,
      }),
      oncomplete: undefined as (() => void) | undefined,
    };
    setTimeout(() => early.oncomplete?.(), 0);
    setTimeout(() => {
      const late = real.call(this, stores, mode, options);
      for (const [store, value, key] of puts) late.objectStore(store).put(value, key);
    }, 400);
    return early as unknown as IDBTransaction;
  };
}

/** What tests and benches do with the phone, in the page. */
const phone = {
  signIn,
  /** Signs in, admits and sets the PIN, as on the first day. */
  async begin(username: string, pin: string) {
    const admitted = await door.admit(await signIn(username));
    store = admitted.store;
    const result = admitted.user.hasPin
      ? await store.unlock(pin)
      : await door.setPin(store, admitted.user, pin);
    return result.kind;
  },
  async unlock(pin: string, name?: string) {
    const users = await door.users();
    const user = users.find((one) => name === undefined || one.name === name);
    if (!user) return 'nobody';
    store = await door.storeOf(user);
    return (await store.unlock(pin)).kind;
  },
  /** As support sees it. */
  deviceId: () =>
    new Promise<string>((resolve) => {
      const request = indexedDB.open('quancheng-phone');
      request.onsuccess = () => {
        const wanted = request.result.transaction('device').objectStore('device').get('id');
        wanted.onsuccess = () => {
          request.result.close();
          resolve(String(wanted.result));
        };
      };
    }),
  fillDisk,
  makeRoom,
  saySavedEarly,
  users: async () => (await door.users()).map((user) => user.name),
  lock: () => opened().lock(),
  state: () => opened().syncState(),
  sync: async () => {
    await opened().syncNow();
    return opened().syncState();
  },
  /** Until everybody is read, and not only the beginning of today's list. */
  ready: () => phone.until('isReading', false),
  search: (text: string, limit?: number) => [...opened().search(text, limit)],
  today: (day: string) => opened().listToday(day).length,
  /** Until the beginning of today's list lies sealed on the disk. */
  async listSealed() {
    const stored = (await indexedDB.databases()).find((one) => one.name?.startsWith('quancheng-store'));
    const isThere = () =>
      new Promise<boolean>((resolve) => {
        const request = indexedDB.open(stored?.name ?? '');
        request.onsuccess = () => {
          const counted = request.result.transaction('lines').objectStore('lines').count('quick');
          counted.onsuccess = () => {
            request.result.close();
            resolve(counted.result === 1);
          };
        };
      });
    while (!(await isThere())) await new Promise((resolve) => requestAnimationFrame(resolve));
  },
  todayIds: (day: string) =>
    opened()
      .listToday(day)
      .map((item) => item.person.id),
  /** Closes the first open task of a person until a day far ahead: done for today. */
  async closeTask(residentId: string) {
    const [task] = (await opened().getPerson(residentId))?.tasks ?? [];
    if (!task) throw new Error('no open task');
    return opened().save({
      operationId: crypto.randomUUID(),
      kind: 'task.close',
      residentId,
      body: {
        taskId: task.id,
        reason: 'replanned',
        note: '外出',
        nextDueOn: '2027-01-20' as typeof task.dueOn,
      },
    });
  },
  hasRoomForForm: () => opened().hasRoomForForm(),
  /** Saves a follow-up of hypertension in order, like the last one, and a photo with it if there is one. */
  async visit(
    residentId: string,
    last: FormAnswers,
    photo?: { content: string; byteCount: number; sha256: string },
  ) {
    const visitId = crypto.randomUUID();
    const visit = {
      operationId: crypto.randomUUID(),
      kind: 'visit.record',
      residentId,
      body: {
        visitId,
        sheets: [
          {
            program: 'hypertension',
            recordId: crypto.randomUUID(),
            formEdition: '2017',
            answers: visitAfter(last),
          },
        ],
        confirmed: [],
      },
    } as const;
    if (!photo) return opened().save(visit);
    const { content, ...about } = photo;
    const photoId = crypto.randomUUID();
    return opened().save(visit, [], {
      key: photoId,
      content,
      operation: {
        operationId: crypto.randomUUID(),
        kind: 'visit.photo',
        residentId,
        body: { photoId, visitId, ...about },
      },
    });
  },
  ids: (limit: number) => [...opened().lines()].slice(0, limit).map((line) => line.id),
  person: (id: string) => opened().getPerson(id),
  /** Saves an edit of the workplace, a field nobody judges. */
  async edit(residentId: string, to: string, from: unknown = null) {
    const person = await opened().getPerson(residentId);
    const began = performance.now();
    const result = await opened().save({
      operationId: crypto.randomUUID(),
      kind: 'person.edit',
      residentId,
      body: { baseVersion: person?.version ?? 1, changes: [{ field: 'workUnit', from, to }] },
    });
    return { ...result, ms: performance.now() - began, at: Date.now() };
  },
  /** As after an app of long ago: only the buckets that one knew, under its number. */
  async asOldSchema(known: readonly string[]) {
    const name =
      (await indexedDB.databases()).find((one) => one.name?.startsWith('quancheng-store'))?.name ?? '';
    const open = (version?: number, upgrade?: (database: IDBDatabase) => void) =>
      new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name, version);
        request.onupgradeneeded = () => upgrade?.(request.result);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const now = await open();
    const kept = new Map<string, [IDBValidKey, unknown][]>();
    for (const bucket of known) {
      const store = now.transaction(bucket).objectStore(bucket);
      const of = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve) => {
          request.onsuccess = () => resolve(request.result);
        });
      const [keys, values] = await Promise.all([of(store.getAllKeys()), of(store.getAll())]);
      kept.set(
        bucket,
        keys.map((key, at) => [key, values[at]]),
      );
    }
    now.close();
    await new Promise((resolve) => {
      indexedDB.deleteDatabase(name).onsuccess = resolve;
    });
    const old = await open(1, (database) => {
      for (const bucket of known) database.createObjectStore(bucket);
    });
    const writing = old.transaction([...known], 'readwrite');
    for (const [bucket, entries] of kept)
      for (const [key, value] of entries) writing.objectStore(bucket).put(value, key);
    await new Promise((resolve) => {
      writing.oncomplete = resolve;
    });
    old.close();
    return name;
  },
  /** An upgrade that the phone switched off in the middle of: the browser takes all of it back. */
  cutUpgrade: (name: string) =>
    new Promise<string>((resolve) => {
      const request = indexedDB.open(name, 2);
      request.onupgradeneeded = () => {
        request.result.createObjectStore('attached');
        request.transaction?.abort();
      };
      request.onerror = () => resolve(request.error?.name ?? '');
      request.onsuccess = () => resolve('opened');
    }),
  operations: () => [...opened().operations()],
  needsYou: () => [...opened().needsYou()],
  resolve: (id: string, decision: Parameters<VillageStore['resolve']>[1]) => opened().resolve(id, decision),
  saveDraft: (key: string, draft: unknown) => opened().saveDraft(key, draft),
  readDraft: (key: string) => opened().readDraft(key),
  /** Waits until the store tells that this holds. */
  until: (what: keyof ReturnType<VillageStore['syncState']>, value: unknown) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (opened().syncState()[what] !== value) return;
        stop();
        resolve();
      };
      const stop = opened().subscribe(look);
      look();
    }),
  /** Names of the values in one bucket of the store. */
  async keysOf(bucket: string) {
    const stored = (await indexedDB.databases()).find((one) => one.name?.startsWith('quancheng-store'));
    return new Promise<string[]>((resolve) => {
      const request = indexedDB.open(stored?.name ?? '');
      request.onsuccess = () => {
        const read = request.result.transaction(bucket).objectStore(bucket).getAllKeys();
        read.onsuccess = () => {
          request.result.close();
          resolve(read.result.map(String));
        };
      };
    });
  },
  /** Every byte of every value on this phone, as text, to see that nothing of anybody can be read. */
  async everythingStored() {
    const texts: string[] = [];
    let bytes = 0;
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      for (const store of database.objectStoreNames) {
        if (store === 'reserve') continue;
        const values = await new Promise<unknown[]>((resolve) => {
          const request = database.transaction(store).objectStore(store).getAll();
          request.onsuccess = () => resolve(request.result);
        });
        for (const value of values) {
          if (value instanceof Uint8Array) {
            bytes += value.byteLength;
            texts.push(new TextDecoder().decode(value));
          } else texts.push(JSON.stringify(value));
        }
      }
      database.close();
    }
    return { text: texts.join('\n'), bytes };
  },
};

export type Phone = typeof phone;
Object.assign(globalThis, { phone });
