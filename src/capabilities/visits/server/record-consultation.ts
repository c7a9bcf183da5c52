import { sql, type Transaction } from 'kysely';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { appendSteps } from './walk-visit.ts';

interface ConsultationInput {
  readonly residentId: string;
  readonly visitId: string;
  readonly entry: 'A1' | 'A2';
  readonly question: string;
  readonly answer: string;
  readonly today: PlainDate;
  readonly now: Date;
}

/** Keeps what somebody asked at the desk, or was taught, and what they were told; they go home without a number. */
export async function recordConsultation(
  tx: Transaction<Tables>,
  actor: Actor,
  input: ConsultationInput,
): Promise<{ visitId: string } | Refused> {
  const person = await tx
    .selectFrom('resident')
    .select(['status', 'org_path'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.residentId)
    .executeTakeFirst();
  if (!person) return refused('not-found');
  if (person.status !== 'active') return refused('record-closed');
  await sql`
    insert into centre_visit (county_id, id, resident_id, organization_id, org_path, arrived_on, entry, box, status,
      closed_at, created_at, created_by)
    values (${actor.countyId}, ${input.visitId}::uuid, ${input.residentId}::uuid, ${actor.organizationId}::uuid,
      ${person.org_path}, ${input.today}::date, ${input.entry}, ${input.entry}, 'closed', ${input.now}, ${input.now},
      ${actor.staffId}::uuid)`.execute(tx);
  await appendSteps(
    tx,
    actor,
    { id: input.visitId, resident_id: input.residentId, org_path: person.org_path, box: input.entry },
    [{ box: input.entry, content: { question: input.question.trim(), answer: input.answer.trim() } }],
    input.now,
  );
  await recordAudit(tx, actor, {
    action: 'visit.consult',
    residentId: input.residentId,
    subject: input.visitId,
    detail: { entry: input.entry },
    now: input.now,
  });
  return { visitId: input.visitId };
}
