import { sql, type Transaction } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { hypertensionCount, rejudgeManagementYear, yearOf } from '#capabilities/indicators/server/public.ts';
import type { EnrollmentSummary, Program } from '#capabilities/residents/contract.ts';
import { ageInYears, laterOf, type PlainDate } from '#kernel/plain-date.ts';
import { type FieldIssue, type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { checkEnrollment } from '../domain/check-enrollment.ts';
import { moveEpisode } from './move-episode.ts';

interface EnrollInput {
  readonly residentId: string;
  readonly enrollmentId: string;
  readonly program: Program;
  readonly enrolledOn: PlainDate;
  readonly diagnosedOn: string | undefined;
  readonly source?: 'manual' | 'import';
  readonly today: PlainDate;
  readonly now: Date;
}

/**
 * Opens a programme record for a resident and plans the first follow-up for the day of enrollment. Refuses a person
 * out of scope, closed, already managed, or dates that cannot be. One open record per person and disease: the unique
 * index decides between two doctors.
 */
export async function openEnrollment(
  tx: Transaction<Tables>,
  actor: Actor,
  input: EnrollInput,
): Promise<{ enrollment: EnrollmentSummary; firstDueOn: string } | Refused> {
  const resident = await tx
    .selectFrom('resident')
    .select(['birth_date', 'status', 'organization_id', 'org_path'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.residentId)
    .forShare()
    .executeTakeFirst();
  if (!resident) return refused('not-found');
  if (resident.status !== 'active') return refused('record-closed');
  const issues: FieldIssue[] = checkEnrollment({
    program: input.program,
    enrolledOn: input.enrolledOn,
    diagnosedOn: input.diagnosedOn,
    birthDate: resident.birth_date,
    ageYears: ageInYears(resident.birth_date, input.enrolledOn),
    today: input.today,
  });
  if (issues.length > 0) return refused('invalid-input', { issues });
  const inserted = await sql<{ id: string }>`
    insert into enrollment (county_id, id, resident_id, organization_id, org_path, program, enrolled_on, diagnosed_on,
      source, created_at, created_by)
    values (${actor.countyId}, ${input.enrollmentId}::uuid, ${input.residentId}::uuid, ${resident.organization_id}::uuid,
      ${resident.org_path}, ${input.program}, ${input.enrolledOn}::date, ${input.diagnosedOn ?? null}, ${input.source ?? 'manual'},
      ${input.now}, ${actor.staffId}::uuid)
    on conflict do nothing returning id`.execute(tx);
  if (inserted.rows.length === 0) return refused('already-enrolled');
  await tx
    .insertInto('follow_up_task')
    .values({
      county_id: actor.countyId,
      id: uuidv7(),
      resident_id: input.residentId,
      enrollment_id: input.enrollmentId,
      organization_id: resident.organization_id,
      org_path: resident.org_path,
      program: input.program,
      kind: 'routine',
      risk_rank: 3,
      due_on: input.enrolledOn,
      latest_on: laterOf(input.today, input.enrolledOn),
      reason: '新纳入管理，需完成首次随访。',
      opened_by_record: null,
      opened_at: input.now,
    })
    .execute();
  if (input.program === 'hypertension') {
    for (const year of new Set([yearOf(input.enrolledOn), yearOf(input.today)])) {
      await rejudgeManagementYear(tx, {
        countyId: actor.countyId,
        count: hypertensionCount,
        year,
        today: input.today,
        residentIds: [input.residentId],
      });
    }
  }
  const course = await beginManaging(tx, actor, input);
  if (course) return course;
  await recordAudit(tx, actor, {
    action: 'enrollment.open',
    residentId: input.residentId,
    subject: input.enrollmentId,
    detail: { program: input.program },
    now: input.now,
  });
  return {
    enrollment: {
      id: input.enrollmentId,
      program: input.program,
      enrolledOn: input.enrolledOn,
      diagnosedOn: input.diagnosedOn ?? null,
      closedOn: null,
      closeReason: null,
      version: 1,
    },
    firstDueOn: input.enrolledOn,
  };
}

/** Moves the course to managed. It may stand there already: of somebody lost while managed, whose record was merged. */
async function beginManaging(
  tx: Transaction<Tables>,
  actor: Actor,
  input: EnrollInput,
): Promise<Refused | undefined> {
  const managed = await tx
    .selectFrom('condition_episode')
    .select('id')
    .where('county_id', '=', actor.countyId)
    .where('resident_id', '=', input.residentId)
    .where('condition', '=', input.program)
    .where('state', '=', 'enrolled')
    .executeTakeFirst();
  if (managed) return undefined;
  const course = await moveEpisode(tx, actor, {
    residentId: input.residentId,
    condition: input.program,
    to: 'enrolled',
    onDay: input.enrolledOn,
    reason: '纳入健康管理。',
    source: 'enrollment',
    now: input.now,
  });
  return 'problem' in course ? course : undefined;
}
