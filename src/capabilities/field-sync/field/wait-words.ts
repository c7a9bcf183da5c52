import { ageInYears, datePartsOf, daysBetween, type PlainDate } from '#kernel/plain-date.ts';

/** How long something waits, in the unit one thinks in: `20天`, `8个月`, `1年8个月`. */
export function waitWords(since: PlainDate, today: PlainDate): string {
  const [from, to] = [datePartsOf(since), datePartsOf(today)];
  const months = (to.year - from.year) * 12 + to.month - from.month - (to.day < from.day ? 1 : 0);
  if (months < 1) return `${daysBetween(since, today)}天`;
  const years = ageInYears(since, today);
  return `${years > 0 ? `${years}年` : ''}${months % 12 > 0 ? `${months % 12}个月` : ''}`;
}
