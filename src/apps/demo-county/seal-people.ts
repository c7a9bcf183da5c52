import { indexesOf } from '#capabilities/residents/server/public.ts';
import { cipherSuite, type SuiteId } from '#platform/server/crypto/cipher-suite.ts';
import { fieldSeals } from '#platform/server/crypto/field-seals.ts';
import { type DataKey, indexBy, type KeyRing, ringOf } from '#platform/server/crypto/key-ring.ts';
import type { DemoResident } from './generate-resident.ts';
import { mostCharacters, quickSeals, type SealText } from './quick-seals.ts';
import { QuickHmac } from './quick-sm3.ts';

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
  /** The product's blind index. */
  readonly index: (domain: string, value: string) => Buffer;
}

/** Seals over such keys. */
export function demoSeals({ suite, keys }: SealingKeys, countyId: string): DemoSeals {
  const opened = keys.map(({ id, purpose, bytes }) => ({ id, purpose, key: Buffer.from(bytes) }));
  const ring = ringOf(cipherSuite(suite), opened);
  const product = fieldSeals(ring, countyId);
  const quick = suite === 'sm4-ctr-hmac-sm3' ? quickSeals(ring, countyId) : undefined;
  return {
    text: (residentId, name, plain) =>
      quick && plain.length <= mostCharacters
        ? quick(residentId, name, plain)
        : new TextEncoder().encode(product.text('resident', residentId, name, plain)),
    index: quickIndex(ring),
  };
}

/** Tails repeat by the hundred, and a card's digest serves two columns: digests met are kept. */
function quickIndex(ring: KeyRing): DemoSeals['index'] {
  const hmac = new QuickHmac(ring.current('index').key);
  const tails = new Map<string, Buffer>();
  let last: { place: string; digest: Buffer } = { place: '', digest: Buffer.alloc(0) };
  return (domain, value) => {
    const place = `${domain}\u0000${value}`;
    if (place === last.place) return last.digest;
    const digest = tails.get(place) ?? indexBy((text) => hmac.digest(text), domain, value);
    if (domain.endsWith('-tail')) tails.set(place, digest);
    else last = { place, digest };
    return digest;
  };
}

/** A made-up resident's sealed values as their row holds them: the columns, and the answers as the front of a JSON object. */
export function sealDemoResident(seals: DemoSeals, person: DemoResident) {
  const { id, idNo, phone, contactPhone, address } = person;
  const seal = (name: string, plain: string): Uint8Array => seals.text(id, name, plain).slice();
  const columns = { idNo: seal('idNo', idNo), phone: seal('phone', phone) };
  return {
    ...columns,
    indexes: indexesOf(seals, { idType: '01', idNo, phone }),
    // Everything to be sealed stands here; a test looks for what lies open in a filled county.
    answers: [
      '{"idNo":"',
      columns.idNo,
      '","phone":"',
      columns.phone,
      '","contactPhone":"',
      seal('contactPhone', contactPhone),
      '","currentAddress":"',
      seal('currentAddress', address),
      '","registeredAddress":"',
      seal('registeredAddress', address),
      '",',
    ],
  };
}
