import { sql, type Transaction } from 'kysely';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { generalRoom } from '../domain/queue-order.ts';

interface RoomInput {
  readonly dutyId: string;
  readonly room: string;
  readonly today: PlainDate;
  readonly now: Date;
}

/** A doctor sits down in a room for the day; from now on contracted residents are sent there. One room, one doctor. */
export async function openDuty(
  tx: Transaction<Tables>,
  actor: Actor,
  input: RoomInput,
): Promise<{ dutyId: string; room: string } | Refused> {
  const { rows } = await sql<{ path: string }>`
    select path from organization where county_id = ${actor.countyId} and id = ${actor.organizationId}::uuid`.execute(
    tx,
  );
  const room = input.room.trim();
  await closeOwn(tx, actor, input.today, input.now);
  const opened = await sql`
    insert into room_duty (county_id, id, organization_id, org_path, on_day, room, doctor_id, opened_at)
    values (${actor.countyId}, ${input.dutyId}::uuid, ${actor.organizationId}::uuid, ${rows[0]?.path ?? actor.path},
      ${input.today}::date, ${room}, ${actor.staffId}::uuid, ${input.now})
    on conflict do nothing returning id`.execute(tx);
  if (opened.rows.length === 0)
    return refused('already-exists', { detail: `${room}今天已有医生开诊，请换一间。` });
  // Who waits for this doctor is called to where the doctor sits now.
  await sql`
    update centre_visit set room = ${room}, version = version + 1
    where county_id = ${actor.countyId} and organization_id = ${actor.organizationId}::uuid
      and arrived_on = ${input.today}::date and status = 'open' and called_at is null
      and doctor_id = ${actor.staffId}::uuid and room is distinct from ${room}`.execute(tx);
  await recordAudit(tx, actor, {
    action: 'room.open',
    subject: input.dutyId,
    detail: { room },
    now: input.now,
  });
  return { dutyId: input.dutyId, room };
}

/** The doctor leaves; those who waited for this doctor alone go to the general queue, in their order. */
export async function closeDuty(tx: Transaction<Tables>, actor: Actor, today: PlainDate, now: Date) {
  const room = await closeOwn(tx, actor, today, now);
  if (room) {
    await sql`
      update centre_visit set doctor_id = null, room = ${generalRoom}, version = version + 1
      where county_id = ${actor.countyId} and organization_id = ${actor.organizationId}::uuid
        and arrived_on = ${today}::date and status = 'open' and called_at is null
        and doctor_id = ${actor.staffId}::uuid`.execute(tx);
    await recordAudit(tx, actor, { action: 'room.close', detail: { room }, now });
  }
  return { room };
}

async function closeOwn(
  tx: Transaction<Tables>,
  actor: Actor,
  today: PlainDate,
  now: Date,
): Promise<string | null> {
  const { rows } = await sql<{ room: string }>`
    update room_duty set closed_at = ${now}
    where county_id = ${actor.countyId} and organization_id = ${actor.organizationId}::uuid and on_day = ${today}::date
      and doctor_id = ${actor.staffId}::uuid and closed_at is null returning room`.execute(tx);
  return rows[0]?.room ?? null;
}
