import { sql, type Transaction } from 'kysely';
import { valueOn } from '#kernel/dated.ts';
import { addMonths, type PlainDate } from '#kernel/plain-date.ts';
import { ProblemError, problem, type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { ErasureRegister } from '#platform/server/backup/erasure-register.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { recordRetentionYears } from '#standards/privacy/privacy-parameters.ts';
import { eraseContact } from './erase-contact.ts';

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

/**
 * Answers a request once. A deletion that is granted takes the ways to reach the person; records stay their legal time. It
 * is in the register of erasures before it is committed: what stands there is done, and can no longer be refused.
 */
export async function answerRequest(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { requestId: string; decision: 'done' | 'refused'; answer: string; today: PlainDate; now: Date },
  erasures: ErasureRegister,
): Promise<{ requestId: string; heldUntil: string | null } | Refused> {
  const request = await holdOpen(tx, actor, input.requestId);
  if ('problem' in request) return request;
  const isRegistered =
    request.kind === 'deletion' && (await erasures.has(input.requestId).catch(refuseWithoutRegister));
  if (isRegistered && input.decision === 'refused')
    return refused('already-exists', {
      detail: '这项删除上次已决定办理并登记，只差写入数据库，不能再改为不予办理；请再提交一次“已办理”。',
    });
  const heldUntil =
    request.kind === 'deletion'
      ? await lastDayOfHold(tx, actor.countyId, request.resident_id, input.today)
      : null;
  if (request.kind === 'deletion' && input.decision === 'done')
    await eraseContact(tx, {
      countyId: actor.countyId,
      residentId: request.resident_id,
      changedBy: actor.staffId,
      reason: '应居民请求删除联系方式',
      now: input.now,
    });
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
  if (request.kind === 'deletion' && input.decision === 'done') {
    await recordAudit(tx, actor, {
      action: 'privacy-request.erase',
      residentId: request.resident_id,
      subject: input.requestId,
      now: input.now,
    });
    await writeDown(tx, erasures, { countyId: actor.countyId, requestId: input.requestId });
  }
  return { requestId: input.requestId, heldUntil };
}

/** Puts the answered request into the register; last, so that nothing but the commit can still fail. */
async function writeDown(
  tx: Transaction<Tables>,
  erasures: ErasureRegister,
  { countyId, requestId }: { countyId: string; requestId: string },
): Promise<void> {
  const request = await tx
    .selectFrom('privacy_request')
    .selectAll()
    .where('county_id', '=', countyId)
    .where('id', '=', requestId)
    .executeTakeFirstOrThrow();
  await erasures
    .put({ countyId, requestId, residentId: request.resident_id, request })
    .catch(refuseWithoutRegister);
}

function refuseWithoutRegister(): never {
  throw new ProblemError(problem('erasure-register-unavailable'));
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
