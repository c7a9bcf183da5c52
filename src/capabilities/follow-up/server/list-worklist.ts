import { sql, type Transaction } from 'kysely';
import type { Program } from '#capabilities/residents/contract.ts';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import { type OrgPath, subtreeRange } from '#kernel/org-path.ts';
import { ageInYears, daysBetween, type PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { type WorklistBucket, type WorklistItem, worklistBucketSchema } from '../contract.ts';
import { rankTask } from '../domain/follow-up-task.ts';
import { bucketCondition, lastSoonDay } from './worklist-buckets.ts';

interface WorklistInput {
  readonly countyId: string;
  readonly path: OrgPath;
  /** All programmes when undefined. */
  readonly program?: Program | undefined;
  readonly bucket: WorklistBucket;
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly today: PlainDate;
}

/** The open tasks of a subtree in order of risk, then due date; one page. */
export async function readWorklistPage(tx: Transaction<Tables>, input: WorklistInput) {
  const { from, to } = subtreeRange(input.path);
  await preferRiskOrder(tx, input.path);
  const after = decodeCursor(input.cursor, 3);
  const beyond = after
    ? sql`and (t.risk_rank, t.due_on, t.id) > (${after[0]}::smallint, ${after[1]}::date, ${after[2]}::uuid)`
    : sql``;
  const result = await sql<WorklistRow>`
    select t.id, t.enrollment_id, t.program, t.kind, t.risk_rank, t.due_on, t.latest_on, t.reason, t.resident_id,
           r.name, r.sex, r.birth_date, r.phone, o.name as organization_name,
           m.last_visit_on, m.last_sbp, m.last_dbp
    from (
      select * from follow_up_task t
      where t.county_id = ${input.countyId} and t.closed_at is null ${ofProgram(input.program)}
        and t.org_path >= ${from} and t.org_path < ${to} and ${bucketCondition(input.bucket, input.today)} ${beyond}
      order by t.risk_rank, t.due_on, t.id limit ${input.limit + 1}
    ) t
    join resident r on r.county_id = t.county_id and r.id = t.resident_id
    join organization o on o.county_id = t.county_id and o.id = t.organization_id
    left join lateral (
      select m.last_visit_on, m.last_sbp, m.last_dbp from management_year m
      where m.county_id = t.county_id and m.program = 'hypertension' and m.resident_id = t.resident_id
        and m.year in (${yearOf(input.today)}, ${yearOf(input.today) - 1}) and m.last_visit_on is not null
      order by m.year desc limit 1
    ) m on true
    order by t.risk_rank, t.due_on, t.id`.execute(tx);
  const rows = result.rows.slice(0, input.limit);
  const last = rows.at(-1);
  return {
    items: rows.map((row) => toItem(row, input.today)),
    nextCursor:
      result.rows.length > input.limit && last
        ? encodeCursor([String(last.risk_rank), last.due_on, last.id])
        : null,
  };
}

const ofProgram = (program: Program | undefined) =>
  program === undefined ? sql`` : sql`and t.program = ${program}`;

/**
 * For a whole county the first page is read along the index in order of risk, a few rows, instead of sorting every open
 * task: the planner cannot know how much a scope read from settings holds. Ends with the transaction.
 */
async function preferRiskOrder(tx: Transaction<Tables>, path: OrgPath): Promise<void> {
  const isCounty = path.split('/').filter(Boolean).length === 1;
  if (isCounty) await sql`select set_config('enable_sort', 'off', true)`.execute(tx);
}

/**
 * How many open tasks stand in each tab of a subtree. Two ranges of the index, what is due soon and what is urgent but
 * due later, leave out routine tasks further ahead, most of all, which stand in no tab.
 */
export async function countWorklist(
  tx: Transaction<Tables>,
  input: Omit<WorklistInput, 'bucket' | 'cursor' | 'limit'>,
): Promise<Record<WorklistBucket, number>> {
  const { from, to } = subtreeRange(input.path);
  const counts = worklistBucketSchema.options.map(
    (bucket) =>
      sql`count(*) filter (where ${bucketCondition(bucket, input.today)})::int as ${sql.ref(bucket)}`,
  );
  const soon = lastSoonDay(input.today);
  const open = sql`select t.kind, t.due_on, t.latest_on from follow_up_task t
    where t.county_id = ${input.countyId} and t.closed_at is null ${ofProgram(input.program)}
      and t.org_path >= ${from} and t.org_path < ${to}`;
  const result = await sql<Record<WorklistBucket, number>>`
    select ${sql.join(counts)} from (
      ${open} and t.due_on <= ${soon}::date
      union all
      ${open} and t.due_on > ${soon}::date and t.risk_rank < ${rankTask('routine')}::smallint
    ) t`.execute(tx);
  const row = result.rows[0];
  if (!row) throw new Error('a count always has a row');
  return row;
}

interface WorklistRow {
  readonly id: string;
  readonly enrollment_id: string;
  readonly program: WorklistItem['program'];
  readonly kind: WorklistItem['kind'];
  readonly risk_rank: number;
  readonly due_on: PlainDate;
  readonly latest_on: PlainDate;
  readonly reason: string;
  readonly resident_id: string;
  readonly name: string;
  readonly sex: WorklistItem['sex'];
  readonly birth_date: PlainDate;
  readonly phone: string | null;
  readonly organization_name: string;
  readonly last_visit_on: PlainDate | null;
  readonly last_sbp: number | null;
  readonly last_dbp: number | null;
}

const yearOf = (day: PlainDate) => Number(day.slice(0, 4));

function toItem(row: WorklistRow, today: PlainDate): WorklistItem {
  return {
    id: row.id,
    enrollmentId: row.enrollment_id,
    program: row.program,
    kind: row.kind,
    dueOn: row.due_on,
    latestOn: row.latest_on,
    reason: row.reason,
    residentId: row.resident_id,
    name: row.name,
    sex: row.sex,
    ageYears: ageInYears(row.birth_date, today),
    phone: row.phone,
    organizationName: row.organization_name,
    overdueDays: Math.max(0, daysBetween(row.latest_on, today)),
    lastVisitOn: row.last_visit_on,
    lastSbp: row.last_sbp,
    lastDbp: row.last_dbp,
  };
}
