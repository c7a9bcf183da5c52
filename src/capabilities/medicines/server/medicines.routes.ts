import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import { changeAvailability, showAvailability } from '../contract.ts';
import { changePlaceAvailability, withoutPath } from './change-availability.ts';
import { readAvailability } from './read-availability.ts';

export const medicineRoutes = [
  defineRoute({
    ...showAvailability,
    summary: '药品供应',
    action: 'medicine-availability.read',
    handle: ({ actor, query }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) =>
        withoutPath(await readAvailability(tx, actor, query.organizationId)),
      ),
  }),
  defineRoute({
    ...changeAvailability,
    summary: '修改药品供应',
    action: 'medicine-availability.change',
    handle: ({ actor, params, body, now }, { database }) =>
      onceOnly(
        database,
        actor,
        {
          operationId: body.operationId,
          kind: 'medicine-availability.change',
          body: { params, body },
          now,
        },
        (tx) => changePlaceAvailability(tx, actor, { ...body, organizationId: params.organizationId, now }),
      ),
  }),
];
