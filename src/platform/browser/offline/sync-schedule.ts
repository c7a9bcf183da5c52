/** After a save: the doctor may save the next thing at once. */
export const soonMs = 1_500;
/** While all is well. */
export const everyMs = 5 * 60_000;

/** A connection that is cut is often back at once. */
const firstPauseMs = 4_000;

/** Pause before the next round: longer after each failure in a row, never longer than the usual. */
export function nextPauseMs(failures: number): number {
  return failures === 0 ? everyMs : Math.min(everyMs, firstPauseMs * 2 ** (failures - 1));
}
