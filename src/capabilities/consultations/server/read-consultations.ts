import { type RawBuilder, sql, type Transaction } from 'kysely';
import { among, type ReferralSummary, stepsFrom, toldPerson } from '#capabilities/referrals/server/public.ts';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import { isWithin, orgPath, subtreeRange } from '#kernel/org-path.ts';
import { ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { ConsultationCounts, ConsultationLine, showConsultation } from '../contract.ts';
import {
  type ConsultationSide,
  consultationDeedsOpen,
  doneForAsking,
  openToAsked,
} from '../domain/consultation-states.ts';

type Detail = typeof showConsultation.response._output;

interface Row {
  readonly id: string;
  readonly resident_id: string;
  readonly org_path: string;
  readonly name: string;
  readonly sex: string;
  readonly birth_date: PlainDate | null;
  readonly from_organization_id: string;
  readonly from_name: string;
  readonly to_organization_id: string;
  readonly to_name: string;
  readonly to_department: string;
  readonly urgency: ConsultationLine['urgency'];
  readonly reason: string;
  readonly summary: Partial<ReferralSummary>;
  readonly status: ConsultationLine['state'];
  readonly requested_at: Date;
  readonly by_name: string;
  readonly answer_due_at: Date;
  readonly receiver_until: Date;
  readonly opinion: ConsultationLine['opinion'];
  readonly record_id: string | null;
  readonly version: number;
  readonly steps: ConsultationLine['steps'];
}

/** Who the person is as the record has it, where it is in reach; else as it was when the question was put. */
const columns = sql`q.*, ${toldPerson},
  f.name as from_name, t.name as to_name, s.name as by_name,
  ${stepsFrom('consultation_step')}`;
const joins = sql`join organization f on f.county_id = q.county_id and f.id = q.from_organization_id
  join organization t on t.county_id = q.county_id and t.id = q.to_organization_id
  join staff s on s.county_id = q.county_id and s.id = q.requested_by
  left join resident r on r.county_id = q.county_id and r.id = q.resident_id`;

/** What waits for this side comes first, as the indexes have it. */
const ranks = {
  asked: sql`(case q.urgency when 'soon' then 0 else 1 end)`,
  asking: sql`(case when q.status in ('requested','accepted') then 1 else 0 end)`,
} as const satisfies Record<ConsultationSide, unknown>;

function ofPart(side: ConsultationSide, part: 'open' | 'done'): RawBuilder<unknown> {
  const listed = side === 'asked' ? openToAsked : doneForAsking;
  const isIn = (side === 'asked') === (part === 'open');
  return isIn ? sql`q.status in (${among(listed)})` : sql`q.status not in (${among(listed)})`;
}

/** The consultations of a side: of a house those it is asked for, or asked for; of a village also those about its own people. */
function ofHouse(actor: Actor, side: ConsultationSide, now: Date): RawBuilder<unknown> {
  if (side === 'asked')
    return sql`q.to_organization_id = ${actor.organizationId}::uuid and q.receiver_until > ${now}`;
  if (actor.organizationKind !== 'village-clinic')
    return sql`q.from_organization_id = ${actor.organizationId}::uuid`;
  const { from, to } = subtreeRange(actor.path);
  return sql`q.org_path >= ${from} and q.org_path < ${to}`;
}

interface At {
  readonly today: PlainDate;
  readonly now: Date;
}

/** One page of what a house was asked or asked: what waits for it first; what ended, the latest first. */
export async function readConsultations(
  tx: Transaction<Tables>,
  actor: Actor,
  input: At & {
    readonly side: ConsultationSide;
    readonly part: 'open' | 'done';
    readonly cursor?: string | undefined;
    readonly limit: number;
  },
): Promise<{ items: ConsultationLine[]; nextCursor: string | null }> {
  const { side, part, limit } = input;
  const isOpen = part === 'open';
  const rank = ranks[side];
  const after = decodeCursor(input.cursor, isOpen ? 3 : 2);
  const beyond = !after
    ? sql``
    : isOpen
      ? sql`and (${rank}, q.requested_at, q.id) > (${Number(after[0])}::int, ${after[1]}::timestamptz, ${after[2]}::uuid)`
      : sql`and (q.requested_at, q.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;
  const order = isOpen ? sql`${rank}, q.requested_at, q.id` : sql`q.requested_at desc, q.id desc`;
  const { rows } = await sql<Row & { rank: number }>`
    select ${columns}, ${rank} as rank from consultation q ${joins}
    where q.county_id = ${actor.countyId} and ${ofHouse(actor, side, input.now)} and ${ofPart(side, part)} ${beyond}
    order by ${order} limit ${limit + 1}`.execute(tx);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const key = last && [...(isOpen ? [String(last.rank)] : []), last.requested_at.toISOString(), last.id];
  return {
    items: page.map((row) => toLine(row, actor, input)),
    nextCursor: rows.length > limit && key ? encodeCursor(key) : null,
  };
}

/** One page of the consultations about a person, the newest first. */
export async function readResidentConsultations(
  tx: Transaction<Tables>,
  actor: Actor,
  residentId: string,
  input: At & { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: ConsultationLine[]; nextCursor: string | null }> {
  const after = decodeCursor(input.cursor, 2);
  const { rows } = await sql<Row>`
    select ${columns} from consultation q ${joins}
    where q.county_id = ${actor.countyId} and q.resident_id = ${residentId}::uuid and r.id is not null
      ${after ? sql`and (q.requested_at, q.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by q.requested_at desc, q.id desc limit ${input.limit + 1}`.execute(tx);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => toLine(row, actor, input)),
    nextCursor:
      rows.length > input.limit && last ? encodeCursor([last.requested_at.toISOString(), last.id]) : null,
  };
}

