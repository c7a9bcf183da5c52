import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orgPath } from '#kernel/org-path.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { freshIdNo, registerPerson, samplePerson } from '#test/support/sample-person.ts';
import { houseAt } from '#test/support/send-referral.ts';
import { startTestServer, type TestClient, type TestServer, testNow } from '#test/support/server.ts';

let server: TestServer;
let specialist: TestClient;
let doctor: TestClient;
let village: TestClient;
let neighbour: TestClient;
let far: TestClient;
const [home, township, beside, other, hospital] = [
  '/999999/100/201/',
  '/999999/100/',
  '/999999/100/202/',
  '/999999/101/',
  '/999999/hospital/',
];

beforeAll(async () => {
  server = await startTestServer({ residents: 2000 });
  [specialist, doctor, village, neighbour, far] = (await Promise.all(
    ['specialist', 'township', 'village', 'village2', 'gp002'].map((name) => server.signIn(name)),
  )) as [TestClient, TestClient, TestClient, TestClient, TestClient];
});
afterAll(() => server.stop());

const slip = {
  diagnosis: '高血压 2 级 高危（新诊断）',
  examResults: '诊室血压 168/102，血钾 4.1',
  treatmentAndAdvice: '氨氯地平 5 mg 每日一次；限盐，两周后复测',
  fromPhone: '0555-8765432',
};
const aPerson = (more: object = {}) => ({
  name: '单春花',
  idNo: freshIdNo('1970-06-15', '2'),
  phone: '19911112222',
  ...more,
});
async function send(to: string, more: { person?: ReturnType<typeof aPerson>; body?: object } = {}) {
  const person = more.person ?? aPerson();
  const referralId = uuidv7();
  const reply = await specialist.call('POST', '/api/referrals/down', {
    operationId: uuidv7(),
    referralId,
    person,
    toOrganizationId: await houseAt(server, to),
    urgency: 'routine',
    back: slip,
    isAgreed: true,
    ...more.body,
  });
  return { person, referralId, reply };
}
const sent = async (to: string, person = aPerson()) => {
  const one = await send(to, { person });
  expect(one.reply.status, JSON.stringify(one.reply.body)).toBe(200);
  return one;
};
const show = (client: TestClient, id: string) => client.call('GET', `/api/referrals/${id}`);
const reveal = (client: TestClient, id: string) => client.call('POST', `/api/referrals/${id}/person`);
const step = async (client: TestClient, id: string, deed: string, note = '') => {
  const { body } = await show(client, id);
  return client.call('POST', `/api/referrals/${id}/steps`, {
    operationId: uuidv7(),
    version: body.version ?? 1,
    deed,
    note,
  });
};
const lists = async (client: TestClient, side: string, part = 'open') =>
  (await client.call('GET', `/api/referrals?side=${side}&part=${part}&limit=50`)).body.items as {
    id: string;
  }[];
const has = async (client: TestClient, side: string, id: string) =>
  (await lists(client, side)).some((one) => one.id === id);

