import { join } from 'node:path';
import { judgeNextExaminations } from '#capabilities/screening/server/public.ts';
import { orgPath } from '#kernel/org-path.ts';
import { dayInChina } from '#kernel/plain-date.ts';
import { exportDailyRoot } from '#platform/server/audit/export-roots.ts';
import { sealAudit } from '#platform/server/audit/seal-audit.ts';
import { archiveSpooledLog, oldestWaitingSeconds } from '#platform/server/backup/wal-archive.ts';
import type { SuiteId } from '#platform/server/crypto/cipher-suite.ts';
import type { KeyProvider } from '#platform/server/crypto/key-provider.ts';
import type { ServerContext } from '#platform/server/http/define-route.ts';
import { type RepeatedWork, runEvery } from '#platform/server/jobs/run-every.ts';
import { readIdentityFields } from '#platform/server/masking/read-identity-fields.ts';
import type { Metrics } from '#platform/server/observe/metrics.ts';
import type { ServerLog } from '#platform/server/observe/server-log.ts';
import { appointmentWorks } from './appointment-works.ts';

/** Moves the database's log from its spool into the archive. */
export interface LogArchiving {
  readonly spool: string;
  readonly archive: string;
  readonly provider: KeyProvider;
  readonly suite: SuiteId;
}

interface Settings {
  readonly dataFolder: string;
  readonly archiving: LogArchiving | undefined;
  readonly log: Pick<ServerLog, 'turnDay'>;
  readonly metrics: Metrics | undefined;
  /** Seals anew what lies under an older key or before its question was known, one batch; true when nothing is left. */
  readonly reseal: () => Promise<boolean>;
  /** Does erasures whose person was not there when the server started; none when nobody is awaited. */
  readonly settleErasures: (() => Promise<number>) | undefined;
}

/** A log that waits this long for its archive is told: from here on a restore would lose more than was promised. */
const longestWaitSeconds = 300;

async function archiveAndWatch(context: ServerContext, archiving: LogArchiving): Promise<void> {
  try {
    await archiveSpooledLog(archiving);
  } finally {
    const waiting = await oldestWaitingSeconds(archiving.spool, context.clock());
    if (waiting > longestWaitSeconds)
      context.log.error({ waitingSeconds: Math.round(waiting) }, 'the log archive is behind');
  }
}

/** Managed people looked at in one turn for tests that are due: a county of a hundred thousand is through within an hour of its day. */
const peopleATurn = 500;

/** What the server does by itself while it runs. */
function repeatedWorks(
  context: ServerContext,
  { dataFolder, archiving, log, reseal, settleErasures }: Settings,
): readonly RepeatedWork[] {
  const { database, countyId, keys, clock } = context;
  const wholeCounty = { countyId, scopePath: orgPath(`/${countyId}/`) };
  let sealedFor: string | undefined;
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
    {
      name: 'reseal-fields',
      seconds: 1,
      mayWait: true,
      work: async () => {
        const questions = [...(await readIdentityFields(database, wholeCounty)).keys()].toSorted().join();
        if (sealedFor !== questions && (await reseal())) sealedFor = questions;
      },
    },
    {
      name: 'judge-examinations',
      seconds: 10,
      mayWait: true,
      work: () =>
        judgeNextExaminations(database, {
          countyId,
          today: dayInChina(clock()),
          now: clock(),
          people: peopleATurn,
        }),
    },
    { name: 'turn-log', seconds: 60, work: () => log.turnDay() },
    ...(settleErasures ? [{ name: 'settle-erasures', seconds: 60, work: settleErasures }] : []),
    ...(archiving
      ? [{ name: 'archive-log', seconds: 5, work: () => archiveAndWatch(context, archiving) }]
      : []),
    ...appointmentWorks(context, dataFolder),
  ];
}

/** Starts the server's own work; `stop` ends it after a last turn, so that nothing stays unsealed. */
export function keepRunning(context: ServerContext, settings: Settings): { stop(): Promise<void> } {
  const report = (name: string, error: unknown) => {
    settings.metrics?.workDone(name, false, context.clock());
    context.log.error({ work: name, code: (error as { code?: string }).code }, 'repeated work failed');
  };
  const counted = (one: RepeatedWork): RepeatedWork => ({
    ...one,
    work: async () => {
      await one.work();
      settings.metrics?.workDone(one.name, true, context.clock());
    },
  });
  const running = repeatedWorks(context, settings).map((one) => ({
    job: runEvery(counted(one), report),
    mayWait: one.mayWait ?? false,
  }));
  return {
    async stop() {
      for (const { job, mayWait } of running) await job.stop({ lastTurn: !mayWait });
    },
  };
}
