/** A moment as a clock in China shows it, `2026-11-24 13:50:07` (UTC+8, no summer time since 1991). */
export const clockInChina = (moment: Date): string =>
  new Date(moment.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

/** The same to the minute. */
export const minuteInChina = (moment: Date): string => clockInChina(moment).slice(0, 16);

/** The time of day alone, `13:50`. */
export const timeInChina = (moment: Date): string => clockInChina(moment).slice(11, 16);
