import { indexesOf } from '#capabilities/residents/server/public.ts';
import { cipherSuite, type SuiteId } from '#platform/server/crypto/cipher-suite.ts';
import { type FieldSeals, fieldSeals } from '#platform/server/crypto/field-seals.ts';
import { type DataKey, type KeyRing, ringOf } from '#platform/server/crypto/key-ring.ts';
import type { DemoResident } from './generate-resident.ts';

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

/** Seals over such keys. Tails repeat by the hundred, so their digests are kept. */
export function demoSeals({ suite, keys }: SealingKeys, countyId: string): FieldSeals {
  const opened = keys.map(({ id, purpose, bytes }) => ({ id, purpose, key: Buffer.from(bytes) }));
  const seals = fieldSeals(ringOf(cipherSuite(suite), opened), countyId);
  const known = new Map<string, Buffer>();
  return {
    ...seals,
    index(domain, value) {
      if (!domain.endsWith('-tail')) return seals.index(domain, value);
      const place = `${domain} ${value}`;
      const digest = known.get(place) ?? seals.index(domain, value);
      known.set(place, digest);
      return digest;
    },
  };
}

/** A made-up resident as the row holds it: each number sealed once, for the column and for the answer that repeats it. */
export function sealDemoResident(seals: FieldSeals, person: DemoResident) {
  const { id, idNo, phone } = person;
  const sealedNo = seals.text('resident', id, 'idNo', idNo);
  const sealedPhone = seals.text('resident', id, 'phone', phone);
  const indexes = indexesOf(seals, { idType: '01', idNo, phone });
  return {
    idNo: sealedNo,
    phone: sealedPhone,
    indexes: Object.values(indexes).map((digest) =>
      digest === null ? null : `\\x${digest.toString('hex')}`,
    ),
    answers: seals.answers('resident', id, { ...person.answers, idNo: sealedNo, phone: sealedPhone }),
  };
}
