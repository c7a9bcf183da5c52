import { type RawBuilder, sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import { ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { PlanContent, PlanDetail } from '../plan-contract.ts';

interface Row {
  readonly id: string;
  readonly resident_id: string;
  readonly plan_version: number;
  readonly made_on: PlainDate;
  readonly made_by_name: string;
  readonly organization_name: string;
  readonly change_reason: string | null;
  readonly content: PlanContent & { changeReason?: string };
  readonly name: string;
  readonly sex: string;
  readonly birth_date: PlainDate;
  readonly archive_no: string;
}

const select = (tx: Transaction<Tables>, condition: RawBuilder<unknown>, limit: number) =>
  sql<Row>`
    select p.id, p.resident_id, p.plan_version, p.made_on, s.name as made_by_name, o.name as organization_name,
      p.change_reason, p.content, r.name, r.sex, r.birth_date, r.archive_no
    from care_plan p
    join staff s on s.county_id = p.county_id and s.id = p.made_by
    join organization o on o.county_id = p.county_id and o.id = s.organization_id
    join resident r on r.county_id = p.county_id and r.id = p.resident_id
    where ${condition} order by p.plan_version desc limit ${limit}`.execute(tx);

function describe(row: Row): PlanDetail {
  const { changeReason: _reason, ...content } = row.content;
  return {
    planId: row.id,
    residentId: row.resident_id,
    planVersion: row.plan_version,
    madeOn: row.made_on,
    madeByName: row.made_by_name,
    organizationName: row.organization_name,
    changeReason: row.change_reason,
    content,
  };
}

/** A person's plans, newest version first, by page. */
export async function readPlanPage(
  tx: Transaction<Tables>,
  countyId: string,
  residentId: string,
  page: { readonly cursor?: string | undefined; readonly limit: number },
) {
  const after = decodeCursor(page.cursor, 1);
  const { rows } = await select(
    tx,
    sql`p.county_id = ${countyId} and p.resident_id = ${residentId}::uuid
      ${after ? sql`and p.plan_version < ${Number(after[0])}` : sql``}`,
    page.limit + 1,
  );
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    items: shown.map(describe),
    nextCursor: rows.length > page.limit && last ? encodeCursor([String(last.plan_version)]) : null,
  };
}

/** One version with whose it is, for printing; undefined out of scope. */
export async function readPlan(tx: Transaction<Tables>, countyId: string, planId: string, today: PlainDate) {
  const { rows } = await select(tx, sql`p.county_id = ${countyId} and p.id = ${planId}::uuid`, 1);
  const [row] = rows;
  if (!row) return undefined;
  return {
    ...describe(row),
    name: row.name,
    sex: row.sex,
    ageYears: ageInYears(row.birth_date, today),
    archiveNo: row.archive_no,
  };
}
