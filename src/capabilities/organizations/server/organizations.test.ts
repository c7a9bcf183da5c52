import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestClient, type TestServer } from '#test/support/server.ts';

let server: TestServer;
let admin: TestClient;
let security: TestClient;

beforeAll(async () => {
  server = await startTestServer({ residents: 300 });
  admin = await server.signIn('admin');
  security = await server.signIn('security');
});
afterAll(() => server.stop());

describe('organizations and staff', () => {
  it('adds a township, a village below it and its doctor, who signs in once with the given password and must change it', async () => {
    const county = (await admin.call('GET', '/api/organizations')).body.parent;
    const add = (body: Record<string, unknown>) =>
      admin.call('POST', '/api/organizations', { operationId: uuidv7(), organizationId: uuidv7(), ...body });
    const township = await add({
      parentId: county.id,
      kind: 'township-centre',
      name: '新河镇中心卫生院',
      regionCode: '999999888',
    });
    expect(township.status, JSON.stringify(township.body)).toBe(200);
    const village = await add({
      parentId: township.body.id,
      kind: 'village-clinic',
      name: '新河村卫生室',
      regionCode: '999999888201',
    });
    expect(village.status).toBe(200);
    const again = await add({
      parentId: township.body.id,
      kind: 'village-clinic',
      name: '另一个',
      regionCode: '999999888201',
    });
    expect(again.body.issues[0].message).toContain('已有机构');
    const wrong = await add({
      parentId: township.body.id,
      kind: 'village-clinic',
      name: '错',
      regionCode: '999999100202',
    });
    expect(wrong.body.issues[0].message).toContain('999999888 加3位数字');
    const misplaced = await add({
      parentId: county.id,
      kind: 'village-clinic',
      name: '错',
      regionCode: '999999201',
    });
    expect(misplaced.body.issues[0].path).toBe('kind');

    const body = {
      operationId: uuidv7(),
      staffId: uuidv7(),
      organizationId: village.body.id,
      username: 'newdoctor',
      name: '赵新',
      role: 'village-doctor',
    };
    const doctor = await admin.call('POST', '/api/staff', body);
    expect(doctor.body.oneTimePassword).toMatch(/^Qc-/);
    const replay = await admin.call('POST', '/api/staff', body);
    expect(replay.body.oneTimePassword, 'the secret is told once').toBeNull();
    const stored = await server.look<{ response: string }>(
      'select response::text from operation where id = $1',
      [body.operationId],
    );
    expect(stored[0]?.response).not.toContain('Qc-');
    // Who entered the account cannot open it: the security administrator grants the role.
    const early = { username: 'newdoctor', password: doctor.body.oneTimePassword };
    expect((await server.anonymous.call('POST', '/api/session', early)).status).toBe(401);
    const enable = { operationId: uuidv7(), change: 'enable' };
    expect((await admin.call('POST', `/api/staff/${body.staffId}/changes`, enable)).body.code).toBe(
      'illegal-move',
    );
    const grant = (client: TestClient, operationId = uuidv7()) =>
      client.call('POST', `/api/staff/${body.staffId}/security`, { operationId, change: 'grant-role' });
    expect((await grant(admin)).status).toBe(403);
    expect((await security.call('GET', '/api/staff/waiting')).body.items).toMatchObject([
      { username: 'newdoctor', role: 'village-doctor', organizationName: '新河村卫生室', sameName: [] },
    ]);
    const once = uuidv7();
    for (let i = 0; i < 2; i++) expect((await grant(security, once)).body).toEqual({ id: body.staffId });
    expect((await grant(security)).body.code).toBe('illegal-move');
    const session = await server.anonymous.call('POST', '/api/session', {
      username: 'newdoctor',
      password: doctor.body.oneTimePassword,
    });
    expect(session.body).toMatchObject({
      mustChangePassword: true,
      organizationName: '新河村卫生室',
      scopeName: '新河村卫生室',
    });

    const taken = await admin.call('POST', '/api/staff', {
      ...body,
      operationId: uuidv7(),
      staffId: uuidv7(),
    });
    expect(taken.body.issues[0].message).toContain('已有人使用');
    const role = await admin.call('POST', '/api/staff', {
      ...body,
      operationId: uuidv7(),
      staffId: uuidv7(),
      username: 'other',
      role: 'administrator',
    });
    expect(role.body.issues[0].path).toBe('role');

    const change = (what: string) =>
      admin.call('POST', `/api/staff/${body.staffId}/changes`, { operationId: uuidv7(), change: what });
    const reset = await change('reset-password');
    expect(reset.body.oneTimePassword).toMatch(/^Qc-/);
    expect(
      (
        await server.anonymous.call('POST', '/api/session', {
          username: 'newdoctor',
          password: doctor.body.oneTimePassword,
        })
      ).status,
    ).toBe(401);
    await change('disable');
    expect(
      (
        await server.anonymous.call('POST', '/api/session', {
          username: 'newdoctor',
          password: reset.body.oneTimePassword,
        })
      ).status,
    ).toBe(401);
    await change('enable');
    const staff = await admin.call('GET', `/api/organizations/${village.body.id}/staff`);
    expect(staff.body.items).toMatchObject([{ username: 'newdoctor', disabled: false }]);
    const [self] = await server.look<{ id: string }>("select id from staff where username = 'admin'");
    const own = await admin.call('POST', `/api/staff/${self?.id}/changes`, {
      operationId: uuidv7(),
      change: 'disable',
    });
    expect(own.body.issues[0].message).toContain('不能停用自己');
  });

  it('leaves each of the three administrators to themselves, and the county never without one', async () => {
    const [auditor] = await server.look<{ id: string; organization_id: string }>(
      "select id, organization_id from staff where username = 'audit'",
    );
    const change = (what: string) =>
      admin.call('POST', `/api/staff/${auditor?.id}/changes`, { operationId: uuidv7(), change: what });
    expect((await change('reset-password')).body.detail).toContain('互不接管');
    expect((await change('disable')).body.detail).toContain('最后一位审计管理员');
    const staffId = uuidv7();
    const added = await admin.call('POST', '/api/staff', {
      operationId: uuidv7(),
      staffId,
      organizationId: auditor?.organization_id,
      username: 'audit2',
      name: '系统管理员',
      role: 'audit-administrator',
    });
    expect(added.status).toBe(200);
    // Entered by the system administrator under their own name: told to who grants.
    expect((await security.call('GET', '/api/staff/waiting')).body.items).toMatchObject([
      { username: 'audit2', sameName: ['admin'] },
    ]);
    // Not granted, so it does not count as a second one.
    expect((await change('disable')).status).toBe(409);
    const granted = { operationId: uuidv7(), change: 'grant-role' };
    expect((await security.call('POST', `/api/staff/${staffId}/security`, granted)).status).toBe(200);
    expect((await change('disable')).status).toBe(200);
    expect((await change('enable')).status).toBe(200);
  });

  it('is the system administrator’s alone; the security administrator looks', async () => {
    expect((await security.call('GET', '/api/organizations')).status).toBe(200);
    expect((await security.call('POST', '/api/staff', {})).status).toBe(403);
    const doctor = await server.signIn('village');
    expect((await doctor.call('GET', '/api/organizations')).status).toBe(403);
    expect((await doctor.call('POST', '/api/staff', {})).status).toBe(403);
  });

  it('keeps the telephone of a house that takes emergencies, whole; what is no number is refused, what is not said stays', async () => {
    const { items } = (await admin.call('GET', '/api/organizations')).body;
    const house = items.find((one: { kind: string }) => one.kind === 'county-hospital');
    const put = (body: object) =>
      admin.call('PUT', `/api/organizations/${house.id}`, {
        operationId: uuidv7(),
        name: house.name,
        ...body,
      });
    const phone = async () =>
      (await admin.call('GET', `/api/organizations?parentId=${house.id}`)).body.parent.orgPhone;
    expect((await put({ orgPhone: '19900001120' })).status).toBe(200);
    expect(await phone()).toBe('19900001120');
    const wrong = await put({ orgPhone: '找张医生' });
    expect([wrong.status, wrong.body.issues[0].message]).toEqual([422, '联系电话不是手机或固定电话号码。']);
    expect((await put({})).status).toBe(200);
    expect(await phone()).toBe('19900001120');
    expect((await put({ orgPhone: '' })).status).toBe(200);
    expect(await phone()).toBeNull();
  });
});
