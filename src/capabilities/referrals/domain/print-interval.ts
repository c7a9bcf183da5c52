const [hour, day] = [60, 1440];

/** A span of time as a doctor says it: minutes, then hours with minutes, then days. Minutes. */
export function printInterval(minutes: number): string {
  if (minutes < hour) return `${minutes} 分钟`;
  if (minutes < 2 * day) {
    const rest = minutes % hour;
    return `${Math.floor(minutes / hour)} 小时${rest > 0 ? ` ${rest} 分` : ''}`;
  }
  return `${Math.floor(minutes / day)} 天`;
}

/** Whole minutes from one instant to another; never less than none. */
export const minutesBetween = (from: string, to: string): number =>
  Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 60_000));
