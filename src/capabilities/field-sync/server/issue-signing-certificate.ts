import { webcrypto } from 'node:crypto';
import type { Transaction } from 'kysely';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import { type KeyRing, openField, sealField } from '#platform/server/crypto/key-ring.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { writeCertificate } from '../domain/signed-summary.ts';

/** Days for which the county vouches for a phone; renewed whenever it is online. */
const vouchedDays = 30;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;

interface CountyKey {
  readonly keyId: string;
  readonly publicKey: string;
  readonly privateKey: webcrypto.JsonWebKey;
}

/**
 * Vouches for a phone's public key in the name of the signed-in doctor until a day, and hands out the county's public
 * keys, retired ones too, so that what they signed can still be checked. Refuses what is no point of P-256.
 */
export async function issueSigningCertificate(
  tx: Transaction<Tables>,
  actor: Actor,
  keys: KeyRing,
  input: { publicKey: string; today: PlainDate; now: Date },
) {
  const raw = Buffer.from(input.publicKey, 'base64url');
  const isPoint = await webcrypto.subtle.importKey('raw', raw, algorithm, true, ['verify']).then(
    () => true,
    () => false,
  );
  if (!isPoint) {
    const issues = [{ path: 'publicKey', code: 'not-a-key', message: '公钥不正确，请重新打开应用。' }];
    return refused('invalid-input', { issues }) satisfies Refused;
  }
  const current = await currentKey(tx, keys, actor.countyId, input.now);
  const validThrough = addDays(input.today, vouchedDays);
  const text = writeCertificate({
    keyId: current.keyId,
    publicKey: input.publicKey,
    doctor: actor.name,
    organization: actor.organizationName,
    validThrough,
  });
  const key = await webcrypto.subtle.importKey('jwk', current.privateKey, algorithm, false, ['sign']);
  const signature = await webcrypto.subtle.sign(
    { name: 'ECDSA', hash: 'SHA-256' },
    key,
    new TextEncoder().encode(text),
  );
  const known = await tx
    .selectFrom('county_signing_key')
    .select(['key_id', 'public_key'])
    .where('county_id', '=', actor.countyId)
    .execute();
  await recordAudit(tx, actor, {
    action: 'signing-key.certify',
    detail: { keyId: current.keyId },
    now: input.now,
  });
  return {
    certificate: { text, signature: Buffer.from(signature).toString('base64url') },
    validThrough,
    countyKeys: known.map((one) => ({ keyId: one.key_id, publicKey: one.public_key })),
  };
}

/** The county's key in use; made when there is none. Two first requests at once meet on the unique index. */
async function currentKey(
  tx: Transaction<Tables>,
  keys: KeyRing,
  countyId: string,
  now: Date,
): Promise<CountyKey> {
  const placeOf = (keyId: string) => `county_signing_key.private_key|${countyId}|${keyId}`;
  const read = () =>
    tx
      .selectFrom('county_signing_key')
      .select(['key_id', 'public_key', 'private_key'])
      .where('county_id', '=', countyId)
      .where('retired_at', 'is', null)
      .executeTakeFirst();
  let found = await read();
  if (!found) {
    const pair = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const publicKey = Buffer.from(await webcrypto.subtle.exportKey('raw', pair.publicKey)).toString(
      'base64url',
    );
    const privateKey = await webcrypto.subtle.exportKey('jwk', pair.privateKey);
    const keyId = publicKey.slice(-8);
    await tx
      .insertInto('county_signing_key')
      .values({
        county_id: countyId,
        key_id: keyId,
        public_key: publicKey,
        private_key: sealField(keys, placeOf(keyId), JSON.stringify(privateKey)),
        created_at: now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    found = await read();
  }
  if (!found) throw new Error('the county key was just made');
  return {
    keyId: found.key_id,
    publicKey: found.public_key,
    privateKey: JSON.parse(openField(keys, placeOf(found.key_id), found.private_key)) as webcrypto.JsonWebKey,
  };
}
