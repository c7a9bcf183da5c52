import { type RawBuilder, sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import { isWithin, type OrgPath, orgPath } from '#kernel/org-path.ts';
import { addDays, ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { EndpointResponse } from '#standards/endpoint.ts';
import { explainReferral, type ReferralFacts, type Standing } from '../domain/explain-referral.ts';
import type { ReferralFigure } from '../domain/referral-figures.ts';
import type { listFigureReferrals } from '../figures-contract.ts';
import {
  type CountedReferrals,
  figureConditions,
  firstFollowUp,
  followUpDaysOf,
  isCounted,
  referralSource,
} from './figure-conditions.ts';
import { toldPerson } from './two-ends.ts';

interface Row {
  readonly id: string;
  readonly resident_id: string | null;
  readonly org_path: string | null;
  readonly is_found: boolean;
  readonly name: string;
  readonly sex: string;
  readonly birth_date: PlainDate | null;
  readonly organization_name: string | null;
  readonly from_name: string;
  readonly to_name: string | null;
  readonly urgency: ReferralFacts['urgency'];
  readonly status: ReferralFacts['state'];
  readonly requested_at: Date;
  readonly accepted_at: Date | null;
  readonly arrived_at: Date | null;
  readonly returned_at: Date | null;
  readonly taken_on_at: Date | null;
  readonly sent_on: PlainDate;
  readonly direction: ReferralFacts['direction'];
  readonly is_late: boolean;
  readonly is_managed: boolean;
  readonly followed_up_on: PlainDate | null;
}

type Listed = EndpointResponse<typeof listFigureReferrals>['items'][number];

/**
 * One page of the referrals behind a figure, the newest first, each with why it is there. The total of `in` is the figure.
 * What is listed is found first and ordered then: to read in order would walk through the county for one village's page.
 */
export async function readFigureReferrals(
  tx: Transaction<Tables>,
  input: CountedReferrals & {
    readonly figure: ReferralFigure;
    readonly standing: Standing['side'];
    /** Where the record may be opened. */
    readonly reach: OrgPath;
    readonly cursor?: string | undefined;
    readonly limit: number;
  },
): Promise<{ total: number | null; items: Listed[]; nextCursor: string | null }> {
  const { of, in: inside } = figureConditions(input.figure, input.now);
  const standing: RawBuilder<boolean> = {
    in: sql<boolean>`${of} and ${inside}`,
    out: sql<boolean>`${of} and not ${inside}`,
    excluded: sql<boolean>`not ${of}`,
  }[input.standing];
  const listed = sql`from ${referralSource(input)} where ${isCounted(input)} and ${standing}`;
  const after = decodeCursor(input.cursor, 2);
  const beyond = after
    ? sql`and (q.requested_at, q.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
    : sql``;
  const total = after
    ? undefined
    : (await sql<{ n: number }>`select count(*)::int as n ${listed}`.execute(tx)).rows[0];
  const { rows } = await sql<Row>`
    select q.id, q.resident_id, q.org_path, q.is_found, ${toldPerson},
      (select o.name from organization o where o.county_id = r.county_id and o.id = r.organization_id) as organization_name,
      q.from_name, q.to_name, q.urgency, q.status, q.requested_at, q.accepted_at, q.arrived_at, q.returned_at, q.taken_on_at,
      q.sent_on, q.direction, (q.status = 'requested' and coalesce(q.answer_due_at < ${input.now}, false)) as is_late,
      q.is_managed, ${firstFollowUp} as followed_up_on
    from (select * from (
        select q.*, f.name as from_name, t.name as to_name, d.sent_on, d.direction, m.is_managed ${listed} ${beyond} offset 0) x
      order by x.requested_at desc, x.id desc limit ${input.limit + 1}) q
    left join resident r on r.county_id = q.county_id and r.id = q.resident_id
    order by q.requested_at desc, q.id desc`.execute(tx);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    total: total?.n ?? null,
    items: page.map((row) => toListed(row, input)),
    nextCursor:
      rows.length > input.limit && last ? encodeCursor([last.requested_at.toISOString(), last.id]) : null,
  };
}

function toListed(
  row: Row,
  input: CountedReferrals & { readonly figure: ReferralFigure; readonly reach: OrgPath },
): Listed {
  return {
    id: row.id,
    residentId: row.resident_id,
    mayOpenRecord: row.org_path !== null && isWithin(orgPath(row.org_path), input.reach),
    name: row.name,
    sex: row.sex,
    ageYears: row.birth_date === null ? null : ageInYears(row.birth_date, input.today),
    organizationName: row.organization_name,
    fromName: row.from_name,
    toName: row.to_name,
    urgency: row.urgency,
    state: row.status,
    sentAt: row.requested_at.toISOString(),
    standing: explainReferral(input.figure, factsOf(row, input)),
  };
}

function factsOf(row: Row, input: CountedReferrals): ReferralFacts {
  const followUpBy = addDays(row.sent_on, followUpDaysOf(input));
  return {
    state: row.status,
    urgency: row.urgency,
    direction: row.direction,
    isFound: row.is_found,
    sentAt: row.requested_at.toISOString(),
    sentOn: row.sent_on,
    isLate: row.is_late,
    acceptedAt: row.accepted_at?.toISOString() ?? null,
    arrivedAt: row.arrived_at?.toISOString() ?? null,
    returnedAt: row.returned_at?.toISOString() ?? null,
    takenOnAt: row.taken_on_at?.toISOString() ?? null,
    isManaged: row.is_managed,
    followedUpOn: row.followed_up_on,
    followUpBy,
    isFollowUpOver: followUpBy < input.today,
  };
}
