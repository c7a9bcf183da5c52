import { sql, type Transaction } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import { type FieldIssue, type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { ScheduleLine } from '../contract.ts';
import { planSlots, type SlotKind } from '../domain/plan-slots.ts';
import { isOver } from '../domain/slot-time.ts';

const invalid = (...issues: FieldIssue[]) => refused('invalid-input', { issues });

/** Where and when somebody sees patients, as it is typed. */
interface ClinicInput {
  readonly organizationId: string;
  readonly kind: SlotKind;
  readonly title: string;
  readonly doctorId: string | null;
  readonly starts: string;
  readonly ends: string;
  readonly capacity: number;
}

/** The weekly lines in the actor's scope. */
export async function readSchedules(tx: Transaction<Tables>, actor: Actor): Promise<ScheduleLine[]> {
  const { rows } = await sql<{
    id: string;
    kind: SlotKind;
    organization_id: string;
    organization_name: string;
    title: string;
    doctor_id: string | null;
    doctor_name: string | null;
    weekday: number;
    starts: string;
    ends: string;
    capacity: number;
    version: number;
  }>`
    select c.id, c.kind, c.organization_id, o.name as organization_name, c.title, c.doctor_id, d.name as doctor_name,
      c.weekday, c.starts, c.ends, c.capacity, c.version
    from clinic_schedule c
    join organization o on o.county_id = c.county_id and o.id = c.organization_id
    left join staff d on d.county_id = c.county_id and d.id = c.doctor_id
    where c.county_id = ${actor.countyId} and c.retired_at is null and starts_with(o.scope_path, ${actor.scopePath})
    order by o.position, o.path, c.title, c.weekday, c.starts limit 1000`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    organizationId: row.organization_id,
    organizationName: row.organization_name,
    title: row.title,
    doctorId: row.doctor_id,
    doctorName: row.doctor_name,
    weekday: row.weekday,
    starts: row.starts,
    ends: row.ends,
    capacity: row.capacity,
    version: row.version,
  }));
}

/** Organizations and doctors the actor may schedule. */
export async function readSchedulable(tx: Transaction<Tables>, actor: Actor) {
  const organizations = await sql<{ id: string; name: string; kind: string }>`
    select id, name, kind from organization where county_id = ${actor.countyId}
      and starts_with(scope_path, ${actor.scopePath}) and kind in ('county-hospital','township-centre','village-clinic')
    order by position, path limit 1000`.execute(tx);
  const doctors = await sql<{ id: string; name: string; organization_id: string }>`
    select s.id, s.name, s.organization_id from staff s
    join organization o on o.county_id = s.county_id and o.id = s.organization_id
    where s.county_id = ${actor.countyId} and s.disabled_at is null and starts_with(o.scope_path, ${actor.scopePath})
      and s.role in ('village-doctor','township-doctor','township-public-health-doctor','county-specialist')
    order by o.position, o.path, s.name limit 2000`.execute(tx);
  const made = await sql<{ day: PlainDate | null }>`
    select max(s.day) as day from clinic_slot s
    join organization o on o.county_id = s.county_id and o.id = s.organization_id
    where s.county_id = ${actor.countyId} and s.schedule_id is not null
      and starts_with(o.scope_path, ${actor.scopePath})`.execute(tx);
  return {
    organizations: organizations.rows,
    doctors: doctors.rows.map((row) => ({ id: row.id, name: row.name, organizationId: row.organization_id })),
    madeThrough: made.rows[0]?.day ?? null,
  };
}

/**
 * Whom a clinic is offered to: the subtree its organization works for, the whole county for the lead hospital. Refuses an
 * organization outside the actor's own scope, a kind that does not fit it, hours that end before they begin.
 */
async function checkClinic(
  tx: Transaction<Tables>,
  actor: Actor,
  input: ClinicInput,
): Promise<{ orgPath: string } | Refused> {
  const { rows } = await sql<{ scope_path: string; kind: string }>`
    select scope_path, kind from organization
    where county_id = ${actor.countyId} and id = ${input.organizationId}::uuid`.execute(tx);
  const [place] = rows;
  if (!place?.scope_path.startsWith(actor.scopePath)) return refused('not-found');
  const issues: FieldIssue[] = [];
  if ((input.kind === 'lead-hospital') !== (place.kind === 'county-hospital'))
    issues.push({
      path: 'kind',
      code: 'mismatch',
      message: '牵头医院号源只能由县级医院放出，其他类别由基层机构放出。',
    });
  if (input.ends <= input.starts)
    issues.push({ path: 'ends', code: 'order', message: '结束时间应晚于开始时间。' });
  if (input.doctorId !== null && !(await isOnDuty(tx, actor, input.doctorId)))
    issues.push({ path: 'doctorId', code: 'unknown', message: '请选择在岗的医生。' });
  return issues.length > 0 ? invalid(...issues) : { orgPath: place.scope_path };
}

async function isOnDuty(tx: Transaction<Tables>, actor: Actor, doctorId: string): Promise<boolean> {
  const found = await tx
    .selectFrom('staff')
    .select('id')
    .where('county_id', '=', actor.countyId)
    .where('id', '=', doctorId)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  return found !== undefined;
}