describe('somebody the hospital found', () => {
  it('is sent to the house they wish for, with the slip, and no other house sees it', async () => {
    const { referralId, person } = await sent(home);
    const shown = await show(village, referralId);
    expect(shown.body).toMatchObject({
      side: 'received',
      name: '单春花',
      sex: '2',
      isFound: true,
      residentId: null,
      mayOpenRecord: false,
      state: 'requested',
      reason: '医院新发现：高血压 2 级 高危（新诊断）',
      deeds: ['accept', 'decline'],
      back: { ...slip, fromDoctor: '林文博' },
      holder: null,
    });
    expect(await has(village, 'received', referralId)).toBe(true);
    expect(await has(specialist, 'sent', referralId)).toBe(true);
    for (const client of [doctor, neighbour, far]) {
      expect(await has(client, 'received', referralId)).toBe(false);
      expect(await has(client, 'sent', referralId)).toBe(false);
    }
    for (const client of [neighbour, far]) expect((await show(client, referralId)).status).toBe(404);
    expect((await show(specialist, referralId)).body.holder).toBeNull();
    expect((await reveal(village, referralId)).body).toMatchObject({
      idNo: person.idNo,
      phone: person.phone,
    });
  });

  it('stands behind the wall: shown to its two ends, with its moment, and to nobody when that is over', async () => {
    const { referralId } = await sent(home);
    const seen = (path: string, at: Date | null = testNow) =>
      withScope(server.database, { countyId: '999999', path: orgPath(path) }, async (tx) => {
        await sql`select set_config('app.at', ${at?.toISOString() ?? ''}, true)`.execute(tx);
        const { rows } = await sql<{ n: number }>`select count(*)::int as n from referral_request
          where id = ${referralId}::uuid`.execute(tx);
        return rows[0]?.n;
      });
    expect([await seen(home), await seen(hospital)]).toEqual([1, 1]);
    for (const path of [beside, other, '/999999/cdc/', '/999999/bureau/', '/999999/101/201/'])
      expect(await seen(path), path).toBe(0);
    expect(await seen(home, null)).toBe(0);
    await step(specialist, referralId, 'withdraw', '本人改主意');
    expect([await seen(home), await seen(hospital)]).toEqual([0, 1]);
  });

  it('has number and telephone sealed in the database, hidden on the way out, and whole only for the house that received them', async () => {
    const { referralId, person } = await sent(home);
    const [row] = await server.look<{ stored: string }>(
      'select summary::text as stored from referral_request where id = $1',
      [referralId],
    );
    expect(row?.stored).not.toContain(person.idNo);
    expect(row?.stored).not.toContain(person.phone);
    for (const client of [village, specialist]) {
      const text = JSON.stringify((await show(client, referralId)).body);
      expect(text).not.toContain(person.idNo);
      expect(text).not.toContain(person.phone);
    }
    for (const client of [neighbour, doctor, far])
      expect((await reveal(client, referralId)).status).toBe(404);
    expect((await reveal(specialist, referralId)).status).toBe(403);
    await reveal(village, referralId);
    const trail = await server.look<{ action: string }>(
      'select action from audit_entry where subject = $1 order by at, id',
      [referralId],
    );
    expect(trail.map((one) => one.action)).toEqual(
      expect.arrayContaining([
        'referral.send-down',
        'referral.open',
        'identity.check',
        'referral.reveal-person',
      ]),
    );
  });

  it('is answered alike whether the county knows the person or not', async () => {
    const known = samplePerson();
    expect((await registerPerson(village, known)).status).toBe(200);
    const person = aPerson({ idNo: known.idNo });
    const [one, two] = [await sent(township, person), await sent(township)];
    expect(Object.keys(one.reply.body)).toEqual(Object.keys(two.reply.body));
    const [first, second] = [await show(specialist, one.referralId), await show(specialist, two.referralId)];
    for (const { body } of [first, second])
      expect(body).toMatchObject({ residentId: null, holder: null, mayOpenRecord: false });
  });

  it('is refused with a wrong number, a telephone that is none, no consent, a house that manages nobody, or twice', async () => {
    const { referralId, person } = await sent(home);
    const wrong = `${person.idNo.slice(0, 17)}${person.idNo.endsWith('1') ? '2' : '1'}`;
    for (const [more, path, words] of [
      [{ person: { ...person, idNo: wrong } }, 'person.idNo', '校验位'],
      [{ person: { ...person, phone: '12' } }, 'person.phone', '电话'],
      [{ person: { ...person, name: ' ' } }, 'person.name', '姓名'],
      [{ body: { isAgreed: false } }, 'isAgreed', '本人同意'],
      [{ body: { back: { ...slip, diagnosis: '' } } }, 'back.diagnosis', '诊断'],
    ] as const) {
      const { reply } = await send(home, more);
      expect(reply, path).toMatchObject({
        status: 422,
        body: { issues: [{ path, message: expect.stringContaining(words) }] },
      });
    }
    for (const path of [hospital, '/999999/cdc/'])
      expect((await send(path)).reply, path).toMatchObject({
        status: 422,
        body: { issues: [{ path: 'toOrganizationId' }] },
      });
    expect((await send(other, { person })).reply).toMatchObject({
      status: 409,
      body: { code: 'already-exists', detail: expect.stringContaining('卫生室') },
    });
    await step(specialist, referralId, 'withdraw', '填错了');
    expect((await send(other, { person })).reply.status).toBe(200);
    expect((await send(home, { body: { urgency: 'emergency' } })).reply.status).toBe(422);
    expect((await doctor.call('POST', '/api/referrals/down', {})).status).toBe(403);
  });
});

