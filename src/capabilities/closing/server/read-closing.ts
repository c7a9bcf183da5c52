import { sql, type Transaction } from 'kysely';
import type { FormAnswers } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { StatusEvent } from '../contract.ts';
import type { ContactMeans } from '../domain/closing-words.ts';
import { readSummaries } from './find-duplicates.ts';
import { readReachedOn } from './read-reached.ts';

interface EventRow {
  readonly id: string;
  readonly kind: string;
  readonly on_day: PlainDate;
  readonly source: string;
  readonly note: string | null;
  readonly detail: Record<string, unknown>;
  readonly undone_by_id: string | null;
  readonly recorded_at: Date;
  readonly by_name: string;
}

const toEvent = (row: EventRow): StatusEvent => ({
  id: row.id,
  kind: row.kind,
  onDay: row.on_day,
  source: row.source,
  note: row.note,
  detail: row.detail,
  undoneBy: row.undone_by_id,
  recordedAt: row.recorded_at.toISOString(),
  recordedByName: row.by_name,
});

const most = 50;

/** How a record came to its state: events, attempts to reach the person, a move that waits; undefined out of scope. */
export async function readClosing(
  tx: Transaction<Tables>,
  countyId: string,
  residentId: string,
  today: PlainDate,
) {
  const person = await tx
    .selectFrom('resident')
    .select(['status', 'version'])
    .where('county_id', '=', countyId)
    .where('id', '=', residentId)
    .executeTakeFirst();
  if (!person) return undefined;
  const events = await sql<EventRow>`
    select e.*, s.name as by_name from resident_status_event e
    join staff s on s.county_id = e.county_id and s.id = e.recorded_by
    where e.county_id = ${countyId} and e.resident_id = ${residentId}::uuid
    order by e.recorded_at desc, e.id desc limit ${most}`.execute(tx);
  const attempts = await sql<{
    id: string;
    on_day: PlainDate;
    means: ContactMeans;
    note: string;
    by_name: string;
  }>`
    select a.id, a.on_day, a.means, a.note, s.name as by_name from contact_attempt a
    join staff s on s.county_id = a.county_id and s.id = a.recorded_by
    where a.county_id = ${countyId} and a.resident_id = ${residentId}::uuid
    order by a.on_day desc, a.recorded_at desc limit ${most}`.execute(tx);
  const pending = await sql<{ id: string; to_name: string; requested_at: Date; reason: string }>`
    select h.id, o.name as to_name, h.requested_at, h.reason from handover h
    join organization o on o.county_id = h.county_id and o.id = h.to_organization_id
    where h.county_id = ${countyId} and h.resident_id = ${residentId}::uuid and h.status = 'pending'`.execute(
    tx,
  );
  const [waiting] = pending.rows;
  return {
    status: person.status,
    version: person.version,
    events: events.rows.map(toEvent),
    reachedOn: (await readReachedOn(tx, countyId, residentId, today)) ?? null,
    attempts: attempts.rows.map((row) => ({
      id: row.id,
      onDay: row.on_day,
      means: row.means,
      note: row.note,
      byName: row.by_name,
    })),
    handover: waiting
      ? {
          id: waiting.id,
          toName: waiting.to_name,
          requestedAt: waiting.requested_at.toISOString(),
          reason: waiting.reason,
        }
      : null,
  };
}

/** What a receiving place outside the county needs to go on: who, which programmes, the last sheet of each kind. */
export async function readTransferSummary(
  tx: Transaction<Tables>,
  countyId: string,
  residentId: string,
  today: PlainDate,
) {
  const person = (await readSummaries(tx, countyId, [residentId], today)).get(residentId);
  const row = await tx
    .selectFrom('resident')
    .select(['id', 'id_no', 'status_on', 'personal_information'])
    .where('county_id', '=', countyId)
    .where('id', '=', residentId)
    .executeTakeFirst();
  if (!person || !row) return undefined;
  const enrollments = await tx
    .selectFrom('enrollment')
    .select(['program', 'enrolled_on', 'diagnosed_on'])
    .where('county_id', '=', countyId)
    .where('resident_id', '=', residentId)
    .where((eb) => eb.or([eb('closed_on', 'is', null), eb('close_reason', '=', 'moved')]))
    .orderBy('program')
    .execute();
  const sheets = await sql<{
    form: string;
    form_edition: string;
    occurred_on: PlainDate;
    answers: FormAnswers;
  }>`
    select distinct on (form) id, form, form_edition, occurred_on, answers from form_record
    where county_id = ${countyId} and resident_id = ${residentId}::uuid and superseded_by is null and status = 'complete'
      and (form like '%-follow-up' or form = 'annual-checkup')
    order by form, occurred_on desc, received_at desc`.execute(tx);
  const moved = await sql<{ destination: string | null }>`
    select detail ->> 'destination' as destination from resident_status_event
    where county_id = ${countyId} and resident_id = ${residentId}::uuid and kind = 'moved' and undone_by_id is null
    order by recorded_at desc limit 1`.execute(tx);
  return {
    person,
    idNo: row.id_no,
    statusOn: row.status_on,
    destination: moved.rows[0]?.destination ?? null,
    personalInformation: { ...row.personal_information },
    enrollments: enrollments.map((one) => ({
      program: one.program,
      enrolledOn: one.enrolled_on,
      diagnosedOn: one.diagnosed_on,
    })),
    lastSheets: sheets.rows.map((one) => ({
      form: one.form,
      formEdition: one.form_edition,
      occurredOn: one.occurred_on,
      answers: { ...one.answers },
    })),
  };
}
