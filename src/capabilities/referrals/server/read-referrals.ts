import { type RawBuilder, sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import { isWithin, orgPath, subtreeRange } from '#kernel/org-path.ts';
import { ageInYears, dayInChina, type PlainDate } from '#kernel/plain-date.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type {
  ReferralBack,
  ReferralCounts,
  ReferralDetail,
  ReferralLine,
  ReferralStep,
} from '../contract.ts';
import { minutesBetween } from '../domain/print-interval.ts';
import { deedsOpen, doneForSender, openToReceiver, type ReferralSide } from '../domain/referral-states.ts';
import type { ReferralSummary } from './draw-summary.ts';
import { readReturnHouses } from './return-houses.ts';
import { among, stepsFrom, toldPerson } from './two-ends.ts';

interface Row {
  readonly id: string;
  readonly resident_id: string | null;
  readonly org_path: string | null;
  readonly is_found: boolean;
  readonly name: string;
  readonly sex: string;
  readonly birth_date: PlainDate | null;
  readonly from_organization_id: string;
  readonly from_name: string;
  readonly to_organization_id: string | null;
  readonly to_name: string | null;
  readonly to_department: string;
  readonly urgency: ReferralLine['urgency'];
  readonly reason: string;
  readonly first_handling: string;
  readonly summary: Partial<ReferralSummary>;
  readonly status: ReferralLine['state'];
  readonly requested_at: Date;
  readonly by_name: string;
  readonly answer_due_at: Date | null;
  readonly receiver_until: Date | null;
  readonly version: number;
  readonly back: Omit<ReferralBack, 'edition'> | null;
  readonly back_edition: string | null;
  readonly back_to_organization_id: string | null;
  readonly back_to_name: string | null;
  readonly followed_up_on: PlainDate | null;
  readonly steps: ReferralStep[];
}

/** Who the person is as the record has it, where it is in reach; else as the sender wrote it. */
const columns = sql`q.*, ${toldPerson},
  (select min(v.occurred_on) from form_record v where q.status = 'taken-on' and v.county_id = q.county_id
    and v.resident_id = q.resident_id and v.form like '%-follow-up' and v.superseded_by is null and v.status = 'complete'
    and v.occurred_on >= (select max(p.at) at time zone 'Asia/Shanghai' from referral_step p
      where p.county_id = q.county_id and p.referral_id = q.id)::date) as followed_up_on,
  f.name as from_name, t.name as to_name, s.name as by_name,
  (select o.name from organization o where o.county_id = q.county_id and o.id = q.back_to_organization_id) as back_to_name,
  ${stepsFrom('referral_step')}`;
const joins = sql`join organization f on f.county_id = q.county_id and f.id = q.from_organization_id
  left join organization t on t.county_id = q.county_id and t.id = q.to_organization_id
  join staff s on s.county_id = q.county_id and s.id = q.requested_by
  left join resident r on r.county_id = q.county_id and r.id = q.resident_id`;

const urgency = sql`(case q.urgency when 'emergency' then 0 when 'soon' then 1 else 2 end)`;
/** What waits for this side comes first, then by urgency; as the indexes have it. */
const ranks = {
  received: sql`((case q.status when 'requested' then 0 else 3 end) + ${urgency})`,
  sent: sql`((case when q.status in ('requested','accepted','arrived') then 3 else 0 end) + ${urgency})`,
} as const satisfies Record<ReferralSide, unknown>;

/** Which referrals of a side go on, or have ended, as the indexes have them. */
function ofPart(side: ReferralSide, part: 'open' | 'done'): RawBuilder<unknown> {
  const isListed = side === 'received' ? openToReceiver : doneForSender;
  const isIn = (side === 'received') === (part === 'open');
  return isIn ? sql`q.status in (${among(isListed)})` : sql`q.status not in (${among(isListed)})`;
}

/**
 * The referrals of a side: of a house those it received, or sent; with those that go on, who was sent back to it by another's
 * referral. Of a village those of its own people that another house received.
 */
function ofHouse(
  actor: Actor,
  side: ReferralSide,
  now: Date,
  part: 'open' | 'done' = 'open',
): RawBuilder<unknown> {
  if (side === 'received')
    return sql`q.to_organization_id = ${actor.organizationId}::uuid and q.receiver_until > ${now}`;
  if (actor.organizationKind !== 'village-clinic') {
    const ours = sql`q.from_organization_id = ${actor.organizationId}::uuid`;
    return part === 'done'
      ? ours
      : sql`(${ours} or q.back_to_organization_id = ${actor.organizationId}::uuid and q.status = 'returned')`;
  }
  const { from, to } = subtreeRange(actor.path);
  return sql`q.org_path >= ${from} and q.org_path < ${to}
    and q.to_organization_id is distinct from ${actor.organizationId}::uuid`;
}

interface At {
  readonly today: PlainDate;
  readonly now: Date;
}

