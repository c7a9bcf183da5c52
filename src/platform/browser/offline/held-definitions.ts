import type { Definition, HeldDefinitions } from '#kernel/definition.ts';
import { type FieldStorage, openAll, placeOf, type Sealer } from './storage.ts';

/** Where the heads of the set in force lie, and before what each definition does. */
export const headsKey = 'definition-heads';
export const definitionPrefix = 'definition/';

/** Reads them all; undefined on a phone that has not taken any yet. */
export async function readHeldDefinitions(
  storage: FieldStorage,
  sealer: Sealer,
): Promise<HeldDefinitions | undefined> {
  const stored = await storage.read('meta', headsKey);
  if (stored === undefined) return undefined;
  const { set, heads } = (await sealer.open(placeOf('meta', headsKey), stored)) as HeldDefinitions;
  const opened = (await openAll(
    sealer,
    'meta',
    await storage.readAll('meta', definitionPrefix),
  )) as Definition[];
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
