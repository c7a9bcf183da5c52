import { valueOn } from '#kernel/dated.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import type { FieldIssue } from '#kernel/problem.ts';
import { lossAttempts } from '#standards/indicators/record-closing.ts';

/** What is known of how a person was looked for. */
export interface KnownContacts {
  /** Days on which somebody tried to reach the person. */
  readonly attemptDays: readonly PlainDate[];
  /** The last day on which somebody did; undefined where nobody is known to have. */
  readonly reachedOn: PlainDate | undefined;
}

/** The attempts to reach a person that count towards a loss of a day, and how many are still missing. */
export interface WeighedAttempts {
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly needed: number;
  readonly recorded: number;
  readonly missing: number;
  /** The day the person was reached, where the count begins anew after it. */
  readonly reachedOn: PlainDate | undefined;
}

/**
 * Counts the days on which somebody tried to reach a person, up to the day the person is said to be lost and not older
 * than the window before it; whoever was reached is not lost by what was tried before. Reckoned from that day and not from
 * today: a phone may be offline for days, and what it accepted must hold when it is sent.
 */
export function weighAttempts(known: KnownContacts, onDay: PlainDate): WeighedAttempts {
  const { times, withinDays } = valueOn(lossAttempts, onDay);
  const opens = addDays(onDay, -withinDays);
  const reachedOn = known.reachedOn !== undefined && known.reachedOn >= opens ? known.reachedOn : undefined;
  const from = reachedOn === undefined ? opens : addDays(reachedOn, 1);
  const recorded = new Set(known.attemptDays.filter((day) => day >= from && day <= onDay)).size;
  const missing = Math.max(0, times - recorded);
  return { from, to: onDay, needed: times, recorded, missing, reachedOn };
}

/** How many attempts count, in words for the list of attempts and for the refusal alike. */
export function tellAttempts({ from, to, needed, recorded, missing, reachedOn }: WeighedAttempts): string {
  const rest = missing > 0 ? `还差 ${missing} 次。` : '次数已够。';
  if (reachedOn !== undefined && reachedOn >= to)
    return `${reachedOn} 已联系上本人，不能登记 ${to} 失访：此后再有 ${needed} 次不同日的联系不上，才能登记。`;
  const since = reachedOn === undefined ? '' : `${reachedOn} 已联系上本人，当日及以前的联系尝试不再计；`;
  return `登记失访须有 ${needed} 次不同日的联系尝试：${since}${from} 至 ${to} 已记 ${recorded} 次，${rest}`;
}

/** Why a person may not yet be written down as lost on this day; undefined when enough was tried. */
export function checkLoss(known: KnownContacts, onDay: PlainDate): FieldIssue | undefined {
  const weighed = weighAttempts(known, onDay);
  if (weighed.missing === 0) return undefined;
  const message = `${tellAttempts(weighed)}请继续联系，并记在“联系尝试”中（工作台“档案状态”页，手机居民页“记录联系”）。`;
  return { path: 'attempts', code: 'too-few', message };
}
