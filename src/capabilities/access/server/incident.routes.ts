import { refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { collectStream } from '#platform/server/export/collect-stream.ts';
import { markExport } from '#platform/server/export/mark-export.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { draftIncidentReport } from '../domain/draft-incident-report.ts';
import * as contract from '../incident-contract.ts';
import { type IncidentQuestion, traceIncident } from './trace-incident.ts';
import { readConcerned, writeIncidentFile } from './write-incident-file.ts';

const scopeOf = (actor: Actor) => ({ countyId: actor.countyId, path: actor.scopePath });
const unknown = () => refused('not-found', { detail: '没有这个账号，或它没有用过这部手机；请核对用户名。' });
const askedOf = ({ deviceId, from, through }: IncidentQuestion) => ({ deviceId, from, through });
const isBackwards = ({ from, through }: IncidentQuestion) => from > through;
const backwards = () =>
  refused('invalid-input', {
    issues: [{ path: 'through', code: 'before-start', message: '“到哪天”不能早于“从哪天”。' }],
  });

/** What an incident with an account or a phone concerns, for the report and for telling those concerned. */
export const incidentRoutes = [
  defineRoute({
    ...contract.traceIncident,
    summary: '泄露事件涉及多少人、哪些信息',
    action: 'incidents.prepare',
    async handle({ actor, query, now }, { database }) {
      if (isBackwards(query)) return backwards();
      return withScope(database, scopeOf(actor), async (tx) => {
        const found = await traceIncident(tx, actor.countyId, query);
        if (!found) return unknown();
        const { opened: _, onPhone: __, listed: ___, ...summary } = found;
        const detail = { ...askedOf(query), people: summary.people };
        await recordAudit(tx, actor, { action: 'incident.read', subject: query.username, detail, now });
        return summary;
      });
    },
  }),
  defineRoute({
    ...contract.exportIncident,
    summary: '泄露事件材料',
    action: 'incidents.prepare',
    file: 'incident',
    async handle({ actor, query, now, today, reply }, { database }) {
      if (isBackwards(query)) return backwards();
      const found = await withScope(database, scopeOf(actor), async (tx) => {
        const incident = await traceIncident(tx, actor.countyId, query);
        return incident && { incident, ...(await readConcerned(tx, actor.countyId, incident)) };
      });
      if (!found) return unknown();
      const { from, through } = query;
      const given = { isPhone: query.deviceId !== undefined, from, through, today };
      const report = draftIncidentReport(found.incident, given);
      return markExport(database, actor, reply, {
        door: 'incident',
        purpose: query.purpose,
        people: found.people.length,
        subject: query.username,
        detail: askedOf(query),
        name: `泄露事件材料-${query.username}-${from}至${through}.xlsx`,
        type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        make: (mark) => collectStream(writeIncidentFile({ report, ...found }, mark)),
        now,
      });
    },
  }),
];
