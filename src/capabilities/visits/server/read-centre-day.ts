import { sql, type Transaction } from 'kysely';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { CentreDay } from '../reception-contract.ts';
import { ofCentreOn } from './queue-lines.ts';

/** Days for which a return slip waits at the desk; most lines shown of each list. */
const [referralDays, mostLines] = [7, 200];

interface Row {
  readonly rooms: { id: string; room: string; doctorId: string; doctorName: string }[];
  readonly waiting: number;
  readonly in_room: number;
  readonly done: number;
  readonly appointments: CentreDay['appointments'];
  readonly referrals: CentreDay['referrals'];
}

/** A hospital's return slip, or a village's referral that names this centre, as `f`. */
export const isSentHere = (actor: Actor) =>
  sql`(f.form = 'referral-back' or f.answers->>'toOrg' = ${actor.organizationName})`;

/** A referral that came back to this house: its own, or of a person it manages, as `q`. */
export const isReturnedHere = (actor: Actor) => sql`q.county_id = ${actor.countyId}
  and (q.from_organization_id = ${actor.organizationId}::uuid and q.back_to_organization_id is null
    or q.back_to_organization_id = ${actor.organizationId}::uuid) and q.status in ('returned','taken-on')`;

/** The centre today in one round trip: rooms, how many wait, who is booked, who was sent here by a hospital or a village. */
export async function readCentreDay(
  tx: Transaction<Tables>,
  actor: Actor,
  today: PlainDate,
): Promise<CentreDay> {
  const { rows } = await sql<Row>`
    select
      (select coalesce(json_agg(json_build_object('id', d.id, 'room', d.room, 'doctorId', d.doctor_id, 'doctorName', s.name)
          order by d.room), '[]')
        from room_duty d join staff s on s.county_id = d.county_id and s.id = d.doctor_id
        where d.county_id = ${actor.countyId} and d.organization_id = ${actor.organizationId}::uuid
          and d.on_day = ${today}::date and d.closed_at is null) as rooms,
      q.waiting, q.in_room, q.done,
      (select coalesce(json_agg(x), '[]') from (
        select a.id, a.resident_id as "residentId", r.name, s.title, s.starts, a.purpose, a.status
        from clinic_slot s join appointment a on a.county_id = s.county_id and a.slot_id = s.id
          and a.status in ('booked','arrived')
        join resident r on r.county_id = a.county_id and r.id = a.resident_id
        where s.county_id = ${actor.countyId} and s.day = ${today}::date and s.organization_id = ${actor.organizationId}::uuid
          and s.withdrawn_at is null
        order by a.status desc, s.starts, a.id limit ${mostLines}) x) as appointments,
      (select coalesce(json_agg(x), '[]') from (
        select f.id as "recordId", f.resident_id as "residentId", r.name, f.occurred_on as "on",
          case f.form when 'referral-back' then 'hospital' else 'village' end as "from"
        from form_record f join resident r on r.county_id = f.county_id and r.id = f.resident_id
        where f.county_id = ${actor.countyId} and f.form in ('referral-back','referral-out') and f.superseded_by is null
          and ${isSentHere(actor)}
          and f.occurred_on >= ${addDays(today, -referralDays)}::date
          and not exists (select 1 from centre_visit v where v.county_id = f.county_id and v.resident_id = f.resident_id
            and v.arrived_on >= f.occurred_on and v.entry = 'A4')
        union all
        select q.id, q.resident_id, r.name, (q.back->>'backDate')::date, 'hospital'
        from referral_request q join resident r on r.county_id = q.county_id and r.id = q.resident_id and r.status = 'active'
        where ${isReturnedHere(actor)} and q.status not in ('taken-on','withdrawn')
          and not exists (select 1 from centre_visit v where v.county_id = q.county_id and v.resident_id = q.resident_id
            and v.arrived_on >= (q.back->>'backDate')::date and v.entry = 'A4')
        order by "on" desc, "recordId" limit ${mostLines}) x) as referrals
    from (select count(*) filter (where v.status = 'open' and v.called_at is null)::int as waiting,
        count(*) filter (where v.status = 'open' and v.called_at is not null)::int as in_room,
        count(*) filter (where v.status <> 'open')::int as done
      from centre_visit v where ${ofCentreOn(actor, today)}) q`.execute(tx);
  const row = rows[0];
  return {
    today,
    organizationName: actor.organizationName,
    rooms: (row?.rooms ?? []).map((one) => ({ ...one, isMine: one.doctorId === actor.staffId })),
    counts: { waiting: row?.waiting ?? 0, inRoom: row?.in_room ?? 0, done: row?.done ?? 0 },
    appointments: row?.appointments ?? [],
    referrals: row?.referrals ?? [],
  };
}
