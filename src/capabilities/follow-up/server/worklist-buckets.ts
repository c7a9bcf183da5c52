import { type RawBuilder, sql } from 'kysely';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import type { WorklistBucket } from '../contract.ts';

/** How far ahead the worklist looks for "soon". */
const soonDays = 7;

/** The last day that is "soon". */
export function lastSoonDay(today: PlainDate): PlainDate {
  return addDays(today, soonDays);
}

/**
 * What stands in each tab of the worklist, as a condition on `follow_up_task as t`. Kinds and dates overlap on purpose:
 * an overdue recheck is under both. `all` holds everything that is urgent, overdue, due or due within seven days.
 */
export function bucketCondition(bucket: WorklistBucket, today: PlainDate): RawBuilder<boolean> {
  const soon = lastSoonDay(today);
  switch (bucket) {
    case 'crisis':
      return sql<boolean>`t.kind = 'crisis'`;
    case 'refer':
      return sql<boolean>`t.kind = 'refer'`;
    case 'recheck':
      return sql<boolean>`t.kind = 'recheck'`;
    case 'overdue':
      return sql<boolean>`t.latest_on < ${today}::date`;
    case 'due':
      return sql<boolean>`t.due_on <= ${today}::date and t.latest_on >= ${today}::date`;
    case 'soon':
      return sql<boolean>`t.due_on > ${today}::date and t.due_on <= ${soon}::date`;
    case 'all':
      return sql<boolean>`(t.due_on <= ${soon}::date or t.kind <> 'routine')`;
  }
}
