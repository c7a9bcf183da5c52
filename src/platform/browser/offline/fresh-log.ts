const name = 'quancheng-fresh-log';
/** At most waited for a browser that does not tell; until then a PIN is hardly typed. Seen with both processors taken: 480 ms. */
const longestWaitMs = 1000;
const lookEveryMs = 5;

let begun: Promise<void> | undefined;
let inUse: Promise<void> | undefined;

/**
 * Makes the browser begin a new log for everything it keeps of this site, once after each start and before anything is
 * written. Chromium goes on writing into the log it finds, also behind a record cut in half when the power went: what is
 * written there is read once, and at the start after next the browser takes the log for broken and deletes the whole store
 * without a word. Deleting a database makes it close the log.
 */
export function beginFreshLog(): Promise<void> {
  begun ??= washed();
  return begun;
}

/**
 * Until the new log is the one written to: only what is written then outlasts the next power cut. The browser tells of a
 * deletion when it is decided and does it afterwards, within some milliseconds, or hundreds when the phone is busy; when it
 * is done, what it counts as used changes.
 */
export async function freshLogInUse(): Promise<void> {
  await beginFreshLog();
  inUse ??= counted();
  await inUse;
}

/** Never fails: where the browser has no room for it the store is opened as it is. */
function washed(): Promise<void> {
  return new Promise((resolve) => {
    const made = indexedDB.open(name, 1);
    made.onerror = () => resolve();
    made.onsuccess = () => {
      made.result.close();
      const deleted = indexedDB.deleteDatabase(name);
      deleted.onsuccess = () => {
        // From now on, not from the first write on: by then the change may be over.
        inUse ??= counted();
        resolve();
      };
      deleted.onerror = () => resolve();
    };
  });
}

async function counted(): Promise<void> {
  const first = await usedBytes();
  for (let left = longestWaitMs; left > 0; left -= lookEveryMs) {
    await new Promise<void>((resolve) => setTimeout(resolve, lookEveryMs));
    if ((await usedBytes()) !== first) return;
  }
}

/** Undefined where the browser does not tell. */
async function usedBytes(): Promise<number | undefined> {
  try {
    return (await navigator.storage.estimate()).usage;
  } catch {
    return undefined;
  }
}
