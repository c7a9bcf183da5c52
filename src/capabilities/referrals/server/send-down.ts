import { sql, type Transaction } from 'kysely';
import { valueOn } from '#kernel/dated.ts';
import { matchedName } from '#kernel/person-name.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { sealsOf } from '#platform/server/database/with-scope.ts';
import { referralBack2017 } from '#standards/forms/referral-back/2017.ts';
import { checkIdentityNumber } from '#standards/identity/check-identity-number.ts';
import { referralOpenDays } from '#standards/referral-parameters.ts';
import type { ReferralBack } from '../contract.ts';
import { type foundUrgencies, managingKinds, reasonOfFound } from '../domain/found-person.ts';
import type { ReferralSummary } from './draw-summary.ts';
import { foundPerson } from './link-found.ts';
import { writtenSlip } from './send-back.ts';
import { answerDueAt, daysAfter, insertFirstStep } from './send-referral.ts';
import { takeStep } from './step-referral.ts';

type FoundUrgency = (typeof foundUrgencies)[number];
interface At {
  readonly today: PlainDate;
  readonly now: Date;
}

/**
 * Sends somebody the hospital found itself to the house they wish to be managed by, with the national slip. Says nothing of
 * whether the county knows the person. Refuses a number that is none, a house that manages nobody, and a second one while
 * the first goes on.
 */
export async function sendFoundDown(
  tx: Transaction<Tables>,
  actor: Actor,
  input: At & {
    readonly referralId: string;
    readonly person: { readonly name: string; readonly idNo: string; readonly phone: string };
    readonly toOrganizationId: string;
    readonly urgency: FoundUrgency;
    readonly back: Omit<ReferralBack, 'backDate' | 'fromDoctor' | 'edition'>;
  },
): Promise<{ referralId: string } | Refused> {
  const { today } = input;
  const checked = checkIdentityNumber(input.person.idNo, today);
  if (checked.kind === 'invalid')
    return refused('invalid-input', {
      issues: [{ path: 'person.idNo', code: checked.reason, message: checked.message }],
    });
  const { idNo, sex, birthDate } = checked;
  const name = matchedName(input.person.name.trim());
  const person = { name, sex, birthDate, idNo, phone: input.person.phone.trim() };
  return insertFound(tx, actor, { ...input, person, back: writtenSlip(input.back, actor, today) });
}

/** Sends whom the first house declined or could not reach to another, with the same slip; the first one ends. Both or neither. */
export async function redirectFound(
  tx: Transaction<Tables>,
  actor: Actor,
  input: At & {
    readonly operationId: string;
    readonly referralId: string;
    readonly newReferralId: string;
    readonly version: number;
    readonly toOrganizationId: string;
  },
): Promise<{ referralId: string } | Refused> {
  const first = await tx
    .selectFrom('referral_request')
    .select(['id', 'urgency', 'summary', 'back', 'to_organization_id'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.referralId)
    .where('from_organization_id', '=', actor.organizationId)
    .where('is_found', '=', true)
    .executeTakeFirst();
  if (!first) return refused('not-found');
  if (input.toOrganizationId === first.to_organization_id) return notPossible('就是原来的机构，请选另一家。');
  const ended = await takeStep(tx, actor, { ...input, deed: 'withdraw', note: '已另转一家' });
  if ('kind' in ended) return ended;
  return insertFound(tx, actor, {
    ...input,
    referralId: input.newReferralId,
    person: foundPerson(first.summary),
    urgency: first.urgency as FoundUrgency,
    back: first.back as Record<string, string>,
  });
}

async function insertFound(
  tx: Transaction<Tables>,
  actor: Actor,
  input: At & {
    readonly referralId: string;
    readonly person: ReferralSummary['person'];
    readonly toOrganizationId: string;
    readonly urgency: FoundUrgency;
    readonly back: Readonly<Record<string, string>>;
  },
): Promise<{ referralId: string } | Refused> {
  const { referralId: id, today, now } = input;
  const to = await tx
    .selectFrom('organization')
    .select(['id', 'path'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.toOrganizationId)
    .where('kind', 'in', managingKinds)
    .executeTakeFirst();
  if (!to) return notPossible('请选择本县的乡镇卫生院或村卫生室。');
  const underWay = await findUnderWay(tx, actor, input.person);
  if (underWay)
    return refused('already-exists', {
      detail: `本院已把此人下转给“${underWay}”，还在进行中；要改请先撤回那一份。`,
    });
  const sealed = (answers: unknown) => JSON.stringify(sealsOf(tx).answers('referral_request', id, answers));
  const summary: ReferralSummary = { person: input.person, conditions: [], readings: [], medicines: [] };
  const inserted = await sql`
    insert into referral_request (county_id, id, is_found, from_organization_id, from_path, to_organization_id, to_path,
      to_department, urgency, reason, first_handling, summary, back, back_edition, requested_at, requested_by, answer_due_at,
      receiver_until)
    values (${actor.countyId}, ${id}::uuid, true, ${actor.organizationId}::uuid, ${actor.path}, ${to.id}::uuid, ${to.path},
      '', ${input.urgency}, ${reasonOfFound(input.back.diagnosis ?? '')}, '', ${sealed(summary)}::jsonb,
      ${sealed(input.back)}::jsonb, ${referralBack2017.edition}, ${now}, ${actor.staffId}::uuid,
      ${answerDueAt(input.urgency, now, today)}, ${daysAfter(now, valueOn(referralOpenDays, today))})
    on conflict do nothing returning id`.execute(tx);
  if (inserted.rows.length === 0) return refused('already-exists', { detail: '这份下转单已经提交过。' });
  await insertFirstStep(tx, actor, { referralId: id, now });
  await recordAudit(tx, actor, {
    action: 'referral.send-down',
    subject: id,
    detail: { urgency: input.urgency, to: to.path },
    now,
  });
  return { referralId: id };
}

/** To whom this hospital sent the same person already, while that goes on; by birthday first: the number is sealed. */
async function findUnderWay(tx: Transaction<Tables>, actor: Actor, person: ReferralSummary['person']) {
  const { rows } = await sql<{ id: string; summary: unknown; to_name: string }>`
    select q.id, q.summary, t.name as to_name from referral_request q
    join organization t on t.county_id = q.county_id and t.id = q.to_organization_id
    where q.county_id = ${actor.countyId} and q.from_organization_id = ${actor.organizationId}::uuid and q.is_found
      and q.status in ('requested','accepted') and q.summary->'person'->>'birthDate' = ${person.birthDate}`.execute(
    tx,
  );
  return rows.find((row) => foundPerson(row.summary).idNo === person.idNo)?.to_name;
}

const notPossible = (message: string) =>
  refused('invalid-input', { issues: [{ path: 'toOrganizationId', code: 'not-possible', message }] });
