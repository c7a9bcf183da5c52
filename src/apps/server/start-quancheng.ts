import { createServer } from 'node:net';
import { join } from 'node:path';
import type pg from 'pg';
import { dayInChina } from '#kernel/plain-date.ts';
import { identityService } from '#platform/server/auth/identity-service.ts';
import { CannotStart, type Config, keptSecret } from '#platform/server/config.ts';
import type { KeyRing } from '#platform/server/crypto/key-ring.ts';
import { asOwner } from '#platform/server/database/as-owner.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#platform/server/database/embedded-postgres.ts';
import { applicationRole, migrate } from '#platform/server/database/migrate.ts';
import {
  type Database,
  type DatabaseConnection,
  openDatabase,
} from '#platform/server/database/open-database.ts';
import { createHttpServer } from '#platform/server/http/create-http-server.ts';
import { openMetrics } from '#platform/server/observe/metrics.ts';
import { openServerLog } from '#platform/server/observe/server-log.ts';
import { roleLabels } from '#standards/roles.ts';
import { demoAccounts, demoPassword } from '../demo-county/demo-accounts.ts';
import { fillDemoCounty, isBulk } from '../demo-county/fill-demo-county.ts';
import { assertSafeDatabase } from './assert-safe-database.ts';
import { backUpBeforeUpgrade } from './back-up-before-upgrade.ts';
import { configOfDrill, type DrillMark, drillText, readDrillMark, settleDrillMark } from './drill-mark.ts';
import { diskFull } from './explain-failure.ts';
import { keepRunning, type LogArchiving } from './keep-running.ts';
import { openCountyKeys, openKeyProvider } from './open-county-keys.ts';
import { assertNotHalfRestored } from './restore-county.ts';
import { routes } from './routes.ts';
import { resealOneBatch, sealStoredFields } from './seal-stored-fields.ts';
import { openErasures, settleErasures, warnOfRegisterBeside } from './settle-erasures.ts';

const demoCountyId = '999999';
const demoSeed = 20_261_124;

export interface Running {
  readonly ownerUrl: string;
  readonly countyId: string;
  readonly address: string;
  readonly database: Database;
  readonly keys: KeyRing;
  stop(): Promise<void>;
}

/** Starts everything in order: port, database, schema, demo county when empty, server. Stops what it started on failure. */
export async function startQuancheng(input: {
  config: Config;
  projectFolder: string;
  say: (message: string) => void;
  serve: boolean;
  clock?: () => Date;
  /** Given at once the way to stop whatever was started by then. */
  onStarting?: (stop: () => Promise<void>) => void;
}): Promise<Running> {
  const { say } = input;
  const drill = await readDrillMark(input.config.dataFolder);
  const config = drill ? configOfDrill(input.config) : input.config;
  const clock = input.clock ?? (() => new Date());
  assertNotHalfRestored(config.dataFolder);
  if (input.serve) await assertPortFree(config.port);
  const started: (() => Promise<void>)[] = [];
  const stopAll = async () => {
    for (const stop of started.splice(0).reverse()) await stop();
  };
  input.onStarting?.(stopAll);
  let embedded: EmbeddedPostgres | undefined;
  const start = (settings = {}) =>
    startEmbeddedPostgres({
      dataFolder: config.dataFolder,
      onProgress: say,
      archivesLog: config.logArchive !== undefined,
      settings,
    });
  try {
    if (config.databaseUrl === undefined) {
      embedded = await start();
      started.push(async () => embedded?.stop());
    }
    let ownerUrl = embedded?.ownerUrl ?? config.databaseUrl ?? '';
    const folder = join(input.projectFolder, 'src/platform/server/database/migrations');
    if (embedded) await backUpBeforeUpgrade(config, { ownerUrl, folder, say, now: clock() });
    const appPassword = await keptSecret(config.dataFolder, 'application-password');
    await migrate({
      ownerUrl,
      folder,
      appPassword,
      onApplied: (name) => say(`已更新数据库结构：${name}`),
    }).catch(explainConnection);
    await settleDrillMark(config, drill, ownerUrl);
    await assertSafeDatabase({ ownerUrl, now: new Date() });
    const found = await findCounty(ownerUrl);
    const countyId = found ?? demoCountyId;
    const keys = await openCountyKeys(config, { ownerUrl, countyId, now: clock() });
    if (found === undefined) {
      const fill = { config, keys, today: dayInChina(clock()), say };
      if (embedded && fillsWithLeastLog(config)) {
        await embedded.stop();
        embedded = await start(leastLog);
        await fillCounty({ ...fill, ownerUrl: embedded.ownerUrl });
        await query(embedded.ownerUrl, 'checkpoint');
        await embedded.stop();
        embedded = await start();
        ownerUrl = embedded.ownerUrl;
      } else await fillCounty({ ...fill, ownerUrl });
    }
    await sealStoredFields({ ownerUrl, countyId, keys, now: clock(), say });
    const connection = applicationConnection(ownerUrl, appPassword);
    let unopened: (name: string) => void = () => undefined;
    const database = openDatabase({
      connection,
      maxConnections: 20,
      keys,
      countyId,
      onUnopened: (name) => unopened(name),
      drill: drill && drillText(drill),
    });
    started.push(() => database.close());
    const erasures = await openErasures(config);
    const settle = () => settleErasures(config, erasures, { database, countyId, now: clock(), say });
    const absent = await settle();
    const address = `http://localhost:${config.port}`;
    if (input.serve) {
      const log = await openServerLog({
        folder: join(config.dataFolder, 'logs'),
        clock,
        onError: (line) => console.error(line),
      });
      started.push(async () => log.close());
      unopened = (name) => log.error({ field: name }, '有密文打不开，可能被移动或改动过');
      const metrics = config.metricsToken ? openMetrics({ token: config.metricsToken, database }) : undefined;
      const identity = config.identityService && identityService(config.identityService);
      const context = { database, clock, countyId, keys, erasures, identityService: identity, log };
      const work = keepRunning(context, {
        dataFolder: config.dataFolder,
        archiving: await archivingOf(config, embedded?.logSpool),
        log,
        metrics,
        settleErasures: absent > 0 ? settle : undefined,
        reseal: () => resealOneBatch({ ownerUrl, countyId, keys, now: clock() }),
      });
      started.push(() => work.stop());
      const app = await createHttpServer(context, routes, {
        staticFolder: join(input.projectFolder, 'dist/workbench'),
        fieldFolder: join(input.projectFolder, 'dist/field'),
        metrics,
        behindTls: config.behindTls,
      });
      await app.listen({ port: config.port, host: 'localhost' });
      started.push(() => app.close());
      await announce(config, ownerUrl, { say, drill });
    }
    return { ownerUrl, countyId, address, database, keys, stop: stopAll };
  } catch (error) {
    await stopAll();
    throw embedded?.hasFilledDisk() ? new CannotStart(diskFull) : error;
  }
}

