import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerPerson as register, samplePerson } from '#test/support/sample-person.ts';
import { startTestServer, type TestClient, type TestServer } from '#test/support/server.ts';
import { idNoIndex } from './seal-resident.ts';

let server: TestServer;
let doctor: TestClient;
let neighbour: TestClient;
let specialist: TestClient;

beforeAll(async () => {
  server = await startTestServer();
  doctor = await server.signIn('village');
  neighbour = await server.signIn('village2');
  specialist = await server.signIn('specialist');
});
afterAll(() => server.stop());

const person = (more: Record<string, unknown> = {}) => samplePerson({ familyMother: ['2', '7'], ...more });

const find = async (client: TestClient, text: string) =>
  (await client.call('POST', '/api/residents/search', { text })).body.items as { id: string; name: string }[];

describe('registering a resident', () => {
  it('gives a 17-digit archive code of the village and finds the person by every key', async () => {
    const answers = person();
    const filed = await register(doctor, answers);
    expect(filed.status).toBe(200);
    expect(filed.body.archiveNo).toMatch(/^999999100201\d{5}$/);
    const idNo = String(answers.idNo);
    for (const text of [
      '单春花',
      '单春',
      'sch',
      'dch',
      'SCH',
      idNo,
      idNo.toLowerCase(),
      idNo.slice(-6),
      '2222',
      filed.body.archiveNo,
      filed.body.archiveNo.slice(-6),
    ]) {
      expect(
        (await find(doctor, text)).map((one) => one.id),
        text,
      ).toContain(filed.body.residentId);
    }
    expect(await find(neighbour, idNo)).toEqual([]);
  });

  it('finds a name of two parts whichever dot was typed, and keeps the form as it was written', async () => {
    const filed = await register(doctor, { ...person(), name: '阿依古丽・买买提' });
    for (const dot of ['·', '•', '・', '.']) {
      const [found] = await find(doctor, `阿依古丽${dot}买`);
      expect(found).toMatchObject({ id: filed.body.residentId, name: '阿依古丽·买买提' });
    }
    const opened = await doctor.call('GET', `/api/residents/${filed.body.residentId}`);
    expect(opened.body.personalInformation.name).toBe('阿依古丽・买买提');
  });

  it('refuses a second record under one number and shows the way out by who asks', async () => {
    const answers = person();
    const first = await register(doctor, answers);
    const own = await register(doctor, answers);
    expect(own.body).toMatchObject({
      code: 'duplicate-identity',
      extra: { residentId: first.body.residentId },
    });
    const theirs = await register(neighbour, answers);
    expect(theirs.body.code).toBe('duplicate-identity');
    expect(theirs.body.extra.residentId).toBeNull();
    expect(JSON.stringify(theirs.body)).not.toContain('单春花');
    const checked = await neighbour.call('POST', '/api/residents/check-identity', { idNo: answers.idNo });
    expect(checked.body.holder).toEqual({
      residentId: null,
      organizationName: expect.stringContaining('卫生室'),
    });
  });

  it('files one person when two desks register at once', async () => {
    const answers = person();
    const replies = await Promise.all([
      register(doctor, answers),
      register(doctor, answers),
      register(neighbour, answers),
    ]);
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 409, 409]);
    const rows = await server.look('select 1 from resident where id_no_index = $1', [
      idNoIndex(server.seals, '01', String(answers.idNo)),
    ]);
    expect(rows).toHaveLength(1);
  });

  it.each([
    [{ idNo: '999999197006150013' }, 'idNo', 'wrong-check-digit'],
    [{ birthDate: '1971-06-15' }, 'birthDate', 'differs-from-identity'],
    [{ phone: '123' }, 'phone', 'not-a-phone'],
    [{ payMethods: ['8'] }, 'payOther', 'needs-text'],
    [{ drugAllergies: ['1', '2'] }, 'drugAllergies', 'exclusive'],
    [{ surgeries: '2' }, 'surgeriesRows', 'missing'],
    [{ name: undefined }, 'name', 'missing'],
  ])('refuses %j', async (wrong, path, code) => {
    const reply = await register(doctor, { ...person(), ...wrong });
    expect(reply.status).toBe(422);
    expect(reply.body.issues).toContainEqual(expect.objectContaining({ path, code }));
  });

  it('asks when the sex differs from the number, and saves when confirmed', async () => {
    const answers = { ...person(), gender: '1' };
    const asked = await register(doctor, answers);
    expect(asked.body).toMatchObject({ code: 'needs-confirmation', issues: [{ path: 'gender' }] });
    expect((await register(doctor, answers, { confirmed: ['gender:differs-from-identity'] })).status).toBe(
      200,
    );
  });

  it('refuses a village outside the doctor’s scope', async () => {
    const theirs = (await neighbour.call('GET', '/api/organizations/for-registration')).body.items[0].id;
    const reply = await register(doctor, person(), { organizationId: theirs });
    expect(reply.body.issues).toContainEqual(expect.objectContaining({ path: 'organizationId' }));
  });
});

