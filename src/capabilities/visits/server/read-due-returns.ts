import { sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import { subtreeRange } from '#kernel/org-path.ts';
import { ageInYears, daysBetween, type PlainDate, plainDate } from '#kernel/plain-date.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { DueReturn } from '../desk-contract.ts';

interface Row {
  readonly resident_id: string;
  readonly name: string;
  readonly sex: string;
  readonly birth_date: PlainDate;
  readonly phone: string | null;
  readonly organization_name: string;
  readonly plan_version: number;
  readonly due_on: string;
  readonly box: string | null;
}

/**
 * People who stick on their way: the day of the plan in force is past and they have not come since. The longest overdue
 * first, with the box their last visit stands at.
 */
export async function readDueReturns(
  tx: Transaction<Tables>,
  actor: Actor,
  page: { readonly cursor?: string | undefined; readonly limit: number; readonly today: PlainDate },
): Promise<{ items: DueReturn[]; nextCursor: string | null }> {
  const after = decodeCursor(page.cursor, 2);
  const { from, to } = subtreeRange(actor.scopePath);
  const { rows } = await sql<Row>`
    select r.id as resident_id, r.name, r.sex, r.birth_date, r.phone, o.name as organization_name, p.plan_version,
      p.content->>'nextOn' as due_on, v.box
    from care_plan p
    join resident r on r.county_id = p.county_id and r.id = p.resident_id and r.status = 'active'
    join organization o on o.county_id = r.county_id and o.id = r.organization_id
    left join lateral (select v.box, v.arrived_on from centre_visit v where v.county_id = p.county_id
      and v.resident_id = p.resident_id order by v.created_at desc limit 1) v on true
    where p.county_id = ${actor.countyId} and p.org_path >= ${from} and p.org_path < ${to}
      and p.content->>'nextOn' < ${page.today}
      and not exists (select 1 from care_plan q where q.county_id = p.county_id and q.resident_id = p.resident_id
        and q.plan_version > p.plan_version)
      and (v.arrived_on is null or v.arrived_on <= p.made_on)
      ${after ? sql`and (p.content->>'nextOn', r.id) > (${after[0]}, ${after[1]}::uuid)` : sql``}
    order by p.content->>'nextOn', r.id limit ${page.limit + 1}`.execute(tx);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => ({
      residentId: row.resident_id,
      name: row.name,
      sex: row.sex,
      ageYears: ageInYears(row.birth_date, page.today),
      phone: row.phone,
      organizationName: row.organization_name,
      planVersion: row.plan_version,
      dueOn: row.due_on,
      lateDays: daysBetween(plainDate(row.due_on), page.today),
      box: row.box,
    })),
    nextCursor: rows.length > page.limit && last ? encodeCursor([last.due_on, last.resident_id]) : null,
  };
}
