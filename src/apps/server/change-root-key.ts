import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { leaveErasuresUnder, sealErasuresAlso } from '#platform/server/backup/erasure-register.ts';
import { CannotStart, type Config } from '#platform/server/config.ts';
import { cipherSuite } from '#platform/server/crypto/cipher-suite.ts';
import { commandKeyProvider, type KeyProvider } from '#platform/server/crypto/key-provider.ts';
import { rewrapKeys } from '#platform/server/crypto/key-ring.ts';
import { layNextRoot, retiredPath, takeNextRoot } from '#platform/server/crypto/root-key-file.ts';
import { asOwner } from '#platform/server/database/as-owner.ts';
import { explainKeys, openKeyProvider, rootKeyPath } from './open-county-keys.ts';
import { explainRegister } from './settle-erasures.ts';

/** Where the new root is to lie: a key service behind a program, or a new key file. */
export type NewRoot = { readonly kind: 'file' } | { readonly kind: 'command'; readonly program: string };

/**
 * Puts every data key under a new root. The new root is on disk or answers before anything changes, the keys change in one
 * transaction, and only then the old root leaves its place: cut at any step, the next start works with the one or the other.
 */
export async function changeRootKey(
  config: Config,
  running: { readonly ownerUrl: string },
  input: { readonly to: NewRoot; readonly say: (message: string) => void },
): Promise<void> {
  const { ownerUrl } = running;
  const from = await openKeyProvider(config, { mustExist: true });
  const path = rootKeyPath(config);
  const to = await makeNewRoot(config, input.to);
  const register = { folder: config.erasures, provider: from, suite: config.cipherSuite };
  await sealErasuresAlso(register, to).catch(explainRegister);
  const count = await rewrapKeys({ ownerUrl, from, to }).catch(explainKeys);
  const leavesFile = config.keyCommand === undefined;
  if (input.to.kind === 'file') await takeNextRoot(path, leavesFile ? from.rootId : undefined);
  await leaveErasuresUnder(config.erasures, to);
  await forgetOldWrappings(ownerUrl);
  input.say(`已用新的根密钥 ${to.rootId} 重新封装 ${count} 把数据密钥；旧的根密钥是 ${from.rootId}。`);
  if (input.to.kind === 'file') {
    input.say(`新的根密钥在 ${path}，请当天抄存两份，与备份分开放。`);
    if (!leavesFile) input.say('下次启动前请去掉 QUANCHENG_KEY_COMMAND。');
  } else input.say(`下次启动前请设置 QUANCHENG_KEY_COMMAND=${input.to.program}。`);
  if (leavesFile)
    input.say(
      `旧的根密钥留在 ${input.to.kind === 'file' ? retiredPath(path, from.rootId) : path}：以前的备份和日志归档要用它打开。请另行保管，等 npm start -- --which-root-key 文件夹 不再列出它时销毁。`,
    );
}

async function makeNewRoot(config: Config, to: NewRoot): Promise<KeyProvider> {
  if (to.kind === 'command') {
    if (to.program === config.keyCommand)
      throw new CannotStart(
        '新旧是同一个密钥服务程序；换它里面的密钥由它自己办。The new key service is the old one.',
      );
    return commandKeyProvider(to.program);
  }
  await mkdir(dirname(rootKeyPath(config)), { recursive: true, mode: 0o700 });
  return layNextRoot(rootKeyPath(config), cipherSuite(config.cipherSuite));
}

/** What the database's file still holds of rows that are gone is written over: nothing wrapped under the old root stays. */
function forgetOldWrappings(ownerUrl: string): Promise<void> {
  return asOwner(ownerUrl, async (client) => {
    await client.query('vacuum full data_key');
    await client.query('checkpoint').catch(() => undefined);
  });
}
