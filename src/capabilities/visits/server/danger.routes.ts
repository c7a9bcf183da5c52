import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import { closeDangerEvent, listDangerEvents, ownDangerEvent } from '../danger-contract.ts';
import { closeDanger, readDangerEvents, takeDanger } from './danger-events.ts';

const scopeOf = (actor: Actor) => ({ countyId: actor.countyId, path: actor.scopePath });

export const dangerRoutes = [
  defineRoute({
    ...listDangerEvents,
    summary: '异常情况',
    action: 'centre.read',
    handle: ({ actor, query, now, today }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        const page = await readDangerEvents(tx, actor, { ...query, today, now });
        if (page.items.length > 0)
          await recordAudit(tx, actor, { action: 'danger-event.list', subject: query.state, now });
        return page;
      }),
  }),
  defineRoute({
    ...ownDangerEvent,
    summary: '接手异常情况',
    action: 'centre.receive',
    handle: ({ actor, params, body, now }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'danger-event.own', body: { params, body }, now },
        (tx) => takeDanger(tx, actor, { ...params, version: body.version, now }),
      ),
  }),
  defineRoute({
    ...closeDangerEvent,
    summary: '办结异常情况',
    action: 'centre.receive',
    handle: ({ actor, params, body, now }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'danger-event.close', body: { params, body }, now },
        (tx) =>
          closeDanger(tx, actor, {
            ...params,
            version: body.version,
            outcome: body.outcome,
            note: body.note,
            now,
          }),
      ),
  }),
];
