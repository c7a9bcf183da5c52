import { chmod, copyFile, link, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { demoPassword } from '#apps/demo-county/demo-accounts.ts';
import { erasureRegister, sealErasuresAlso } from '#platform/server/backup/erasure-register.ts';
import { createSealedFile, readSealedFile } from '#platform/server/backup/sealed-file.ts';
import { CannotStart, type Config, readConfig } from '#platform/server/config.ts';
import { cipherSuite } from '#platform/server/crypto/cipher-suite.ts';
import { fieldSeals } from '#platform/server/crypto/field-seals.ts';
import { fileKeyProvider, type KeyProvider } from '#platform/server/crypto/key-provider.ts';
import {
  type KeyRing,
  openField,
  rewrapKeys,
  ringOf,
  rotateKey,
  sealField,
} from '#platform/server/crypto/key-ring.ts';
import { layNextRoot } from '#platform/server/crypto/root-key-file.ts';
import { samplePerson } from '#test/support/sample-person.ts';
import { startTestServer, type TestClient, type TestServer, testNow } from '#test/support/server.ts';
import { changeRootKey } from './change-root-key.ts';
import { destroyOldKeys } from './destroy-old-keys.ts';
import { listNeededRoots } from './list-needed-roots.ts';
import { openCountyKeys } from './open-county-keys.ts';
import { resealOneBatch, sealStoredFields } from './seal-stored-fields.ts';
import { sealedBytes } from './sealed-columns-of-bytes.ts';

const suite = cipherSuite('aes-256-gcm');
let server: TestServer;
let config: Config;
const keysFolder = () => join(config.dataFolder, 'keys');
const rootKey = () => join(keysFolder(), 'root-key');
beforeAll(async () => {
  server = await startTestServer({ residents: 300 });
  config = readConfig({ QUANCHENG_DATA: join(server.folder, 'county') }, server.folder);
  await mkdir(keysFolder(), { recursive: true });
  await copyFile(join(server.folder, 'root-key'), rootKey());
});
afterAll(() => server.stop());

const open = (with_ = config) =>
  openCountyKeys(with_, { ownerUrl: server.ownerUrl, countyId: '999999', now: testNow });
const keyBytes = (ring: KeyRing) =>
  (['audit', 'field', 'index', 'export'] as const).flatMap((purpose) =>
    ring.all(purpose).map((one) => one.key.toString('hex')),
  );
const wrapped = async () =>
  (await server.lookRaw<{ wrapped: Buffer }>('select wrapped from data_key order by id')).map(
    (row) => row.wrapped,
  );
const present = () => fileKeyProvider(rootKey(), suite, { mustExist: true });
const register = (provider: KeyProvider) =>
  erasureRegister({ folder: config.erasures, provider, suite: suite.id });
const opensAny = async (provider: KeyProvider, all: readonly Buffer[]) =>
  (await Promise.allSettled(all.map((one) => provider.unwrap(one)))).some(
    (one) => one.status === 'fulfilled',
  );

describe('a new root key', () => {
  it('in a file wraps the same data keys; the old one opens nothing more and may be destroyed', async () => {
    const [old, keys] = [await present(), keyBytes(server.keys)];
    const erasure = {
      countyId: '999999',
      requestId: uuidv7(),
      residentId: uuidv7(),
      request: { kind: 'deletion' },
    };
    await register(old).put(erasure);
    const said: string[] = [];
    await changeRootKey(config, server, { to: { kind: 'file' }, say: (text) => void said.push(text) });
    expect(await opensAny(old, await wrapped())).toBe(false);
    const retired = `${rootKey()}.old-${old.rootId}`;
    expect(said.join('\n')).toContain(retired);
    expect((await fileKeyProvider(retired, suite)).rootId).toBe(old.rootId);
    await rm(retired);
    expect(keyBytes(await open())).toEqual(keys);
    expect((await present()).rootId).not.toBe(old.rootId);
    expect(await register(await present()).readAll()).toEqual([erasure]);
    await expect(register(old).readAll()).rejects.toThrow('要用根密钥');
    expect(await readdir(keysFolder())).toEqual(['root-key']);
  });

  it('cut after any step leaves the old or the new one at work, and the next change goes through', async () => {
    const keys = keyBytes(server.keys);
    const written = await register(await present()).readAll();
    expect(written).toHaveLength(1);
    const works = async () => {
      expect(keyBytes(await open())).toEqual(keys);
      expect(await opensAny(await present(), await wrapped())).toBe(true);
      expect(await register(await present()).readAll()).toEqual(written);
      expect((await readdir(keysFolder())).filter((name) => name.endsWith('.next'))).toEqual([]);
    };
    const sealErasuresUnder = (from: KeyProvider, to: KeyProvider) =>
      sealErasuresAlso({ folder: config.erasures, provider: from, suite: suite.id }, to);
    const cuts: ((old: KeyProvider) => Promise<void>)[] = [
      async () => void (await layNextRoot(rootKey(), suite)),
      async (old) => {
        const next = await layNextRoot(rootKey(), suite);
        await sealErasuresUnder(old, next);
        let turns = 0;
        const dying: KeyProvider = {
          ...next,
          wrap: (key) => (++turns === 3 ? Promise.reject(new Error('killed')) : next.wrap(key)),
        };
        await expect(rewrapKeys({ ownerUrl: server.ownerUrl, from: old, to: dying })).rejects.toThrow(
          'killed',
        );
      },
      async (old) => {
        const to = await layNextRoot(rootKey(), suite);
        await sealErasuresUnder(old, to);
        await rewrapKeys({ ownerUrl: server.ownerUrl, from: old, to });
      },
      async (old) => {
        const to = await layNextRoot(rootKey(), suite);
        await sealErasuresUnder(old, to);
        await rewrapKeys({ ownerUrl: server.ownerUrl, from: old, to });
        await link(rootKey(), `${rootKey()}.old-${old.rootId}`);
      },
    ];
    for (const cut of cuts) {
      await cut(await present());
      await works();
    }
    await changeRootKey(config, server, { to: { kind: 'file' }, say: () => undefined });
    await works();
    expect(await readdir(config.erasures)).toHaveLength(1);
  });

  it('in a key service and back: the start says which setting it needs, and a service that lies changes nothing', async () => {
    // Not beside the database, which may lie where nothing is run from.
    const programs = await mkdtemp(join(tmpdir(), 'quancheng-service-'));
    onTestFinished(() => rm(programs, { recursive: true, force: true }));
    const program = join(programs, 'county-key-service');
    const script = (mask: string) => `#!${process.execPath}
      let text = ''; process.stdin.on('data', (part) => { text += part; });
      process.stdin.on('end', () => {
        const bytes = Buffer.from(text, 'base64').map((byte) => byte ^ (${mask}));
        process.stdout.write(Buffer.from(bytes).toString('base64'));
      });`;
    await writeFile(program, script("process.argv[2] === 'wrap' ? 1 : 2"));
    await chmod(program, 0o755);
    const to = { kind: 'command', program } as const;
    const say = () => undefined;
    const [keys, before] = [keyBytes(server.keys), await wrapped()];
    await expect(changeRootKey(config, server, { to, say })).rejects.toThrow('没有改动');
    expect(await wrapped()).toEqual(before);
    await writeFile(program, script('0x5a'));
    await changeRootKey(config, server, { to, say });
    await expect(open()).rejects.toThrow('QUANCHENG_KEY_COMMAND');
    const served = { ...config, keyCommand: program };
    expect(keyBytes(await open(served))).toEqual(keys);
    await expect(changeRootKey(served, server, { to, say })).rejects.toThrow(CannotStart);
    await changeRootKey(served, server, { to: { kind: 'file' }, say });
    await expect(open(served)).rejects.toThrow('去掉 QUANCHENG_KEY_COMMAND');
    expect(keyBytes(await open())).toEqual(keys);
  });

  it('is named by the files sealed under it: what needs an old one says so, and is listed', async () => {
    const folder = join(server.folder, 'kept');
    await mkdir(folder);
    const seal = async (name: string) => {
      const provider = await present();
      const file = await createSealedFile({
        path: join(folder, name),
        provider,
        suite: suite.id,
        about: { what: 'backup' },
      });
      await file.write('s', Buffer.from('县'));
      await file.finish();
      return provider.rootId;
    };
    const first = await seal('a.backup');
    await changeRootKey(config, server, { to: { kind: 'file' }, say: () => undefined });
    const second = await seal('b.backup');
    const read = async (name: string) => {
      for await (const part of readSealedFile(join(folder, name), await present()))
        return part.bytes.toString();
    };
    expect(await read('b.backup')).toBe('县');
    await expect(read('a.backup')).rejects.toThrow(`要用根密钥 ${first} 打开`);
    const said: string[] = [];
    await listNeededRoots(config, folder, (text) => void said.push(text));
    expect(said).toEqual([
      `根密钥 ${first}：1 个文件，a.backup 至 a.backup`,
      `根密钥 ${second}（现在的）：1 个文件，b.backup 至 b.backup`,
    ]);
  });
});

describe('CRY-15: behind a gateway that ends TLS', () => {
  it('what the browser keeps never travels in the clear, and a plain request the gateway let in is refused', async () => {
    const body = { username: 'village', password: demoPassword };
    const signIn = (client: TestClient, proto?: string) =>
      client.call('POST', '/api/session', body, proto ? { 'x-forwarded-proto': proto } : {});
    const gated = await server.startBeside(server.keys, { behindTls: true });
    const visitor = gated.clientOf('');
    const [kept, open_] = [await signIn(visitor, 'https'), await signIn(server.anonymous)];
    expect(kept.headers.get('set-cookie')).toMatch(/HttpOnly; Secure/);
    expect(kept.headers.get('strict-transport-security')).toContain('max-age=31536000');
    expect(open_.headers.get('set-cookie')).not.toMatch(/Secure/);
    const plain = await signIn(visitor, 'http');
    expect([plain.status, plain.body.detail, plain.headers.get('set-cookie')]).toEqual([
      403,
      expect.stringContaining('没有加密'),
      null,
    ]);
    await gated.stop();
    const seen = (url: string | undefined) =>
      readConfig(url ? { QUANCHENG_PUBLIC_URL: url } : {}, '/').behindTls;
    expect([seen('https://county.example'), seen('http://county.example'), seen(undefined)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('new data keys', () => {
  let keys: KeyRing;
  const countyId = '999999';

  it('CRY-12: come into use while fifty people write: nothing read fails, nothing written is lost, everybody is found', async () => {
    const later = new Date(testNow.getTime() + 1000);
    const provider = await present();
    for (const purpose of ['field', 'index'] as const)
      await rotateKey({ ownerUrl: server.ownerUrl, countyId, provider, suite, now: later, purpose });
    keys = await open();
    const input = { ownerUrl: server.ownerUrl, countyId, keys, now: later, batchRows: 25 };
    await sealStoredFields(input);
    const second = await server.startBeside(keys);
    const doctor = second.clientOf((await server.signIn('village')).cookie);
    const [village] = (await doctor.call('GET', '/api/organizations/for-registration')).body.items;
    let isResealed = false;
    const resealing = (async () => {
      while (!(await resealOneBatch(input)));
      isResealed = true;
    })();
    const writer = async () => {
      const residentId = uuidv7();
      let answers = samplePerson({ birthDate: '1961-03-07', currentAddress: '柳林镇槐荫街3号' });
      const made = await doctor.call('POST', '/api/residents', {
        operationId: uuidv7(),
        residentId,
        organizationId: village.id,
        answers,
      });
      expect(made.status, JSON.stringify(made.body)).toBe(200);
      let version = 1;
      do {
        answers = { ...answers, currentAddress: `柳林镇槐荫街${version}弄3号` };
        const saved = await doctor.call('PUT', `/api/residents/${residentId}/personal-information`, {
          operationId: uuidv7(),
          version,
          answers,
          reason: '本人告知',
        });
        expect(saved.status, JSON.stringify(saved.body)).toBe(200);
        version += 1;
        const found = await doctor.call('POST', '/api/residents/search', { text: answers.idNo, limit: 5 });
        expect(found.body.items.map((one: { id: string }) => one.id)).toEqual([residentId]);
      } while (!isResealed && version < 12);
      return { residentId, answers };
    };
    const written = await Promise.all(Array.from({ length: 50 }, writer));
    await resealing;
    await second.stop();
    while (!(await resealOneBatch(input)));
    const client = server.openedClient(keys);
    await client.connect();
    const { rows } = await client.query(
      'select id, personal_information as p from resident where id = any($1)',
      [written.map((one) => one.residentId)],
    );
    await client.end();
    const kept = new Map(rows.map((row) => [row.id, row.p.currentAddress]));
    for (const { residentId, answers } of written) expect(kept.get(residentId)).toBe(answers.currentAddress);
  }, 60_000);

  it('CRY-14: let the old ones be destroyed, once nothing names them: what a copy of the tables holds then opens for nobody', async () => {
    const [field, old] = keys.all('field');
    if (!field || !old) throw new Error('two field keys');
    const copy = sealField(ringOf(suite, [old]), 'somewhere', '13800000000');
    const staffId =
      (await server.look<{ id: string }>('select id from staff order by id limit 1'))[0]?.id ?? '';
    const place = `staff_factor.secret|${countyId}|${staffId}`;
    await server.lookRaw(
      `insert into staff_factor (county_id, staff_id, secret, created_at) values ('999999', $1, $2, now())`,
      [staffId, sealField(ringOf(suite, [old]), place, 'SECRET')],
    );
    const said: string[] = [];
    const destroy = () =>
      destroyOldKeys({
        ownerUrl: server.ownerUrl,
        countyId,
        keys,
        now: testNow,
        say: (text) => void said.push(text),
      });
    const seals = fieldSeals(ringOf(suite, [old]), countyId);
    await server.lookRaw(
      `insert into county_setting (county_id, key, value, changed_at) values ('999999', 'planted', $1, now())`,
      [JSON.stringify(seals.text('resident', staffId, 'phone', '13800000000'))],
    );
    const backup = await server.lookRaw('select id, wrapped from data_key');
    await destroy();
    expect(said[0]).toMatch(new RegExp(`${old.id} 还在用，没有销毁：county_setting.value`));
    await server.lookRaw("delete from county_setting where key = 'planted'");
    said.length = 0;
    await destroy();
    expect(said).toContain(`已销毁旧的字段密钥 ${old.id}。`);
    const ring = await open();
    expect(ring.find(old.id)).toBeUndefined();
    expect(() => openField(ring, 'somewhere', copy)).toThrow();
    const [factor] = await server.lookRaw<{ secret: Buffer }>(
      'select secret from staff_factor where staff_id = $1',
      [staffId],
    );
    expect(openField(ring, place, factor?.secret ?? Buffer.alloc(0))).toBe('SECRET');
    // A whole backup carries the old key wrapped: only a new root closes it, once the old root is gone as well.
    await changeRootKey(config, server, { to: { kind: 'file' }, say: () => undefined });
    expect(
      await opensAny(
        await present(),
        backup.map((row) => row.wrapped as Buffer),
      ),
    ).toBe(false);
  });

  it('know every column of bytes they seal', async () => {
    const columns = await server.lookRaw<{ place: string }>(
      `select c.table_name || '.' || c.column_name as place from information_schema.columns c
       where c.table_schema = 'public' and c.data_type = 'bytea' order by 1`,
    );
    const notOurs =
      /_index$|_hash$|^audit_seal|^recovery_code|_mac$|\.mac$|\.share$|^data_key|^roster_import\.original|^research_export\.content/;
    expect(columns.map((row) => row.place).filter((place) => !notOurs.test(place))).toEqual(
      sealedBytes.map((one) => `${one.table}.${one.column}`).toSorted(),
    );
  });
});
