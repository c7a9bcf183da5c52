const name = 'quancheng-fresh-log';

let begun: Promise<void> | undefined;

/**
 * Makes the browser begin a new log for everything it keeps of this site, once after each start and before anything is
 * written. Chromium goes on writing into the log it finds, also behind a record cut in half when the power went: what is
 * written there is read once, and at the start after next the browser takes the log for broken and deletes the whole store
 * without a word. Deleting a database makes it close the log, which costs some milliseconds.
 */
export function beginFreshLog(): Promise<void> {
  begun ??= washed();
  return begun;
}

/** Never fails: where the browser has no room for it the store is opened as it is. */
function washed(): Promise<void> {
  return new Promise((resolve) => {
    const made = indexedDB.open(name, 1);
    made.onerror = () => resolve();
    made.onsuccess = () => {
      made.result.close();
      const deleted = indexedDB.deleteDatabase(name);
      deleted.onsuccess = () => resolve();
      deleted.onerror = () => resolve();
    };
  });
}
