import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '#platform/server/config.ts';
import type { ServerContext } from '#platform/server/http/define-route.ts';
import { startTestServer, type TestServer } from '#test/support/server.ts';
import { appointmentWorks } from './appointment-works.ts';
import { configOfDrill, drillText, markDrill, readDrillMark, settleDrillMark } from './drill-mark.ts';
import { restoreCounty } from './restore-county.ts';
import { routes } from './routes.ts';

const mark = { restoredAt: '2026-11-24T01:00:00.000Z', from: 'quancheng-20261123-000000.backup' };
const where = '2026-11-24 09:00 恢复自 quancheng-20261123-000000.backup';

let server: TestServer;
let folder: string;
beforeAll(async () => {
  [server, folder] = await Promise.all([
    startTestServer({ residents: 600 }),
    mkdtemp(join(tmpdir(), 'quancheng-drill-')),
  ]);
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('a copy restored for a drill', () => {
  it('says so with every answer, also a refusal; the county says that it is the county', async () => {
    const drill = await server.startBeside(server.keys, { drill: where });
    const anonymous = drill.clientOf('');
    for (const path of ['/api/system', '/api/residents?query=x', '/api/nowhere']) {
      const { headers } = await anonymous.call('GET', path);
      expect(decodeURIComponent(headers.get('x-quancheng-drill') ?? '')).toBe(where);
      expect((await server.anonymous.call('GET', path)).headers.get('x-quancheng-drill')).toBe('no');
    }
    await drill.stop();
  });

  it('takes nothing from phones and gives them nothing, whoever asks; the county takes the same afterwards', async () => {
    const doctor = await server.signIn('village');
    const ofPhones = routes.filter(
      ({ action, method }) => method !== 'GET' && (action === 'field.sync' || action === 'field.hand-over'),
    );
    expect(ofPhones.length).toBeGreaterThanOrEqual(9);
    const drill = await server.startBeside(server.keys, { drill: where });
    const device = { deviceId: uuidv7(), name: '演练时的手机', appVersion: '1', isPersisted: true };
    for (const { method, path } of ofPhones)
      for (const client of [drill.clientOf(doctor.cookie), drill.clientOf('')]) {
        const { status, body } = await client.call(method, path.replace(/:\w+/g, uuidv7()), device);
        expect([path, status, body.code, body.retryable]).toEqual([path, 503, 'drill-copy', true]);
      }
    const known = () => server.look('select 1 from field_device where device_id = $1', [device.deviceId]);
    expect(await known()).toEqual([]);
    expect((await doctor.call('POST', '/api/field/devices', device)).status).toBe(200);
    expect(await known()).toHaveLength(1);
    await drill.stop();
  });

  it('sends no resident a message, which the county itself does', async () => {
    const heard: string[] = [];
    const gateway = createServer((request, response) => {
      heard.push(String(request.headers['idempotency-key']));
      response.end('{}');
    });
    await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
    process.env.QUANCHENG_SMS_URL = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/`;
    process.env.QUANCHENG_SMS_KEY = 'test-key';
    const id = uuidv7();
    await server.look(
      `insert into notice (county_id, id, resident_id, org_path, kind, channel, body, due_at, subject_id)
       select county_id, $1, id, org_path, 'appointment-reminder', 'sms', '您已预约。', $2, $1 from resident
       where status = 'active' and phone is not null order by id limit 1`,
      [id, server.now()],
    );
    const context: ServerContext = {
      ...{ database: server.database, keys: server.keys, erasures: server.erasures },
      ...{ clock: () => server.now(), countyId: '999999' },
      log: { error: () => undefined, info: () => undefined },
    };
    const runAll = async (drill: string | undefined) => {
      const works = appointmentWorks({ ...context, database: { ...server.database, drill } }, folder);
      for (const { work } of works) await work();
    };
    await runAll(where);
    expect(heard).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
    await runAll(undefined);
    expect(heard).toContain(id);
    delete process.env.QUANCHENG_SMS_URL;
    delete process.env.QUANCHENG_SMS_KEY;
    gateway.close();
  });

  it('runs on its own folder alone, whatever the county’s settings say', () => {
    const county = readConfig(
      {
        QUANCHENG_DATA: join(folder, 'config'),
        QUANCHENG_LOG_ARCHIVE: '/mnt/log',
        QUANCHENG_ERASURES: '/mnt/erasures',
        DATABASE_URL: 'postgres://owner:x@10.0.0.1/quancheng',
        QUANCHENG_OIDC_ISSUER: 'https://id.example.cn',
        QUANCHENG_OIDC_CLIENT_ID: 'quancheng',
        QUANCHENG_OIDC_CLIENT_SECRET: 'secret',
      },
      folder,
    );
    expect(configOfDrill(county)).toEqual({
      ...county,
      databaseUrl: undefined,
      logArchive: undefined,
      erasures: join(folder, 'config/erasures'),
      identityService: undefined,
    });
  });

  it('keeps its mark when its database is moved to another folder, and is no county there', async () => {
    const config = readConfig({ QUANCHENG_DATA: folder }, folder);
    const inDatabase = () => server.look("select value from county_setting where key = 'drill'");
    await server.signIn('village');
    await settleDrillMark(config, undefined, server.ownerUrl);
    expect(await inDatabase()).toEqual([]);
    expect(await server.look('select 1 from session')).not.toEqual([]);

    await settleDrillMark(config, mark, server.ownerUrl);
    await settleDrillMark(config, mark, server.ownerUrl);
    expect(await inDatabase()).toEqual([{ value: mark }]);
    expect(await server.look('select 1 from session')).toEqual([]);

    await expect(settleDrillMark(config, undefined, server.ownerUrl)).rejects.toThrow(
      `这个数据库是演练副本（${where}），不能作为正式系统启动。`,
    );
    expect(await readDrillMark(folder)).toEqual(mark);
    expect(drillText(mark)).toBe(where);
    await server.look("delete from county_setting where key = 'drill'");
  });

  it('is not started with a mark that cannot be read, nor is the county restored where a drill lay or with its register', async () => {
    const config = readConfig({ QUANCHENG_DATA: folder }, folder);
    const wish = { from: join(folder, 'a.backup'), keyFile: undefined, logArchive: undefined };
    const more = { until: undefined, erasures: undefined, erasuresKey: undefined, withoutErasures: true };
    await markDrill(folder, mark);
    await expect(restoreCounty(config, { ...wish, ...more }, () => undefined)).rejects.toThrow('演练用过的');
    const elsewhere = readConfig({ QUANCHENG_DATA: join(folder, 'county') }, folder);
    await mkdir(join(folder, 'erasures'));
    const practised = { erasures: join(folder, 'erasures'), withoutErasures: false };
    await expect(
      restoreCounty(
        elsewhere,
        { ...wish, ...more, ...practised, keyFile: join(server.folder, 'root-key') },
        () => undefined,
      ),
    ).rejects.toThrow('是演练副本的删除登记');
    for (const damaged of ['', '{}', '{"restoredAt":"yesterday","from":"a"}']) {
      await writeFile(join(folder, 'drill.json'), damaged);
      await expect(readDrillMark(folder)).rejects.toThrow('读不出，不启动');
    }
  });
});
