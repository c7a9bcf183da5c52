import { sql, type Transaction } from 'kysely';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { generalRoom } from '../domain/queue-order.ts';
import type { QueueLine } from '../reception-contract.ts';
import { holdVisit } from './hold-visit.ts';
import { describeQueueRow, ofCentreOn, selectQueue } from './queue-lines.ts';

/**
 * Calls the next visitor to the doctor's room: danger first, then contracted, then the rest; those who wait for this
 * doctor or for anybody. Two doctors at once get two people. Refused while the doctor has no room.
 */
export async function callNextVisitor(
  tx: Transaction<Tables>,
  actor: Actor,
  today: PlainDate,
  now: Date,
): Promise<{ called: QueueLine | null } | Refused> {
  const duty = await sql<{ room: string }>`
    select room from room_duty where county_id = ${actor.countyId} and organization_id = ${actor.organizationId}::uuid
      and on_day = ${today}::date and doctor_id = ${actor.staffId}::uuid and closed_at is null`.execute(tx);
  const room = duty.rows[0]?.room;
  if (!room) return refused('illegal-move', { detail: '请先开诊：选择您今天所在的诊室。' });
  const { rows } = await sql<{ id: string; resident_id: string }>`
    update centre_visit set called_at = ${now}, doctor_id = ${actor.staffId}::uuid, room = ${room}, version = version + 1
    where county_id = ${actor.countyId} and id = (
      select v.id from centre_visit v where ${ofCentreOn(actor, today)} and v.status = 'open' and v.called_at is null
        and (v.doctor_id = ${actor.staffId}::uuid or v.doctor_id is null)
      order by v.priority, v.skipped, v.queue_no limit 1 for update skip locked)
    returning id, resident_id`.execute(tx);
  const [taken] = rows;
  if (!taken) return { called: null };
  await recordAudit(tx, actor, {
    action: 'visit.call',
    residentId: taken.resident_id,
    subject: taken.id,
    now,
  });
  const line = await selectQueue(
    tx,
    sql`v.county_id = ${actor.countyId} and v.id = ${taken.id}::uuid`,
    sql`v.id`,
    1,
  );
  return { called: line.rows[0] ? describeQueueRow(line.rows[0], today) : null };
}

/** Calls again, passes over somebody who does not come (they go behind the others of their kind), or lets them leave. */
export async function callVisitorAgain(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    readonly visitId: string;
    readonly version: number;
    readonly action: 'recall' | 'pass' | 'left';
    readonly now: Date;
  },
): Promise<{ version: number } | Refused> {
  const visit = await holdVisit(tx, actor, input.visitId, input.version);
  if ('kind' in visit) return visit;
  if (visit.seen_at !== null && input.action !== 'left')
    return refused('illegal-move', { detail: '已经开始接诊，不能再叫号或过号。' });
  if (visit.called_at === null && input.action !== 'left')
    return refused('illegal-move', { detail: '还没有叫到这一位。' });
  const change = {
    recall: sql`called_at = ${input.now}`,
    pass: sql`called_at = null, skipped = skipped + 1,
      doctor_id = case when box = 'B2' then null else doctor_id end,
      room = case when box = 'B2' then ${generalRoom} else room end`,
    left: sql`status = 'left', closed_at = ${input.now}`,
  }[input.action];
  await sql`update centre_visit set ${change}, version = version + 1
    where county_id = ${actor.countyId} and id = ${input.visitId}::uuid`.execute(tx);
  await recordAudit(tx, actor, {
    action: `visit.${input.action}`,
    residentId: visit.resident_id,
    subject: visit.id,
    now: input.now,
  });
  return { version: visit.version + 1 };
}
