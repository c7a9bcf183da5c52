import { sql, type Transaction } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { loadPatientRecords } from '#capabilities/assessment/server/public.ts';
import { gradePerson } from '#clinical/assess/grade-person.ts';
import type { Colour } from '#clinical/grading/grade-management.ts';
import type { GradingScheme, Tier } from '#clinical/grading/place-tier.ts';
import { type OrgPath, subtreeRange } from '#kernel/org-path.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { StepOutcome } from '#platform/server/jobs/batch-jobs.ts';
import { type Change, changeOf, detailOf, type GradeDetail } from '../domain/grade-change.ts';
import { type NewGrade, writeGrades } from './write-grades.ts';

/** People judged in one step of a preview, and written in one step of the work. */
const judgedAStep = 300;
const writtenAStep = 50;

/** Managed people of a subtree: the length of a preview. */
export async function countManaged(
  tx: Transaction<Tables>,
  countyId: string,
  path: OrgPath,
): Promise<number> {
  const { from, to } = subtreeRange(path);
  const { rows } = await sql<{ n: number }>`
    select count(distinct resident_id)::int as n from enrollment
    where county_id = ${countyId} and closed_on is null and org_path >= ${from} and org_path < ${to}`.execute(
    tx,
  );
  return rows[0]?.n ?? 0;
}

interface PreviewInput {
  readonly countyId: string;
  readonly batchId: string;
  readonly path: OrgPath;
  readonly scheme: GradingScheme;
  readonly day: PlainDate;
}

/** Judges the next managed people and writes down how each would change; grades nobody. */
export async function previewNext(
  tx: Transaction<Tables>,
  input: PreviewInput,
  place: string | null,
): Promise<StepOutcome> {
  const people = await nextManaged(tx, input, place);
  const ids = people.map((one) => one.resident_id);
  const records = await loadPatientRecords(tx, {
    countyId: input.countyId,
    residentIds: ids,
    today: input.day,
  });
  const rows = people.flatMap((person) => {
    const record = records.get(person.resident_id);
    if (!record || person.status !== 'active') return [];
    const present =
      person.colour && person.tier && person.since
        ? { colour: person.colour, tier: person.tier, since: person.since }
        : undefined;
    const grade = gradePerson(record, input.day, input.scheme, present);
    const to = grade.placed.kind === 'decided' ? grade.placed.value : undefined;
    return [
      {
        resident_id: person.resident_id,
        org_path: person.org_path,
        change: changeOf(present, grade.placed),
        from_tier: present?.tier ?? null,
        from_colour: present?.colour ?? null,
        to_tier: to?.tier ?? null,
        to_colour: to?.colour ?? null,
        grades: detailOf(grade, input.scheme),
      },
    ];
  });
  await insertChanges(tx, input, rows);
  const counts: Partial<Record<Change, number>> = {};
  for (const { change } of rows) counts[change] = (counts[change] ?? 0) + 1;
  const last = people.at(-1);
  return {
    place: people.length < judgedAStep || !last ? null : `${last.org_path} ${last.resident_id}`,
    handled: people.length,
    counts,
  };
}

interface ManagedRow {
  readonly resident_id: string;
  readonly org_path: string;
  readonly status: string;
  readonly tier: Tier | null;
  readonly colour: Colour | null;
  readonly since: PlainDate | null;
}

async function nextManaged(
  tx: Transaction<Tables>,
  input: PreviewInput,
  place: string | null,
): Promise<ManagedRow[]> {
  const { from, to } = subtreeRange(input.path);
  const [path, id] = place?.split(' ') ?? [];
  const beyond =
    path && id ? sql`and (e.org_path, e.resident_id) > (${path} collate "C", ${id}::uuid)` : sql``;
  const { rows } = await sql<ManagedRow>`
    select m.resident_id, m.org_path, r.status, g.tier, g.colour, g.since
    from (select distinct e.org_path, e.resident_id from enrollment e
      where e.county_id = ${input.countyId} and e.closed_on is null
        and e.org_path >= ${from} and e.org_path < ${to} ${beyond}
      order by e.org_path, e.resident_id limit ${judgedAStep}) m
    join resident r on r.county_id = ${input.countyId} and r.id = m.resident_id
    left join current_grade g on g.county_id = r.county_id and g.resident_id = r.id
    order by m.org_path, m.resident_id`.execute(tx);
  return rows;
}

async function insertChanges(
  tx: Transaction<Tables>,
  input: PreviewInput,
  rows: readonly object[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into grading_batch_person (county_id, batch_id, resident_id, org_path, change, from_tier, from_colour, to_tier,
      to_colour, grades)
    select ${input.countyId}, ${input.batchId}::uuid, x.resident_id, x.org_path, x.change, x.from_tier, x.from_colour,
      x.to_tier, x.to_colour, x.grades
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x (resident_id uuid, org_path text, change text,
      from_tier text, from_colour text, to_tier text, to_colour text, grades jsonb)
    on conflict do nothing`.execute(tx);
}

interface PendingRow {
  readonly resident_id: string;
  readonly org_path: string;
  readonly to_tier: Tier;
  readonly to_colour: Colour;
  readonly grades: GradeDetail;
  /** Still managed, still where the preview saw the person. */
  readonly holds: boolean;
}

/**
 * Grades the next people of a confirmed batch. Who was graded otherwise since the preview, or is no longer managed, is
 * left alone and counted as skipped; a person is marked as done in the same transaction as the grade.
 */
export async function gradeNext(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    batchId: string;
    purpose: 'annual' | 'regrade';
    scheme: GradingScheme;
    onDay: PlainDate;
    today: PlainDate;
    now: Date;
  },
): Promise<StepOutcome> {
  const { rows } = await sql<PendingRow>`
    select p.resident_id, p.org_path, p.to_tier, p.to_colour, p.grades,
      (g.colour is not distinct from p.from_colour and r.status = 'active' and exists (select 1 from enrollment e
        where e.county_id = p.county_id and e.resident_id = p.resident_id and e.closed_on is null)) as holds
    from (select * from grading_batch_person p where p.county_id = ${actor.countyId} and p.batch_id = ${input.batchId}::uuid
        and p.done_at is null and ${writtenChanges(input.purpose)}
      order by p.resident_id limit ${writtenAStep} for update) p
    join resident r on r.county_id = p.county_id and r.id = p.resident_id
    left join current_grade g on g.county_id = p.county_id and g.resident_id = p.resident_id
    order by p.resident_id`.execute(tx);
  const grades = rows.flatMap((row): NewGrade[] =>
    row.holds
      ? [
          {
            id: uuidv7(),
            residentId: row.resident_id,
            orgPath: row.org_path,
            tier: row.to_tier,
            colour: row.to_colour,
            everyDays: input.scheme.everyDays[row.to_colour],
            detail: row.grades,
          },
        ]
      : [],
  );
  const { written, tasksMoved } = await writeGrades(tx, actor, { ...input, grades });
  const ids = rows.map((row) => row.resident_id);
  if (ids.length > 0)
    await sql`update grading_batch_person set done_at = ${input.now} where county_id = ${actor.countyId}
      and batch_id = ${input.batchId}::uuid and resident_id = any(${ids}::uuid[])`.execute(tx);
  return {
    place: rows.length < writtenAStep ? null : (ids.at(-1) ?? null),
    handled: rows.length,
    counts: { written, skipped: rows.length - written, tasksMoved },
  };
}

/** The changes a batch writes, as a condition. */
export const writtenChanges = (purpose: 'annual' | 'regrade') =>
  purpose === 'annual' ? sql`p.change <> 'undecided'` : sql`p.change in ('first', 'up', 'down')`;
