import { sql, type Transaction } from 'kysely';
import { directionOf } from '#capabilities/referrals/domain/choose-receiver.ts';
import { daysAfter, drawSummary } from '#capabilities/referrals/server/public.ts';
import { valueOn } from '#kernel/dated.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { sealsOf } from '#platform/server/database/with-scope.ts';
import { consultationAnswerHours, consultationOpenDays } from '#standards/consultation-parameters.ts';
import type { ConsultationUrgency } from '../domain/consultation-states.ts';
import { writeStep } from './write-step.ts';

const msAnHour = 3_600_000;

/**
 * Asks a house that takes patients, also one's own, about a person of one's own area, with a summary drawn from the record.
 * Refuses a second question to the same department while the first has no answer.
 */
export async function askForConsultation(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    readonly operationId: string;
    readonly consultationId: string;
    readonly residentId: string;
    readonly toOrganizationId: string;
    readonly toDepartment: string;
    readonly urgency: ConsultationUrgency;
    readonly reason: string;
    readonly today: PlainDate;
    readonly now: Date;
  },
): Promise<{ consultationId: string } | Refused> {
  const { countyId } = actor;
  const { consultationId: id, today, now } = input;
  const person = await tx
    .selectFrom('resident')
    .select(['name', 'sex', 'birth_date', 'org_path', 'status'])
    .where('county_id', '=', countyId)
    .where('id', '=', input.residentId)
    .executeTakeFirst();
  if (!person) return refused('not-found');
  if (person.status !== 'active') return refused('record-closed');
  const to = await tx
    .selectFrom('organization')
    .select(['path', 'kind'])
    .where('county_id', '=', countyId)
    .where('id', '=', input.toOrganizationId)
    .executeTakeFirst();
  if (!to || directionOf(actor.organizationKind, to.kind) === undefined)
    return refused('invalid-input', {
      issues: [
        { path: 'toOrganizationId', code: 'not-possible', message: '请选择本县的县级医院或乡镇卫生院。' },
      ],
    });
  const toDepartment = input.toDepartment.trim();
  const underWay = await tx
    .selectFrom('consultation')
    .select('id')
    .where('county_id', '=', countyId)
    .where('resident_id', '=', input.residentId)
    .where('to_organization_id', '=', input.toOrganizationId)
    .where('to_department', '=', toDepartment)
    .where('status', 'in', ['requested', 'accepted'])
    .limit(1)
    .executeTakeFirst();
  if (underWay) return refused('already-exists', { detail: `已为此人请“${toDepartment}”会诊，还在等意见。` });
  const summary = await drawSummary(tx, {
    countyId,
    residentId: input.residentId,
    person: { name: person.name, sex: person.sex, birthDate: person.birth_date },
    today,
  });
  const due = new Date(now.getTime() + valueOn(consultationAnswerHours, today)[input.urgency] * msAnHour);
  const inserted = await sql`
    insert into consultation (county_id, id, resident_id, org_path, from_organization_id, from_path, to_organization_id,
      to_path, to_department, urgency, reason, summary, requested_at, requested_by, answer_due_at, receiver_until)
    values (${countyId}, ${id}::uuid, ${input.residentId}::uuid, ${person.org_path}, ${actor.organizationId}::uuid,
      ${actor.path}, ${input.toOrganizationId}::uuid, ${to.path}, ${toDepartment}, ${input.urgency}, ${input.reason.trim()},
      ${JSON.stringify(sealsOf(tx).answers('consultation', id, summary))}::jsonb, ${now}, ${actor.staffId}::uuid, ${due},
      ${daysAfter(now, valueOn(consultationOpenDays, today))})
    on conflict do nothing returning id`.execute(tx);
  if (inserted.rows.length === 0) return refused('already-exists', { detail: '这份会诊已经提交过。' });
  await writeStep(tx, actor, {
    id: input.operationId,
    consultationId: id,
    state: 'requested',
    note: null,
    now,
  });
  await recordAudit(tx, actor, {
    action: 'consultation.request',
    residentId: input.residentId,
    subject: id,
    detail: { urgency: input.urgency, to: to.path },
    now,
  });
  return { consultationId: id };
}
