import { recordAudit } from '#platform/server/audit/record-audit.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { listExports } from '../export-register-contract.ts';
import { readExportRegister } from './read-export-register.ts';

/** The register of files with residents' data that left. */
export const exportRegisterRoutes = [
  defineRoute({
    ...listExports,
    summary: '导出登记',
    action: 'exports.list',
    handle: ({ actor, query, now }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => {
        const page = await readExportRegister(tx, actor.countyId, query);
        const detail = { rows: page.items.length };
        await recordAudit(tx, actor, { action: 'export-register.list', detail, now });
        return page;
      }),
  }),
];
