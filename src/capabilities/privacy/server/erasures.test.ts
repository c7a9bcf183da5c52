import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Erasure, erasureRegister } from '#platform/server/backup/erasure-register.ts';
import { cipherSuite } from '#platform/server/crypto/cipher-suite.ts';
import { fileKeyProvider } from '#platform/server/crypto/key-provider.ts';
import {
  startTestServer,
  type TestClient,
  type TestServer,
  testNow,
  testToday,
} from '#test/support/server.ts';
import { replayErasures } from './public.ts';

/** The county where people ask for deletion, and the same county as an older backup of it comes back. */
let server: TestServer;
let older: TestServer;
let village: TestClient;
let bureau: TestClient;
let people: { id: string; name: string }[];

beforeAll(async () => {
  server = await startTestServer({ residents: 600 });
  older = await startTestServer({ residents: 600 });
  village = await server.signIn('village');
  bureau = await server.signIn('bureau');
  people = await server.look(
    `select r.id, r.name from resident r, staff s join organization o on o.county_id = s.county_id and o.id = s.organization_id
     where s.username = 'village' and r.org_path = o.path and r.status = 'active' and r.phone is not null order by r.id`,
  );
});
afterAll(async () => {
  await older.stop();
  await server.stop();
});

const folder = () => join(server.folder, 'erasures');
const take = () => {
  const next = people.shift();
  if (!next) throw new Error('nobody left');
  return next;
};

async function askDeletion(who: { id: string; name: string }): Promise<string> {
  const requestId = uuidv7();
  const asked = await village.call('POST', `/api/residents/${who.id}/privacy-requests`, {
    operationId: uuidv7(),
    requestId,
    kind: 'deletion',
    about: '请删除电话和联系人',
    askedBy: 'self',
    asker: who.name,
    receivedOn: testToday,
  });
  expect(asked.status).toBe(200);
  return requestId;
}

const answer = (requestId: string, more: object = {}) =>
  bureau.call('POST', `/api/privacy-requests/${requestId}/answer`, {
    operationId: uuidv7(),
    decision: 'done',
    answer: '已删除联系方式',
    ...more,
  });

async function erase(): Promise<{ who: { id: string; name: string }; requestId: string }> {
  const who = take();
  const requestId = await askDeletion(who);
  expect((await answer(requestId)).status).toBe(200);
  return { who, requestId };
}

/** In how many places a way to reach this person stands. */
const reachable = async (where: TestServer, id: string) =>
  (
    await where.look<{ n: number }>(
      `select (select count(*) from resident where id = $1 and (phone is not null or phone_index is not null
           or personal_information ?| array['phone','contactName','contactPhone']))::int
         + (select count(*) from resident_revision where resident_id = $1
           and personal_information ?| array['phone','contactName','contactPhone'])::int as n`,
      [id],
    )
  )[0]?.n;

const replayInto = (where: TestServer, register = server.erasures) =>
  replayErasures(where.database, register, { countyId: '999999', now: testNow });

describe('an erasure that is granted', () => {
  it('stands sealed in the register before it is acknowledged; where that cannot be written nothing is erased', async () => {
    const who = take();
    const requestId = await askDeletion(who);
    await rename(folder(), `${folder()}-away`).catch(() => undefined);
    await writeFile(folder(), 'a file where the folder should be');
    const operationId = uuidv7();
    const refused = await answer(requestId, { operationId });
    expect([refused.status, refused.body.code]).toEqual([503, 'erasure-register-unavailable']);
    expect(refused.body.title).toBe('删除登记暂时写不进去，没有删除');
    expect(await reachable(server, who.id)).toBeGreaterThan(0);
    await rm(folder());
    await rename(`${folder()}-away`, folder()).catch(() => undefined);
    const [first, again] = [
      await answer(requestId, { operationId }),
      await answer(requestId, { operationId }),
    ];
    expect([first.status, again.body]).toEqual([200, first.body]);
    expect(await reachable(server, who.id)).toBe(0);
    const names = (await readdir(folder())).filter((name) => name.includes(requestId));
    expect(names).toHaveLength(1);
    const bytes = await readFile(join(folder(), names[0] ?? ''));
    for (const plain of [who.name, who.id, '请删除电话']) expect(bytes.includes(plain), plain).toBe(false);
    expect(await server.erasures.readAll()).toMatchObject([{ requestId, residentId: who.id }]);
  });

  it('of which only the commit failed can be repeated and no longer be refused', async () => {
    const who = take();
    const requestId = await askDeletion(who);
    const [request] = await server.look('select * from privacy_request where id = $1', [requestId]);
    await server.erasures.put({ countyId: '999999', requestId, residentId: who.id, request: request ?? {} });
    const refused = await answer(requestId, { decision: 'refused' });
    expect([refused.status, refused.body.detail]).toEqual([
      409,
      expect.stringContaining('不能再改为不予办理'),
    ]);
    expect((await answer(requestId)).status).toBe(200);
    expect(await reachable(server, who.id)).toBe(0);
  });
});