describe('the house that received somebody', () => {
  it('links its own record on accepting: of a village below it too; then the village has them among its own', async () => {
    const known = samplePerson();
    const filed = await registerPerson(village, known);
    const { referralId } = await sent(township, aPerson({ idNo: known.idNo.toLowerCase() }));
    expect((await show(doctor, referralId)).body.holder).toMatchObject({ residentId: filed.body.residentId });
    expect((await show(village, referralId)).status).toBe(404);
    expect((await step(doctor, referralId, 'accept')).status).toBe(200);
    expect((await show(doctor, referralId)).body).toMatchObject({
      residentId: filed.body.residentId,
      mayOpenRecord: true,
      deeds: ['not-arrive', 'take-on'],
    });
    expect(await has(village, 'sent', referralId)).toBe(true);
    const panel = await village.call('GET', `/api/residents/${filed.body.residentId}/referrals`);
    expect(panel.body.items).toMatchObject([{ id: referralId, isFound: true }]);
  });

  it('registers somebody nobody knows, and takes on only with a record and a word', async () => {
    const { referralId, person } = await sent(home);
    expect((await step(village, referralId, 'accept')).status).toBe(200);
    expect(await step(village, referralId, 'take-on', '已纳入高血压管理')).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('还没有此人的档案') },
    });
    const filed = await registerPerson(village, samplePerson({ idNo: person.idNo }));
    expect((await show(village, referralId)).body.holder).toMatchObject({
      residentId: filed.body.residentId,
    });
    expect((await step(village, referralId, 'take-on')).status).toBe(422);
    expect((await step(village, referralId, 'arrive')).status).toBe(409);
    expect((await step(village, referralId, 'take-on', '已纳入高血压管理')).body.state).toBe('taken-on');
    expect((await show(village, referralId)).body).toMatchObject({
      residentId: filed.body.residentId,
      mayOpenRecord: true,
      deeds: [],
    });
    // The hospital is told that, and by whom; nothing of the record.
    expect((await show(specialist, referralId)).body).toMatchObject({
      state: 'taken-on',
      mayOpenRecord: false,
      holder: null,
      steps: [{ state: 'requested' }, { state: 'accepted' }, { state: 'taken-on', byName: '王守义' }],
    });
    expect((await reveal(village, referralId)).status).toBe(404);
  });

  it('is told only which house keeps the record of somebody else’s, and takes them on once they moved', async () => {
    const known = samplePerson();
    await registerPerson(neighbour, known);
    const { referralId } = await sent(home, aPerson({ idNo: known.idNo }));
    const { body } = await show(village, referralId);
    expect(body.holder).toEqual({ residentId: null, organizationName: expect.stringContaining('卫生室') });
    await step(village, referralId, 'accept');
    expect(await step(village, referralId, 'take-on', '已接续')).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('县内迁移') },
    });
    const [row] = await server.look('select resident_id, org_path from referral_request where id = $1', [
      referralId,
    ]);
    expect(row).toEqual({ resident_id: null, org_path: null });
  });

  it('does not link a record of another name', async () => {
    const known = samplePerson({ name: '赵冬梅' });
    await registerPerson(village, known);
    const { referralId } = await sent(home, aPerson({ idNo: known.idNo }));
    expect(await step(village, referralId, 'accept')).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('赵冬梅') },
    });
    expect((await step(village, referralId, 'decline', '证件号码不是此人的')).status).toBe(200);
  });

  it('declines with a reason, and the hospital sends the same slip to another house', async () => {
    const { referralId, person } = await sent(home);
    expect((await step(village, referralId, 'decline')).status).toBe(422);
    await step(village, referralId, 'decline', '本人住邻村');
    const newReferralId = uuidv7();
    const body = {
      operationId: uuidv7(),
      newReferralId,
      version: 2,
      toOrganizationId: await houseAt(server, beside),
    };
    for (const client of [village, doctor])
      expect((await client.call('POST', `/api/referrals/${referralId}/redirect-down`, body)).status).toBe(
        403,
      );
    const same = { ...body, operationId: uuidv7(), toOrganizationId: await houseAt(server, home) };
    expect((await specialist.call('POST', `/api/referrals/${referralId}/redirect-down`, same)).status).toBe(
      422,
    );
    expect((await specialist.call('POST', `/api/referrals/${referralId}/redirect-down`, body)).status).toBe(
      200,
    );
    expect((await show(village, referralId)).status).toBe(404);
    expect((await show(neighbour, newReferralId)).body).toMatchObject({ back: slip, state: 'requested' });
    expect((await reveal(neighbour, newReferralId)).body).toMatchObject({ idNo: person.idNo });
  });

  it('cannot be sent on by the way of ordinary referrals', async () => {
    const { referralId } = await sent(home);
    const { body } = await show(specialist, referralId);
    const reply = await specialist.call('POST', `/api/referrals/${referralId}/redirect`, {
      operationId: uuidv7(),
      newReferralId: uuidv7(),
      version: body.version,
      toOrganizationId: await houseAt(server, other),
      toDepartment: '全科',
    });
    expect(reply.status).toBe(404);
  });

  it('of two doctors who answer at once the second is told who was first', async () => {
    const { referralId } = await sent(township);
    const answers = await Promise.all([
      step(doctor, referralId, 'accept'),
      step(doctor, referralId, 'decline', '不收'),
    ]);
    expect(answers.map((one) => one.status).toSorted()).toEqual([200, 409]);
  });
});

