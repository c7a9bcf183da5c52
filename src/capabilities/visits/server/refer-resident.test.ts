import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { houseAt, quietPeople } from '#test/support/send-referral.ts';
import { startTestServer, type TestClient, type TestServer, testNow } from '#test/support/server.ts';

let server: TestServer;
let village: TestClient;
let other: TestClient;
let doctor: TestClient;
let specialist: TestClient;
let people: { id: string; name: string }[];
const [township, hospital] = ['/999999/100/', '/999999/hospital/'];

beforeAll(async () => {
  server = await startTestServer({ residents: 2000 });
  [village, other, doctor, specialist] = (await Promise.all(
    ['village', 'village2', 'township', 'specialist'].map((name) => server.signIn(name)),
  )) as [TestClient, TestClient, TestClient, TestClient];
  people = await quietPeople(server, '/999999/100/201/', 6);
});
afterAll(() => server.stop());

async function asked(path: string, more: object = {}) {
  return {
    operationId: uuidv7(),
    referralId: uuidv7(),
    toOrganizationId: await houseAt(server, path),
    toDepartment: '全科',
    urgency: 'soon',
    reason: '连续两次控制不满意',
    ...more,
  };
}
const send = (client: TestClient, index: number, body: object) =>
  client.call('POST', `/api/residents/${people[index]?.id}/referrals`, body);
const received = async (client: TestClient) =>
  (await client.call('GET', '/api/referrals?side=received&part=open&limit=50')).body.items as {
    id: string;
    fromName: string;
    reason: string;
  }[];
const step = (client: TestClient, id: string, version: number, deed: string, note = '') =>
  client.call('POST', `/api/referrals/${id}/steps`, { operationId: uuidv7(), version, deed, note });

describe('a village doctor who sends somebody on from their page', () => {
  it('reaches the house that was chosen, once, however often it is sent', async () => {
    const body = await asked(township);
    const first = await send(village, 0, body);
    expect(first.status, JSON.stringify(first.body)).toBe(200);
    expect((await send(village, 0, body)).body).toEqual(first.body);
    const lines = (await received(doctor)).filter((one) => one.id === body.referralId);
    expect(lines).toMatchObject([
      { fromName: expect.stringContaining('村卫生室'), reason: '连续两次控制不满意' },
    ]);
    expect((await received(specialist)).some((one) => one.id === body.referralId)).toBe(false);
  });

  it('does not send a second while the first is under way, and may after taking it back', async () => {
    const first = await asked(hospital);
    expect((await send(village, 1, first)).status).toBe(200);
    const second = await send(village, 1, await asked(township));
    expect(second.status).toBe(409);
    expect(second.body.detail).toContain('请先撤回');
    expect((await step(specialist, first.referralId, 1, 'accept')).status).toBe(200);
    expect((await send(village, 1, await asked(township))).status, 'accepted is under way too').toBe(409);
    expect((await step(village, first.referralId, 2, 'withdraw', '改去卫生院')).status).toBe(200);
    expect((await send(village, 1, await asked(township))).status).toBe(200);
  });

  it('says what was done first when it is an emergency, and that closes the danger', async () => {
    const [danger] = await server.look<{ id: string }>(
      `insert into danger_event (county_id, id, resident_id, organization_id, org_path, source, what, found_at, found_by, due_at)
       select r.county_id, $2, r.id, s.organization_id, r.org_path, 'phone', '收缩压 196 mmHg', $3, s.id, $3
       from resident r join staff s on s.county_id = r.county_id and s.username = 'village' where r.id = $1 returning id`,
      [people[2]?.id, uuidv7(), testNow],
    );
    const silent = await send(
      village,
      2,
      await asked(hospital, { urgency: 'emergency', firstHandling: ' ' }),
    );
    expect(silent.status).toBe(422);
    expect(silent.body.issues[0]).toMatchObject({ path: 'firstHandling' });
    const handled = await asked(hospital, { urgency: 'emergency', firstHandling: '平卧、吸氧、呼 120' });
    expect((await send(village, 2, handled)).status).toBe(200);
    const [closed] = await server.look<{ outcome: string; note: string }>(
      'select outcome, note from danger_event where id = $1 and closed_at is not null',
      [danger?.id],
    );
    expect(closed?.note).toBe('平卧、吸氧、呼 120');
  });

  it('cannot for another village, for a house that takes nobody, for the dead, or without a reason', async () => {
    expect((await send(other, 3, await asked(township))).status).toBe(404);
    const nowhere = await send(village, 3, await asked('/999999/100/202/'));
    expect(nowhere.status).toBe(422);
    expect(nowhere.body.issues[0].path).toBe('toOrganizationId');
    expect((await send(village, 3, await asked(township, { reason: '  ' }))).status).toBe(422);
    await server.look("update resident set status = 'dead' where id = $1", [people[4]?.id]);
    expect((await send(village, 4, await asked(township))).status).toBe(409);
  });
});
