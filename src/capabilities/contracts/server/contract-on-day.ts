import { type RawBuilder, sql } from 'kysely';
import type { PlainDate } from '#kernel/plain-date.ts';

/**
 * Whether a contract still has its own term on the day: it has not ended, or it was renewed ahead of time and runs to its
 * last day before the new one begins. Without the second a person who renews early would count as not signed until then.
 */
export function hasNotRunOut(contract: string, today: PlainDate): RawBuilder<boolean> {
  const of = (column: string) => sql.ref(`${contract}.${column}`);
  return sql<boolean>`(${of('ended_on')} is null
    or (${of('end_reason')} = 'renewed' and ${of('ended_on')} >= ${today}::date))`;
}

/** The contract that counts for a resident `r` on a day, as a joinable row: of an early renewal the older one while it runs. */
export function contractOnDay(today: PlainDate): RawBuilder<unknown> {
  return sql`lateral (select k.* from contract k where k.county_id = r.county_id and k.resident_id = r.id
    and ${hasNotRunOut('k', today)} order by k.valid_from limit 1)`;
}
