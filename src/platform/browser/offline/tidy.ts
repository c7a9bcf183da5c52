import { deletionOfOldAttachments } from './attachments.ts';
import type { FieldEngine } from './field-engine.ts';
import type { OperationShape } from './field-store.ts';

/**
 * Lets go of what was kept for a restored server longer than any backup is restored from. By the server's clock: a phone
 * that believes it is 2036 must not forget what it would have to offer again.
 */
export async function tidy<D extends { readonly id: string }, V, L, O extends OperationShape>(
  engine: FieldEngine<D, V, L, O>,
): Promise<void> {
  const { serverNow } = engine.memory;
  if (serverNow === undefined) return;
  const operations = await engine.outbox.deletionOfOld(serverNow);
  const attachments = await deletionOfOldAttachments(engine, serverNow);
  await engine.storage.write([...operations, ...attachments]);
}
