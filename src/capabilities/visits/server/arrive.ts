import { sql, type Transaction } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { arriveAppointment } from '#capabilities/appointments/server/public.ts';
import { readFamilyPrompt } from '#capabilities/screening/server/public.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { firstPressureAge } from '../domain/first-visit-pressure.ts';
import type { EntryBox } from '../domain/flow-boxes.ts';
import { generalRoom, printQueueNumber, priorityOf } from '../domain/queue-order.ts';
import { openDanger } from './danger-events.ts';
import { fileFirstPressure } from './file-first-pressure.ts';
import { readFlowSettings } from './flow-settings.ts';
import { describeQueueRow, ofCentreOn, selectQueue } from './queue-lines.ts';
import { readArrival } from './read-arrival.ts';
import { readDayDangers } from './read-day-dangers.ts';
import { appendSteps, type Stop, walkVisit } from './walk-visit.ts';

export interface ArrivalInput {
  readonly operationId: string;
  readonly residentId: string;
  readonly visitId: string;
  readonly entry: EntryBox;
  readonly question: string;
  readonly appointmentId?: string | undefined;
  readonly information: readonly { readonly source: string; readonly on: PlainDate; readonly text: string }[];
  readonly pressure?: { readonly sbp: number; readonly dbp: number } | undefined;
  readonly pressureRefusal?: string | undefined;
  readonly declinedReason?: string | undefined;
  readonly dangerSign?: string | undefined;
  readonly today: PlainDate;
  readonly now: Date;
}

const missing = (path: string, message: string) =>
  refused('invalid-input', { issues: [{ path, code: 'missing', message }] });

/**
 * From the door to the queue in one act: the entry, the information with its sources, the first-visit pressure or why
 * not, the contract or why not, and a number for the right room. Two desks at once: one wins, the other is told the number.
 */
export async function arriveAtCentre(tx: Transaction<Tables>, actor: Actor, input: ArrivalInput) {
  const known = await readArrival(tx, actor, input.residentId, input.today);
  if (!known) return refused('not-found');
  if (known.status !== 'active') return refused('record-closed');
  const isFirst = known.ageYears >= firstPressureAge(input.today) && !known.hasPressureThisYear;
  if (isFirst && !input.pressure && !input.pressureRefusal?.trim())
    return missing('pressure', '35岁及以上首诊须测血压；不能测的请写明原因。');
  const isSigned = known.contract !== null;
  const declined = input.declinedReason?.trim() || known.standingDecline;
  if (!isSigned && !declined) return missing('declinedReason', '请先签约，或记下居民暂不签约的原因。');
  if (input.information.some((one) => one.on > input.today))
    return missing('information', '信息的日期不能晚于今天。');

  // Asked before the pressure of today is filed: that is a screening of its own.
  const { residentId, today } = input;
  const familyPrompt = await readFamilyPrompt(tx, actor, { residentId, today });
  const taken = await takeNumber(tx, actor, input, known.org_path);
  if ('kind' in taken) return taken;
  if (!isSigned && input.declinedReason?.trim()) await recordDecline(tx, actor, input, known.org_path);
  const pressure = input.pressure
    ? await fileFirstPressure(tx, actor, { ...input, pressure: input.pressure, known })
    : undefined;
  if (pressure && 'kind' in pressure) return pressure;

  const visit = {
    id: input.visitId,
    resident_id: input.residentId,
    org_path: known.org_path,
    box: input.entry,
  };
  await appendSteps(
    tx,
    actor,
    visit,
    [{ box: input.entry, content: input.question ? { question: input.question } : {} }],
    input.now,
  );
  const settings = (await readFlowSettings(tx, actor.countyId)).settings;
  const facts = {
    contract: isSigned ? ('signed' as const) : declined ? ('declined' as const) : ('none' as const),
    familyDoctorPresent: known.doctorRoom !== null,
  };
  const room = isSigned && known.doctorRoom ? 'B1' : 'B2';
  const stops: Stop[] = [
    {
      to: 'A5',
      content: {
        information: input.information,
        ...(pressure ? { pressure: input.pressure, pressureText: pressure.text } : {}),
        ...(input.pressureRefusal ? { pressureRefusal: input.pressureRefusal } : {}),
        ...(input.dangerSign ? { dangerSign: input.dangerSign } : {}),
      },
    },
    { to: 'A6', ...(familyPrompt ? { content: { familyPrompt } } : {}) },
    ...(isSigned ? [] : ([{ to: 'A8', content: { declined } }] as const)),
    { to: room },
  ];
  const walked = await walkVisit(tx, actor, visit, facts, settings, stops, input.now);
  if (typeof walked !== 'string') return walked;

  const dangers = await readDayDangers(tx, actor.countyId, input.residentId, input.today);
  const isCrisis =
    pressure?.isCrisis === true || dangers.length > 0 || (input.dangerSign ?? '').trim() !== '';
  if (isCrisis)
    await openDanger(tx, actor, {
      residentId: input.residentId,
      orgPath: visit.org_path,
      source: 'arrival',
      what: [input.dangerSign?.trim(), pressure?.isCrisis ? pressure.text : '', ...dangers]
        .filter((one) => one)
        .join('；'),
      today: input.today,
      now: input.now,
    });
  const priority = priorityOf({ isCrisis, isContracted: isSigned });
  const doctorId = room === 'B1' ? (known.contract?.doctorId ?? null) : null;
  const roomName = room === 'B1' ? known.doctorRoom : generalRoom;
  await sql`
    update centre_visit set box = ${walked}, room = ${roomName}, doctor_id = ${doctorId}::uuid, priority = ${priority},
      contract = ${facts.contract}
    where county_id = ${actor.countyId} and id = ${input.visitId}::uuid`.execute(tx);
  if (input.appointmentId) {
    const { appointmentId, residentId, now } = input;
    const met = await arriveAppointment(tx, actor, { appointmentId, residentId, now });
    if ('kind' in met) return met;
  }
  await recordAudit(tx, actor, {
    action: 'visit.arrive',
    residentId: input.residentId,
    subject: input.visitId,
    detail: { entry: input.entry, priority },
    now: input.now,
  });
  return {
    visitId: input.visitId,
    queueNo: printQueueNumber(taken.queueNo),
    room: roomName ?? generalRoom,
    priority,
    waitingBefore: await countBefore(tx, actor, input, priority, taken.queueNo, doctorId),
    pressureText: pressure?.text ?? null,
    dangers,
  };
}

