import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CannotStart, type Config, prepareDataFolder, readConfig } from '#platform/server/config.ts';
import { holdDataFolder } from '#platform/server/hold-data-folder.ts';
import { administratorRoles, isAdministrator } from '#standards/roles.ts';
import { emptyForRealUse } from '../demo-county/empty-county.ts';
import { backUp, checkBackup } from './back-up.ts';
import { changeRootKey, type NewRoot } from './change-root-key.ts';
import { checkAudit } from './check-audit.ts';
import { destroyOldKeys } from './destroy-old-keys.ts';
import { configOfDrill, readDrillMark } from './drill-mark.ts';
import { explainFailure } from './explain-failure.ts';
import { listNeededRoots } from './list-needed-roots.ts';
import { announceAdministrators, makeMissingAdministrators } from './make-administrators.ts';
import { restoreCounty } from './restore-county.ts';
import { rotateKeys } from './rotate-keys.ts';
import { type Running, startQuancheng } from './start-quancheng.ts';

/** The project's folder: two above `dist/server/`, three above `src/apps/server/`. */
const here = dirname(fileURLToPath(import.meta.url));
const projectFolder = process.env.QUANCHENG_PROJECT ?? join(here, '..', '..');
const say = (message: string) => console.log(message);
const wants = (name: string) => process.argv.includes(name);

function argument(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  const value = at === -1 ? undefined : process.argv[at + 1];
  return value?.startsWith('--') ? undefined : value;
}

async function main(): Promise<void> {
  const given = readConfig(process.env, projectFolder);
  await prepareDataFolder(given.dataFolder);
  const config = (await readDrillMark(given.dataFolder)) ? configOfDrill(given) : given;
  const file = argument('--check-backup');
  if (file !== undefined) return checkBackup(config, file, say);
  const sealed = argument('--which-root-key');
  if (sealed !== undefined) return listNeededRoots(config, sealed, say);
  if (wants('--back-up')) return backUpBeside(config);
  const letGo = await holdDataFolder(config.dataFolder);
  try {
    if (wants('--restore')) await restore(given);
    else if (wants('--empty-for-real-use')) await emptyCounty(config);
    else if (wants('--administrators')) await makeAdministrators(config);
    else if (wants('--verify-audit')) await verifyAudit(config);
    else if (wants('--rotate-keys'))
      await withCounty(config, (running) => rotateKeys(config, running, say, new Date()));
    else if (wants('--change-root-key'))
      await withCounty(config, (running) => changeRootKey(config, running, { to: newRoot(), say }));
    else if (wants('--destroy-old-keys'))
      await withCounty(config, (running) => destroyOldKeys({ ...running, say }));
    else return await serve(config, letGo);
  } catch (error) {
    await letGo();
    throw error;
  }
  await letGo();
}

/** Runs until somebody stops it, which may be before it has quite started. */
async function serve(config: Config, letGo: () => Promise<void>): Promise<void> {
  let stopping = false;
  let stop = async () => {};
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      say('\n正在停止，数据完好…');
      void stop()
        .then(letGo)
        .then(() => process.exit(0));
    });
  }
  try {
    await startQuancheng({
      config,
      projectFolder,
      say,
      serve: true,
      onStarting: (stopAll) => {
        stop = stopAll;
      },
    });
  } catch (error) {
    // What was under way fails when the database is stopped beneath it; the stop ends the process.
    if (!stopping) throw error;
    await new Promise(() => undefined);
  }
}

/** Does something with the county's database and ends. */
async function withCounty(config: Config, work: (running: Running) => Promise<void>): Promise<void> {
  const running = await startQuancheng({ config, projectFolder, say, serve: false });
  try {
    await work(running);
  } finally {
    await running.stop();
  }
}

async function emptyCounty(config: Config): Promise<void> {
  if (await readDrillMark(config.dataFolder))
    throw new CannotStart(
      '这是演练副本，不能改作正式系统；正式使用请另选数据文件夹。This is a copy made for a drill.',
    );
  return withCounty(config, async ({ ownerUrl, countyId: demoCountyId }) => {
    const countyName = argument('--county-name') ?? '新建县';
    const countyId = argument('--county-code') ?? demoCountyId;
    if (!/^[0-9]{6}$/.test(countyId))
      throw new CannotStart('--county-code 应为6位区划代码。--county-code must be six digits.');
    const first = await emptyForRealUse({ ownerUrl, countyId, countyName }).catch((error: Error) => {
      throw new CannotStart(error.message);
    });
    say('演示数据已清空。三位管理员：');
    for (const line of announceAdministrators(first)) say(line);
    say('现在用 npm start 启动正式使用。');
  });
}

/** Adds whichever of the three administrators the county has not, as after an upgrade; named, one more of that kind. */
function makeAdministrators(config: Config): Promise<void> {
  return withCounty(config, async ({ ownerUrl, countyId }) => {
    const oneMore = argument('--administrators');
    if (oneMore !== undefined && !isAdministrator(oneMore))
      throw new CannotStart(`--administrators 后可写 ${administratorRoles.join('、')}，表示再设一位。`);
    const made = await makeMissingAdministrators({ ownerUrl, countyId, oneMore });
    if (made.length === 0) say('系统、安全、审计三类管理员都已有，没有新建。');
    else for (const line of announceAdministrators(made)) say(line);
  });
}

function verifyAudit(config: Config): Promise<void> {
  return withCounty(config, async (running) => {
    process.exitCode = await checkAudit(running, argument('--roots'), say);
  });
}

/** `--to-key-command 程序` names the key service of the new root; without it the new root is a file. */
function newRoot(): NewRoot {
  const program = argument('--to-key-command');
  return program === undefined ? { kind: 'file' } : { kind: 'command', program };
}

/** A backup needs no rest: beside a running server it copies from it. */
async function backUpBeside(config: Config): Promise<void> {
  const letGo = await holdDataFolder(config.dataFolder).catch(() => undefined);
  try {
    const isRunning = letGo === undefined;
    await backUp({ config, folder: argument('--back-up'), isRunning, say, now: new Date() });
  } finally {
    await letGo?.();
  }
}

async function restore(config: Config): Promise<void> {
  const from = argument('--restore');
  if (from === undefined)
    throw new CannotStart('请给出备份文件：npm run restore -- <文件>。Give the backup file.');
  const wish = {
    from,
    keyFile: argument('--key'),
    logArchive: argument('--log'),
    until: argument('--until'),
    erasures: argument('--erasures'),
    erasuresKey: argument('--erasures-key'),
    withoutErasures: wants('--without-erasures'),
    drillAt: wants('--drill') ? new Date() : undefined,
  };
  await restoreCounty(config, wish, say);
  // What was erased since the backup is erased again here, and not only when somebody first starts it to serve.
  return withCounty(config, async () => undefined);
}

main().catch((error: unknown) => {
  console.error(explainFailure(error) ?? error);
  process.exit(1);
});
