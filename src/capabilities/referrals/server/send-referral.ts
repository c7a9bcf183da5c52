import { sql, type Transaction } from 'kysely';
import { valueOn } from '#kernel/dated.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { sealsOf } from '#platform/server/database/with-scope.ts';
import { referralAnswerHours, referralOpenDays } from '#standards/referral-parameters.ts';
import { mayReceive } from '../domain/choose-receiver.ts';
import type { Urgency } from '../domain/referral-states.ts';
import { drawSummary } from './draw-summary.ts';

const [msAnHour, msADay] = [3_600_000, 86_400_000];
export const daysAfter = (now: Date, days: number) => new Date(now.getTime() + days * msADay);

/** By when the receiving house is to answer what was sent at a moment. */
export const answerDueAt = (urgency: Urgency, sentAt: Date, today: PlainDate) =>
  new Date(sentAt.getTime() + valueOn(referralAnswerHours, today)[urgency] * msAnHour);

/** A referral as it is asked for. */
export interface ReferralRequest {
  readonly referralId: string;
  readonly residentId: string;
  readonly visitId: string | null;
  /** A house of the county; undefined for one elsewhere, which only stands in the department. */
  readonly toOrganizationId?: string | undefined;
  readonly toDepartment: string;
  readonly urgency: Urgency;
  readonly reason: string;
  readonly firstHandling: string;
  readonly today: PlainDate;
  readonly now: Date;
}

/** Sends a person of one's own area to another house, with a summary drawn from the record. Refuses a house that cannot. */
export async function sendReferral(
  tx: Transaction<Tables>,
  actor: Actor,
  input: ReferralRequest,
): Promise<{ referralId: string } | Refused> {
  const { countyId } = actor;
  const person = await tx
    .selectFrom('resident')
    .select(['name', 'sex', 'birth_date', 'org_path', 'status'])
    .where('county_id', '=', countyId)
    .where('id', '=', input.residentId)
    .executeTakeFirst();
  if (!person) return refused('not-found');
  if (person.status !== 'active') return refused('record-closed');
  const to = await findReceiver(tx, actor, input.toOrganizationId);
  if (to && 'kind' in to) return to;
  const summary = await drawSummary(tx, {
    countyId,
    residentId: input.residentId,
    person: { name: person.name, sex: person.sex, birthDate: person.birth_date },
    today: input.today,
  });
  const inserted = await sql`
    insert into referral_request (county_id, id, resident_id, org_path, visit_id, from_organization_id, from_path,
      to_organization_id, to_path, to_department, urgency, reason, first_handling, summary, requested_at, requested_by,
      answer_due_at, receiver_until)
    values (${countyId}, ${input.referralId}::uuid, ${input.residentId}::uuid, ${person.org_path}, ${input.visitId}::uuid,
      ${actor.organizationId}::uuid, ${actor.path}, ${to?.id ?? null}::uuid, ${to?.path ?? null}, ${input.toDepartment.trim()},
      ${input.urgency}, ${input.reason.trim()}, ${input.firstHandling.trim()},
      ${JSON.stringify(sealsOf(tx).answers('referral_request', input.referralId, summary))}::jsonb, ${input.now},
      ${actor.staffId}::uuid, ${to ? answerDueAt(input.urgency, input.now, input.today) : null}::timestamptz,
      ${to ? daysAfter(input.now, valueOn(referralOpenDays, input.today)) : null}::timestamptz)
    on conflict do nothing returning id`.execute(tx);
  if (inserted.rows.length === 0) return refused('already-exists', { detail: '这份转诊已经提交过。' });
  await insertFirstStep(tx, actor, input);
  await recordAudit(tx, actor, {
    action: 'referral.request',
    residentId: input.residentId,
    subject: input.referralId,
    detail: { urgency: input.urgency, ...(to ? { to: to.path } : {}) },
    now: input.now,
  });
  return { referralId: input.referralId };
}

/** Sending is the first step; it carries the name of its referral. */
export async function insertFirstStep(
  tx: Transaction<Tables>,
  actor: Actor,
  { referralId, now }: { readonly referralId: string; readonly now: Date },
): Promise<void> {
  await tx
    .insertInto('referral_step')
    .values({
      county_id: actor.countyId,
      id: referralId,
      referral_id: referralId,
      state: 'requested',
      at: now,
      by: actor.staffId,
      organization_id: actor.organizationId,
      note: null,
    })
    .execute();
}

async function findReceiver(tx: Transaction<Tables>, actor: Actor, id: string | undefined) {
  if (id === undefined) return undefined;
  const house = await tx
    .selectFrom('organization')
    .select(['id', 'path', 'kind as house'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', id)
    .executeTakeFirst();
  const from = { id: actor.organizationId, kind: actor.organizationKind, path: actor.path };
  const mayTake =
    house !== undefined && mayReceive({ id: house.id, kind: house.house, path: house.path }, from);
  if (mayTake) return { id: house.id, path: house.path };
  const message =
    house?.id === actor.organizationId ? '不能转给本机构。' : '请选择本县的县级医院或乡镇卫生院。';
  return refused('invalid-input', { issues: [{ path: 'toOrganizationId', code: 'not-possible', message }] });
}
