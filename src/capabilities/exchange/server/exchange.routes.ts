import { z } from 'zod';
import { refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { collectStream } from '#platform/server/export/collect-stream.ts';
import { markExport } from '#platform/server/export/mark-export.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import { exportQuery } from '#standards/privacy/export-query.ts';
import { idSchema } from '#standards/wire-schemas.ts';
import {
  commitRoster,
  listRosterImports,
  listRosterRows,
  showRosterImport,
  uploadRoster,
} from '../contract.ts';
import type { RosterIssue } from '../domain/read-roster-row.ts';
import { beginRosterImport } from './begin-roster-import.ts';
import { commitRosterImport } from './commit-roster-import.ts';
import { readRosterImport, readRosterImports, readRosterRows } from './read-roster-imports.ts';
import { runWorkbookReader } from './run-workbook-reader.ts';
import { workbookLimits } from './workbook-limits.ts';
import { writeMarkedWorkbook } from './write-marked-workbook.ts';

const scopeOf = (actor: Actor) => ({ countyId: actor.countyId, path: actor.scopePath });

export const exchangeRoutes = [
  defineRoute({
    ...uploadRoster,
    summary: '上传花名册',
    action: 'roster-imports.use',
    bodyLimitBytes: workbookLimits.uploadBytes,
    handle: ({ actor, params, query, body, now, today }, { database, log }) =>
      beginRosterImport(database, actor, {
        importId: params.importId,
        organizationId: query.organizationId,
        fileName: query.fileName,
        bytes: body,
        today,
        now,
        onFault: (error) => log.error({ name: (error as Error).name }, 'roster import failed'),
      }),
  }),
  defineRoute({
    ...showRosterImport,
    summary: '查看导入批次',
    action: 'roster-imports.use',
    handle: async ({ actor, params }, { database }) =>
      (await readRosterImport(database, actor, params.importId)) ?? refused('not-found'),
  }),
  defineRoute({
    ...listRosterImports,
    summary: '导入批次列表',
    action: 'roster-imports.use',
    handle: ({ actor, query }, { database }) =>
      withScope(database, scopeOf(actor), (tx) => readRosterImports(tx, actor, query)),
  }),
  defineRoute({
    ...listRosterRows,
    summary: '导入批次的逐行结果',
    action: 'roster-imports.use',
    handle: ({ actor, params, query, now }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        await recordAudit(tx, actor, { action: 'roster-import.rows', subject: params.importId, now });
        return readRosterRows(tx, actor, { importId: params.importId, ...query });
      }),
  }),
  defineRoute({
    ...commitRoster,
    summary: '整批导入',
    action: 'roster-imports.use',
    async handle({ actor, params, body, now, today }, { database }) {
      const result = await onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'roster-import.commit', body: params, now },
        (tx) => commitRosterImport(tx, actor, { importId: params.importId, today, now }),
      );
      if ('kind' in result) return result;
      return (await readRosterImport(database, actor, params.importId)) ?? refused('not-found');
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/roster-imports/:importId/marked-workbook',
    summary: '下载标出问题的花名册',
    action: 'roster-imports.use',
    file: 'roster',
    params: z.strictObject({ importId: idSchema() }),
    query: z.strictObject(exportQuery('roster')),
    response: z.undefined(),
    async handle({ actor, params, query, now, reply }, { database }) {
      const found = await withScope(database, scopeOf(actor), async (tx) => {
        const batch = await tx
          .selectFrom('roster_import')
          .select(['original', 'preview'])
          .where('county_id', '=', actor.countyId)
          .where('id', '=', params.importId)
          .executeTakeFirst();
        if (!batch?.original) return undefined;
        const rows = await tx
          .selectFrom('roster_import_row')
          .select(['row_no', 'issues'])
          .where('county_id', '=', actor.countyId)
          .where('import_id', '=', params.importId)
          .where('state', '=', 'error')
          .execute();
        const { people } = await tx
          .selectFrom('roster_import_row')
          .select(({ fn }) => fn.countAll<string>().as('people'))
          .where('county_id', '=', actor.countyId)
          .where('import_id', '=', params.importId)
          .executeTakeFirstOrThrow();
        const original = database.seals.openBytes(params.importId, 'original', batch.original);
        if (!original) return undefined;
        return {
          original,
          preview: batch.preview as { headerRow?: number } | null,
          rows,
          people: Number(people),
        };
      });
      if (!found) return refused('not-found');
      const read = await runWorkbookReader(found.original, () => undefined);
      if (read.kind === 'refused') return refused('unsupported-file', { detail: read.message });
      const issues = new Map(found.rows.map((row) => [row.row_no, row.issues as RosterIssue[]]));
      const headerRow = found.preview?.headerRow ?? 1;
      return markExport(database, actor, reply, {
        door: 'roster',
        purpose: query.purpose,
        people: found.people,
        subject: params.importId,
        name: '花名册-标出问题.xlsx',
        type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        make: async (mark) => collectStream(await writeMarkedWorkbook(read.rows, headerRow, issues, mark)),
        now,
      });
    },
  }),
];
