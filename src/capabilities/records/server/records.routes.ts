import { refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import { clinicalRoles, recordReaderRoles } from '#standards/roles.ts';
import { fileRecord, listRecords, showRecord } from '../contract.ts';
import { fileResidentRecord } from './file-record.ts';
import { readRecord, readRecordPage } from './read-records.ts';

export const recordRoutes = [
  defineRoute({
    ...listRecords,
    summary: '居民记录中的表单',
    access: recordReaderRoles,
    handle: ({ actor, params, query, now }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => {
        await recordAudit(tx, actor, { action: 'record.list', residentId: params.residentId, now });
        return readRecordPage(tx, {
          countyId: actor.countyId,
          residentId: params.residentId,
          includeSuperseded: query.includeSuperseded === 'true',
          cursor: query.cursor,
          limit: query.limit,
        });
      }),
  }),
  defineRoute({
    ...showRecord,
    summary: '打开一份表单',
    access: recordReaderRoles,
    handle: ({ actor, params, now }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => {
        const record = await readRecord(tx, actor.countyId, params.recordId);
        if (!record) return refused('not-found');
        const { residentId, recordId } = record;
        await recordAudit(tx, actor, { action: 'record.read', residentId, subject: recordId, now });
        return record;
      }),
  }),
  defineRoute({
    ...fileRecord,
    summary: '填写或更正表单',
    access: clinicalRoles,
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'record.file', body: { params, body }, now },
        (tx) => fileResidentRecord(tx, actor, { ...body, residentId: params.residentId, today, now }),
      ),
  }),
];
