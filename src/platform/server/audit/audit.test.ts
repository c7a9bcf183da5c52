import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orgPath } from '#kernel/org-path.ts';
import { startTestServer, type TestServer, testNow } from '#test/support/server.ts';
import { cipherSuite } from '../crypto/cipher-suite.ts';
import { ringOf } from '../crypto/key-ring.ts';
import { withScope } from '../database/with-scope.ts';
import { exportDailyRoot, readKeptRoots } from './export-roots.ts';
import { recordAudit } from './record-audit.ts';
import { sealAudit } from './seal-audit.ts';
import { type AuditRoot, verifyAudit } from './verify-audit.ts';

const countyId = '999999';
let server: TestServer;
let kept: string;
beforeAll(async () => {
  server = await startTestServer({ residents: 300 });
  kept = await mkdtemp(join(tmpdir(), 'quancheng-roots-'));
});
afterAll(async () => {
  await rm(kept, { recursive: true, force: true });
  await server.stop();
});

const seal = () => sealAudit(server.database, { countyId, keys: server.keys, now: testNow });
const verify = (roots?: readonly AuditRoot[]) =>
  verifyAudit(server.database, { countyId, keys: server.keys, ...(roots ? { roots } : {}) });
const county = { countyId, path: orgPath('/999999/') };
const write = (count: number) =>
  withScope(server.database, county, async (tx) => {
    for (let i = 0; i < count; i++)
      await recordAudit(tx, undefined, {
        action: `act-${i}`,
        detail: { i },
        before: { i },
        countyId,
        now: testNow,
      });
  });

/** Does something to the trail as the database's owner could, looks, and undoes it. */
async function tamper(statement: string): Promise<string[]> {
  await server.look(`create table audit_kept as select * from audit_entry`);
  await server.look(`create table seal_kept as select * from audit_seal`);
  try {
    await server.look(statement);
    return (await verify()).findings.map((one) => one.what);
  } finally {
    await server.look('delete from audit_entry');
    await server.look('delete from audit_seal');
    await server.look('insert into audit_entry select * from audit_kept');
    await server.look('insert into audit_seal select * from seal_kept');
    await server.look('drop table audit_kept, seal_kept');
  }
}

