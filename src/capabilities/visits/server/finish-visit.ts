import { sql, type Transaction } from 'kysely';
import { fileResidentRecord } from '#capabilities/records/server/public.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { findBox } from '../domain/flow-boxes.ts';
import { mayRest } from '../domain/move-visit.ts';
import { noteOfVisit } from '../domain/note-of-visit.ts';
import { holdVisit } from './hold-visit.ts';

interface FinishInput {
  readonly operationId: string;
  readonly visitId: string;
  readonly version: number;
  readonly noteId: string;
  readonly today: PlainDate;
  readonly now: Date;
}

/**
 * Ends the day's visit where the drawing lets it rest, and files the national encounter note drawn from what was written
 * on the way. Refused in the middle of the road, naming where the visit stands.
 */
export async function endVisit(
  tx: Transaction<Tables>,
  actor: Actor,
  input: FinishInput,
): Promise<{ version: number; status: string } | Refused> {
  const visit = await holdVisit(tx, actor, input.visitId, input.version);
  if ('kind' in visit) return visit;
  if (!mayRest(visit.box))
    return refused('illegal-move', {
      detail: `就诊停在“${findBox(visit.box)?.label ?? visit.box}”，还不能结束；请先完成这一环节。`,
    });
  const { rows } = await sql<{ box: string; content: Record<string, unknown> }>`
    select box, content from visit_step where county_id = ${actor.countyId} and visit_id = ${visit.id}::uuid
    order by seq`.execute(tx);
  const filed = await fileResidentRecord(tx, actor, {
    operationId: input.operationId,
    recordId: input.noteId,
    residentId: visit.resident_id,
    form: 'encounter-note',
    formEdition: '2017',
    answers: {
      name: visit.name,
      ...noteOfVisit(rows),
      doctorSign: actor.name,
      encounterDate: visit.arrived_on,
    },
    confirmed: [],
    today: input.today,
    now: input.now,
  });
  if ('kind' in filed) return filed;
  // Monitoring goes on at home: such a visit rests until the person comes again.
  const status = visit.box === 'B12' ? 'resting' : 'closed';
  await sql`update centre_visit set status = ${status}, closed_at = ${input.now}, version = version + 1
    where county_id = ${actor.countyId} and id = ${visit.id}::uuid`.execute(tx);
  await recordAudit(tx, actor, {
    action: 'visit.finish',
    residentId: visit.resident_id,
    subject: visit.id,
    detail: { box: visit.box },
    now: input.now,
  });
  return { version: visit.version + 1, status };
}
