import { sql, type Transaction } from 'kysely';
import { defaultCriticalValues } from '#clinical/early-warning/own-critical-values.ts';
import { defaultGradingScheme, type GradingScheme } from '#clinical/grading/place-tier.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type FieldIssue, type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { EndpointInput } from '#standards/endpoint.ts';
import {
  type CourseDays,
  checkCourseDays,
  checkCriticalValues,
  checkGradingScheme,
  defaultCourseDays,
} from '../domain/county-scheme.ts';
import { type CriticalValues, type changeCountySetting, criticalValuesSchema } from '../grading-contract.ts';

type Change = EndpointInput<typeof changeCountySetting>['body']['change'];
type Key = Change['key'];

const issuesOf = (change: Change, today: PlainDate): FieldIssue[] => {
  if (change.key === 'course-days') return checkCourseDays(change.value, today);
  if (change.key === 'grading-scheme') return checkGradingScheme(change.value, today);
  return checkCriticalValues(change.value, today);
};

async function readSetting<T>(tx: Transaction<Tables>, countyId: string, key: Key) {
  const row = await tx
    .selectFrom('county_setting')
    .select(['value', 'changed_at'])
    .where('county_id', '=', countyId)
    .where('key', '=', key)
    .executeTakeFirst();
  return row && { value: row.value as T, changedAt: row.changed_at.toISOString() };
}

/** The county's days for each step of the course, or the defaults of the day. */
export async function readCourseDays(
  tx: Transaction<Tables>,
  countyId: string,
  day: PlainDate,
): Promise<CourseDays> {
  return (await readSetting<CourseDays>(tx, countyId, 'course-days'))?.value ?? defaultCourseDays(day);
}

/** The county's way of grading, or ours. */
export async function readGradingScheme(
  tx: Transaction<Tables>,
  countyId: string,
  day: PlainDate,
): Promise<GradingScheme> {
  return (
    (await readSetting<GradingScheme>(tx, countyId, 'grading-scheme'))?.value ?? defaultGradingScheme(day)
  );
}

/** All settings of this capability with when each was changed; null: the default stands. */
export async function readCountySettings(tx: Transaction<Tables>, countyId: string, day: PlainDate) {
  const days = await readSetting<CourseDays>(tx, countyId, 'course-days');
  const scheme = await readSetting<GradingScheme>(tx, countyId, 'grading-scheme');
  const critical = await readSetting<CriticalValues>(tx, countyId, 'critical-values');
  const usual = criticalValuesSchema.parse(defaultCriticalValues(day));
  return {
    courseDays: { value: days?.value ?? defaultCourseDays(day), changedAt: days?.changedAt ?? null },
    gradingScheme: {
      value: scheme?.value ?? defaultGradingScheme(day),
      changedAt: scheme?.changedAt ?? null,
    },
    criticalValues: { value: critical?.value ?? usual, changedAt: critical?.changedAt ?? null },
    defaults: {
      courseDays: defaultCourseDays(day),
      gradingScheme: defaultGradingScheme(day),
      criticalValues: usual,
    },
  };
}

/** Changes a setting; refuses one the norm does not allow, and one that somebody else changed meanwhile. */
export async function writeCountySetting(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    change: Change;
    seen: string | null;
    today: PlainDate;
    now: Date;
  },
): Promise<{ changedAt: string } | Refused> {
  const { change } = input;
  const issues = issuesOf(change, input.today);
  if (issues.length > 0) return refused('invalid-input', { issues });
  await sql`select pg_advisory_xact_lock(hashtext(${`${actor.countyId} ${change.key}`}))`.execute(tx);
  const held = await readSetting(tx, actor.countyId, change.key);
  if ((held?.changedAt ?? null) !== input.seen) return refused('stale-version');
  await sql`
    insert into county_setting (county_id, key, value, changed_at, changed_by)
    values (${actor.countyId}, ${change.key}, ${JSON.stringify(change.value)}::jsonb, ${input.now}, ${actor.staffId}::uuid)
    on conflict (county_id, key) do update set value = excluded.value, changed_at = excluded.changed_at,
      changed_by = excluded.changed_by`.execute(tx);
  await recordAudit(tx, actor, {
    action: 'county-setting.change',
    subject: change.key,
    detail: { value: change.value },
    now: input.now,
  });
  return { changedAt: input.now.toISOString() };
}
