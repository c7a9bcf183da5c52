import { sql, type Transaction } from 'kysely';
import { personalConditions } from '#capabilities/assessment/domain/personal-conditions.ts';
import { contractOnDay } from '#capabilities/contracts/server/public.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { addDays, ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';

/** Days for which a reason not to sign is not asked again. */
const declineStandsDays = 90;

interface Row {
  readonly name: string;
  readonly sex: string;
  readonly birth_date: PlainDate;
  readonly status: string;
  readonly archive_no: string;
  readonly id_no: string | null;
  readonly phone: string | null;
  readonly personal_information: FormAnswers;
  readonly org_path: string;
  readonly organization_name: string;
  readonly programs: string[];
  readonly doctor_id: string | null;
  readonly doctor_name: string | null;
  readonly valid_to: PlainDate | null;
  readonly doctor_room: string | null;
  readonly declined: string | null;
  readonly pressure_on: PlainDate | null;
  readonly confirmed: boolean;
}

export type Arrival = NonNullable<Awaited<ReturnType<typeof readArrival>>>;

/** What the front desk must know of a person, in one round trip; undefined out of scope. */
export async function readArrival(
  tx: Transaction<Tables>,
  actor: Actor,
  residentId: string,
  today: PlainDate,
) {
  const { rows } = await sql<Row>`
    select r.id, r.name, r.sex, r.birth_date, r.status, r.archive_no, r.id_no, r.phone, r.personal_information, r.org_path,
      o.name as organization_name,
      (select coalesce(array_agg(e.program order by e.program), '{}') from enrollment e where e.county_id = r.county_id
        and e.resident_id = r.id and e.closed_on is null) as programs,
      c.doctor_id, s.name as doctor_name, c.valid_to,
      (select d.room from room_duty d where d.county_id = r.county_id and d.organization_id = ${actor.organizationId}::uuid
        and d.on_day = ${today}::date and d.doctor_id = c.doctor_id and d.closed_at is null) as doctor_room,
      (select f.reason from contract_offer f where f.county_id = r.county_id and f.resident_id = r.id
        and f.outcome in ('declined','later') and f.on_day >= ${addDays(today, -declineStandsDays)}::date
        order by f.on_day desc limit 1) as declined,
      (select max(m.occurred_on) from measurement m
        join form_record f on f.county_id = m.county_id and f.id = m.record_id and f.superseded_by is null
        where m.county_id = r.county_id and m.resident_id = r.id
        and m.kind = 'sbp' and m.context is distinct from 'self-test' and m.context is distinct from 'home') as pressure_on,
      exists (select 1 from condition_episode e where e.county_id = r.county_id and e.resident_id = r.id
        and e.condition = 'hypertension' and e.state in ('confirmed','enrolled')) as confirmed
    from resident r
    join organization o on o.county_id = r.county_id and o.id = r.organization_id
    left join ${contractOnDay(today)} c on ${today}::date between c.valid_from and c.valid_to
    left join staff s on s.county_id = c.county_id and s.id = c.doctor_id
    where r.county_id = ${actor.countyId} and r.id = ${residentId}::uuid`.execute(tx);
  const [row] = rows;
  if (!row) return undefined;
  const told = personalConditions(row.personal_information);
  return {
    ...row,
    ageYears: ageInYears(row.birth_date, today),
    contract:
      row.doctor_id === null
        ? null
        : { doctorId: row.doctor_id, doctorName: row.doctor_name, validTo: row.valid_to },
    doctorRoom: row.doctor_room,
    standingDecline: row.declined,
    pressureOn: row.pressure_on,
    hasPressureThisYear: row.pressure_on !== null && row.pressure_on.slice(0, 4) === today.slice(0, 4),
    knownHypertension:
      row.confirmed || row.programs.includes('hypertension') || told.includes('hypertension'),
  };
}
