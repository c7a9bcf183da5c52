import { sql, type Transaction } from 'kysely';
import { loadPatientRecord } from '#capabilities/assessment/server/public.ts';
import { gradePerson } from '#clinical/assess/grade-person.ts';
import { type Colour, colourLabels } from '#clinical/grading/grade-management.ts';
import { type PlacedGrade, type Tier, tierLabels, tierOf } from '#clinical/grading/place-tier.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { detailOf, type GradeDetail } from '../domain/grade-change.ts';
import type { Grade } from '../grading-contract.ts';
import { readGradingScheme } from './county-settings.ts';
import { writeGrades } from './write-grades.ts';

/** The grade that stands for a person. */
async function readPresent(tx: Transaction<Tables>, actor: Actor, residentId: string) {
  return tx
    .selectFrom('current_grade')
    .select(['tier', 'colour', 'since', 'on_day', 'every_days'])
    .where('county_id', '=', actor.countyId)
    .where('resident_id', '=', residentId)
    .executeTakeFirst();
}

/** What the rules say of a person today; undefined out of scope. */
async function suggest(tx: Transaction<Tables>, actor: Actor, residentId: string, today: PlainDate) {
  const record = await loadPatientRecord(tx, { countyId: actor.countyId, residentId, today });
  if (!record) return undefined;
  const scheme = await readGradingScheme(tx, actor.countyId, today);
  const present = await readPresent(tx, actor, residentId);
  return {
    grade: gradePerson(record, today, scheme, present),
    scheme,
    present,
    isManaged: record.programs.length > 0,
  };
}

/** A person's grade, the grades before it, and what the rules say today. */
export async function readGrades(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { residentId: string; today: PlainDate },
) {
  const said = await suggest(tx, actor, input.residentId, input.today);
  if (!said) return undefined;
  const events = await sql<{
    id: string;
    on_day: PlainDate;
    year: number;
    tier: Tier;
    colour: Colour;
    batch_id: string | null;
    grades: GradeDetail;
    recorded_by_name: string | null;
  }>`
    select g.id, g.on_day, g.year, g.tier, g.colour, g.batch_id, g.grades, s.name as recorded_by_name from grade_event g
    left join staff s on s.county_id = g.county_id and s.id = g.recorded_by
    where g.county_id = ${actor.countyId} and g.resident_id = ${input.residentId}::uuid
    order by g.on_day desc, g.recorded_at desc limit 50`.execute(tx);
  const { placed } = said.grade;
  const value = placed.kind === 'decided' ? placed.value : undefined;
  const { present } = said;
  return {
    current: present
      ? {
          tier: present.tier,
          colour: present.colour,
          since: present.since,
          onDay: present.on_day,
          everyDays: present.every_days,
        }
      : null,
    history: events.rows.map(
      (row): Grade => ({
        id: row.id,
        onDay: row.on_day,
        year: row.year,
        tier: row.tier,
        colour: row.colour,
        source: row.batch_id === null ? 'single' : 'batch',
        recordedByName: row.recorded_by_name ?? '',
        detail: row.grades,
      }),
    ),
    suggestion: {
      tier: value?.tier ?? null,
      colour: value?.colour ?? null,
      everyDays: value?.everyDays ?? null,
      detail: detailOf(said.grade, said.scheme),
    },
  };
}

/** Grades a person by rule, or otherwise with the doctor's reason; refuses who is not managed or cannot be graded. */
export async function gradeOne(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    residentId: string;
    gradeId: string;
    override?: { readonly colour: Colour; readonly reason: string } | undefined;
    today: PlainDate;
    now: Date;
  },
): Promise<(PlacedGrade & { tasksMoved: number }) | Refused> {
  const person = await tx
    .selectFrom('resident')
    .select(['org_path', 'status'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.residentId)
    .forShare()
    .executeTakeFirst();
  if (!person) return refused('not-found');
  if (person.status !== 'active') return refused('record-closed');
  const said = await suggest(tx, actor, input.residentId, input.today);
  if (!said?.isManaged) return refused('not-enrolled');
  const detail = detailOf(said.grade, said.scheme);
  const { placed } = said.grade;
  const { override } = input;
  if (!override && placed.kind === 'undecided')
    return refused('no-evidence', { detail: `资料不足，不能按规则评定：缺少${placed.missing.join('、')}。` });
  const value = override
    ? overridden(override.colour, said.scheme.everyDays)
    : placed.kind === 'decided'
      ? placed.value
      : undefined;
  if (!value) return refused('unexpected');
  const reasons = override
    ? [
        ...detail.reasons,
        {
          code: 'override',
          text: `医生改定为${colourLabels[value.colour]}、${tierLabels[value.tier]}：${override.reason.trim()}`,
        },
      ]
    : detail.reasons;
  const { written, tasksMoved } = await writeGrades(tx, actor, {
    grades: [
      {
        id: input.gradeId,
        residentId: input.residentId,
        orgPath: person.org_path,
        ...value,
        detail: { ...detail, reasons },
      },
    ],
    batchId: null,
    onDay: input.today,
    today: input.today,
    now: input.now,
  });
  if (written === 0) return refused('already-exists');
  await recordAudit(tx, actor, {
    action: 'grade.assess',
    residentId: input.residentId,
    subject: input.gradeId,
    detail: { colour: value.colour, override: override !== undefined },
    now: input.now,
  });
  return { ...value, tasksMoved };
}

function overridden(colour: Colour, everyDays: Readonly<Record<Colour, number>>): PlacedGrade {
  return { colour, tier: tierOf(colour), everyDays: everyDays[colour] };
}
