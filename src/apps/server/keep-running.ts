import { join } from 'node:path';
import { exportDailyRoot } from '#platform/server/audit/export-roots.ts';
import { sealAudit } from '#platform/server/audit/seal-audit.ts';
import type { ServerContext } from '#platform/server/http/define-route.ts';
import { type RepeatedWork, runEvery } from '#platform/server/jobs/run-every.ts';

/** What the server does by itself while it runs. */
function repeatedWorks(context: ServerContext, dataFolder: string): readonly RepeatedWork[] {
  const { database, countyId, keys, clock } = context;
  return [
    {
      name: 'seal-audit',
      seconds: 1,
      work: () => sealAudit(database, { countyId, keys, now: clock() }),
    },
    {
      name: 'export-audit-root',
      seconds: 300,
      work: () =>
        exportDailyRoot(database, { countyId, folder: join(dataFolder, 'audit-roots'), now: clock() }),
    },
  ];
}

/** Starts the server's own work; `stop` ends it after a last turn, so that nothing stays unsealed. */
export function keepRunning(context: ServerContext, dataFolder: string): { stop(): Promise<void> } {
  const report = (name: string, error: unknown) =>
    context.log.error({ work: name, code: (error as { code?: string }).code }, 'repeated work failed');
  const running = repeatedWorks(context, dataFolder).map((one) => runEvery(one, report));
  return {
    async stop() {
      for (const one of running) await one.stop({ lastTurn: true });
    },
  };
}
