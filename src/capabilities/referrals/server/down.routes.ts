import { refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import { asOf } from '#platform/server/database/as-of.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import { listManagingHouses, redirectDown, sendDown, showFoundPerson } from '../down-contract.ts';
import { readManagingHouses } from './list-managing-houses.ts';
import { inHouse, inOwnHouse } from './own-house.ts';
import { readFoundPerson } from './read-found-person.ts';
import { redirectFound, sendFoundDown } from './send-down.ts';

export const downRoutes = [
  defineRoute({
    ...listManagingHouses,
    summary: '可接续管理的基层机构',
    action: 'referrals.send-down',
    handle: ({ actor }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.path }, async (tx) => ({
        items: await readManagingHouses(tx, actor.countyId),
      })),
  }),
  defineRoute({
    ...sendDown,
    summary: '医院发现的病人下转给基层机构',
    action: 'referrals.send-down',
    handle: ({ actor, body, now, today }, { database }) => {
      const house = inOwnHouse(actor);
      return onceOnly(
        database,
        house,
        { operationId: body.operationId, kind: 'referral.send-down', body, now },
        (tx) => sendFoundDown(tx, house, { ...body, today, now }),
        [asOf(now)],
      );
    },
  }),
  defineRoute({
    ...redirectDown,
    summary: '医院发现的病人改送另一家基层机构',
    action: 'referrals.send-down',
    handle: ({ actor, params, body, now, today }, { database }) => {
      const house = inOwnHouse(actor);
      return onceOnly(
        database,
        house,
        { operationId: body.operationId, kind: 'referral.redirect-down', body: { params, body }, now },
        (tx) => redirectFound(tx, house, { ...body, ...params, today, now }),
        [asOf(now)],
      );
    },
  }),
  defineRoute({
    ...showFoundPerson,
    summary: '下转来的人的证件号码与电话全值',
    action: 'referrals.receive-person',
    lookUp: 'reveal',
    handle: ({ actor, params, now }, { database }) =>
      inHouse(database, actor, now, async (tx) => {
        const person = await readFoundPerson(tx, actor, params.referralId);
        if (!person) return refused('not-found');
        await recordAudit(tx, actor, {
          action: 'referral.reveal-person',
          residentId: person.residentId ?? undefined,
          subject: params.referralId,
          now,
        });
        const { name, sex, birthDate, idNo, phone } = person;
        return { name, sex, birthDate, idNo, phone };
      }),
  }),
];