/** Adds a weekly line; its slots appear with the next making. */
export async function writeSchedule(
  tx: Transaction<Tables>,
  actor: Actor,
  input: ClinicInput & { scheduleId: string; weekday: number; now: Date },
): Promise<{ scheduleId: string } | Refused> {
  const checked = await checkClinic(tx, actor, input);
  if ('kind' in checked) return checked;
  await sql`
    insert into clinic_schedule (county_id, id, organization_id, org_path, kind, title, doctor_id, weekday, starts, ends,
      capacity, created_at, created_by)
    values (${actor.countyId}, ${input.scheduleId}::uuid, ${input.organizationId}::uuid, ${checked.orgPath},
      ${input.kind}, ${input.title.trim()}, ${input.doctorId}::uuid, ${input.weekday}, ${input.starts}, ${input.ends},
      ${input.capacity}, ${input.now}, ${actor.staffId}::uuid)`.execute(tx);
  await recordAudit(tx, actor, { action: 'schedule.add', subject: input.scheduleId, now: input.now });
  return { scheduleId: input.scheduleId };
}

/** Takes a weekly line out of use; slots it has made stay. */
export async function closeSchedule(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { scheduleId: string; version: number; now: Date },
): Promise<{ scheduleId: string } | Refused> {
  const { rows } = await sql<{ version: number; retired_at: Date | null; scope_path: string }>`
    select c.version, c.retired_at, o.scope_path from clinic_schedule c
    join organization o on o.county_id = c.county_id and o.id = c.organization_id
    where c.county_id = ${actor.countyId} and c.id = ${input.scheduleId}::uuid for update of c`.execute(tx);
  const [held] = rows;
  if (!held?.scope_path.startsWith(actor.scopePath)) return refused('not-found');
  if (held.retired_at !== null || held.version !== input.version) return refused('stale-version');
  await sql`update clinic_schedule set retired_at = ${input.now}, version = version + 1
    where county_id = ${actor.countyId} and id = ${input.scheduleId}::uuid`.execute(tx);
  await recordAudit(tx, actor, { action: 'schedule.retire', subject: input.scheduleId, now: input.now });
  return { scheduleId: input.scheduleId };
}

/** Releases one slot by hand: an extra clinic, a free clinic in a village. Refuses a time that is over. */
export async function writeSlot(
  tx: Transaction<Tables>,
  actor: Actor,
  input: ClinicInput & { slotId: string; day: PlainDate; now: Date },
): Promise<{ slotId: string } | Refused> {
  const checked = await checkClinic(tx, actor, input);
  if ('kind' in checked) return checked;
  if (isOver(input, input.now)) return refused('slot-past');
  await sql`
    insert into clinic_slot (county_id, id, organization_id, org_path, kind, title, doctor_id, day, starts, ends,
      capacity, created_at, created_by)
    values (${actor.countyId}, ${input.slotId}::uuid, ${input.organizationId}::uuid, ${checked.orgPath}, ${input.kind},
      ${input.title.trim()}, ${input.doctorId}::uuid, ${input.day}::date, ${input.starts}, ${input.ends},
      ${input.capacity}, ${input.now}, ${actor.staffId}::uuid)`.execute(tx);
  await recordAudit(tx, actor, { action: 'slot.release', subject: input.slotId, now: input.now });
  return { slotId: input.slotId };
}

/** Makes the slots of the weekly lines over the coming days; those there are already stay as they are. */
export async function makeSlotsOf(
  tx: Transaction<Tables>,
  input: { countyId: string; scopePath: string; from: PlainDate; days: number; now: Date },
): Promise<{ made: number; through: PlainDate }> {
  const lines = await sql<{ id: string; weekday: number; starts: string; ends: string; capacity: number }>`
    select c.id, c.weekday, c.starts, c.ends, c.capacity from clinic_schedule c
    join organization o on o.county_id = c.county_id and o.id = c.organization_id
    where c.county_id = ${input.countyId} and c.retired_at is null
      and starts_with(o.scope_path, ${input.scopePath})`.execute(tx);
  const slots = planSlots(lines.rows, input.from, input.days).map((one) => ({ ...one, id: uuidv7() }));
  const { rows } = await sql`
    insert into clinic_slot (county_id, id, organization_id, org_path, kind, title, doctor_id, day, starts, ends,
      capacity, created_at, created_by, schedule_id)
    select c.county_id, x.id, c.organization_id, c.org_path, c.kind, c.title, c.doctor_id, x.day, c.starts, c.ends,
      c.capacity, ${input.now}, c.created_by, c.id
    from jsonb_to_recordset(${JSON.stringify(slots)}::jsonb) as x (id uuid, "scheduleId" uuid, day date)
    join clinic_schedule c on c.county_id = ${input.countyId} and c.id = x."scheduleId"
    on conflict (county_id, schedule_id, day) where schedule_id is not null do nothing returning id`.execute(
    tx,
  );
  return { made: rows.length, through: addDays(input.from, input.days - 1) };
}
