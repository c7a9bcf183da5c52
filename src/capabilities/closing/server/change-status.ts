import { sql, type Transaction } from 'kysely';
import { datePartsOf, type PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { ResidentTable } from '#platform/server/database/resident-table.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { whyNoAttempt } from '../domain/check-attempt.ts';
import { checkEnding } from '../domain/check-ending.ts';
import type { ContactMeans, EndingKind } from '../domain/closing-words.ts';
import { endEverything, reckonAgain, residentTable } from './end-record.ts';
import { readReachedOn } from './read-reached.ts';
import { restoreRows } from './row-changes.ts';

interface EndInput {
  readonly residentId: string;
  readonly eventId: string;
  /** Of the record as the user saw it; absent where a phone tells it, which holds the programmes' versions instead. */
  readonly version?: number | undefined;
  readonly kind: EndingKind;
  readonly onDay: PlainDate;
  readonly source: string;
  readonly note: string;
  readonly cause?: string | undefined;
  readonly destination?: string | undefined;
  readonly reviewOn?: PlainDate | undefined;
  readonly today: PlainDate;
  readonly now: Date;
}

/** Which ending a record in a state may have; a person lost may still die or turn out to have moved. */
const possible: Readonly<Record<string, readonly EndingKind[]>> = {
  active: ['dead', 'moved', 'lost', 'refused'],
  lost: ['dead', 'moved'],
  moved: ['dead'],
};

/** Ends a record: the person's open work ends with it, the years are judged again, and who, when and why are kept. */
export async function endResidentRecord(
  tx: Transaction<Tables>,
  actor: Actor,
  tables: readonly ResidentTable[],
  input: EndInput,
): Promise<{ eventId: string; version: number } | Refused> {
  const { countyId } = actor;
  const person = await lockPerson(tx, countyId, input.residentId);
  if (!person) return refused('not-found');
  if (input.version !== undefined && person.version !== input.version) return refused('stale-version');
  if (!possible[person.status]?.includes(input.kind)) return refused('record-closed');
  const seen = await readContacts(tx, countyId, input.residentId, input.today);
  const issues = checkEnding({
    ...input,
    birthDate: person.birth_date,
    reviewOn: input.reviewOn,
    destination: input.destination,
    ...seen,
  });
  const isOnlyTooFew = issues.every((one) => one.code === 'too-few');
  if (issues.length > 0) return refused(isOnlyTooFew ? 'too-few-attempts' : 'invalid-input', { issues });
  const detail = { cause: input.cause, destination: input.destination, reviewOn: input.reviewOn };
  await insertEvent(tx, actor, {
    ...input,
    id: input.eventId,
    orgPath: person.org_path,
    source: input.source || input.destination || '—',
    detail,
    undoesId: null,
  });
  const { residentId, kind, onDay, now } = input;
  await endEverything(tx, tables, {
    kind,
    countyId,
    residentId,
    staffId: actor.staffId,
    onDay,
    now,
    causeId: input.eventId,
    orgPath: person.org_path,
    status: kind === 'refused' ? undefined : kind,
    note: [input.destination, input.note].filter(Boolean).join('；') || null,
  });
  const years = yearsOf(onDay, input.today);
  await reckonAgain(tx, tables, { countyId, residentIds: [residentId], years, today: input.today });
  await recordAudit(tx, actor, { action: `resident.${kind}`, residentId, subject: input.eventId, now });
  return { eventId: input.eventId, version: await readVersion(tx, countyId, residentId) };
}

/**
 * Takes an ending back: after a mistake, or because somebody who was lost has returned. What it had ended goes on as it
 * was; only the last ending can be taken back, once.
 */
export async function reopenResidentRecord(
  tx: Transaction<Tables>,
  actor: Actor,
  tables: readonly ResidentTable[],
  input: {
    residentId: string;
    eventId: string;
    version: number;
    undoesId: string;
    reason: string;
    today: PlainDate;
    now: Date;
  },
): Promise<{ eventId: string; version: number } | Refused> {
  const { countyId } = actor;
  const { residentId, now, today } = input;
  const person = await lockPerson(tx, countyId, residentId);
  if (!person) return refused('not-found');
  if (person.version !== input.version) return refused('stale-version');
  // Merged away, its facts are the kept record's now: opened again it would be a second record of one person.
  if (person.status === 'closed')
    return refused('record-closed', { detail: '这份档案已并入另一份，请先撤销合并。' });
  if (input.reason.trim() === '')
    return refused('invalid-input', {
      issues: [{ path: 'reason', code: 'missing', message: '请写明原因。' }],
    });
  const last = await sql<{ id: string; kind: string; on_day: PlainDate }>`
    select id, kind, on_day from resident_status_event
    where county_id = ${countyId} and resident_id = ${residentId}::uuid and undone_by_id is null and undoes_id is null
      and detail ->> 'enrollmentId' is null
    order by recorded_at desc, id desc limit 1`.execute(tx);
  const [undone] = last.rows;
  if (undone?.id !== input.undoesId)
    return refused('not-found', { detail: '只能撤回最近一次、尚未撤回的状态改变。' });
  const clash = await findNewerOpen(tx, countyId, residentId, undone.id);
  if (clash)
    return refused('already-exists', { detail: '之后已重新纳入管理或签约；请先结束新的一份，再撤回。' });
  await insertEvent(tx, actor, {
    residentId,
    id: input.eventId,
    kind: undone.kind === 'lost' ? 'returned' : 'reopened',
    onDay: today,
    orgPath: person.org_path,
    source: undone.kind === 'lost' ? '居民已联系上' : '误操作',
    note: input.reason.trim(),
    detail: {},
    undoesId: undone.id,
    now,
  });
  await sql`update resident_status_event set undone_by_id = ${input.eventId}::uuid
    where county_id = ${countyId} and id = ${undone.id}::uuid`.execute(tx);
  await restoreRows(tx, { countyId, causeId: undone.id, now, tables: [residentTable, ...tables] });
  await sql`update resident set version = version + 1, updated_at = ${now}
    where county_id = ${countyId} and id = ${residentId}::uuid`.execute(tx);
  const years = yearsOf(undone.on_day, today);
  await reckonAgain(tx, tables, { countyId, residentIds: [residentId], years, today });
  await recordAudit(tx, actor, {
    action: 'resident.reopen',
    residentId,
    subject: undone.id,
    detail: { was: undone.kind },
    now,
  });
  return { eventId: input.eventId, version: await readVersion(tx, countyId, residentId) };
}

const yearsOf = (day: PlainDate, today: PlainDate) => {
  const [from, to] = [datePartsOf(day).year, datePartsOf(today).year];
  return Array.from({ length: Math.max(1, to - from + 1) }, (_, index) => from + index);
};

async function lockPerson(tx: Transaction<Tables>, countyId: string, residentId: string) {
  return tx
    .selectFrom('resident')
    .select(['status', 'version', 'birth_date', 'org_path'])
    .where('county_id', '=', countyId)
    .where('id', '=', residentId)
    .forUpdate()
    .executeTakeFirst();
}

async function readVersion(tx: Transaction<Tables>, countyId: string, residentId: string): Promise<number> {
  const row = await tx
    .selectFrom('resident')
    .select('version')
    .where('county_id', '=', countyId)
    .where('id', '=', residentId)
    .executeTakeFirstOrThrow();
  return row.version;
}

async function readContacts(tx: Transaction<Tables>, countyId: string, residentId: string, today: PlainDate) {
  const attempts = await tx
    .selectFrom('contact_attempt')
    .select('on_day')
    .where('county_id', '=', countyId)
    .where('resident_id', '=', residentId)
    .execute();
  const seen = await sql<{ day: PlainDate | null }>`
    select max(occurred_on) as day from form_record where county_id = ${countyId} and resident_id = ${residentId}::uuid
      and superseded_by is null and status = 'complete' and (mode in ('clinic','home') or form = 'annual-checkup')`.execute(
    tx,
  );
  return {
    attemptDays: attempts.map((one) => one.on_day),
    lastSeenOn: seen.rows[0]?.day ?? undefined,
    reachedOn: await readReachedOn(tx, countyId, residentId, today),
  };
}

/** Whether something was opened since that the restored rows would stand against. */
async function findNewerOpen(tx: Transaction<Tables>, countyId: string, residentId: string, causeId: string) {
  const { rows } = await sql`
    select 1 from changed_row c
    where c.county_id = ${countyId} and c.cause_id = ${causeId}::uuid and c.restored_at is null and (
      (c.table_name = 'enrollment' and exists (select 1 from enrollment o
        join enrollment n on n.county_id = o.county_id and n.resident_id = o.resident_id and n.program = o.program
          and n.closed_on is null and n.id <> o.id
        where o.county_id = c.county_id and o.id::text = c.row_key ->> 'id'))
      or (c.table_name = 'contract' and exists (select 1 from contract n where n.county_id = c.county_id
        and n.resident_id = ${residentId}::uuid and n.ended_on is null and n.id::text <> c.row_key ->> 'id'))
      or (c.table_name = 'condition_episode' and exists (select 1 from condition_episode o
        join condition_episode n on n.county_id = o.county_id and n.resident_id = o.resident_id
          and n.condition = o.condition and n.state <> 'closed' and n.id <> o.id
        where o.county_id = c.county_id and o.id::text = c.row_key ->> 'id')))
    limit 1`.execute(tx);
  return rows.length > 0;
}

async function insertEvent(
  tx: Transaction<Tables>,
  actor: Actor,
  event: {
    id: string;
    residentId: string;
    kind: EndingKind | 'reopened' | 'returned';
    onDay: PlainDate;
    orgPath: string;
    source: string;
    note: string;
    detail: object;
    undoesId: string | null;
    now: Date;
  },
): Promise<void> {
  await tx
    .insertInto('resident_status_event')
    .values({
      county_id: actor.countyId,
      id: event.id,
      resident_id: event.residentId,
      org_path: event.orgPath,
      kind: event.kind,
      on_day: event.onDay,
      source: event.source,
      note: event.note || null,
      detail: JSON.stringify(event.detail),
      undoes_id: event.undoesId,
      undone_by_id: null,
      recorded_at: event.now,
      recorded_by: actor.staffId,
    })
    .execute();
}

/** Writes down an attempt to reach a person. */
export async function insertAttempt(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    residentId: string;
    attemptId: string;
    onDay: PlainDate;
    means: ContactMeans;
    note: string;
    today: PlainDate;
    now: Date;
  },
): Promise<{ attemptId: string } | Refused> {
  const person = await lockPerson(tx, actor.countyId, input.residentId);
  if (!person) return refused('not-found');
  const ended = whyNoAttempt(person.status);
  if (ended !== undefined) return refused('record-closed', { detail: ended });
  const wrong = (path: string, message: string) =>
    refused('invalid-input', { issues: [{ path, code: 'not-possible', message }] });
  if (input.onDay > input.today) return wrong('onDay', '日期不能晚于今天。');
  if (input.note.trim() === '') return wrong('note', '请写明结果，如“电话停机”。');
  await tx
    .insertInto('contact_attempt')
    .values({
      county_id: actor.countyId,
      id: input.attemptId,
      resident_id: input.residentId,
      org_path: person.org_path,
      on_day: input.onDay,
      means: input.means,
      note: input.note.trim(),
      recorded_at: input.now,
      recorded_by: actor.staffId,
    })
    .execute();
  await recordAudit(tx, actor, {
    action: 'resident.contact-attempt',
    residentId: input.residentId,
    now: input.now,
  });
  return { attemptId: input.attemptId };
}
