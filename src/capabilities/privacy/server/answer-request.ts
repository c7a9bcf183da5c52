import { sql, type Transaction } from 'kysely';
import { valueOn } from '#kernel/dated.ts';
import { addMonths, type PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { recordRetentionYears } from '#standards/privacy/privacy-parameters.ts';

/** Takes a request up; somebody else may take it over while it is not answered. */
export async function claimRequest(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { requestId: string; now: Date },
): Promise<{ requestId: string } | Refused> {
  const request = await holdOpen(tx, actor, input.requestId);
  if ('problem' in request) return request;
  await tx
    .updateTable('privacy_request')
    .set({ assigned_to: actor.staffId })
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.requestId)
    .execute();
  await recordAudit(tx, actor, {
    action: 'privacy-request.claim',
    residentId: request.resident_id,
    subject: input.requestId,
    now: input.now,
  });
  return { requestId: input.requestId };
}

/** Answers a request once. A deletion that is granted takes the ways to reach the person; records stay their legal time. */
export async function answerRequest(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { requestId: string; decision: 'done' | 'refused'; answer: string; today: PlainDate; now: Date },
): Promise<{ requestId: string; heldUntil: string | null } | Refused> {
  const request = await holdOpen(tx, actor, input.requestId);
  if ('problem' in request) return request;
  const heldUntil =
    request.kind === 'deletion'
      ? await lastDayOfHold(tx, actor.countyId, request.resident_id, input.today)
      : null;
  if (request.kind === 'deletion' && input.decision === 'done')
    await eraseContact(tx, actor, { residentId: request.resident_id, now: input.now });
  await tx
    .updateTable('privacy_request')
    .set({
      decision: input.decision,
      answer: input.answer.trim(),
      held_until: heldUntil,
      answered_at: input.now,
      answered_by: actor.staffId,
    })
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.requestId)
    .execute();
  await recordAudit(tx, actor, {
    action: 'privacy-request.answer',
    residentId: request.resident_id,
    subject: input.requestId,
    detail: { decision: input.decision },
    now: input.now,
  });
  return { requestId: input.requestId, heldUntil };
}

async function holdOpen(tx: Transaction<Tables>, actor: Actor, requestId: string) {
  const request = await tx
    .selectFrom('privacy_request')
    .select(['resident_id', 'kind', 'decision'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', requestId)
    .forUpdate()
    .executeTakeFirst();
  if (!request) return refused('not-found');
  if (request.decision !== null) return refused('already-exists', { detail: '这项请求已经答复过。' });
  return request;
}

/** The day until which the law keeps what was written about a person; null when nothing was, or the time is over. */
async function lastDayOfHold(
  tx: Transaction<Tables>,
  countyId: string,
  residentId: string,
  today: PlainDate,
): Promise<PlainDate | null> {
  const { rows } = await sql<{ last: PlainDate | null }>`
    select greatest((select max(occurred_on) from form_record where county_id = ${countyId} and resident_id = ${residentId}::uuid),
      (select max(arrived_on) from centre_visit where county_id = ${countyId} and resident_id = ${residentId}::uuid)) as last`.execute(
    tx,
  );
  const last = rows[0]?.last;
  if (!last) return null;
  const until = addMonths(last, 12 * valueOn(recordRetentionYears, today));
  return until >= today ? until : null;
}

/** Takes telephone and contact person out of the record and of its past versions. */
async function eraseContact(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { residentId: string; now: Date },
): Promise<void> {
  const { countyId } = actor;
  await sql`update resident set phone = null, phone_index = null, phone_tail_index = null, version = version + 1, updated_at = ${input.now},
      personal_information = personal_information - 'phone' - 'contactName' - 'contactPhone'
    where county_id = ${countyId} and id = ${input.residentId}::uuid`.execute(tx);
  await sql`select erase_contact_history(${countyId}, ${input.residentId}::uuid)`.execute(tx);
  await sql`insert into resident_revision (county_id, resident_id, version, org_path, form_edition, personal_information,
      changed_at, changed_by, reason)
    select county_id, id, version, org_path, form_edition, personal_information, ${input.now}, ${actor.staffId}::uuid,
      '应居民请求删除联系方式' from resident where county_id = ${countyId} and id = ${input.residentId}::uuid`.execute(
    tx,
  );
  await recordAudit(tx, actor, {
    action: 'privacy-request.erase',
    residentId: input.residentId,
    now: input.now,
  });
}
