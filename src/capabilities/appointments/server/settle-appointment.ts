import { sql, type Transaction } from 'kysely';
import { dayInChina, type PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { isOver } from '../domain/slot-time.ts';
import { countSlot } from './hold-slot.ts';
import { cancelNotices } from './queue-notices.ts';

interface SettleInput {
  readonly appointmentId: string;
  /** Left out by reception, which acts on what stands. */
  readonly version?: number | undefined;
  /** At the desk: who stands there and where. A booking of somebody else, or of another place, is none of theirs. */
  readonly desk?: { readonly residentId: string; readonly organizationId: string } | undefined;
  readonly status: 'cancelled' | 'arrived' | 'no-show';
  readonly reason: string;
  readonly now: Date;
}

/**
 * Gives a booking its result. Cancelling frees the place and takes the reminders back; arriving is for the day itself;
 * staying away can only be said when the slot is over.
 */
export async function writeSettlement(
  tx: Transaction<Tables>,
  actor: Actor,
  input: SettleInput,
): Promise<{ appointmentId: string; status: SettleInput['status'] } | Refused> {
  const held = await lockWithSlot(tx, actor.countyId, input.appointmentId);
  if (!held) return refused('not-found');
  const { desk } = input;
  if (desk && (held.resident_id !== desk.residentId || held.organization_id !== desk.organizationId))
    return refused('not-found', { detail: '这不是这位居民在本中心的预约，请刷新后重选。' });
  if (held.status !== 'booked') return refused('appointment-settled');
  if (input.version !== undefined && held.version !== input.version) return refused('stale-version');
  const problem = whyNot(input, held);
  if (problem)
    return refused('invalid-input', { issues: [{ path: 'status', code: 'not-now', message: problem }] });
  if (input.status === 'cancelled') await countSlot(tx, actor.countyId, held.slot_id, -1);
  await sql`update appointment set status = ${input.status}, cancel_reason = ${input.status === 'cancelled' ? input.reason.trim() : null},
    changed_at = ${input.now}, version = version + 1
    where county_id = ${actor.countyId} and id = ${input.appointmentId}::uuid`.execute(tx);
  await cancelNotices(tx, actor.countyId, [input.appointmentId], input.now);
  await recordAudit(tx, actor, {
    action: `appointment.${input.status}`,
    residentId: held.resident_id,
    subject: input.appointmentId,
    now: input.now,
  });
  return { appointmentId: input.appointmentId, status: input.status };
}

interface HeldAppointment {
  readonly resident_id: string;
  readonly slot_id: string;
  readonly organization_id: string;
  readonly status: string;
  readonly version: number;
  readonly day: PlainDate;
  readonly ends: string;
}

/** Takes hold of the slot and then the booking, in the order in which booking and calling off take them. */
async function lockWithSlot(
  tx: Transaction<Tables>,
  countyId: string,
  appointmentId: string,
): Promise<HeldAppointment | undefined> {
  const whose = sql`county_id = ${countyId} and id = ${appointmentId}::uuid`;
  await sql`select 1 from clinic_slot where county_id = ${countyId}
    and id = (select slot_id from appointment where ${whose}) for no key update`.execute(tx);
  const { rows } = await sql<HeldAppointment>`
    select a.resident_id, a.slot_id, s.organization_id, a.status, a.version, s.day, s.ends from appointment a
    join clinic_slot s on s.county_id = a.county_id and s.id = a.slot_id
    where a.county_id = ${countyId} and a.id = ${appointmentId}::uuid for update of a`.execute(tx);
  return rows[0];
}

function whyNot(input: SettleInput, slot: { day: PlainDate; ends: string }): string | undefined {
  const today = dayInChina(input.now);
  if (input.status === 'cancelled' && input.reason.trim() === '') return '请写明取消原因。';
  if (input.status === 'cancelled' && slot.day < today) return '日子已过，不能取消；没有来的请记爽约。';
  if (input.status === 'arrived' && slot.day !== today) return `约在 ${slot.day}，只能在当天登记到诊。`;
  if (input.status === 'no-show' && !isOver(slot, input.now)) return '时段还没有结束，不能记爽约。';
  return undefined;
}

/** Marks that a booked person has come, from the reception of the centre where they are booked. */
export function arriveAppointment(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { appointmentId: string; residentId: string; now: Date },
): Promise<{ appointmentId: string; status: 'cancelled' | 'arrived' | 'no-show' } | Refused> {
  const { appointmentId, residentId, now } = input;
  const desk = { residentId, organizationId: actor.organizationId };
  return writeSettlement(tx, actor, { appointmentId, desk, now, status: 'arrived', reason: '' });
}
