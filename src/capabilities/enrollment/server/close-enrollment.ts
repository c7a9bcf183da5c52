import type { Transaction } from 'kysely';
import { checkRefusal } from '#capabilities/closing/domain/check-refusal.ts';
import { keepRefusal } from '#capabilities/closing/server/public.ts';
import { hypertensionCount, rejudgeManagementYear, yearOf } from '#capabilities/indicators/server/public.ts';
import type { EnrollmentSummary } from '#capabilities/residents/contract.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { moveEpisode } from './move-episode.ts';

interface CloseInput {
  readonly enrollmentId: string;
  readonly version: number;
  readonly closedOn: PlainDate;
  /** What ends one disease; death, move and loss are of the person and end the record. */
  readonly reason: 'refused' | 'wrong-diagnosis';
  readonly note: string | undefined;
  /** When to ask again whoever refuses. */
  readonly reviewOn: PlainDate | undefined;
  /** The earliest day it may have been written down: today, and for a phone that was offline the day of the end. */
  readonly writtenOn: PlainDate;
  readonly today: PlainDate;
  readonly now: Date;
}

const closeReasonLabels: Readonly<Record<CloseInput['reason'], string>> = {
  refused: '拒绝管理',
  'wrong-diagnosis': '诊断有误',
};

/** Ends a programme record with its reason, closes its open task and counts the person's years again. */
export async function endEnrollment(
  tx: Transaction<Tables>,
  actor: Actor,
  input: CloseInput,
): Promise<{ enrollment: EnrollmentSummary } | Refused> {
  const current = await tx
    .selectFrom('enrollment')
    .selectAll()
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.enrollmentId)
    .forUpdate()
    .executeTakeFirst();
  if (!current) return refused('not-found');
  if (current.version !== input.version) return refused('stale-version');
  if (current.closed_on !== null) return refused('record-closed');
  if (input.closedOn > input.today || input.closedOn < current.enrolled_on) {
    const message = '结案日期应在纳入日期之后、今天之前。';
    return refused('invalid-input', { issues: [{ path: 'closedOn', code: 'out-of-range', message }] });
  }
  const { reason, note, reviewOn, writtenOn, today, now } = input;
  const issues = reason === 'refused' ? checkRefusal({ note, reviewOn, after: writtenOn, today }) : [];
  if (issues.length > 0) return refused('invalid-input', { issues });
  const version = current.version + 1;
  await tx
    .updateTable('enrollment')
    .set({ closed_on: input.closedOn, close_reason: input.reason, version })
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.enrollmentId)
    .execute();
  await tx
    .updateTable('follow_up_task')
    .set({ closed_at: input.now, close_reason: 'enrollment-closed', close_note: input.note ?? null })
    .where('county_id', '=', actor.countyId)
    .where('enrollment_id', '=', input.enrollmentId)
    .where('closed_at', 'is', null)
    .execute();
  if (current.program === 'hypertension') {
    for (const year of new Set([yearOf(input.closedOn), yearOf(input.today)])) {
      await rejudgeManagementYear(tx, {
        countyId: actor.countyId,
        count: hypertensionCount,
        year,
        today: input.today,
        residentIds: [current.resident_id],
      });
    }
  }
  const course = await moveEpisode(tx, actor, {
    residentId: current.resident_id,
    condition: current.program,
    to: 'closed',
    onDay: input.closedOn,
    reason: `结案：${closeReasonLabels[input.reason]}。`,
    source: 'enrollment',
    now: input.now,
  });
  // People enrolled before courses were kept have none to close.
  if ('problem' in course && course.problem.code !== 'illegal-move') return course;
  if (reason === 'refused' && note && reviewOn)
    await keepRefusal(tx, actor, {
      residentId: current.resident_id,
      enrollmentId: current.id,
      program: current.program,
      onDay: input.closedOn,
      note,
      reviewOn,
      now,
    });
  await recordAudit(tx, actor, {
    action: 'enrollment.close',
    residentId: current.resident_id,
    subject: input.enrollmentId,
    detail: { reason: input.reason },
    now: input.now,
  });
  return {
    enrollment: {
      id: current.id,
      program: current.program,
      enrolledOn: current.enrolled_on,
      diagnosedOn: current.diagnosed_on,
      closedOn: input.closedOn,
      closeReason: input.reason,
      version,
    },
  };
}
