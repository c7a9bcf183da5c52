import { sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import { valueOn } from '#kernel/dated.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { requestWorkingDays } from '#standards/privacy/privacy-parameters.ts';
import { countDueDay } from '../domain/count-due-day.ts';
import type { RequestKind } from '../requests-contract.ts';

/** Keeps a request and reckons its deadline. */
export async function insertRequest(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    residentId: string;
    requestId: string;
    kind: RequestKind;
    about: string;
    askedBy: 'self' | 'guardian';
    asker: string;
    receivedOn: PlainDate;
    today: PlainDate;
    now: Date;
  },
): Promise<{ requestId: string; dueOn: string } | Refused> {
  const person = await tx
    .selectFrom('resident')
    .select(['org_path', 'birth_date'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.residentId)
    .executeTakeFirst();
  if (!person) return refused('not-found');
  if (input.receivedOn > input.today || input.receivedOn < person.birth_date) {
    const message = '收到日期应在出生之后、今天或以前。';
    return refused('invalid-input', { issues: [{ path: 'receivedOn', code: 'range', message }] });
  }
  const dueOn = countDueDay(input.receivedOn, valueOn(requestWorkingDays, input.receivedOn));
  await tx
    .insertInto('privacy_request')
    .values({
      county_id: actor.countyId,
      id: input.requestId,
      resident_id: input.residentId,
      org_path: person.org_path,
      kind: input.kind,
      about: input.about.trim(),
      asked_by: input.askedBy,
      asker: input.asker.trim(),
      received_on: input.receivedOn,
      due_on: dueOn,
      recorded_at: input.now,
      recorded_by: actor.staffId,
    })
    .execute();
  await recordAudit(tx, actor, {
    action: 'privacy-request.add',
    residentId: input.residentId,
    subject: input.requestId,
    now: input.now,
  });
  return { requestId: input.requestId, dueOn };
}

interface Row {
  readonly id: string;
  readonly resident_id: string;
  readonly resident_name: string;
  readonly organization_name: string;
  readonly kind: RequestKind;
  readonly about: string;
  readonly asker: string;
  readonly received_on: PlainDate;
  readonly due_on: PlainDate;
  readonly assigned_name: string | null;
  readonly decision: 'done' | 'refused' | null;
  readonly answer: string | null;
  readonly held_until: PlainDate | null;
  readonly answered_at: Date | null;
  readonly answered_name: string | null;
}

/** Requests of the actor's subtree: what waits by its deadline, or everything from the latest on. */
export async function readRequests(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { show: 'open' | 'all'; cursor?: string | undefined; limit: number; today: PlainDate },
) {
  const after = decodeCursor(input.cursor, 2);
  const direction = sql.raw(input.show === 'open' ? 'asc' : 'desc');
  const beyond = sql.raw(input.show === 'open' ? '>' : '<');
  const { rows } = await sql<Row>`
    select p.*, r.name as resident_name, o.name as organization_name, a.name as assigned_name, b.name as answered_name
    from privacy_request p
    join resident r on r.county_id = p.county_id and r.id = p.resident_id
    join organization o on o.county_id = r.county_id and o.id = r.organization_id
    left join staff a on a.county_id = p.county_id and a.id = p.assigned_to
    left join staff b on b.county_id = p.county_id and b.id = p.answered_by
    where p.county_id = ${actor.countyId} and (${input.show} = 'all' or p.decision is null)
      and (${after === undefined} or (p.due_on, p.id) ${beyond} (${after?.[0] ?? '1970-01-01'}::date, ${after?.[1] ?? '00000000-0000-0000-0000-000000000000'}::uuid))
    order by p.due_on ${direction}, p.id ${direction} limit ${input.limit + 1}`.execute(tx);
  const counts = await sql<{ open: number; overdue: number }>`
    select count(*)::int as open, count(*) filter (where due_on < ${input.today}::date)::int as overdue
    from privacy_request where county_id = ${actor.countyId} and decision is null`.execute(tx);
  const shown = rows.slice(0, input.limit);
  const end = shown.at(-1);
  return {
    open: counts.rows[0]?.open ?? 0,
    overdue: counts.rows[0]?.overdue ?? 0,
    items: shown.map((row) => describeRequest(row, input.today)),
    nextCursor: rows.length > input.limit && end ? encodeCursor([end.due_on, end.id]) : null,
  };
}

function describeRequest(row: Row, today: PlainDate) {
  return {
    requestId: row.id,
    residentId: row.resident_id,
    residentName: row.resident_name,
    organizationName: row.organization_name,
    kind: row.kind,
    about: row.about,
    asker: row.asker,
    receivedOn: row.received_on,
    dueOn: row.due_on,
    isOverdue: row.decision === null && row.due_on < today,
    assignedTo: row.assigned_name,
    decision: row.decision,
    answer: row.answer,
    heldUntil: row.held_until,
    answeredAt: row.answered_at?.toISOString() ?? null,
    answeredBy: row.answered_name,
  };
}