describe('the figures', () => {
  const figures = async (client: TestClient, side?: string) =>
    (await client.call('GET', `/api/referral-figures?${side ? `side=${side}&` : ''}period=2026-11`)).body
      .counts as Record<string, { in: number; of: number }>;
  const listed = async (client: TestClient, figure: string, standing = 'in', side?: string) =>
    (
      await client.call('POST', '/api/referral-figures/referrals', {
        figure,
        standing,
        period: '2026-11',
        ...(side ? { side } : {}),
        limit: 100,
      })
    ).body as { total: number; items: { id: string; standing: { text: string } }[] };

  it('count it as going down: of the hospital, of the place it was sent to, and of the place that keeps the record', async () => {
    const bureau = await server.signIn('bureau');
    const known = samplePerson();
    await registerPerson(neighbour, known);
    const before = await Promise.all([figures(bureau), figures(doctor), figures(far), figures(village)]);
    const { referralId } = await sent(township, aPerson({ idNo: known.idNo }));
    const after = await Promise.all([figures(bureau), figures(doctor), figures(far), figures(village)]);
    const grown = (figure: string) =>
      after.map((one, index) => (one[figure]?.in ?? 0) - (before[index]?.[figure]?.in ?? 0));
    expect(grown('sent')).toEqual([1, 1, 0, 0]);
    expect(grown('down')).toEqual([1, 1, 0, 0]);
    expect(grown('up')).toEqual([0, 0, 0, 0]);
    const why = async (client: TestClient, figure: string, standing?: string, side?: string) =>
      (await listed(client, figure, standing, side)).items.find((one) => one.id === referralId)?.standing
        .text;
    expect(await why(doctor, 'down')).toBe('医院新发现，直接下转');
    expect(await why(specialist, 'down', 'in', 'sent')).toBe('医院新发现，直接下转');
    expect(await why(doctor, 'taken-on', 'out')).toBe('医院直接下转，还没有接续，现在：待答复');
    expect(await why(doctor, 'arrived', 'excluded')).toBe('医院直接下转的不登记到位');
    const ofVillage = (await figures(neighbour)).down?.in ?? 0;
    await step(doctor, referralId, 'accept');
    expect((await figures(neighbour)).down?.in).toBe(ofVillage + 1);
    await step(doctor, referralId, 'take-on', '已纳入管理');
    expect(await why(neighbour, 'taken-on')).toContain('接续');
    for (const client of [bureau, doctor, neighbour])
      for (const figure of ['sent', 'down', 'taken-on', 'accepted'])
        expect((await figures(client))[figure]?.in, figure).toBe((await listed(client, figure)).total);
  });

  it('drop what no house of the place sees any longer', async () => {
    const { referralId } = await sent(home);
    const before = (await figures(village)).sent?.in ?? 0;
    await step(specialist, referralId, 'withdraw', '填错了');
    expect((await figures(village)).sent?.in).toBe(before - 1);
    expect(
      (await listed(specialist, 'withdrawn', 'in', 'sent')).items.some((one) => one.id === referralId),
    ).toBe(true);
  });
});
