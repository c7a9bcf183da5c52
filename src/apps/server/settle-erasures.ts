import { dirname } from 'node:path';
import { replayErasures } from '#capabilities/privacy/server/public.ts';
import { type ErasureRegister, erasureRegister } from '#platform/server/backup/erasure-register.ts';
import { SealedFileUnusable } from '#platform/server/backup/sealed-file.ts';
import { CannotStart, type Config } from '#platform/server/config.ts';
import { KeysUnavailable } from '#platform/server/crypto/key-provider.ts';
import type { Database } from '#platform/server/database/open-database.ts';
import { openKeyProvider } from './open-county-keys.ts';

/** The county's register of erasures as configured. */
export async function openErasures(config: Config): Promise<ErasureRegister> {
  const provider = await openKeyProvider(config);
  return erasureRegister({ folder: config.erasures, provider, suite: config.cipherSuite });
}

/** Does again what was erased and a restore brought back, before anybody is served, and says so. Answers how many wait. */
export async function settleErasures(
  config: Config,
  erasures: ErasureRegister,
  county: { database: Database; countyId: string; now: Date; say: (message: string) => void },
): Promise<number> {
  const { say } = county;
  const { done, waiting, added } = await replayErasures(county.database, erasures, county).catch(
    explainRegister,
  );
  if (done.length > 0)
    say(
      `数据库早于 ${done.length} 项已办理的删除，已按删除登记重做：${done.join('、')}。联系方式已从档案和历史版本中清除。`,
    );
  if (waiting.length > 0)
    say(`删除登记中有 ${waiting.length} 项的档案不在这个数据库里；以后由手机带回时会自动清除。`);
  if (added > 0) say(`已把 ${added} 项以前办理的删除补记入删除登记 ${config.erasures}。`);
  return waiting.length;
}

/** A register on the database's own disk is lost together with it. */
export function warnOfRegisterBeside(config: Config, say: (message: string) => void): void {
  if (dirname(config.erasures) === config.dataFolder)
    say(
      `请注意：删除登记 ${config.erasures} 与数据库在同一个文件夹，一起丢失后恢复旧备份会带回已删除的内容。请用 QUANCHENG_ERASURES 放到另一块盘。`,
    );
}

export function explainRegister(error: unknown): never {
  if (error instanceof SealedFileUnusable || error instanceof KeysUnavailable)
    throw new CannotStart(
      `删除登记打不开，因此不启动：${error.message} 已删除的内容不能因此又出现；请放回完好的登记文件或对应的根密钥。`,
    );
  const { code } = error as { code?: string };
  if (code !== undefined && /^E[A-Z]+$/.test(code))
    throw new CannotStart(
      `删除登记文件夹写不进去（${code}），因此不启动；请检查 QUANCHENG_ERASURES 所指的磁盘。The register of erasures cannot be written.`,
    );
  throw error;
}
