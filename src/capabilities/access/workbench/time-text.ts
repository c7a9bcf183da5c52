/** A moment as people here read it: 11-24 10:05, in China's time. */
export function timeText(moment: string): string {
  const shifted = new Date(new Date(moment).getTime() + 8 * 3_600_000).toISOString();
  return `${shifted.slice(0, 10)} ${shifted.slice(11, 16)}`;
}
