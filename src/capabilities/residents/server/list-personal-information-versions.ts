import type { Transaction } from 'kysely';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';

/** Every version of a resident's personal information, newest first; undefined when the person is not in scope. */
export async function readPersonalInformationVersions(
  tx: Transaction<Tables>,
  actor: Actor,
  residentId: string,
) {
  const rows = await tx
    .selectFrom('resident_revision as v')
    .leftJoin('staff as s', (join) =>
      join.onRef('s.county_id', '=', 'v.county_id').onRef('s.id', '=', 'v.changed_by'),
    )
    .select([
      'v.resident_id',
      'v.version',
      'v.changed_at',
      'v.reason',
      'v.form_edition',
      'v.personal_information',
      's.name as staff_name',
    ])
    .where('v.county_id', '=', actor.countyId)
    .where('v.resident_id', '=', residentId)
    .orderBy('v.version', 'desc')
    .limit(200)
    .execute();
  if (rows.length === 0) return undefined;
  return {
    items: rows.map((row, index) => ({
      version: row.version,
      changedAt: row.changed_at.toISOString(),
      changedByName: row.staff_name,
      reason: row.reason,
      formEdition: row.form_edition,
      personalInformation: { ...row.personal_information },
      changed: changedFields(row.personal_information, rows[index + 1]?.personal_information),
    })),
  };
}

type Answers = Readonly<Record<string, unknown>>;

/** The fields that differ from the version before; none for the first. */
function changedFields(now: Answers, before: Answers | undefined): string[] {
  if (!before) return [];
  const fields = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...fields].filter((field) => JSON.stringify(now[field]) !== JSON.stringify(before[field]));
}
