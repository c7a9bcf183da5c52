import type { Transaction } from 'kysely';
import { findCountedOrganization, readTrail } from '#capabilities/indicators/server/public.ts';
import { readPlacesBelow } from '#capabilities/residents/server/public.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import { asOf } from '#platform/server/database/as-of.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { runInScope } from '#platform/server/database/with-scope.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { type FigureSide, figuresOf, referralDefinitions } from '../domain/referral-figures.ts';
import { referralPeriod, runningYear } from '../domain/referral-period.ts';
import { listFigureReferrals, showReferralFigures } from '../figures-contract.ts';
import { countReferralFigures, noReferrals } from './count-referrals.ts';
import { type CountedReferrals, followUpDaysOf } from './figure-conditions.ts';
import { readFigureReferrals } from './list-figure-referrals.ts';
import { inOwnHouse } from './own-house.ts';

interface Asked {
  readonly organizationId?: string | undefined;
  readonly side?: FigureSide | undefined;
  readonly period?: string | undefined;
}

/** A hospital keeps no records: it is told of what it received and sent itself. Everybody else of the people of their area. */
const sidesOf = (actor: Actor): readonly FigureSide[] =>
  actor.organizationKind === 'county-hospital' ? ['received', 'sent'] : ['managed'];

/** The actor as far as figures reach: a hospital's staff within their own house, whatever their other work reaches. */
const counting = (actor: Actor): Actor => (sidesOf(actor).includes('managed') ? actor : inOwnHouse(actor));

/** What is counted for this question; undefined where the place or the side is not the actor's. */
async function findCounted(
  tx: Transaction<Tables>,
  actor: Actor,
  asked: Asked & { readonly today: PlainDate; readonly now: Date },
): Promise<(CountedReferrals & { organization: { name: string; kind: string } }) | undefined> {
  const side = asked.side ?? sidesOf(actor)[0];
  if (!side || !sidesOf(actor).includes(side)) return undefined;
  const { today, now } = asked;
  const rest = {
    countyId: actor.countyId,
    side,
    period: asked.period === undefined ? runningYear(today) : referralPeriod(asked.period),
    today,
    now,
  };
  if (side === 'managed') {
    const organization = await findCountedOrganization(tx, actor, asked.organizationId);
    return organization && { ...rest, organization };
  }
  if (asked.organizationId !== undefined && asked.organizationId !== actor.organizationId) return undefined;
  const house = await tx
    .selectFrom('organization')
    .select(['id', 'name', 'kind'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', actor.organizationId)
    .executeTakeFirstOrThrow();
  return { ...rest, organization: { ...house, path: actor.path } };
}

export const referralFigureRoutes = [
  defineRoute({
    ...showReferralFigures,
    summary: '转诊统计',
    action: 'referrals.figures',
    handle({ actor: anyone, query, now, today }, { database }) {
      const actor = counting(anyone);
      const scope = { countyId: actor.countyId, path: actor.scopePath };
      const work = async (tx: Transaction<Tables>) => {
        const counted = await findCounted(tx, actor, { ...query, today, now });
        if (!counted) return refused('not-found');
        const { organization, side, period, countyId } = counted;
        const { whole, below } = await countReferralFigures(tx, counted);
        const places = side === 'managed' ? await readPlacesBelow(tx, { countyId, id: organization.id }) : [];
        const { id, name, kind } = organization;
        return {
          countedAt: now.toISOString(),
          period,
          side,
          sides: [...sidesOf(actor)],
          organization: { id, name, kind },
          trail:
            side === 'managed'
              ? await readTrail(tx, { countyId, path: organization.path, scope: actor.scopePath })
              : [{ id, name }],
          ...whole,
          children: places.map((place) => {
            const { counts, medians } = below.get(place.path) ?? noReferrals(counted);
            return { id: place.id, name: place.name, counts, medians };
          }),
          definitions: referralDefinitions(followUpDaysOf(counted)).filter((one) =>
            figuresOf(side).includes(one.figure),
          ),
        };
      };
      return runInScope(database, scope, { reads: [asOf(now)], work });
    },
  }),
  defineRoute({
    ...listFigureReferrals,
    summary: '转诊统计数字背后的转诊',
    action: 'referrals.figures',
    handle({ actor: anyone, body, now, today }, { database }) {
      const actor = counting(anyone);
      const scope = { countyId: actor.countyId, path: actor.scopePath };
      const { figure, standing } = body;
      const work = async (tx: Transaction<Tables>) => {
        const counted = await findCounted(tx, actor, { ...body, today, now });
        if (!counted || !figuresOf(counted.side).includes(figure)) return refused('not-found');
        const { cursor, limit } = body;
        const page = await readFigureReferrals(tx, {
          ...counted,
          figure,
          standing,
          reach: actor.scopePath,
          cursor,
          limit,
        });
        await recordAudit(tx, actor, {
          action: 'referral.figure',
          subject: counted.organization.id,
          detail: { figure, standing, period: counted.period.key, rows: page.items.length },
          now,
        });
        return { countedAt: now.toISOString(), ...page };
      };
      return runInScope(database, scope, { reads: [asOf(now)], work });
    },
  }),
];