describe('the audit trail', () => {
  it('is sealed as it grows and found whole', async () => {
    await write(30);
    expect(await seal()).toBeGreaterThanOrEqual(30);
    await write(5);
    expect(await verify()).toMatchObject({ unsealed: 5, findings: [] });
    expect(await seal()).toBe(5);
    expect(await seal()).toBe(0);
    expect(await verify()).toMatchObject({ unsealed: 0, findings: [] });
  });

  it('passes over no row that was still being written when a later one was sealed', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let began: () => void = () => undefined;
    const started = new Promise<void>((resolve) => {
      began = resolve;
    });
    const slow = withScope(server.database, county, async (tx) => {
      await recordAudit(tx, undefined, { action: 'slow', countyId, now: testNow });
      began();
      await held;
    });
    await started;
    await write(3);
    expect(await seal()).toBe(0);
    release();
    await slow;
    expect(await seal()).toBe(4);
    expect((await verify()).findings).toEqual([]);
  });

  it('tells of a row changed, removed, added, back-dated or moved, and of seals changed, removed or swapped', async () => {
    const one = `id = (select id from audit_entry order by xid, id offset 7 limit 1)`;
    const changes = [
      `update audit_entry set action = 'nothing' where ${one}`,
      `update audit_entry set at = at - interval '1 year' where ${one}`,
      `update audit_entry set resident_id = gen_random_uuid() where ${one}`,
      `update audit_entry set detail = '{"i": 99}' where ${one}`,
      `update audit_entry set before_hash = after_hash where ${one} and before_hash is not null`,
      `update audit_entry set address = '10.0.0.1' where ${one}`,
    ];
    for (const change of changes) expect(await tamper(change), change).toEqual(['审计记录被改动']);
    expect(await tamper(`delete from audit_entry where ${one}`)).toEqual(['审计记录被删除']);
    expect(
      await tamper(`insert into audit_entry (county_id, id, at, action, outcome, xid)
        select county_id, gen_random_uuid(), at, action, outcome, xid from audit_entry where ${one}`),
    ).toEqual(['审计记录被插入']);
    expect(await tamper(`update audit_seal set rows = rows + 1 where number = 1`)).toContain(
      '封条被改动或次序被调换',
    );
    expect(await tamper('delete from audit_seal where number = 1')).toEqual(['封条缺失，其后的封条接不上']);
    expect(
      await tamper(`update audit_seal set number = case number when 1 then 1000 when 2 then 1 else number end
        where number in (1, 2); update audit_seal set number = 2 where number = 1000`),
    ).toContain('封条被改动或次序被调换');
    expect((await verify()).findings).toEqual([]);
  });

  it('is sealed in the order of its transactions, also where their numbers grow a figure longer', async () => {
    await write(4);
    await server.look('create table audit_kept as select * from audit_entry');
    await server.look('create table seal_kept as select * from audit_seal');
    await server.look('delete from audit_seal');
    await server.look(
      `delete from audit_entry where id not in (select id from audit_entry order by xid, id limit 4)`,
    );
    await server.look(
      `update audit_entry e set xid = (97 + o.place)::text::xid8
       from (select id, row_number() over (order by xid, id) as place from audit_entry) o where o.id = e.id`,
    );
    expect(await seal()).toBe(4);
    const [last] = await server.look<{ through_xid: string }>('select through_xid from audit_seal');
    expect(last?.through_xid).toBe('101');
    expect(await verify()).toMatchObject({ rows: 4, unsealed: 0, findings: [] });
    await server.look('delete from audit_entry');
    await server.look('delete from audit_seal');
    await server.look('insert into audit_entry select * from audit_kept');
    await server.look('insert into audit_seal select * from seal_kept');
    await server.look('drop table audit_kept, seal_kept');
  });

  it('with a root kept outside, tells of a cut tail and of a trail made anew', async () => {
    const root = await exportDailyRoot(server.database, { countyId, folder: kept, now: testNow });
    expect(root?.number).toBeGreaterThan(1);
    expect(await exportDailyRoot(server.database, { countyId, folder: kept, now: testNow })).toBeUndefined();
    const roots = await readKeptRoots(kept);
    expect(await verify(roots)).toMatchObject({ findings: [] });
    await server.look('create table seal_kept as select * from audit_seal');
    const last = root?.number;
    await server.look(`delete from audit_seal where number = ${last}`);
    expect((await verify()).findings).toEqual([]);
    expect((await verify(roots)).findings).toEqual([{ number: last, what: '存证之后的审计记录被截去' }]);
    await server.look('delete from audit_seal');
    for (let i = 0; i < Number(last); i++) await write(1).then(seal);
    expect((await verify()).findings).toEqual([]);
    const rebuilt = (await verify(roots)).findings.map((one) => one.what);
    expect(rebuilt.some((what) => what.startsWith('存证之后') || what.startsWith('与外部存证'))).toBe(true);
  });

  it('AUD-15: holds across a new key and another suite, and with the old key still tells of a change', async () => {
    await write(3);
    await seal();
    const older = ['audit', 'field', 'index', 'export'] as const;
    const key = {
      id: '0198e6a0-0000-7000-8000-0000000000aa',
      purpose: 'audit' as const,
      key: randomBytes(32),
    };
    const rotated = ringOf(cipherSuite('aes-256-gcm'), [
      key,
      ...older.flatMap((one) => server.keys.all(one)),
    ]);
    const across = () => verifyAudit(server.database, { countyId, keys: rotated });
    await write(4);
    expect(await sealAudit(server.database, { countyId, keys: rotated, now: testNow })).toBe(4);
    const [newest] = await server.look<{ key_id: string }>(
      'select key_id from audit_seal order by number desc limit 1',
    );
    expect(newest?.key_id).toBe(key.id);
    expect(await across()).toMatchObject({ unsealed: 0, findings: [] });
    const oldest = 'id = (select id from audit_entry order by xid, id limit 1)';
    await server.look(`update audit_entry set action = action || '!' where ${oldest}`);
    expect((await across()).findings).not.toEqual([]);
    await server.look(`update audit_entry set action = rtrim(action, '!') where ${oldest}`);
    expect((await across()).findings).toEqual([]);
    // Without the new key its seals cannot be vouched for.
    expect((await verify()).findings).not.toEqual([]);
  });

  it('says who, from where and under which request, for reads too', async () => {
    const doctor = await server.signIn('village');
    const person = await withScope(server.database, county, (tx) =>
      sql<{
        id: string;
      }>`select r.id from resident r join staff s on s.county_id = r.county_id and s.username = 'village'
        join organization o on o.county_id = s.county_id and o.id = s.organization_id and r.org_path = o.path limit 1`.execute(
        tx,
      ),
    );
    const residentId = person.rows[0]?.id ?? '';
    expect((await doctor.call('GET', `/api/residents/${residentId}`)).status).toBe(200);
    const [entry] = await server.look<{ address: string; request_id: string; role: string }>(
      `select address, request_id, role from audit_entry where action = 'resident.open' and resident_id = $1`,
      [residentId],
    );
    expect(entry).toMatchObject({ address: '127.0.0.1', role: 'village-doctor' });
    expect(entry?.request_id).toMatch(/^[0-9a-f-]{36}$/);
  });
});
