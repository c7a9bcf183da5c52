import { orgPath } from '#kernel/org-path.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Database } from '#platform/server/database/open-database.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { hypertensionCount } from './hypertension-count.ts';
import { openManagementYear, refreshStaleManagementYears, yearOf } from './rejudge-management-years.ts';

const brought = new WeakMap<Database, Map<string, Promise<void>>>();

/**
 * Brings a year's judgements of the whole county up to `today`, once a day: figures and lists then speak of the same day.
 * What is written later in the day is judged as of that day, so nothing goes stale until the next. The first reader of
 * a new day waits for it; the others wait with them. A failure is tried again by the next reader.
 */
export function bringYearUpToDate(
  database: Database,
  input: { countyId: string; year: number; today: PlainDate },
): Promise<void> {
  const days = brought.get(database) ?? new Map<string, Promise<void>>();
  brought.set(database, days);
  const key = `${input.countyId} ${input.year} ${input.today}`;
  let work = days.get(key);
  if (!work) {
    if (days.size > 50) days.clear();
    work = bring(database, input).catch((error: unknown) => {
      days.delete(key);
      throw error;
    });
    days.set(key, work);
  }
  return work;
}

async function bring(
  database: Database,
  input: { countyId: string; year: number; today: PlainDate },
): Promise<void> {
  const path = orgPath(`/${input.countyId}/`);
  await withScope(database, { countyId: input.countyId, path }, async (tx) => {
    const work = { ...input, path, count: hypertensionCount };
    if (input.year === yearOf(input.today)) await openManagementYear(tx, work);
    await refreshStaleManagementYears(tx, work);
  });
}
