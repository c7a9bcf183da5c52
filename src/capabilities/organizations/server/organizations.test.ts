import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestClient, type TestServer } from '#test/support/server.ts';

let server: TestServer;
let admin: TestClient;

beforeAll(async () => {
  server = await startTestServer({ residents: 400 });
  admin = await server.signIn('admin');
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

  it('is the administrator’s alone', async () => {
    const doctor = await server.signIn('village');
    expect((await doctor.call('GET', '/api/organizations')).status).toBe(403);
    expect((await doctor.call('POST', '/api/staff', {})).status).toBe(403);
  });
});