/** A number of the day for the person; refused with the number they hold when they are already here. */
async function takeNumber(
  tx: Transaction<Tables>,
  actor: Actor,
  input: ArrivalInput,
  orgPath: string,
): Promise<{ queueNo: number } | Refused> {
  // Numbers of one centre and day are given one after the other.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`queue:${actor.countyId}:${actor.organizationId}:${input.today}`}, 0))`.execute(
    tx,
  );
  // A visit that rested until another day ends when the person comes again.
  await sql`update centre_visit set status = 'closed', closed_at = ${input.now}, version = version + 1
    where county_id = ${actor.countyId} and resident_id = ${input.residentId}::uuid
      and (status = 'resting' or (status = 'open' and arrived_on < ${input.today}::date))`.execute(tx);
  const { rows } = await sql<{ queue_no: number }>`
    insert into centre_visit (county_id, id, resident_id, organization_id, org_path, arrived_on, entry, box, queue_no,
      appointment_id, created_at, created_by)
    select ${actor.countyId}, ${input.visitId}::uuid, ${input.residentId}::uuid, ${actor.organizationId}::uuid, ${orgPath},
      ${input.today}::date, ${input.entry}, ${input.entry}, coalesce(max(queue_no), 0) + 1,
      ${input.appointmentId ?? null}::uuid, ${input.now}, ${actor.staffId}::uuid
    from centre_visit v where ${ofCentreOn(actor, input.today)}
    on conflict (county_id, organization_id, resident_id, arrived_on) where status = 'open' do nothing
    returning queue_no`.execute(tx);
  if (rows[0]) return { queueNo: rows[0].queue_no };
  const held = await selectQueue(
    tx,
    sql`${ofCentreOn(actor, input.today)} and v.resident_id = ${input.residentId}::uuid and v.status = 'open'`,
    sql`v.created_at desc`,
    1,
  );
  const line = held.rows[0] && describeQueueRow(held.rows[0], input.today);
  return refused('already-queued', {
    ...(line
      ? {
          detail: `已取号 ${line.queueNo}，${line.room}。`,
          extra: { visitId: line.visitId, queueNo: line.queueNo, room: line.room },
        }
      : {}),
  });
}

async function recordDecline(tx: Transaction<Tables>, actor: Actor, input: ArrivalInput, orgPath: string) {
  await tx
    .insertInto('contract_offer')
    .values({
      county_id: actor.countyId,
      id: uuidv7(),
      resident_id: input.residentId,
      org_path: orgPath,
      on_day: input.today,
      outcome: 'declined',
      reason: (input.declinedReason ?? '').trim(),
      recorded_at: input.now,
      recorded_by: actor.staffId,
    })
    .execute();
}

async function countBefore(
  tx: Transaction<Tables>,
  actor: Actor,
  input: ArrivalInput,
  priority: number,
  queueNo: number,
  doctorId: string | null,
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from centre_visit v where ${ofCentreOn(actor, input.today)} and v.status = 'open'
      and v.called_at is null and (v.doctor_id is null or v.doctor_id = ${doctorId}::uuid)
      and (v.priority, v.skipped, v.queue_no) < (${priority}, 0, ${queueNo})`.execute(tx);
  return rows[0]?.n ?? 0;
}
