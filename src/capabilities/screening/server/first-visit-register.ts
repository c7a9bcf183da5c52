import { sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import { subtreeRange } from '#kernel/org-path.ts';
import { ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';

interface Row {
  readonly id: string;
  readonly resident_id: string;
  readonly occurred_on: PlainDate;
  readonly name: string;
  readonly sex: string;
  readonly birth_date: PlainDate;
  readonly sbp: number | null;
  readonly dbp: number | null;
  readonly conclusion: string | null;
  readonly action: string | null;
  readonly organization_name: string;
  readonly recorded_by_name: string;
}

/** The register of first-visit pressures of a scope, newest first. */
export async function readFirstVisitPressures(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    from?: PlainDate | undefined;
    to?: PlainDate | undefined;
    cursor?: string | undefined;
    limit: number;
  },
) {
  const after = decodeCursor(input.cursor, 2);
  const range = subtreeRange(actor.scopePath);
  const { rows } = await sql<Row>`
    select f.id, f.resident_id, f.occurred_on, r.name, r.sex, r.birth_date, (f.answers->>'sbp')::int as sbp,
      (f.answers->>'dbp')::int as dbp, f.answers->>'conclusion' as conclusion, f.answers->>'action' as action,
      o.name as organization_name, s.name as recorded_by_name
    from form_record f
    join resident r on r.county_id = f.county_id and r.id = f.resident_id
    join organization o on o.county_id = f.county_id and o.id = f.organization_id
    join staff s on s.county_id = f.county_id and s.id = f.recorded_by
    where f.county_id = ${actor.countyId} and f.form = 'first-visit-blood-pressure' and f.superseded_by is null
      and f.org_path >= ${range.from} and f.org_path < ${range.to}
      ${input.from ? sql`and f.occurred_on >= ${input.from}::date` : sql``}
      ${input.to ? sql`and f.occurred_on <= ${input.to}::date` : sql``}
      ${after ? sql`and (f.occurred_on, f.id) < (${after[0]}::date, ${after[1]}::uuid)` : sql``}
    order by f.occurred_on desc, f.id desc limit ${input.limit + 1}`.execute(tx);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      recordId: row.id,
      residentId: row.resident_id,
      visitOn: row.occurred_on,
      name: row.name,
      sex: row.sex,
      ageYears: ageInYears(row.birth_date, row.occurred_on),
      sbp: row.sbp,
      dbp: row.dbp,
      conclusion: row.conclusion ?? '',
      action: row.action ?? '',
      organizationName: row.organization_name,
      recordedByName: row.recorded_by_name,
    })),
    nextCursor: rows.length > input.limit && last ? encodeCursor([last.occurred_on, last.id]) : null,
  };
}
