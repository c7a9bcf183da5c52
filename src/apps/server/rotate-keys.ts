import type { Config } from '#platform/server/config.ts';
import { cipherSuite } from '#platform/server/crypto/cipher-suite.ts';
import { rotateKey } from '#platform/server/crypto/key-ring.ts';
import { openKeyProvider } from './open-county-keys.ts';
import type { Running } from './start-quancheng.ts';

/**
 * Makes new keys for fields and for their indexes. The next start makes the indexes anew before it serves and seals the
 * fields anew while it serves; old keys stay for reading.
 */
export async function rotateKeys(
  config: Config,
  running: Pick<Running, 'ownerUrl' | 'countyId'>,
  say: (message: string) => void,
  now: Date,
): Promise<void> {
  const { ownerUrl, countyId } = running;
  const suite = cipherSuite(config.cipherSuite);
  const common = { ownerUrl, countyId, suite, provider: await openKeyProvider(config), now };
  for (const purpose of ['field', 'index'] as const) await rotateKey({ ...common, purpose });
  say(
    '已生成新的字段密钥和索引密钥。下次启动先重建索引再开门，旧密文在运行中逐批换用新密钥；旧密钥保留备读。',
  );
}
