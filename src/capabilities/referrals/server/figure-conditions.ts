import { type RawBuilder, sql } from 'kysely';
import { programs } from '#capabilities/residents/domain/program.ts';
import { valueOn } from '#kernel/dated.ts';
import { type OrgPath, subtreeRange } from '#kernel/org-path.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import { referralFollowUpDays } from '#standards/indicators/referral-follow-up.ts';
import { tiers } from '../domain/choose-receiver.ts';
import type { FigureSide, ReferralFigure } from '../domain/referral-figures.ts';
import type { ReferralPeriod } from '../domain/referral-period.ts';

/** Whose referrals of which time are counted, and as of when. */
export interface CountedReferrals {
  readonly countyId: string;
  readonly side: FigureSide;
  readonly organization: { readonly id: string; readonly path: OrgPath };
  readonly period: ReferralPeriod;
  readonly today: PlainDate;
  readonly now: Date;
}

/** Days after the sending within which a follow-up counts, as in force at the end of the period. */
export const followUpDaysOf = ({ period }: Pick<CountedReferrals, 'period'>): number =>
  valueOn(referralFollowUpDays, period.to);

/** The first moment of a day in China. */
const startOf = (day: PlainDate) => new Date(`${day}T00:00:00+08:00`);

const tierOf = (kind: string) =>
  sql`case ${sql.ref(kind)} ${sql.join(
    Object.entries(tiers).map(([name, tier]) => sql`when ${sql.lit(name)} then ${sql.lit(tier)}`),
    sql` `,
  )} else 0 end`;
const sentOn = sql`(q.requested_at at time zone 'Asia/Shanghai')::date`;
const sheets = sql.join(programs.map((program) => sql.lit(`${program}-follow-up`)));

/**
 * The referrals `q` with the houses `f` and `t` at their ends, which way `d` they went, whether their follow-up `w` can be
 * judged, and whether it was made `z`. Counts and lists read the same lines, so a figure is the length of its list.
 */
export function referralSource(input: CountedReferrals): RawBuilder<unknown> {
  const days = followUpDaysOf(input);
  return sql`referral_request q
    join organization f on f.county_id = q.county_id and f.id = q.from_organization_id
    left join organization t on t.county_id = q.county_id and t.id = q.to_organization_id
    cross join lateral (select ${sentOn} as sent_on, q.status <> 'withdrawn' as is_kept,
      case when t.id is null then 'outside' when ${tierOf('t.kind')} > ${tierOf('f.kind')} then 'up'
        when ${tierOf('t.kind')} < ${tierOf('f.kind')} then 'down' else 'across' end as direction offset 0) d
    cross join lateral (select exists (select from enrollment e where e.county_id = q.county_id and e.resident_id = q.resident_id
      and e.enrolled_on <= d.sent_on and (e.closed_on is null or e.closed_on > d.sent_on + ${days}::int)) as is_managed offset 0) m
    cross join lateral (select case when d.is_kept and d.direction in ('up','outside')
        and q.requested_at < ${startOf(addDays(input.today, -days))} then m.is_managed else false end as is_judged offset 0) w
    cross join lateral (select case when w.is_judged then exists (select from form_record v where v.county_id = q.county_id
        and v.resident_id = q.resident_id and v.form in (${sheets}) and v.occurred_on > d.sent_on
        and v.occurred_on <= d.sent_on + ${days}::int and v.superseded_by is null and v.status = 'complete')
      else false end as is_followed offset 0) z`;
}

/** The first follow-up of a referral `q` after the day it was sent on, however late. */
export const firstFollowUp = sql`(select min(v.occurred_on) from form_record v where v.county_id = q.county_id
  and v.resident_id = q.resident_id and v.form in (${sheets}) and v.occurred_on > q.sent_on and v.superseded_by is null
  and v.status = 'complete')`;

/** Where the person of a referral is managed; of one whom a hospital sent down, until a record is linked, where they are to be. */
export const managedAt = sql`coalesce(q.org_path, q.to_path)`;

/** Which referrals of the source are counted at all: what no house sees any longer is in no place's figure. */
export function isCounted(input: CountedReferrals): RawBuilder<boolean> {
  const { from, to } = input.period;
  const { from: low, to: high } = subtreeRange(input.organization.path);
  const whose = {
    managed: sql`(q.org_path >= ${low} and q.org_path < ${high}
      or q.org_path is null and q.to_path >= ${low} and q.to_path < ${high} and q.receiver_until > ${input.now})`,
    received: sql`q.to_organization_id = ${input.organization.id}::uuid and q.receiver_until > ${input.now}`,
    sent: sql`q.from_organization_id = ${input.organization.id}::uuid`,
  }[input.side];
  return sql<boolean>`q.county_id = ${input.countyId} and q.requested_at >= ${startOf(from)}
    and q.requested_at < ${startOf(addDays(to, 1))} and ${whose}`;
}

const everything = sql<boolean>`true`;
const answerable = sql<boolean>`(d.is_kept and t.id is not null)`;

/** What a figure is about, and what of it is in it; as conditions on the source, never null. */
export function figureConditions(
  figure: ReferralFigure,
  now: Date,
): { of: RawBuilder<boolean>; in: RawBuilder<boolean> } {
  switch (figure) {
    case 'sent':
      return { of: everything, in: everything };
    case 'up':
      return { of: everything, in: sql<boolean>`(d.is_kept and d.direction in ('up','outside'))` };
    case 'down':
      return {
        of: everything,
        in: sql<boolean>`(d.is_kept and (d.direction = 'down'
          or d.direction in ('up','outside') and q.returned_at is not null))`,
      };
    case 'green':
      return { of: everything, in: sql<boolean>`(d.is_kept and q.urgency = 'emergency')` };
    case 'withdrawn':
      return { of: everything, in: sql<boolean>`(not d.is_kept)` };
    case 'accepted':
      return { of: answerable, in: sql<boolean>`(q.accepted_at is not null)` };
    case 'arrived':
      return {
        of: sql<boolean>`(${answerable} and not q.is_found)`,
        in: sql<boolean>`(q.arrived_at is not null)`,
      };
    case 'declined':
    case 'not-arrived':
      return { of: answerable, in: sql<boolean>`(q.status = ${figure})` };
    case 'late':
      return {
        of: answerable,
        in: sql<boolean>`(q.status = 'requested' and q.answer_due_at is not null and q.answer_due_at < ${now})`,
      };
    case 'returned':
      return {
        of: sql<boolean>`(${answerable} and q.arrived_at is not null)`,
        in: sql<boolean>`(q.returned_at is not null)`,
      };
    case 'taken-on':
      return {
        of: sql<boolean>`(${answerable} and (q.returned_at is not null or q.is_found))`,
        in: sql<boolean>`(q.taken_on_at is not null)`,
      };
    case 'followed-up':
      return { of: sql<boolean>`w.is_judged`, in: sql<boolean>`z.is_followed` };
  }
}
