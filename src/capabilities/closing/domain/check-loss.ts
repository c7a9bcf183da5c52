import { valueOn } from '#kernel/dated.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import type { FieldIssue } from '#kernel/problem.ts';
import { lossAttempts } from '#standards/indicators/record-closing.ts';

/** The attempts to reach a person that count towards a loss of a day, and how many are still missing. */
export interface WeighedAttempts {
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly needed: number;
  readonly recorded: number;
  readonly missing: number;
}

/**
 * Counts the days on which somebody tried to reach a person, up to the day the person is said to be lost and not older
 * than the window before it. Reckoned from that day and not from today: a phone may be offline for days, and what it
 * accepted must hold when it is sent.
 */
export function weighAttempts(attemptDays: readonly PlainDate[], onDay: PlainDate): WeighedAttempts {
  const { times, withinDays } = valueOn(lossAttempts, onDay);
  const from = addDays(onDay, -withinDays);
  const recorded = new Set(attemptDays.filter((day) => day >= from && day <= onDay)).size;
  return { from, to: onDay, needed: times, recorded, missing: Math.max(0, times - recorded) };
}

/** Why a person may not yet be written down as lost on this day; undefined when enough was tried. */
export function checkLoss(attemptDays: readonly PlainDate[], onDay: PlainDate): FieldIssue | undefined {
  const { from, to, needed, recorded, missing } = weighAttempts(attemptDays, onDay);
  if (missing === 0) return undefined;
  const message = `登记失访须有 ${needed} 次不同日的联系尝试：${from} 至 ${to} 已记 ${recorded} 次，还差 ${missing} 次。请继续联系，并记在“联系尝试”中（工作台“档案状态”页，手机居民页“记录联系”）。`;
  return { path: 'attempts', code: 'too-few', message };
}
