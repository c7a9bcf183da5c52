import { refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import { countContracts, listSigningPeople } from '../contract.ts';
import { signingDefinitions } from '../domain/signing-figures.ts';
import { listPackages, retirePackage, writePackage } from '../package-contract.ts';
import { bringSigningCountsUpToDate, readPackageCounts, readSigningCounts } from './count-signing.ts';
import { findPlace, listPlacesBelow, readPlaceTrail } from './find-place.ts';
import { readSigningPeople } from './list-signing-people.ts';
import { readPackages, savePackage, takePackageOff } from './service-packages.ts';

export const packageAndRateRoutes = [
  defineRoute({
    ...countContracts,
    summary: '签约指标',
    action: 'contracts.read',
    async handle({ actor, query, now, today }, { database }) {
      const { countyId } = actor;
      await bringSigningCountsUpToDate(database, { countyId, today, now });
      return withScope(database, { countyId, path: actor.scopePath }, async (tx) => {
        const place = await findPlace(tx, actor, query.organizationId);
        if (!place) return refused('not-found');
        const below = await listPlacesBelow(tx, countyId, place);
        const [counts, ...rest] = await readSigningCounts(tx, countyId, [
          place.path,
          ...below.map((one) => one.path),
        ]);
        if (!counts) throw new Error('a place has its counts');
        return {
          asOf: today,
          organization: { id: place.id, name: place.name, kind: place.kind },
          trail: await readPlaceTrail(tx, actor, place),
          counts,
          children: below.map((one, index) => ({
            id: one.id,
            name: one.name,
            counts: rest[index] ?? counts,
          })),
          definitions: signingDefinitions.map((one) => ({ ...one })),
        };
      });
    },
  }),
  defineRoute({
    ...listSigningPeople,
    summary: '签约指标背后的名单',
    action: 'contracts.read',
    async handle({ actor, body, now, today }, { database }) {
      const { countyId } = actor;
      await bringSigningCountsUpToDate(database, { countyId, today, now });
      return withScope(database, { countyId, path: actor.scopePath }, async (tx) => {
        const place = await findPlace(tx, actor, body.organizationId);
        if (!place) return refused('not-found');
        const [counts] = await readSigningCounts(tx, countyId, [place.path]);
        const count = counts?.[body.figure] ?? { in: 0, of: 0 };
        const page = await readSigningPeople(tx, {
          countyId,
          place,
          figure: body.figure,
          side: body.side,
          cursor: body.cursor,
          limit: body.limit,
          today,
        });
        await recordAudit(tx, actor, {
          action: 'contract.people',
          subject: place.id,
          detail: { figure: body.figure, side: body.side, rows: page.items.length },
          now,
        });
        return { asOf: today, total: body.side === 'in' ? count.in : count.of - count.in, ...page };
      });
    },
  }),
  defineRoute({
    ...listPackages,
    summary: '签约服务包',
    action: 'service-packages.read',
    async handle({ actor, now, today }, { database }) {
      const { countyId, scopePath } = actor;
      await bringSigningCountsUpToDate(database, { countyId, today, now });
      return withScope(database, { countyId, path: scopePath }, async (tx) => {
        const contracts = await readPackageCounts(tx, countyId, scopePath);
        const packages = await readPackages(tx, countyId);
        return { items: packages.map((one) => ({ ...one, contracts: contracts.get(one.id) ?? 0 })) };
      });
    },
  }),
  defineRoute({
    ...writePackage,
    summary: '新增或修订服务包',
    action: 'service-packages.manage',
    handle: ({ actor, body, now }, { database }) =>
      onceOnly(database, actor, { operationId: body.operationId, kind: 'package.write', body, now }, (tx) =>
        savePackage(tx, actor, { ...body, now }),
      ),
  }),
  defineRoute({
    ...retirePackage,
    summary: '停用服务包',
    action: 'service-packages.manage',
    handle: ({ actor, params, body, now }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'package.retire', body: { ...params, ...body }, now },
        (tx) => takePackageOff(tx, actor, { ...params, now }),
      ),
  }),
];
