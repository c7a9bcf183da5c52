import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cipherSuite, cipherSuites, Unsealable } from './cipher-suite.ts';
import { commandKeyProvider, fileKeyProvider, KeysUnavailable } from './key-provider.ts';
import { blindIndex, type DataKey, openField, ringOf, sealField } from './key-ring.ts';
import { CryptoUnfit, checkKnownAnswers } from './known-answers.ts';

const keyOf = (byte: number) => Buffer.alloc(32, byte);
const dataKey = (purpose: DataKey['purpose'], byte: number): DataKey => ({
  id: `00000000-0000-7000-8000-0000000000${byte.toString(16).padStart(2, '0')}`,
  purpose,
  key: keyOf(byte),
});

describe('known answers', () => {
  it('are given by this machine, and a wrong one stops the start', () => {
    expect(() => checkKnownAnswers()).not.toThrow();
    expect(() => checkKnownAnswers([{ name: 'SM3', expected: '00', compute: () => '01' }])).toThrow(
      CryptoUnfit,
    );
  });
});

describe.each(cipherSuites)('$id', (suite) => {
  it('gives back what it sealed, for the same key and place only', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (bytes, place) => {
        const plain = Buffer.from(bytes);
        const sealed = suite.seal(keyOf(1), plain, place);
        expect(suite.open(keyOf(1), sealed, place).equals(plain)).toBe(true);
        expect(() => suite.open(keyOf(2), sealed, place)).toThrow(Unsealable);
        expect(() => suite.open(keyOf(1), sealed, `${place}x`)).toThrow(Unsealable);
      }),
      { seed: 11, numRuns: 60 },
    );
  });
  it('notices every flipped byte and every cut', () => {
    const sealed = suite.seal(keyOf(1), Buffer.from('110101'), 'resident.phone');
    for (let at = 0; at < sealed.length; at++) {
      const flipped = Buffer.from(sealed);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      expect(() => suite.open(keyOf(1), flipped, 'resident.phone')).toThrow(Unsealable);
      expect(() => suite.open(keyOf(1), sealed.subarray(0, at), 'resident.phone')).toThrow(Unsealable);
    }
  });
  it('never seals the same text to the same bytes', () => {
    const seen = new Set(
      Array.from({ length: 2000 }, () => suite.seal(keyOf(1), Buffer.from('同'), '').toString('hex')),
    );
    expect(seen.size).toBe(2000);
  });
});

describe('fields', () => {
  const old = ringOf(cipherSuite('aes-256-gcm'), [dataKey('field', 1), dataKey('index', 3)]);
  const rotated = ringOf(cipherSuite('sm4-ctr-hmac-sm3'), [dataKey('field', 2), ...[dataKey('field', 1)]]);
  it('stay readable after the key was rotated and the suite changed', () => {
    const sealed = sealField(old, 'resident.phone|1', '13800000000');
    expect(openField(rotated, 'resident.phone|1', sealed)).toBe('13800000000');
    expect(sealField(rotated, 'resident.phone|1', '13800000000')[1]).toBe(1);
  });
  it('do not open in another row, nor under another key’s name', () => {
    const sealed = sealField(old, 'resident.phone|1', '13800000000');
    expect(() => openField(old, 'resident.phone|2', sealed)).toThrow(Unsealable);
    const renamed = Buffer.concat([sealed.subarray(0, 2), Buffer.alloc(16, 2), sealed.subarray(18)]);
    expect(() => openField(rotated, 'resident.phone|1', renamed)).toThrow(Unsealable);
    expect(() => openField(old, 'resident.phone|1', Buffer.alloc(3))).toThrow(Unsealable);
  });
  it('have blind indexes that cannot be joined across columns or guessed without the key', () => {
    const [key, other] = [dataKey('index', 3), dataKey('index', 4)];
    const index = blindIndex(key, 'resident.id-no', '999999194910010015');
    expect(index.equals(blindIndex(key, 'resident.id-no', '999999194910010015'))).toBe(true);
    expect(index.equals(blindIndex(key, 'resident.guardian-id-no', '999999194910010015'))).toBe(false);
    expect(index.equals(blindIndex(other, 'resident.id-no', '999999194910010015'))).toBe(false);
  });
});

describe('the root key', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quancheng-keys-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const suite = cipherSuite('sm4-ctr-hmac-sm3');

  it('in a file is made once, readable by its owner only, and refused when damaged or another', async () => {
    const path = join(folder, 'root-key');
    const wrapped = await (await fileKeyProvider(path, suite)).wrap(keyOf(9));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await (await fileKeyProvider(path, suite)).unwrap(wrapped)).equals(keyOf(9))).toBe(true);
    expect(wrapped.includes(keyOf(9))).toBe(false);
    const other = await fileKeyProvider(join(folder, 'other-key'), suite);
    await expect(other.unwrap(wrapped)).rejects.toThrow(KeysUnavailable);
    await writeFile(path, (await readFile(path, 'utf8')).slice(2));
    await expect(fileKeyProvider(path, suite)).rejects.toThrow('已损坏');
  });

  it('in a service of the county is asked by its program, and a silent service closes the data', async () => {
    const program = join(folder, 'key-service');
    const script = `#!${process.execPath}
      let text = ''; process.stdin.on('data', (part) => { text += part; });
      process.stdin.on('end', () => {
        const bytes = Buffer.from(text, 'base64').map((byte) => byte ^ 0x5a);
        process.stdout.write(Buffer.from(bytes).toString('base64'));
      });`;
    await writeFile(program, script);
    await chmod(program, 0o755);
    const provider = commandKeyProvider(program);
    const wrapped = await provider.wrap(keyOf(7));
    expect(wrapped.equals(keyOf(7))).toBe(false);
    expect((await provider.unwrap(wrapped)).equals(keyOf(7))).toBe(true);
    await expect(commandKeyProvider(join(folder, 'absent')).wrap(keyOf(7))).rejects.toThrow(KeysUnavailable);
  });
});
