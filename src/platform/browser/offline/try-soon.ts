/** Milliseconds between tries: what was deleted is free a moment later, on a slow phone a second. */
const pauses = [0, 30, 100, 300, 1000];

/** Tries a write again while the browser counts what was given up for it. */
export async function trySoon(attempt: () => Promise<boolean>): Promise<boolean> {
  for (const pause of pauses) {
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
    if (await attempt()) return true;
  }
  return false;
}
