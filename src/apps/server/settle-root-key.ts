import type { CipherSuite } from '#platform/server/crypto/cipher-suite.ts';
import { dropNextRoot, readRoots, takeNextRoot } from '#platform/server/crypto/root-key-file.ts';
import { asOwner } from '#platform/server/database/as-owner.ts';

/**
 * Ends a change of the root key that was cut: the database says which of the two roots wraps its keys. When it is the
 * waiting one, that takes its place; when it is the present one, the waiting one is left out; when neither, nothing is touched.
 */
export async function settleRootKey(path: string, suite: CipherSuite, ownerUrl: string): Promise<void> {
  const { present, next } = await readRoots(path, suite);
  if (next === undefined) return;
  const wrapped = await anyWrappedKey(ownerUrl);
  const opens = async (root: typeof present) =>
    wrapped !== undefined &&
    root !== undefined &&
    (await root.unwrap(wrapped).then(
      () => true,
      () => false,
    ));
  if (await opens(next)) await takeNextRoot(path, present?.rootId);
  else if (await opens(present)) await dropNextRoot(path);
}

function anyWrappedKey(ownerUrl: string): Promise<Buffer | undefined> {
  return asOwner(ownerUrl, async (client) => {
    const { rows } = await client.query<{ wrapped: Buffer }>('select wrapped from data_key limit 1');
    return rows[0]?.wrapped;
  });
}
