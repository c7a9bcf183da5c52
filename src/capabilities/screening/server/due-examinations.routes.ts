import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { listDueExaminations, showDueExaminations } from '../due-examinations-contract.ts';
import { readDueCounts, readDuePeople } from './read-due-examinations.ts';

const scopeOf = (actor: Actor) => ({ countyId: actor.countyId, path: actor.scopePath });

export const dueExaminationRoutes = [
  defineRoute({
    ...showDueExaminations,
    summary: '到期检查人数',
    action: 'screenings.read',
    handle: ({ actor, query }, { database }) =>
      withScope(database, scopeOf(actor), (tx) => readDueCounts(tx, actor, query)),
  }),
  defineRoute({
    ...listDueExaminations,
    summary: '到期检查名单',
    action: 'screenings.read',
    handle: ({ actor, query, now, today }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        await recordAudit(tx, actor, { action: 'screening.due-list', subject: query.test, now });
        return readDuePeople(tx, actor, { ...query, today });
      }),
  }),
];
