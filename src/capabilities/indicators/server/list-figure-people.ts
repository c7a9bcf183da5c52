import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { ResidentSummary } from '#capabilities/residents/contract.ts';
import { type SummaryRow, summariseResident } from '#capabilities/residents/server/public.ts';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import type { Reason } from '#kernel/decision.ts';
import { subtreeRange } from '#kernel/org-path.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { Figure } from '../contract.ts';
import { hypertensionCount } from './hypertension-count.ts';
import type { CountedOrganization } from './show-hypertension-indicators.ts';

interface PeopleInput {
  readonly countyId: string;
  readonly organization: CountedOrganization;
  readonly year: number;
  readonly figure: Figure;
  readonly side: 'in' | 'out';
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly today: PlainDate;
}

interface PersonRow extends SummaryRow {
  readonly reasons: Reason[];
  readonly last_visit_on: PlainDate | null;
  readonly last_sbp: number | null;
  readonly last_dbp: number | null;
}

type FigurePerson = ResidentSummary & {
  reasons: Reason[];
  lastVisitOn: string | null;
  lastSbp: number | null;
  lastDbp: number | null;
};

/**
 * The people behind a figure, or those of its denominator who are not in it, each with the reason; one page in order of
 * name. The total of side `in` is the figure: both read the same stored judgements.
 */
export async function readFigurePeople(tx: Transaction<Tables>, input: PeopleInput) {
  const isTask = input.figure === 'due' || input.figure === 'overdue';
  const source = isTask ? taskSource(input) : yearSource(input);
  const after = decodeCursor(input.cursor, 2);
  const beyond = after ? sql`and (r.name, r.id) > (${after[0]}, ${after[1]}::uuid)` : sql``;
  const total = await sql<{ total: number }>`select count(*)::int as total from (${source}) p`.execute(tx);
  const page = await sql<PersonRow>`
    select r.id, r.name, r.sex, r.birth_date, r.id_no, r.phone, r.archive_no, r.organization_id, r.status,
      o.name as organization_name, p.reasons, p.last_visit_on, p.last_sbp, p.last_dbp,
      (select coalesce(array_agg(e.program order by e.program), '{}') from enrollment e
        where e.county_id = r.county_id and e.resident_id = r.id and e.closed_on is null) as programs
    from (${source}) p
    join resident r on r.county_id = ${input.countyId} and r.id = p.resident_id
    join organization o on o.county_id = r.county_id and o.id = r.organization_id
    where true ${beyond} order by r.name, r.id limit ${input.limit + 1}`.execute(tx);
  const rows = page.rows.slice(0, input.limit);
  const last = rows.at(-1);
  return {
    total: total.rows[0]?.total ?? 0,
    items: rows.map((row): FigurePerson => toPerson(row, input.today)),
    nextCursor: page.rows.length > input.limit && last ? encodeCursor([last.name, last.id]) : null,
  };
}

/** Whether a management-year row is in the figure, and the reasons to show. */
const yearFigures: Record<
  'managed' | 'standard' | 'controlledStatutory' | 'controlledClinical',
  RawBuilder<unknown>
> = {
  managed: sql`m.managed`,
  standard: sql`m.standard`,
  controlledStatutory: sql`coalesce(m.controlled_statutory, false)`,
  controlledClinical: sql`coalesce(m.controlled_clinical, false)`,
};

function yearSource(input: PeopleInput): RawBuilder<unknown> {
  const { from, to } = subtreeRange(input.organization.path);
  const figure = input.figure === 'due' || input.figure === 'overdue' ? 'managed' : input.figure;
  const isIn = yearFigures[figure];
  // Out of "managed" means judged for the year and left out; out of a rate means managed and not in its numerator.
  const side =
    input.side === 'in'
      ? sql`m.managed and ${isIn}`
      : figure === 'managed'
        ? sql`not m.managed`
        : sql`m.managed and not ${isIn}`;
  const reasons =
    figure === 'managed' || figure === 'standard' ? sql`m.standard_reasons` : sql`m.control_reasons`;
  return sql`
    select m.resident_id, ${reasons} as reasons, m.last_visit_on, m.last_sbp, m.last_dbp
    from management_year m
    where m.county_id = ${input.countyId} and m.program = ${hypertensionCount.program} and m.year = ${input.year}
      and m.org_path >= ${from} and m.org_path < ${to} and ${side}`;
}

function taskSource(input: PeopleInput): RawBuilder<unknown> {
  const { from, to } = subtreeRange(input.organization.path);
  const inside =
    input.figure === 'due'
      ? sql`t.due_on <= ${input.today}::date and t.latest_on >= ${input.today}::date`
      : sql`t.latest_on < ${input.today}::date`;
  return sql`
    select t.resident_id, m.last_visit_on, m.last_sbp, m.last_dbp,
      jsonb_build_array(jsonb_build_object('code', t.kind,
        'text', t.reason || '应随访日期 ' || t.due_on || '，最迟 ' || t.latest_on || '。')) as reasons
    from follow_up_task t
    left join management_year m on m.county_id = t.county_id and m.program = t.program
      and m.year = ${input.year} and m.resident_id = t.resident_id
    where t.county_id = ${input.countyId} and t.program = ${hypertensionCount.program} and t.closed_at is null
      and t.org_path >= ${from} and t.org_path < ${to}
      and ${input.side === 'in' ? inside : sql`not (${inside})`}`;
}

function toPerson(row: PersonRow, today: PlainDate): FigurePerson {
  return {
    ...summariseResident(row, today),
    reasons: row.reasons,
    lastVisitOn: row.last_visit_on,
    lastSbp: row.last_sbp,
    lastDbp: row.last_dbp,
  };
}
