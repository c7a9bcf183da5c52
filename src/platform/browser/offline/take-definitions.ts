import {
  type Definition,
  definitionSetText,
  definitionText,
  type HeldDefinitions,
} from '#kernel/definition.ts';
import type { FieldEngine } from './field-engine.ts';
import type { OperationShape } from './field-store.ts';
import { definitionPrefix, headsKey } from './held-definitions.ts';
import { sealed } from './storage.ts';
import { memoryChange } from './sync-memory.ts';
import type { Transport } from './transport.ts';

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
  const keys = (await engine.storage.keys('meta')).filter((key) => key.startsWith(definitionPrefix));
  const held = keys.map((key) => key.slice(definitionPrefix.length));
  const answer = await transport.takeDefinitions(held);
  if (!(await isWhole(answer, held))) return;
  const { set, heads, documents } = answer;
  const memory = { ...engine.memory, definitions: set, heldDefinitions: set };
  await engine.storage.write([
    ...(await Promise.all(
      documents.map((one) => sealed(engine.sealer, 'meta', definitionPrefix + one.digest, one)),
    )),
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