/** What waits in this house. */
export async function readConsultationCounts(
  tx: Transaction<Tables>,
  actor: Actor,
  now: Date,
): Promise<ConsultationCounts> {
  const asked = sql`q.county_id = ${actor.countyId} and ${ofHouse(actor, 'asked', now)} and ${ofPart('asked', 'open')}`;
  const asking = sql`q.county_id = ${actor.countyId} and q.from_organization_id = ${actor.organizationId}::uuid
    and ${ofPart('asking', 'open')}`;
  const { rows } = await sql<ConsultationCounts>`
    select (select count(*)::int from consultation q where ${asked}) as unanswered,
      (select count(*)::int from consultation q where ${asked} and q.answer_due_at < ${now}) as late,
      (select count(*)::int from consultation q where ${asking} and q.status = 'answered') as answered,
      (select count(*)::int from consultation q where ${asking} and q.status = 'declined') as declined`.execute(
    tx,
  );
  return rows[0] ?? { unanswered: 0, late: 0, answered: 0, declined: 0 };
}

/** One consultation with what was told of the person; undefined for whoever stands at neither end of it. */
export async function readConsultation(
  tx: Transaction<Tables>,
  actor: Actor,
  consultationId: string,
  at: At,
): Promise<Detail | undefined> {
  const { rows } = await sql<Row>`select ${columns} from consultation q ${joins}
    where q.county_id = ${actor.countyId} and q.id = ${consultationId}::uuid`.execute(tx);
  const [row] = rows;
  if (!row) return undefined;
  const { conditions = [], readings = [], medicines = [] } = row.summary;
  return {
    ...toLine(row, actor, at),
    summary: { conditions: [...conditions], readings: [...readings], medicines: [...medicines] },
    receiverUntil: row.receiver_until.toISOString(),
  };
}

const toLine = (row: Row, actor: Actor, { today, now }: At): ConsultationLine => ({
  id: row.id,
  residentId: row.resident_id,
  mayOpenRecord: isWithin(orgPath(row.org_path), actor.path),
  name: row.name,
  sex: row.sex,
  ageYears: row.birth_date === null ? null : ageInYears(row.birth_date, today),
  fromName: row.from_name,
  toName: row.to_name,
  toDepartment: row.to_department,
  urgency: row.urgency,
  reason: row.reason,
  state: row.status,
  requestedAt: row.requested_at.toISOString(),
  requestedByName: row.by_name,
  answerDueAt: row.answer_due_at.toISOString(),
  isLate: openToAsked.includes(row.status) && row.answer_due_at < now,
  opinion: row.opinion,
  recordId: row.record_id,
  steps: row.steps,
  deeds: consultationDeedsOpen(row.status, sidesOf(row, actor)),
  version: row.version,
});

const sidesOf = (row: Row, actor: Actor): ConsultationSide[] => [
  ...(row.to_organization_id === actor.organizationId ? (['asked'] as const) : []),
  ...(row.from_organization_id === actor.organizationId ? (['asking'] as const) : []),
];
