import {
  type Definition,
  definitionSetText,
  definitionText,
  type HeldDefinitions,
} from '#kernel/definition.ts';
import type { FieldEngine } from './field-engine.ts';
import type { OperationShape } from './field-store.ts';
import { type FieldStorage, openAll, placeOf, type Sealer, sealed } from './storage.ts';
import { memoryChange } from './sync-memory.ts';
import type { Transport } from './transport.ts';

const headsKey = 'definition-heads';
const prefix = 'definition/';

/** Reads them all; undefined on a phone that has not taken any yet. */
export async function readHeldDefinitions(
  storage: FieldStorage,
  sealer: Sealer,
): Promise<HeldDefinitions | undefined> {
  const stored = await storage.read('meta', headsKey);
  if (stored === undefined) return undefined;
  const { set, heads } = (await sealer.open(placeOf('meta', headsKey), stored)) as HeldDefinitions;
  const opened = (await openAll(sealer, 'meta', await storage.readAll('meta', prefix))) as Definition[];
  return { set, heads, documents: new Map(opened.map((one) => [one.digest, one])) };
}

/** The definitions a phone holds, read once for each set. */
export function definitionsOf(
  { storage, sealer }: { readonly storage: FieldStorage; readonly sealer: Sealer },
  setOf: () => string | undefined,
): () => Promise<HeldDefinitions | undefined> {
  let last: { readonly set: string; readonly held: Promise<HeldDefinitions | undefined> } | undefined;
  return async () => {
    const set = setOf();
    if (set === undefined) return undefined;
    if (last?.set !== set) last = { set, held: readHeldDefinitions(storage, sealer) };
    try {
      return await last.held;
    } catch (error) {
      last = undefined;
      throw error;
    }
  };
}

/**
 * Takes the definitions the phone lacks when the server has another set in force; one write, so that a crash leaves the old
 * set or the new one. What does not match its digest is not kept, and the set is asked for again in the next round. Nothing
 * taken before is deleted: a form half typed is finished in its own edition.
 */
export async function takeNewDefinitions<D extends { readonly id: string }, V, L, O extends OperationShape>(
  engine: FieldEngine<D, V, L, O>,
  transport: Transport<D>,
): Promise<void> {
  const { definitions, heldDefinitions } = engine.memory;
  if (!transport.takeDefinitions || definitions === undefined || definitions === heldDefinitions) return;
  const keys = (await engine.storage.keys('meta')).filter((key) => key.startsWith(prefix));
  const held = keys.map((key) => key.slice(prefix.length));
  const answer = await transport.takeDefinitions(held);
  if (!(await isWhole(answer, held))) return;
  const { set, heads, documents } = answer;
  const memory = { ...engine.memory, definitions: set, heldDefinitions: set };
  await engine.storage.write([
    ...(await Promise.all(documents.map((one) => sealed(engine.sealer, 'meta', prefix + one.digest, one)))),
    await sealed(engine.sealer, 'meta', headsKey, { set, heads }),
    await memoryChange(engine.sealer, memory),
  ]);
  engine.memory = memory;
  // What is planned of what was typed here is planned by the numbers that count now.
  await engine.refreshTyped();
}

async function isWhole(
  { set, heads, documents }: Omit<HeldDefinitions, 'documents'> & { documents: readonly Definition[] },
  held: readonly string[],
): Promise<boolean> {
  if ((await sha256(definitionSetText(heads))) !== set) return false;
  for (const one of documents) if ((await sha256(definitionText(one))) !== one.digest) return false;
  const there = new Set([...held, ...documents.map((one) => one.digest)]);
  return heads.every((one) => there.has(one.digest));
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
