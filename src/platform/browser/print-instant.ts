const zone = { timeZone: 'Asia/Shanghai', hour12: false } as const;

/** An instant as people in China read it, wherever the computer thinks it is: 2026/11/24 10:00:00. */
export function printInstant(instant: string): string {
  return new Date(instant).toLocaleString('zh-CN', zone);
}

/** Its day: 2026/11/24. */
export function printInstantDay(instant: string): string {
  return new Date(instant).toLocaleDateString('zh-CN', zone);
}

/** Its time of day: 10:00. */
export function printInstantTime(instant: string): string {
  return new Date(instant).toLocaleTimeString('zh-CN', { ...zone, hour: '2-digit', minute: '2-digit' });
}
