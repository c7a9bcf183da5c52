import { sql, type Transaction } from 'kysely';
import { daysAfter } from '#capabilities/referrals/server/public.ts';
import { valueOn } from '#kernel/dated.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { sealsOf } from '#platform/server/database/with-scope.ts';
import { consultationAfterDays, consultationOpenDays } from '#standards/consultation-parameters.ts';
import type { Opinion } from '../domain/consultation-sheet.ts';
import {
  type ConsultationDeed,
  type ConsultationState,
  consultationStates,
  deedRule,
  missingConsultationWord,
  openToAsked,
  refuseConsultationDeed,
} from '../domain/consultation-states.ts';
import { writeStep } from './write-step.ts';

export interface ConsultationStep {
  /** Also names the step. */
  readonly operationId: string;
  readonly consultationId: string;
  readonly version: number;
  readonly deed: ConsultationDeed;
  readonly note: string;
  readonly opinion?: Opinion;
  /** The sheet it is filed as. */
  readonly recordId?: string;
  readonly today: PlainDate;
  readonly now: Date;
}

/**
 * One of the two houses does something with a consultation. Of two who do so at once the second is told who was first; whoever
 * asked does not answer themselves.
 */
export async function takeConsultationStep(
  tx: Transaction<Tables>,
  actor: Actor,
  input: ConsultationStep,
): Promise<{ version: number; state: ConsultationState } | Refused> {
  const { deed, today, now } = input;
  const { side, to } = deedRule(deed);
  const held = await holdConsultation(tx, actor, input.consultationId);
  const house = side === 'asked' ? held?.to_organization_id : held?.from_organization_id;
  if (!held || house !== actor.organizationId) return refused('not-found');
  if (held.version !== input.version)
    return refused('stale-version', { detail: await tellLastStep(tx, actor, input.consultationId) });
  const impossible = refuseConsultationDeed(deed, held.status);
  if (impossible) return refused('illegal-move', { detail: impossible });
  const missing = missingConsultationWord(deed, input.note);
  if (missing)
    return refused('invalid-input', { issues: [{ path: 'note', code: 'missing', message: missing }] });
  if (deed === 'answer' && held.requested_by === actor.staffId)
    return refused('illegal-move', { detail: '会诊意见请由申请人以外的医生填写。' });
  await writeStep(tx, actor, {
    id: input.operationId,
    consultationId: input.consultationId,
    state: to,
    note: input.note.trim() || null,
    now,
  });
  const version = held.version + 1;
  await tx
    .updateTable('consultation')
    .set({
      status: to,
      version,
      receiver_until: seenUntil(to, today, now),
      ...(input.opinion
        ? {
            opinion: JSON.stringify(sealsOf(tx).answers('consultation', input.consultationId, input.opinion)),
          }
        : {}),
      ...(input.recordId ? { record_id: input.recordId } : {}),
    })
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.consultationId)
    .execute();
  await recordAudit(tx, actor, {
    action: `consultation.${deed}`,
    residentId: held.resident_id,
    subject: input.consultationId,
    now,
  });
  return { version, state: to };
}

/** Until when the house that is asked sees a consultation that comes to this state now: no longer, once it is withdrawn. */
function seenUntil(state: ConsultationState, today: PlainDate, now: Date): Date {
  if (state === 'withdrawn') return now;
  return daysAfter(
    now,
    valueOn(openToAsked.includes(state) ? consultationOpenDays : consultationAfterDays, today),
  );
}

/** Takes a consultation for writing; undefined where this house may not see it. */
export const holdConsultation = (tx: Transaction<Tables>, actor: Actor, consultationId: string) =>
  tx
    .selectFrom('consultation')
    .select([
      'resident_id',
      'from_organization_id',
      'to_organization_id',
      'to_department',
      'urgency',
      'reason',
      'opinion',
      'requested_by',
      'status',
      'version',
    ])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', consultationId)
    .forUpdate()
    .executeTakeFirst();

async function tellLastStep(tx: Transaction<Tables>, actor: Actor, consultationId: string): Promise<string> {
  const { rows } = await sql<{ state: ConsultationState; name: string }>`
    select p.state, s.name from consultation_step p join staff s on s.county_id = p.county_id and s.id = p.by
    where p.county_id = ${actor.countyId} and p.consultation_id = ${consultationId}::uuid
    order by p.at desc, p.id desc limit 1`.execute(tx);
  const [last] = rows;
  return last
    ? `${last.name}先处理了这份会诊，现在是“${consultationStates[last.state]}”；请看最新情况。`
    : '请看最新情况。';
}
