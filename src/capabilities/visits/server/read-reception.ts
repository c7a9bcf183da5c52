import { sql, type Transaction } from 'kysely';
import { readFamilyPrompt } from '#capabilities/screening/server/public.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { firstPressureAge } from '../domain/first-visit-pressure.ts';
import type { ReceptionCard } from '../reception-contract.ts';
import { describeQueueRow, ofCentreOn, selectQueue } from './queue-lines.ts';
import { readArrival } from './read-arrival.ts';
import { isReturnedHere, isSentHere } from './read-centre-day.ts';
import { readDayDangers } from './read-day-dangers.ts';
import { readInformation } from './read-information.ts';

/** Days for which a referral is shown at the desk. */
const referralBackDays = 30;

interface More {
  readonly appointments: { id: string; title: string; starts: string; purpose: string }[];
  readonly referrals: {
    recordId: string;
    from: 'hospital' | 'village';
    on: string;
    diagnosis: string | null;
  }[];
  readonly episodes: { condition: string; state: string; dueOn: string | null; nextStep: string }[];
  readonly last_visit_on: PlainDate | null;
}

/** The card of a person at the front desk; undefined out of scope. */
export async function readReceptionCard(
  tx: Transaction<Tables>,
  actor: Actor,
  residentId: string,
  today: PlainDate,
): Promise<ReceptionCard | undefined> {
  const known = await readArrival(tx, actor, residentId, today);
  if (!known) return undefined;
  const open = await selectQueue(
    tx,
    sql`${ofCentreOn(actor, today)} and v.resident_id = ${residentId}::uuid and v.status = 'open'`,
    sql`v.created_at desc`,
    1,
  );
  const { rows } = await sql<More>`
    select
      (select coalesce(json_agg(json_build_object('id', a.id, 'title', s.title, 'starts', s.starts, 'purpose', a.purpose)
          order by s.starts), '[]')
        from appointment a join clinic_slot s on s.county_id = a.county_id and s.id = a.slot_id
        where a.county_id = ${actor.countyId} and a.resident_id = ${residentId}::uuid and a.status = 'booked'
          and s.day = ${today}::date and s.organization_id = ${actor.organizationId}::uuid) as appointments,
      (select coalesce(json_agg(x order by x."on" desc), '[]') from (
        select f.id as "recordId", f.occurred_on as "on",
          case f.form when 'referral-back' then 'hospital' else 'village' end as "from",
          coalesce(f.answers->>'diagnosis', f.answers->>'impression') as diagnosis
        from form_record f where f.county_id = ${actor.countyId} and f.resident_id = ${residentId}::uuid
          and f.form in ('referral-back','referral-out') and f.superseded_by is null and ${isSentHere(actor)}
          and f.occurred_on >= ${addDays(today, -referralBackDays)}::date
        union all
        select q.id, (q.back->>'backDate')::date, 'hospital', q.back->>'diagnosis'
        from referral_request q where q.resident_id = ${residentId}::uuid and ${isReturnedHere(actor)}
          and (q.back->>'backDate')::date >= ${addDays(today, -referralBackDays)}::date) x) as referrals,
      (select coalesce(json_agg(json_build_object('condition', e.condition, 'state', e.state, 'dueOn', e.due_on,
          'nextStep', e.next_step) order by e.condition), '[]')
        from condition_episode e where e.county_id = ${actor.countyId} and e.resident_id = ${residentId}::uuid
          and e.state <> 'closed') as episodes,
      (select max(v.arrived_on) from centre_visit v where v.county_id = ${actor.countyId}
        and v.resident_id = ${residentId}::uuid and v.arrived_on < ${today}::date) as last_visit_on`.execute(
    tx,
  );
  const more = rows[0];
  return {
    residentId,
    name: known.name,
    sex: known.sex,
    ageYears: known.ageYears,
    status: known.status,
    archiveNo: known.archive_no,
    organizationName: known.organization_name,
    programs: known.programs,
    contract: {
      state: known.contract ? 'signed' : known.standingDecline ? 'declined' : 'none',
      doctorName: known.contract?.doctorName ?? null,
      doctorRoom: known.doctorRoom,
      validTo: known.contract?.validTo ?? null,
      declinedReason: known.standingDecline,
    },
    firstPressure: {
      isDue: known.ageYears >= firstPressureAge(today) && !known.hasPressureThisYear,
      lastOn: known.pressureOn,
    },
    familyPrompt: await readFamilyPrompt(tx, actor, { residentId, today }),
    dangers: await readDayDangers(tx, actor.countyId, residentId, today),
    openVisit: open.rows[0] ? describeQueueRow(open.rows[0], today) : null,
    appointments: more?.appointments ?? [],
    referrals: (more?.referrals ?? []).map((one) => ({ ...one, diagnosis: one.diagnosis ?? '' })),
    episodes: more?.episodes ?? [],
    lastVisitOn: more?.last_visit_on ?? null,
    information: await readInformation(tx, actor.countyId, residentId, today),
  };
}
