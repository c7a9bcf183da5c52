import { indexesOf } from '#capabilities/residents/server/public.ts';
import { cipherSuite, type SuiteId } from '#platform/server/crypto/cipher-suite.ts';
import { type FieldSeals, fieldSeals } from '#platform/server/crypto/field-seals.ts';
import { type DataKey, type KeyRing, ringOf } from '#platform/server/crypto/key-ring.ts';
import { sealedAnswers } from '#standards/privacy/sealed-answers.ts';
import type { DemoResident } from './generate-resident.ts';
import { quickSeals } from './quick-seals.ts';

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

/** Seals over such keys. Tails repeat by the hundred, and a card's digest serves two columns: digests met are kept. */
export function demoSeals({ suite, keys }: SealingKeys, countyId: string): FieldSeals {
  const opened = keys.map(({ id, purpose, bytes }) => ({ id, purpose, key: Buffer.from(bytes) }));
  const ring = ringOf(cipherSuite(suite), opened);
  const own = fieldSeals(ring, countyId);
  const seals = suite === 'sm4-ctr-hmac-sm3' ? quickSeals(ring, countyId, own) : own;
  const tails = new Map<string, Buffer>();
  let last: { place: string; digest: Buffer } = { place: '', digest: Buffer.alloc(0) };
  return {
    ...seals,
    index(domain, value) {
      const place = `${domain} ${value}`;
      if (place === last.place) return last.digest;
      const digest = tails.get(place) ?? seals.index(domain, value);
      if (domain.endsWith('-tail')) tails.set(place, digest);
      else last = { place, digest };
      return digest;
    },
  };
}

/** A made-up resident as the row holds it: each number sealed once, for the column and for the answer that repeats it. */
export function sealDemoResident(seals: FieldSeals, person: DemoResident) {
  const { id, idNo, phone } = person;
  const answers: Record<string, unknown> = { ...person.answers };
  // Everything to be sealed stands at the top of this form; a test looks for what lies open in a filled county.
  for (const name of sealedAnswers) {
    const value = answers[name];
    if (typeof value === 'string' && value !== '') answers[name] = seals.text('resident', id, name, value);
  }
  return {
    idNo: answers.idNo as string,
    phone: answers.phone as string,
    indexes: Object.values(indexesOf(seals, { idType: '01', idNo, phone })).map((digest) =>
      digest === null ? null : `\\x${digest.toString('hex')}`,
    ),
    answers,
  };
}
