import { type RawBuilder, sql, type Transaction } from 'kysely';
import { type OrgPath, subtreeRange } from '#kernel/org-path.ts';
import { datePartsOf, type PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { writeLater } from '#platform/server/database/with-scope.ts';
import { judgeManagementYear, type ManagementYear } from '../domain/judge-management-year.ts';
import {
  loadManagementCases,
  type ManagementCase,
  type ManagementCaseRow,
  type ProgramCount,
  toCountedVisit,
} from './load-management-facts.ts';

/** Rows judged per round trip when many years have run out at once. */
const batchSize = 1000;

interface RejudgeInput {
  readonly countyId: string;
  readonly count: ProgramCount;
  readonly year: number;
  readonly today: PlainDate;
}

/** Judges these residents' year again from the stored facts and saves the result; returns what was judged. */
export async function rejudgeManagementYear(
  tx: Transaction<Tables>,
  input: RejudgeInput & { residentIds: readonly string[] },
): Promise<Map<string, ManagementYear>> {
  const cases = await loadManagementCases(tx, {
    countyId: input.countyId,
    count: input.count,
    year: input.year,
    asOf: input.today,
    residentIds: input.residentIds,
  });
  const judged = cases.map((one) => ({ one, result: judgeManagementYear(one.facts) }));
  if (judged.length > 0) await saveManagementYears(input, judged).execute(tx);
  return new Map(judged.map(({ one, result }) => [one.residentId, result]));
}

/**
 * Judges one person's year from facts read before and a sheet written since, the last of its day; the result is saved
 * with the next round trip.
 */
export async function judgeManagementYearWith(
  tx: Transaction<Tables>,
  input: RejudgeInput,
  before: ManagementCase,
  sheet: ManagementCaseRow['visits'][number],
): Promise<ManagementYear> {
  const { facts } = before;
  const one = { ...before, facts: { ...facts, visits: [...facts.visits, toCountedVisit(sheet)] } };
  const result = judgeManagementYear(one.facts);
  await writeLater(tx, saveManagementYears(input, [{ one, result }]));
  return result;
}

/** Judges again, batch by batch, every row of a subtree whose judgement no longer holds on `today`. Returns how many. */
export async function refreshStaleManagementYears(
  tx: Transaction<Tables>,
  input: RejudgeInput & { path: OrgPath },
): Promise<number> {
  const { from, to } = subtreeRange(input.path);
  let refreshed = 0;
  for (;;) {
    const stale = await sql<{ resident_id: string }>`
      select resident_id from management_year
      where county_id = ${input.countyId} and program = ${input.count.program} and year = ${input.year}
        and valid_through < ${input.today}::date and org_path >= ${from} and org_path < ${to}
      order by resident_id limit ${batchSize}`.execute(tx);
    if (stale.rows.length === 0) return refreshed;
    await rejudgeManagementYear(tx, { ...input, residentIds: stale.rows.map((row) => row.resident_id) });
    refreshed += stale.rows.length;
  }
}

/** Opens the year's row for every programme record that has none yet, as on the first day of a year. Returns how many. */
export async function openManagementYear(
  tx: Transaction<Tables>,
  input: RejudgeInput & { path: OrgPath },
): Promise<number> {
  const { from, to } = subtreeRange(input.path);
  let opened = 0;
  for (;;) {
    const missing = await sql<{ resident_id: string }>`
      select distinct e.resident_id from enrollment e
      where e.county_id = ${input.countyId} and e.program = ${input.count.program}
        and e.org_path >= ${from} and e.org_path < ${to}
        and e.enrolled_on <= ${input.today}::date and (e.closed_on is null or e.closed_on >= ${`${input.year}-01-01`}::date)
        and not exists (select 1 from management_year m where m.county_id = e.county_id
          and m.program = e.program and m.year = ${input.year} and m.resident_id = e.resident_id)
      limit ${batchSize}`.execute(tx);
    if (missing.rows.length === 0) return opened;
    await rejudgeManagementYear(tx, { ...input, residentIds: missing.rows.map((row) => row.resident_id) });
    opened += missing.rows.length;
  }
}

function saveManagementYears(
  input: RejudgeInput,
  judged: readonly { one: ManagementCase; result: ManagementYear }[],
): RawBuilder<unknown> {
  const editions = JSON.stringify({
    count: 'PHS-3/policy-B',
    form: input.count.form,
    control: input.count.control,
  });
  const rows = judged.map(({ one, result }) => ({
    resident_id: one.residentId,
    enrollment_id: one.enrollmentId,
    org_path: one.orgPath,
    managed: result.managed,
    standard: result.standard,
    standard_reasons: result.standardReasons,
    last_visit_on: result.lastVisit?.on ?? null,
    last_sbp: result.lastVisit?.sbp ?? null,
    last_dbp: result.lastVisit?.dbp ?? null,
    controlled_statutory: result.controlledStatutory,
    controlled_clinical: result.controlledClinical,
    control_reasons: result.controlReasons,
    valid_from: result.validFrom,
    valid_through: result.validThrough,
  }));
  return sql`
    insert into management_year (county_id, program, year, resident_id, enrollment_id, org_path, managed, standard,
      standard_reasons, last_visit_on, last_sbp, last_dbp, controlled_statutory, controlled_clinical, control_reasons,
      editions, valid_from, valid_through)
    select ${input.countyId}, ${input.count.program}, ${input.year}, x.resident_id, x.enrollment_id, x.org_path,
      x.managed, x.standard, x.standard_reasons, x.last_visit_on, x.last_sbp, x.last_dbp, x.controlled_statutory,
      x.controlled_clinical, x.control_reasons, ${editions}::jsonb, x.valid_from, x.valid_through
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x (resident_id uuid, enrollment_id uuid, org_path text,
      managed boolean, standard boolean, standard_reasons jsonb, last_visit_on date, last_sbp smallint,
      last_dbp smallint, controlled_statutory boolean, controlled_clinical boolean, control_reasons jsonb,
      valid_from date, valid_through date)
    on conflict (county_id, program, year, resident_id) do update set
      enrollment_id = excluded.enrollment_id, org_path = excluded.org_path, managed = excluded.managed,
      standard = excluded.standard, standard_reasons = excluded.standard_reasons,
      last_visit_on = excluded.last_visit_on, last_sbp = excluded.last_sbp, last_dbp = excluded.last_dbp,
      controlled_statutory = excluded.controlled_statutory, controlled_clinical = excluded.controlled_clinical,
      control_reasons = excluded.control_reasons, editions = excluded.editions,
      valid_from = excluded.valid_from, valid_through = excluded.valid_through`;
}

/** The year a day lies in. */
export function yearOf(day: PlainDate): number {
  return datePartsOf(day).year;
}
