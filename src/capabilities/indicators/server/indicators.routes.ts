import { refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { listFigurePeople, showHypertensionIndicators } from '../contract.ts';
import { bringYearUpToDate } from './bring-year-up-to-date.ts';
import { readFigurePeople } from './list-figure-people.ts';
import { yearOf } from './rejudge-management-years.ts';
import { findCountedOrganization, readHypertensionPage } from './show-hypertension-indicators.ts';

export const indicatorRoutes = [
  defineRoute({
    ...showHypertensionIndicators,
    summary: '高血压管理指标',
    action: 'indicators.read',
    async handle({ actor, query, now, today }, { database }) {
      const year = query.year ?? yearOf(today);
      await bringYearUpToDate(database, { countyId: actor.countyId, year, today });
      return withScope(database, { countyId: actor.countyId, path: actor.scopePath }, (tx) =>
        readHypertensionPage(tx, actor, { organizationId: query.organizationId, year, today, now }),
      );
    },
  }),
  defineRoute({
    ...listFigurePeople,
    summary: '数字背后的名单',
    action: 'indicators.read',
    async handle({ actor, body, now, today }, { database }) {
      const year = body.year ?? yearOf(today);
      const { countyId } = actor;
      await bringYearUpToDate(database, { countyId, year, today });
      return withScope(database, { countyId, path: actor.scopePath }, async (tx) => {
        const organization = await findCountedOrganization(tx, actor, body.organizationId);
        if (!organization) return refused('not-found');
        const people = await readFigurePeople(tx, {
          countyId,
          organization,
          year,
          figure: body.figure,
          side: body.side,
          cursor: body.cursor,
          limit: body.limit,
          today,
        });
        await recordAudit(tx, actor, {
          action: 'indicator.people',
          subject: organization.id,
          detail: { figure: body.figure, side: body.side, rows: people.items.length },
          now,
        });
        return { asOf: year < yearOf(today) ? `${year}-12-31` : today, ...people };
      });
    },
  }),
];