/** One page of what a house received or sent: what waits for it first, by urgency and how long; what ended, the latest first. */
export async function readReferrals(
  tx: Transaction<Tables>,
  actor: Actor,
  input: At & {
    readonly side: ReferralSide;
    readonly part: 'open' | 'done';
    readonly cursor?: string | undefined;
    readonly limit: number;
  },
): Promise<{ items: ReferralLine[]; nextCursor: string | null }> {
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
    select ${columns}, ${rank} as rank from referral_request q ${joins}
    where q.county_id = ${actor.countyId} and ${ofHouse(actor, side, input.now, part)} and ${ofPart(side, part)} ${beyond}
    order by ${order} limit ${limit + 1}`.execute(tx);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const key = last && [...(isOpen ? [String(last.rank)] : []), last.requested_at.toISOString(), last.id];
  return {
    items: page.map((row) => toLine(row, actor, input)),
    nextCursor: rows.length > limit && key ? encodeCursor(key) : null,
  };
}

/** One page of a person's referrals, the newest first. */
export async function readResidentReferrals(
  tx: Transaction<Tables>,
  actor: Actor,
  residentId: string,
  input: At & { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: ReferralLine[]; nextCursor: string | null }> {
  const after = decodeCursor(input.cursor, 2);
  const { rows } = await sql<Row>`
    select ${columns} from referral_request q ${joins}
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
export async function readReferralCounts(
  tx: Transaction<Tables>,
  actor: Actor,
  now: Date,
): Promise<ReferralCounts> {
  const { rows } = await sql<ReferralCounts>`
    select (select count(*)::int from referral_request q where q.county_id = ${actor.countyId}
        and ${ofHouse(actor, 'received', now)} and ${ofPart('received', 'open')} and q.status = 'requested') as unanswered,
      (select count(*)::int from referral_request q where q.county_id = ${actor.countyId}
        and ${ofHouse(actor, 'received', now)} and ${ofPart('received', 'open')} and q.status = 'requested'
        and q.answer_due_at < ${now}) as late,
      (select count(*)::int from referral_request q where q.county_id = ${actor.countyId}
        and q.from_organization_id = ${actor.organizationId}::uuid and ${ofPart('sent', 'open')}
        and q.status in ('declined','not-arrived')) as unsettled,
      (select count(*)::int from referral_request q where q.county_id = ${actor.countyId}
        and (q.from_organization_id = ${actor.organizationId}::uuid and q.back_to_organization_id is null
          or q.back_to_organization_id = ${actor.organizationId}::uuid) and ${ofPart('sent', 'open')}
        and q.status = 'returned') as returned`.execute(tx);
  return rows[0] ?? { unanswered: 0, late: 0, unsettled: 0, returned: 0 };
}

/** One referral with what was told of the person; undefined for whoever stands at neither end of it. */
export async function readReferral(
  tx: Transaction<Tables>,
  actor: Actor,
  referralId: string,
  at: At,
): Promise<Omit<ReferralDetail, 'holder'> | undefined> {
  const { rows } = await sql<Row>`select ${columns} from referral_request q ${joins}
    where q.county_id = ${actor.countyId} and q.id = ${referralId}::uuid`.execute(tx);
  const [row] = rows;
  if (!row) return undefined;
  const { person, conditions = [], readings = [], medicines = [] } = row.summary;
  return {
    ...toLine(row, actor, at),
    side: row.to_organization_id === actor.organizationId ? 'received' : 'sent',
    requestedOn: dayInChina(row.requested_at),
    firstHandling: row.first_handling,
    summary: { conditions: [...conditions], readings: [...readings], medicines: [...medicines] },
    returnTo:
      row.to_organization_id === actor.organizationId && !row.is_found
        ? await readReturnHouses(tx, actor.countyId, row)
        : [],
    person: row.is_found && person ? { idNo: person.idNo ?? '', phone: person.phone ?? '' } : null,
    back: row.back && { ...row.back, edition: row.back_edition ?? '' },
    receiverUntil: row.receiver_until?.toISOString() ?? null,
  };
}

const toLine = (row: Row, actor: Actor, { today, now }: At): ReferralLine => ({
  id: row.id,
  residentId: row.resident_id,
  isFound: row.is_found,
  mayOpenRecord: row.org_path !== null && isWithin(orgPath(row.org_path), actor.path),
  name: row.name,
  sex: row.sex,
  ageYears: row.birth_date === null ? null : ageInYears(row.birth_date, today),
  fromName: row.from_name,
  backToName: row.back_to_name,
  toOrganizationId: row.to_organization_id,
  toName: row.to_name,
  toDepartment: row.to_department,
  urgency: row.urgency,
  reason: row.reason,
  state: row.status,
  requestedAt: row.requested_at.toISOString(),
  requestedByName: row.by_name,
  answerDueAt: row.answer_due_at?.toISOString() ?? null,
  waitedMinutes: minutesBetween(row.requested_at.toISOString(), now.toISOString()),
  isLate: row.status === 'requested' && row.answer_due_at !== null && row.answer_due_at < now,
  steps: row.steps.length > 0 ? row.steps : [firstStepOf(row)],
  deeds: deedsOf(row, actor),
  version: row.version,
  followedUpOn: row.followed_up_on,
});

/** The sending itself, of a referral from before its steps were kept. */
const firstStepOf = (row: Row): ReferralStep => ({
  state: 'requested',
  at: row.requested_at.toISOString(),
  byName: row.by_name,
  organizationName: row.from_name,
  note: null,
});

function deedsOf(row: Row, actor: Actor) {
  const kind = { isFound: row.is_found };
  if (row.to_organization_id === actor.organizationId) return deedsOpen(row.status, 'received', kind);
  const isOurs =
    row.from_organization_id === actor.organizationId ||
    (row.status === 'returned' && row.back_to_organization_id === actor.organizationId);
  return isOurs ? deedsOpen(row.status, 'sent', kind) : [];
}
