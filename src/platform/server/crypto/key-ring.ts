import { createHmac, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { asOwnerAtOnce } from '../database/as-owner.ts';
import { type CipherSuite, cipherSuites, Unsealable } from './cipher-suite.ts';
import { boundPlace, envelopeHead, headBytes, readHead } from './envelope.ts';
import { type KeyProvider, KeysUnavailable } from './key-provider.ts';

/** What a data key is for; a key of one purpose is never used for another. */
export type KeyPurpose = 'audit' | 'field' | 'index' | 'export';

const purposes: readonly KeyPurpose[] = ['audit', 'field', 'index', 'export'];

export interface DataKey {
  readonly id: string;
  readonly purpose: KeyPurpose;
  readonly key: Buffer;
}

/** The opened data keys of the county, in memory only. */
export interface KeyRing {
  readonly suite: CipherSuite;
  /** The newest key of a purpose. */
  current(purpose: KeyPurpose): DataKey;
  /** A key by id, newest or retired. */
  find(id: string): DataKey | undefined;
  /** All keys of a purpose, newest first: after a rotation an index has to be asked with each. */
  all(purpose: KeyPurpose): readonly DataKey[];
}

interface Input {
  readonly ownerUrl: string;
  readonly countyId: string;
  readonly provider: KeyProvider;
  readonly suite: CipherSuite;
  readonly now: Date;
}

/** Opens the county's keys, making those that are missing. Refuses when the provider cannot open one. */
export function openKeyRing(input: Input): Promise<KeyRing> {
  return asOwnerAtOnce(input.ownerUrl, async (client) => {
    await client.query("select pg_advisory_xact_lock(hashtext('quancheng-keys'))");
    const held = await readKeys(client, input);
    const missing = purposes.filter((purpose) => !held.some((one) => one.purpose === purpose));
    for (const purpose of missing) held.unshift(await makeKey(client, input, purpose));
    return ringOf(input.suite, held);
  });
}

/** Makes a new key of that purpose, which is current from the next start on; older ones stay for what they sealed. */
export async function rotateKey(input: Input & { readonly purpose: KeyPurpose }): Promise<string> {
  return asOwnerAtOnce(input.ownerUrl, async (client) => (await makeKey(client, input, input.purpose)).id);
}

/**
 * Wraps every data key anew under another root, all or none. Each is opened again under the new root before anything is
 * written, so a key service that answers nonsense changes nothing. Answers how many.
 */
export function rewrapKeys(input: { ownerUrl: string; from: KeyProvider; to: KeyProvider }): Promise<number> {
  return asOwnerAtOnce(input.ownerUrl, async (client) => {
    await client.query("select pg_advisory_xact_lock(hashtext('quancheng-keys'))");
    const { rows } = await client.query<{ county_id: string; id: string; wrapped: Buffer }>(
      'select county_id, id, wrapped from data_key order by county_id, id for update',
    );
    for (const row of rows) {
      const key = await input.from.unwrap(row.wrapped);
      const wrapped = await input.to.wrap(key);
      if (!(await input.to.unwrap(wrapped)).equals(key))
        throw new KeysUnavailable(
          '新的根密钥打不开它自己封装的密钥，没有改动。The new root does not open what it wrapped.',
        );
      await client.query('update data_key set wrapped = $3, provider = $4 where county_id = $1 and id = $2', [
        row.county_id,
        row.id,
        wrapped,
        input.to.name,
      ]);
    }
    return rows.length;
  });
}

/** A ring over given keys, newest first. */
export function ringOf(suite: CipherSuite, keys: readonly DataKey[]): KeyRing {
  const byId = new Map(keys.map((one) => [one.id, one]));
  const all = (purpose: KeyPurpose) => keys.filter((one) => one.purpose === purpose);
  return {
    suite,
    find: (id) => byId.get(id),
    all,
    current(purpose) {
      const [newest] = all(purpose);
      if (!newest) throw new RangeError(`no key for ${purpose}`);
      return newest;
    },
  };
}

/**
 * Seals a text for one place (table, column, row) under the current field key. The envelope names version, suite and
 * key, so that a later setting or rotation can still read it.
 */
export function sealField(ring: KeyRing, place: string, plain: string): Buffer {
  const { id, key } = ring.current('field');
  const { suite } = ring;
  return Buffer.concat([
    envelopeHead(suite, id),
    suite.seal(key, Buffer.from(plain), boundPlace(place, id, suite)),
  ]);
}

/** Opens what `sealField` sealed for the same place. Throws `Unsealable` for anything else. */
export function openField(ring: KeyRing, place: string, envelope: Buffer): string {
  const head = readHead(envelope);
  const suite = cipherSuites.find((one) => one.code === head?.suiteCode);
  const found = head && ring.find(head.keyId);
  if (!suite || found?.purpose !== 'field') throw new Unsealable();
  return suite.open(found.key, envelope.subarray(headBytes), boundPlace(place, found.id, suite)).toString();
}

/**
 * The blind index of a value: equal values in one column meet, and without the key nothing can be guessed from it.
 * Every column has its own `domain`, so that two columns cannot be joined.
 */
export function blindIndex(key: DataKey, domain: string, value: string): Buffer {
  return indexBy((text) => createHmac('sm3', key.key).update(text).digest(), domain, value);
}

/** The blind index by that keyed digest. */
export function indexBy(digest: (text: string) => Buffer, domain: string, value: string): Buffer {
  return digest(`${domain}\u0000${value}`).subarray(0, 16);
}

async function readKeys(client: pg.Client, input: Input): Promise<DataKey[]> {
  const { rows } = await client.query<{
    id: string;
    purpose: KeyPurpose;
    provider: string;
    wrapped: Buffer;
  }>(
    'select id, purpose, provider, wrapped from data_key where county_id = $1 order by created_at desc, id desc',
    [input.countyId],
  );
  const keys: DataKey[] = [];
  const elsewhere = rows.find((row) => row.provider !== input.provider.name);
  if (elsewhere)
    throw new KeysUnavailable(
      elsewhere.provider === 'command'
        ? '数据密钥由县密钥服务封装，请设置 QUANCHENG_KEY_COMMAND。The data keys are wrapped by the key service.'
        : '数据密钥由密钥文件封装，请去掉 QUANCHENG_KEY_COMMAND 再启动。The data keys are wrapped by the key file.',
    );
  for (const row of rows)
    keys.push({ id: row.id, purpose: row.purpose, key: await input.provider.unwrap(row.wrapped) });
  return keys;
}

async function makeKey(client: pg.Client, input: Input, purpose: KeyPurpose): Promise<DataKey> {
  const made = { id: uuidv7(), purpose, key: randomBytes(32) };
  await client.query(
    'insert into data_key (county_id, id, purpose, provider, wrapped, created_at) values ($1, $2, $3, $4, $5, $6)',
    [input.countyId, made.id, purpose, input.provider.name, await input.provider.wrap(made.key), input.now],
  );
  return made;
}
