import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CannotStart, prepareDataFolder, readConfig } from '#platform/server/config.ts';
import { EmbeddedPostgresFailed } from '#platform/server/database/embedded-postgres-failed.ts';
import { DatabaseUnusable } from '#platform/server/database/migrate.ts';
import { holdDataFolder } from '#platform/server/hold-data-folder.ts';
import { emptyForRealUse } from '../demo-county/empty-county.ts';
import { checkAudit } from './check-audit.ts';
import { startQuancheng } from './start-quancheng.ts';

/** The project's folder: two above `dist/server/`, three above `src/apps/server/`. */
const here = dirname(fileURLToPath(import.meta.url));
const projectFolder = process.env.QUANCHENG_PROJECT ?? join(here, '..', '..');

async function main(): Promise<void> {
  const config = readConfig(process.env, projectFolder);
  await prepareDataFolder(config.dataFolder);
  const letGo = await holdDataFolder(config.dataFolder);
  const say = (message: string) => console.log(message);
  const running = await startQuancheng({
    config,
    projectFolder,
    say,
    serve: !wantsEmptying() && !wantsAuditCheck(),
  }).catch(async (error) => {
    await letGo();
    throw error;
  });
  const stop = async (code: number) => {
    await running.stop();
    await letGo();
    process.exit(code);
  };
  if (wantsEmptying()) {
    const countyName = argument('--county-name') ?? '新建县';
    const countyId = argument('--county-code') ?? running.countyId;
    if (!/^[0-9]{6}$/.test(countyId))
      throw new CannotStart('--county-code 应为6位区划代码。--county-code must be six digits.');
    const first = await emptyForRealUse({ ownerUrl: running.ownerUrl, countyId, countyName }).catch(
      async (error: Error) => {
        await running.stop();
        await letGo();
        throw new CannotStart(error.message);
      },
    );
    say(`演示数据已清空。第一位管理员：${first.username}，一次性口令：${first.password}（首次登录须修改）`);
    say('现在用 npm start 启动正式使用。');
    return stop(0);
  }
  if (wantsAuditCheck()) {
    const code = await checkAudit(running, argument('--roots'), say).catch(async (error) => {
      await running.stop();
      await letGo();
      throw error;
    });
    return stop(code);
  }
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      say('\n正在停止，数据完好…');
      void stop(0);
    });
  }
}

function wantsEmptying(): boolean {
  return process.argv.includes('--empty-for-real-use');
}

function wantsAuditCheck(): boolean {
  return process.argv.includes('--verify-audit');
}

function argument(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at === -1 ? undefined : process.argv[at + 1];
}

main().catch((error: unknown) => {
  const known =
    error instanceof CannotStart ||
    error instanceof DatabaseUnusable ||
    error instanceof EmbeddedPostgresFailed;
  console.error(known ? (error as Error).message : error);
  process.exit(1);
});
