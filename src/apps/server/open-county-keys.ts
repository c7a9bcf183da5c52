import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CannotStart, type Config } from '#platform/server/config.ts';
import { cipherSuite } from '#platform/server/crypto/cipher-suite.ts';
import {
  commandKeyProvider,
  fileKeyProvider,
  type KeyProvider,
  KeysUnavailable,
} from '#platform/server/crypto/key-provider.ts';
import { type KeyRing, openKeyRing } from '#platform/server/crypto/key-ring.ts';
import { CryptoUnfit, checkKnownAnswers } from '#platform/server/crypto/known-answers.ts';
import { asOwner } from '#platform/server/database/as-owner.ts';
import { settleRootKey } from './settle-root-key.ts';

/**
 * Opens the county's keys at the start, after the crypto library gave the answers its standards print. Without them
 * nothing is served: protected data is never read or written in the clear instead.
 */
export async function openCountyKeys(
  config: Config,
  county: { ownerUrl: string; countyId: string; now: Date },
): Promise<KeyRing> {
  try {
    const suite = cipherSuite(config.cipherSuite);
    if (config.keyCommand === undefined) await settleRootKey(rootKeyPath(config), suite, county.ownerUrl);
    const kept = await keptBefore(county.ownerUrl);
    const provider = await openKeyProvider(config, { mustExist: kept.wrapped > 0 || kept.sealed > 0 });
    if (kept.wrapped === 0 && kept.sealed > 0)
      throw new KeysUnavailable(
        '数据库里有密文，却没有打开它的数据密钥，因此不启动。请从备份恢复数据库。The data keys of this database are missing.',
      );
    return await openKeyRing({ ...county, provider, suite });
  } catch (error) {
    return explainKeys(error);
  }
}

/** The holder of the root key as configured, after the crypto library gave the answers its standards print. */
export async function openKeyProvider(
  config: Config,
  options: { mustExist?: boolean } = {},
): Promise<KeyProvider> {
  try {
    checkKnownAnswers();
    if (config.keyCommand !== undefined) return commandKeyProvider(config.keyCommand);
    await mkdir(dirname(rootKeyPath(config)), { recursive: true, mode: 0o700 });
    return await fileKeyProvider(rootKeyPath(config), cipherSuite(config.cipherSuite), options);
  } catch (error) {
    return explainKeys(error);
  }
}

/** How many data keys the database holds, and how many of its tables are sealed. */
function keptBefore(ownerUrl: string): Promise<{ wrapped: number; sealed: number }> {
  return asOwner(ownerUrl, async (client) => {
    const { rows } = await client.query<{ wrapped: number; sealed: number }>(
      `select (select count(*)::int from data_key) as wrapped, (select count(*)::int from sealed_table) as sealed`,
    );
    return rows[0] ?? { wrapped: 0, sealed: 0 };
  });
}

/** Where the root key lies when no key service holds it. It belongs in a safe place of its own, never with a backup. */
export function rootKeyPath(config: Config): string {
  return join(config.dataFolder, 'keys', 'root-key');
}

export function explainKeys(error: unknown): never {
  if (error instanceof KeysUnavailable || error instanceof CryptoUnfit) throw new CannotStart(error.message);
  throw error;
}
