import { cipherSuite, type SuiteId } from '#platform/server/crypto/cipher-suite.ts';
import { fieldSeals } from '#platform/server/crypto/field-seals.ts';
import { type DataKey, type KeyRing, ringOf } from '#platform/server/crypto/key-ring.ts';
import { type IndexResident, quickIndexes } from './quick-indexes.ts';
import { mostCharacters, quickSeals, type SealText } from './quick-seals.ts';

/** The keys people are sealed with, as plain data that can travel to a worker of this process. */
export interface SealingKeys {
  readonly suite: SuiteId;
  readonly keys: readonly {
    readonly id: string;
    readonly purpose: DataKey['purpose'];
    readonly bytes: Uint8Array;
  }[];
}

/** The current keys of a ring, for a worker. */
export function sealingKeys(ring: KeyRing): SealingKeys {
  const keys = (['field', 'index'] as const).map((purpose) => ring.current(purpose));
  return { suite: ring.suite.id, keys: keys.map(({ id, purpose, key }) => ({ id, purpose, bytes: key })) };
}

/** What seals the people of a county. */
export interface DemoSeals {
  readonly text: SealText;
  readonly indexes: IndexResident;
}

/** Seals over such keys. */
export function demoSeals({ suite, keys }: SealingKeys, countyId: string): DemoSeals {
  const opened = keys.map(({ id, purpose, bytes }) => ({ id, purpose, key: Buffer.from(bytes) }));
  const ring = ringOf(cipherSuite(suite), opened);
  const product = fieldSeals(ring, countyId);
  const quick = quickSeals(ring, countyId);
  return {
    text: (residentId, name, plain) =>
      plain.length <= mostCharacters
        ? quick(residentId, name, plain)
        : new TextEncoder().encode(product.text('resident', residentId, name, plain)),
    indexes: quickIndexes(ring.current('index').key),
  };
}
