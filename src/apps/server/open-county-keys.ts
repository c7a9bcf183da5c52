import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CannotStart, type Config } from '#platform/server/config.ts';
import { cipherSuite } from '#platform/server/crypto/cipher-suite.ts';
import {
  commandKeyProvider,
  fileKeyProvider,
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
    checkKnownAnswers();
    const suite = cipherSuite(config.cipherSuite);
    const folder = join(config.dataFolder, 'keys');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const provider =
      config.keyCommand === undefined
        ? await fileKeyProvider(join(folder, 'root-key'), suite)
        : commandKeyProvider(config.keyCommand);
    return await openKeyRing({ ...county, provider, suite });
  } catch (error) {
    if (error instanceof KeysUnavailable || error instanceof CryptoUnfit)
      throw new CannotStart(error.message);
    throw error;
  }
}
