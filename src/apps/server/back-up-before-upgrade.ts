import { join } from 'node:path';
import type { Config } from '#platform/server/config.ts';
import { asOwner } from '#platform/server/database/as-owner.ts';
import { pendingMigrations } from '#platform/server/database/migrate.ts';
import { backUpDatabase } from './back-up.ts';

/**
 * Real data are backed up before their schema changes, so that the old version can come back with what it had. Demo data
 * are made again instead.
 */
export async function backUpBeforeUpgrade(
  config: Config,
  input: { ownerUrl: string; folder: string; say: (message: string) => void; now: Date },
): Promise<void> {
  const pending = await pendingMigrations(input);
  if (pending.length === 0 || !(await holdsRealData(input.ownerUrl))) return;
  input.say(`数据库结构将更新 ${pending.length} 步，先备份…`);
  const path = await backUpDatabase({
    config,
    ownerUrl: input.ownerUrl,
    folder: join(config.dataFolder, 'backups'),
    say: input.say,
    now: input.now,
  });
  input.say(
    `如需退回旧版：装回旧版程序，再 npm run restore -- ${path} --erasures ${config.erasures}（换一个空的 QUANCHENG_DATA）。`,
  );
}

function holdsRealData(ownerUrl: string): Promise<boolean> {
  return asOwner(ownerUrl, async (client) => {
    const { rows } = await client.query<{ is_demo: boolean }>('select is_demo from county limit 1');
    return rows[0]?.is_demo === false;
  });
}
