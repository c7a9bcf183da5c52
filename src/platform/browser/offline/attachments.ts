import type { FieldEngine } from './field-engine.ts';
import type { OperationShape } from './field-store.ts';
import type { OutboxEntry } from './outbox.ts';
import { type Change, copiesPrefix, placeOf, sealed } from './storage.ts';
import type { Transport } from './transport.ts';

/** Characters of one piece on the way: a multiple of four, so that each piece is base64 by itself. */
const pieceCharacters = 43_688;
/** Days the bytes of a sent attachment are kept for a server that may be restored from a backup. */
const keptDays = 7;
const bucket = 'attached';

type Engine<D extends { readonly id: string }, V, L, O extends OperationShape> = FieldEngine<D, V, L, O>;

/** Where the bytes lie once they are sent: found by day, so that old ones go without being opened. */
const sentKey = (key: string, answeredAt: string) => `${copiesPrefix}${answeredAt.slice(0, 10)}/${key}`;

async function find<D extends { readonly id: string }, V, L, O extends OperationShape>(
  engine: Engine<D, V, L, O>,
  key: string,
): Promise<{ key: string; content: string } | undefined> {
  const names = await engine.storage.keys(bucket);
  const name = names.find((one) => one === key || one.endsWith(`/${key}`));
  const stored = name === undefined ? undefined : await engine.storage.read(bucket, name);
  if (name === undefined || stored === undefined) return undefined;
  return { key: name, content: (await engine.sealer.open(placeOf(bucket, name), stored)) as string };
}

/** Sends what hangs on an operation piece by piece; broken off, it goes on with the pieces the server lacks. */
export async function sendAttachment<D extends { readonly id: string }, V, L, O extends OperationShape>(
  engine: Engine<D, V, L, O>,
  transport: Transport<D>,
  { operation }: OutboxEntry<O>,
): Promise<void> {
  const key = engine.model.attachmentOf?.(operation);
  if (key === undefined) return;
  const found = await find(engine, key);
  // Without the bytes the operation goes alone: the server says what is missing, and a person decides.
  if (!found) return;
  const pieces = Math.max(1, Math.ceil(found.content.length / pieceCharacters));
  const missing = new Set(Array.from({ length: pieces }, (_, at) => at));
  for (;;) {
    const [piece] = missing;
    if (piece === undefined) return;
    const content = found.content.slice(piece * pieceCharacters, (piece + 1) * pieceCharacters);
    const { held } = await transport.sendPiece({ key, piece, pieces, content });
    missing.delete(piece);
    for (const one of held) missing.delete(one);
  }
}

/** The writes that put sent bytes where they are kept for a while. */
export async function changesOfSent<D extends { readonly id: string }, V, L, O extends OperationShape>(
  engine: Engine<D, V, L, O>,
  operations: readonly O[],
  answeredAt: string,
): Promise<Change[]> {
  const changes: Change[] = [];
  for (const operation of operations) {
    const key = engine.model.attachmentOf?.(operation);
    const found = key === undefined ? undefined : await find(engine, key);
    if (key === undefined || found?.key !== key) continue;
    changes.push({ bucket, key, value: undefined });
    changes.push(await sealed(engine.sealer, bucket, sentKey(key, answeredAt), found.content));
  }
  return changes;
}

/** Deletes the bytes sent more than a week ago by the server's clock. */
export async function deletionOfOldAttachments<
  D extends { readonly id: string },
  V,
  L,
  O extends OperationShape,
>(engine: Engine<D, V, L, O>, serverNow: string): Promise<Change[]> {
  const before = new Date(Date.parse(serverNow) - keptDays * 86_400_000).toISOString().slice(0, 10);
  const names = await engine.storage.keys(bucket);
  return names
    .filter((name) => name.startsWith(copiesPrefix) && name.slice(copiesPrefix.length).slice(0, 10) < before)
    .map((key) => ({ bucket, key, value: undefined }));
}