/** What moves the log into the archive, when both are there. */
async function archivingOf(config: Config, spool: string | undefined): Promise<LogArchiving | undefined> {
  if (spool === undefined || config.logArchive === undefined) return undefined;
  const provider = await openKeyProvider(config);
  return { spool, archive: config.logArchive, provider, suite: config.cipherSuite };
}

async function findCounty(ownerUrl: string): Promise<string | undefined> {
  const [found] = await query<{ county_id: string }>(ownerUrl, 'select county_id from county limit 1');
  return found?.county_id;
}

/**
 * What a new table holds is then written once, to its own file, and reaches the disk before the commit; a kill leaves the
 * empty database of before, as with the full log.
 */
const leastLog = { wal_level: 'minimal', max_wal_senders: '0' };

/** A large county is filled so, but not where each piece of the log goes to an archive. */
const fillsWithLeastLog = ({ demoResidents, logArchive }: Config) =>
  logArchive === undefined && isBulk({ residents: demoResidents });

async function fillCounty(input: {
  ownerUrl: string;
  config: Config;
  keys: KeyRing;
  today: ReturnType<typeof dayInChina>;
  say: (message: string) => void;
}): Promise<void> {
  const { ownerUrl, config, keys, today, say } = input;
  say(`正在生成演示县（${config.demoResidents} 人，24 个月随访）…`);
  await fillDemoCounty({
    ownerUrl,
    countyId: demoCountyId,
    residents: config.demoResidents,
    seed: demoSeed,
    today,
    keys,
    onProgress: say,
  });
}

async function announce(
  config: Config,
  ownerUrl: string,
  { say, drill }: { say: (message: string) => void; drill: DrillMark | undefined },
): Promise<void> {
  const address = `http://localhost:${config.port}`;
  say(`\n全程已启动：${address}`);
  if (drill)
    say(
      `演练副本（${drillText(drill)}）：不是正式系统，不发提醒，不收手机数据，不写日志归档和正式的删除登记。`,
    );
  else say(`村医手机端：${address}/field/`);
  const [county] = await query<{ is_demo: boolean }>(ownerUrl, 'select is_demo from county limit 1');
  if (!county?.is_demo) return drill ? undefined : warnOfRegisterBeside(config, say);
  say(`演示账号（口令均为 ${demoPassword}）：`);
  for (const account of demoAccounts)
    say(`  ${account.username.padEnd(14)}${roleLabels[account.role]} ${account.name}`);
  say('按 Ctrl-C 停止。');
}

const query = <T extends pg.QueryResultRow>(ownerUrl: string, text: string): Promise<T[]> =>
  asOwner(ownerUrl, async (client) => (await client.query<T>(text)).rows);

/** The same server and database as the owner's, as the role that owns nothing. */
export function applicationConnection(ownerUrl: string, password: string): DatabaseConnection {
  const url = new URL(ownerUrl);
  return {
    host: decodeURIComponent(url.hostname),
    port: Number(url.port || 5432),
    database: decodeURIComponent(url.pathname.slice(1)),
    user: applicationRole,
    password,
  };
}

function assertPortFree(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const taken = `端口 ${port} 已被占用，请关闭占用它的程序或用 PORT 另选一个。Port ${port} is taken; set PORT to another.`;
      const denied = `没有权限使用端口 ${port}，请用 PORT 另选一个大于 1024 的端口。Port ${port} is not allowed; set PORT to another.`;
      reject(new CannotStart(error.code === 'EACCES' ? denied : taken));
    });
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()));
  });
}

function explainConnection(error: unknown): never {
  const { code } = error as { code?: string };
  if (['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', '28P01', '3D000', '28000'].includes(code ?? '')) {
    throw new CannotStart(
      `连不上 DATABASE_URL 指定的数据库（${code}）。The database of DATABASE_URL cannot be reached (${code}).`,
    );
  }
  if (code === '42501') {
    throw new CannotStart(
      'DATABASE_URL 的用户没有建立角色和表的权限。The user of DATABASE_URL may not create roles and tables.',
    );
  }
  throw error;
}
