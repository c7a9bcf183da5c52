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
    const provider = await openKeyProvider(config);
    return await openKeyRing({ ...county, provider, suite });
  } catch (error) {
    return explainKeys(error);
  }
}

/** The holder of the root key as configured, after the crypto library gave the answers its standards print. */
export async function openKeyProvider(config: Config): Promise<KeyProvider> {
  try {
    checkKnownAnswers();
    if (config.keyCommand !== undefined) return commandKeyProvider(config.keyCommand);
    await mkdir(dirname(rootKeyPath(config)), { recursive: true, mode: 0o700 });
    return await fileKeyProvider(rootKeyPath(config), cipherSuite(config.cipherSuite));
  } catch (error) {
    return explainKeys(error);
  }
}

/** Where the root key lies when no key service holds it. It belongs in a safe place of its own, never with a backup. */
export function rootKeyPath(config: Config): string {
  return join(config.dataFolder, 'keys', 'root-key');
}

function explainKeys(error: unknown): never {
  if (error instanceof KeysUnavailable || error instanceof CryptoUnfit) throw new CannotStart(error.message);
  throw error;
}