describe('BAK-10: an older backup', () => {
  it('has every erasure done again, the request with its answer brought back, and a line in the trail; once', async () => {
    const { who, requestId } = await erase();
    expect(await reachable(older, who.id)).toBeGreaterThan(0);
    await older.look(
      `insert into resident_revision (county_id, resident_id, version, org_path, form_edition, personal_information, changed_at)
       select county_id, id, 0, org_path, form_edition, personal_information || '{"phone":"13800000000"}', now()
       from resident where id = $1`,
      [who.id],
    );
    const replayed = await replayInto(older);
    expect(replayed).toMatchObject({ waiting: [], added: 0 });
    expect(replayed.done).toContain(requestId);
    expect(await reachable(older, who.id)).toBe(0);
    const request = (where: TestServer) =>
      where.look('select r::text from privacy_request r where id = $1', [requestId]);
    expect(await request(older)).toEqual(await request(server));
    expect(
      await older.look(
        `select subject from audit_entry where action = 'privacy-request.erase-again' and resident_id = $1`,
        [who.id],
      ),
    ).toEqual([{ subject: requestId }]);
    const doctor = await older.signIn('village');
    const opened = await doctor.call('GET', `/api/residents/${who.id}`);
    expect([opened.status, opened.body.personalInformation.phone]).toEqual([200, undefined]);
    // A number the person gives afterwards is theirs to give.
    await older.look(
      `update resident set personal_information = personal_information || '{"contactName":"新联系人"}' where id = $1`,
      [who.id],
    );
    expect(await replayInto(older)).toEqual({ done: [], waiting: [], added: 0 });
    expect(await reachable(older, who.id)).toBe(1);
  });

  it('that does not know who answered is erased all the same, and once', async () => {
    const { who, requestId } = await erase();
    const written = (await server.erasures.readAll()).find((one) => one.requestId === requestId) as Erasure;
    const unknown = { ...written.request, recorded_by: uuidv7(), assigned_to: uuidv7() };
    const register = { ...server.erasures, readAll: async () => [{ ...written, request: unknown }] };
    expect((await replayInto(older, register)).done).toEqual([requestId]);
    expect(await reachable(older, who.id)).toBe(0);
    expect(await older.look('select 1 from privacy_request where id = $1', [requestId])).toEqual([]);
    expect((await replayInto(older, register)).done).toEqual([]);
    expect((await replayInto(older)).done).toEqual([]);
  });

  it('without the person yet waits for a phone to bring the record back', async () => {
    const { who, requestId } = await erase();
    const written = (await server.erasures.readAll()).find((one) => one.requestId === requestId) as Erasure;
    const stranger = uuidv7();
    const register = {
      ...server.erasures,
      readAll: async () => [
        { ...written, residentId: stranger, request: { ...written.request, resident_id: stranger } },
      ],
      put: async () => undefined,
    };
    expect((await replayInto(older, register)).waiting).toEqual([requestId]);
    // The record comes back under its own id, as from a phone that kept it.
    const moved = { ...register, readAll: async () => [written] };
    expect(await reachable(older, who.id)).toBeGreaterThan(0);
    expect((await replayInto(older, moved)).done).toEqual([requestId]);
    expect(await reachable(older, who.id)).toBe(0);
  });

  it('of another county, and a register that is damaged or under another root, change nothing', async () => {
    const written = await server.erasures.readAll();
    const others = {
      ...server.erasures,
      readAll: async () => written.map((one) => ({ ...one, countyId: '999998' })),
    };
    expect(
      await replayErasures(
        older.database,
        { ...others, put: async () => undefined },
        { countyId: '999999', now: testNow },
      ),
    ).toMatchObject({ done: [], waiting: [] });
    const [name = ''] = await readdir(folder());
    const path = join(folder(), name);
    const bytes = await readFile(path);
    const changed = Buffer.from(bytes);
    changed[bytes.length - 60] = (changed[bytes.length - 60] ?? 0) ^ 1;
    await writeFile(path, changed);
    await expect(replayInto(older)).rejects.toThrow('已损坏、被改动或不完整');
    await writeFile(path, bytes);
    const suite = cipherSuite('aes-256-gcm');
    const provider = await fileKeyProvider(join(server.folder, 'another-root'), suite);
    const stranger = erasureRegister({ folder: folder(), provider, suite: suite.id });
    await expect(replayInto(older, stranger)).rejects.toThrow('要用根密钥');
  });

  it('teaches the register what only the database knew, as after an upgrade', async () => {
    const before = await server.erasures.readAll();
    await rm(folder(), { recursive: true });
    expect((await replayInto(server)).added).toBe(before.length);
    const ids = (all: readonly Erasure[]) => all.map((one) => one.requestId).toSorted();
    expect(ids(await server.erasures.readAll())).toEqual(ids(before));
    expect(await replayInto(server)).toEqual({ done: [], waiting: [], added: 0 });
  });
});
