import { z } from 'zod';
import { withScope } from '#platform/server/database/with-scope.ts';
import { markExport } from '#platform/server/export/mark-export.ts';
import { markProperties, type Watermark, watermarkLine } from '#platform/server/export/watermark.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import { exportQuery } from '#standards/privacy/export-query.ts';
import { idSchema } from '#standards/wire-schemas.ts';
import { type Cell, harmlessCell, toCsv } from '../domain/csv-text.ts';
import * as contract from '../research-contract.ts';
import { askForExtract, decideExtract, fetchExtract, readExtracts } from './research-exports.ts';

const action = 'research-exports.manage';
const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

async function workbookOf(table: readonly (readonly Cell[])[], mark: Watermark): Promise<Buffer> {
  const { default: ExcelJS } = await import('exceljs');
  const book = new ExcelJS.Workbook();
  markProperties(book, mark);
  const sheet = book.addWorksheet('去标识数据', { views: [{ state: 'frozen', ySplit: 1 }] });
  for (const row of table)
    sheet.addRow(row.map((cell) => (typeof cell === 'string' ? harmlessCell(cell) : cell)));
  return Buffer.from(await book.xlsx.writeBuffer());
}

/** Extracts for research: asked for by one, agreed to by another, fetched within their time. */
export const researchRoutes = [
  defineRoute({
    ...contract.askForResearchExport,
    summary: '申请去标识科研数据',
    action,
    handle: ({ actor, body, now }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'research-export.request', body, now },
        (tx) => askForExtract(tx, actor, { ...body, now }),
      ),
  }),
  defineRoute({
    ...contract.decideResearchExport,
    summary: '批准或不批准科研数据',
    action,
    handle: ({ actor, params, body, now, today }, { database, keys }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'research-export.decide', body: { params, body }, now },
        (tx) => decideExtract(tx, actor, { ...body, ...params, keys, today, now }),
      ),
  }),
  defineRoute({
    ...contract.listResearchExports,
    summary: '科研数据清单',
    action,
    handle: ({ actor, query, now }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, (tx) =>
        readExtracts(tx, actor, { ...query, now }),
      ),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/research-exports/:exportId/file',
    summary: '下载去标识科研数据',
    action,
    params: z.strictObject({ exportId: idSchema() }),
    file: 'research',
    query: z.strictObject({ format: z.enum(['csv', 'xlsx']), ...exportQuery('research') }),
    response: z.undefined(),
    async handle({ actor, params, query, now, reply }, { database }) {
      const found = await withScope(database, { countyId: actor.countyId, path: actor.scopePath }, (tx) =>
        fetchExtract(tx, actor, { ...params, now }),
      );
      if (found.kind === 'refused') return found;
      const { format, purpose } = query;
      const marked = (mark: Watermark) => [...found.table, [watermarkLine(mark)]];
      return markExport(database, actor, reply, {
        door: 'research',
        purpose,
        people: found.people,
        subject: params.exportId,
        detail: { format },
        name: `research-${params.exportId}.${format}`,
        type: format === 'csv' ? 'text/csv; charset=utf-8' : workbookType,
        make: (mark) =>
          format === 'csv' ? Buffer.from(toCsv(marked(mark))) : workbookOf(marked(mark), mark),
        now,
      });
    },
  }),
];