describe('changing personal information', () => {
  it('keeps every version and refuses a stale one, with the latest to compare', async () => {
    const answers = person();
    const { residentId } = (await register(doctor, answers)).body;
    const change = (version: number, more: Record<string, unknown>) =>
      doctor.call('PUT', `/api/residents/${residentId}/personal-information`, {
        operationId: uuidv7(),
        version,
        answers: { ...answers, ...more },
        reason: '本人告知',
      });
    expect((await change(1, { phone: '19933334444' })).body.version).toBe(2);
    const stale = await change(1, { phone: '19955556666' });
    expect(stale.body).toMatchObject({
      code: 'stale-version',
      extra: { version: 2, answers: { phone: '199****4444' } },
    });
    const versions = (await doctor.call('GET', `/api/residents/${residentId}/personal-information/versions`))
      .body.items;
    expect(versions.map((v: { version: number }) => v.version)).toEqual([2, 1]);
    expect(versions[1].personalInformation.phone).toBe('199****2222');
    expect(versions[0].changed).toEqual(['phone']);
  });

  it('loses none of 50 concurrent edits silently', async () => {
    const answers = person();
    const { residentId } = (await register(doctor, answers)).body;
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        doctor.call('PUT', `/api/residents/${residentId}/personal-information`, {
          operationId: uuidv7(),
          version: 1,
          answers: { ...answers, workUnit: `单位${i}` },
        }),
      ),
    );
    expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1);
    expect(replies.filter((reply) => reply.body.code === 'stale-version')).toHaveLength(49);
  });
});

describe('searching', () => {
  it('says its scope, pages through everybody once, and asks for more than three digits', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = (
        await specialist.call('POST', '/api/residents/search', {
          text: '王',
          limit: 7,
          ...(cursor ? { cursor } : {}),
        })
      ).body;
      expect(page.scopeName).toBe('全程县');
      seen.push(...page.items.map((one: { id: string }) => one.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    const [all] = await server.look<{ n: number }>(
      `select count(*)::int as n from resident where name like '王%'`,
    );
    expect(seen).toHaveLength(all?.n ?? -1);
    expect(new Set(seen).size).toBe(seen.length);
    expect(await find(doctor, '123')).toEqual([]);
  });

  it('shows masked numbers only', async () => {
    const [first] = (await specialist.call('POST', '/api/residents/search', { text: '李' })).body.items;
    expect(first.idNo).toMatch(/^999999\*{8}[\dX]{4}$/);
    expect(first.phone).toMatch(/^199\*{4}\d{4}$/);
  });
});

describe('enrolling', () => {
  it('opens a programme once and plans the first visit', async () => {
    const { residentId } = (await register(doctor, person())).body;
    const enroll = (more: Record<string, unknown> = {}) =>
      doctor.call('POST', `/api/residents/${residentId}/enrollments`, {
        operationId: uuidv7(),
        enrollmentId: uuidv7(),
        program: 'hypertension',
        enrolledOn: '2026-11-20',
        diagnosedOn: '2026-11',
        ...more,
      });
    expect((await enroll({ enrolledOn: '2026-11-25' })).body.issues[0].code).toBe('future');
    expect((await enroll({ diagnosedOn: '1960' })).body.issues[0].code).toBe('before-birth');
    const replies = await Promise.all([enroll(), enroll()]);
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 409]);
    const detail = (await doctor.call('GET', `/api/residents/${residentId}`)).body;
    expect(detail.openTasks).toHaveLength(1);
    const { id, version } = detail.enrollments[0];
    const close = (reason: string, more: object = {}) =>
      doctor.call('POST', `/api/enrollments/${id}/close`, {
        operationId: uuidv7(),
        version,
        closedOn: '2026-11-24',
        reason,
        note: '本人不愿意',
        ...more,
      });
    for (const ofThePerson of ['dead', 'moved', 'lost'])
      expect((await close(ofThePerson)).body.issues[0].message).toBe('死亡、迁出、失访请在“档案状态”办理。');
    const lacking = await close('refused', { note: ' ' });
    expect(lacking).toMatchObject({ status: 422, body: { code: 'invalid-input' } });
    expect(lacking.body.issues.map((one: { message: string }) => one.message)).toEqual([
      '请写明拒绝的原因。',
      '请定一个再次征询的日期：2026-11-25 到 2027-11-25。',
    ]);
    expect((await close('refused', { reviewOn: '2026-11-24' })).status).toBe(422);
    const closed = await close('refused', { reviewOn: '2027-05-01' });
    expect(closed.body.enrollment.closedOn).toBe('2026-11-24');
    const after = (await doctor.call('GET', `/api/residents/${residentId}`)).body;
    expect(after).toMatchObject({ status: 'active', openTasks: [] });
    const shown = (await doctor.call('GET', `/api/residents/${residentId}/closing`)).body;
    expect(shown.events).toMatchObject([
      { kind: 'refused', note: '本人不愿意', detail: { reviewOn: '2027-05-01', program: 'hypertension' } },
    ]);
    // The record did not end: there is no ending of it to take back.
    const taken = await doctor.call('POST', `/api/residents/${residentId}/reopen`, {
      operationId: uuidv7(),
      eventId: uuidv7(),
      version: shown.version,
      undoesId: shown.events[0].id,
      reason: '误操作',
    });
    expect(taken.status).toBe(404);
  });

  it('refuses a person under 35', async () => {
    const answers = person({ birthDate: '1995-06-15' });
    const { residentId } = (await register(doctor, answers)).body;
    const reply = await doctor.call('POST', `/api/residents/${residentId}/enrollments`, {
      operationId: uuidv7(),
      enrollmentId: uuidv7(),
      program: 'hypertension',
      enrolledOn: '2026-11-20',
    });
    expect(reply.body.issues[0].code).toBe('too-young');
  });
});
