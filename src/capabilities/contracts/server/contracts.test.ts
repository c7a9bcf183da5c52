import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OrgPath } from '#kernel/org-path.ts';
import { addDays, addMonths } from '#kernel/plain-date.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { sampleVisit } from '#test/support/sample-visit.ts';
import { startTestServer, type TestClient, type TestServer, testToday } from '#test/support/server.ts';
import { signingFigures } from '../domain/signing-figures.ts';
import { readSigningPeople } from './list-signing-people.ts';

let server: TestServer;
let doctor: TestClient;
let neighbour: TestClient;
let township: TestClient;
let bureau: TestClient;
let keeper: TestClient;
let doctorId: string;
let packages: Record<string, string>;
const village = '/999999/100/201/';

beforeAll(async () => {
  server = await startTestServer({ residents: 3000 });
  [doctor, neighbour, township, bureau, keeper] = (await Promise.all(
    ['village', 'village2', 'township', 'bureau', 'bureau2'].map((name) => server.signIn(name)),
  )) as [TestClient, TestClient, TestClient, TestClient, TestClient];
  doctorId = (await doctor.call('GET', '/api/session')).body.staffId;
  const list = await doctor.call('GET', '/api/service-packages');
  packages = Object.fromEntries(
    list.body.items.map((one: { code: string; id: string }) => [one.code, one.id]),
  );
});
afterAll(() => server.stop());

interface Person {
  id: string;
  name: string;
  household_id: string;
}

/** Unsigned living people of the village who are managed for hypertension, another each time. */
const used = new Set<string>();
async function unsignedPatient(): Promise<Person> {
  const rows = await server.look<Person>(
    `select r.id, r.name, r.household_id from resident r
     join enrollment e on e.resident_id = r.id and e.program = 'hypertension' and e.closed_on is null
     where r.org_path = $1 and r.status = 'active' and not exists (select 1 from contract c where c.resident_id = r.id and c.ended_on is null)
       and e.enrolled_on < '2026-06-01' order by r.id`,
    [village],
  );
  const found = rows.find((row) => !used.has(row.id));
  if (!found) throw new Error('nobody left');
  used.add(found.id);
  return found;
}

const signing = (more: Record<string, unknown> = {}) => ({
  operationId: uuidv7(),
  contractId: uuidv7(),
  doctorId,
  packageIds: [packages.basic, packages.hypertension],
  signedOn: testToday,
  validFrom: testToday,
  years: 1,
  signer: 'resident',
  signerName: '本人',
  consents: true,
  ...more,
});
const sign = (client: TestClient, residentId: string, body: Record<string, unknown>) =>
  client.call('POST', `/api/residents/${residentId}/contracts`, body);
const page = async (client: TestClient, residentId: string) =>
  (await client.call('GET', `/api/residents/${residentId}/contracts`)).body;

const visit = (day: string) =>
  sampleVisit({
    visitDate: day,
    nextVisitDate: addDays(testToday, 90),
    drugs: [{ drugName: '苯磺酸氨氯地平片', timesPerDay: 1, dosePerTime: 5, doseUnit: 'mg' }],
  });

describe('signing', () => {
  it('signs once, says so again on replay, and a second contract is refused with whom and until when', async () => {
    const person = await unsignedPatient();
    const body = signing();
    const first = await sign(doctor, person.id, body);
    expect(first.status, JSON.stringify(first.body)).toBe(200);
    expect(first.body).toMatchObject({ validTo: addDays(addMonths(testToday, 12), -1), signed: 1 });
    expect((await sign(doctor, person.id, body)).body).toEqual(first.body);
    expect((await sign(doctor, person.id, { ...body, years: 2 })).body.code).toBe('operation-mismatch');
    const second = await sign(doctor, person.id, signing());
    expect(second.status).toBe(409);
    expect(second.body).toMatchObject({ code: 'already-contracted', extra: { contractId: body.contractId } });
    expect(second.body.detail).toContain('王守义');
    const [gp] = await server.look<{ id: string }>(
      `select s.id from staff s join organization o on o.id = s.organization_id where s.username = 'township'`,
    );
    const other = await sign(township, person.id, signing({ doctorId: gp?.id }));
    expect(other.body.code).toBe('already-contracted');
    expect((await page(doctor, person.id)).current.state).toBe('in-force');
    const audited = await server.look(
      `select 1 from audit_entry where action = 'contract.sign' and subject = $1`,
      [body.contractId],
    );
    expect(audited).toHaveLength(1);
  });

  it('lets one of two desks sign and tells the other', async () => {
    const person = await unsignedPatient();
    const replies = await Promise.all(
      [doctor, township, doctor, township].map((client) => sign(client, person.id, signing())),
    );
    expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1);
    expect(replies.filter((reply) => reply.body.code === 'already-contracted')).toHaveLength(3);
    const rows = await server.look(`select 1 from contract where resident_id = $1 and ended_on is null`, [
      person.id,
    ]);
    expect(rows).toHaveLength(1);
  });

  it('signs a household together or nobody, and only people of the same household', async () => {
    const [couple] = await server.look<{ a: string; b: string }>(
      `select a.id as a, b.id as b from resident a join resident b on b.household_id = a.household_id and b.id > a.id
       where a.org_path = $1 and a.status = 'active' and b.status = 'active'
         and not exists (select 1 from contract c where c.resident_id in (a.id, b.id)) order by a.id limit 1`,
      [village],
    );
    if (!couple) throw new Error('no couple');
    const stranger = await unsignedPatient();
    const family = (residentId: string) => [
      { residentId, contractId: uuidv7(), packageIds: [packages.basic] },
    ];
    const wrong = await sign(doctor, couple.a, signing({ family: family(stranger.id) }));
    expect(wrong.body).toMatchObject({ code: 'invalid-input', issues: [{ path: 'family' }] });
    expect((await page(doctor, couple.a)).current).toBeNull();
    const both = await sign(doctor, couple.a, signing({ family: family(couple.b) }));
    expect(both.body).toMatchObject({ signed: 2 });
    expect((await page(doctor, couple.b)).current.family.map((one: { id: string }) => one.id)).toEqual([
      couple.a,
    ]);
    const paper = await doctor.call('GET', `/api/contracts/${both.body.contractId}/agreement`);
    expect(paper.body.answers.residents).toHaveLength(2);
    expect(paper.body.answers).toMatchObject({ startDate: testToday, teamLeader: '王守义', totalFee: 0 });
    expect(paper.body.answers.clauses).toContain('高血压随访');
    expect((await neighbour.call('GET', `/api/contracts/${both.body.contractId}/agreement`)).status).toBe(
      404,
    );
  });

  it('refuses the dead, retired packages, days that cannot be, no consent, other roles and other villages', async () => {
    const person = await unsignedPatient();
    const [dead] = await server.look<{ id: string }>(
      `select id from resident where status = 'dead' and org_path like '/999999/100/%' limit 1`,
    );
    expect((await sign(township, dead?.id ?? '', signing())).body).toMatchObject({ code: 'record-closed' });
    const issue = async (more: Record<string, unknown>) =>
      (await sign(doctor, person.id, signing(more))).body.issues?.[0]?.path;
    expect(await issue({ signedOn: addDays(testToday, 1), validFrom: addDays(testToday, 1) })).toBe(
      'signedOn',
    );
    expect(await issue({ validFrom: addDays(testToday, -1) })).toBe('validFrom');
    expect(await issue({ validFrom: addDays(addMonths(testToday, 3), 1) })).toBe('validFrom');
    expect(await issue({ consents: false })).toBe('consents');
    expect(await issue({ years: 4 })).toBe('years');
    expect(await issue({ doctorId: uuidv7() })).toBe('doctorId');
    expect(await issue({ signer: 'guardian' })).toBe('guardianRelation');
    expect((await sign(doctor, person.id, signing({ packageIds: [uuidv7()] }))).body.code).toBe(
      'package-retired',
    );
    expect((await sign(bureau, person.id, signing())).status).toBe(403);
    expect((await sign(server.anonymous, person.id, signing())).status).toBe(401);
    expect((await sign(neighbour, person.id, signing())).status).toBe(404);
    expect((await neighbour.call('GET', `/api/residents/${person.id}/contracts`)).status).toBe(404);
    expect((await page(doctor, person.id)).current).toBeNull();
  });

  it('renews, hands over, ends; a stale version and an ended contract are told apart', async () => {
    const person = await unsignedPatient();
    const old = signing({ signedOn: addMonths(testToday, -11), validFrom: addMonths(testToday, -11) });
    await sign(doctor, person.id, old);
    expect((await page(doctor, person.id)).current.state).toBe('to-renew');
    const renewal = signing({ renews: true, validFrom: addDays(testToday, 20) });
    const renewed = await sign(doctor, person.id, renewal);
    expect(renewed.status, JSON.stringify(renewed.body)).toBe(200);
    const after = await page(doctor, person.id);
    expect(after.current).toMatchObject({ id: renewal.contractId, state: 'to-begin' });
    expect(after.past[0]).toMatchObject({ endReason: 'renewed', endedOn: addDays(testToday, 19) });
    const listed = async (side: string) =>
      (await everyone('POST', '/api/contracts/people', doctor, { figure: 'signed', side })).map(
        (one) => one.residentId,
      );
    // The old term runs on until the new one begins: renewing early makes nobody unsigned.
    expect(await listed('out')).not.toContain(person.id);
    expect(await listed('in')).toContain(person.id);
    const township = await server.signIn('township');
    const card = await township.call('GET', `/api/residents/${person.id}/reception`);
    expect(card.body.contract).toMatchObject({ state: 'signed', validTo: after.past[0].validTo });

    const [gp] = await server.look<{ id: string }>(`select id from staff where username = 'township'`);
    const hand = (version: number, contractId = renewal.contractId) =>
      doctor.call('POST', `/api/contracts/${contractId}/transfer`, {
        operationId: uuidv7(),
        version,
        newContractId: uuidv7(),
        doctorId: gp?.id,
      });
    expect((await hand(9)).body.code).toBe('stale-version');
    const moved = await hand(1);
    expect(moved.status, JSON.stringify(moved.body)).toBe(200);
    expect((await hand(2)).body.code).toBe('contract-ended');
    expect((await page(doctor, person.id)).current).toMatchObject({
      id: moved.body.contractId,
      doctorName: '陈立新',
      validFrom: addDays(testToday, 20),
    });
    const end = (more: Record<string, unknown>) =>
      doctor.call('POST', `/api/contracts/${moved.body.contractId}/end`, {
        operationId: uuidv7(),
        version: 1,
        endedOn: testToday,
        reason: 'resident-asked',
        ...more,
      });
    expect((await end({ endedOn: addDays(testToday, 1) })).body.issues[0].path).toBe('endedOn');
    expect((await end({ reason: 'other' })).body.issues[0].path).toBe('note');
    expect((await end({})).status).toBe(200);
    expect((await page(doctor, person.id)).current).toBeNull();
  });

  it('keeps an offer with outcome and reason, and shows it among those to ask', async () => {
    const person = await unsignedPatient();
    const offer = (client: TestClient, reason: string) =>
      client.call('POST', `/api/residents/${person.id}/contract-offers`, {
        operationId: uuidv7(),
        offerId: uuidv7(),
        outcome: 'later',
        reason,
      });
    expect((await offer(doctor, ' ')).status).toBe(422);
    expect((await offer(neighbour, '在外地')).status).toBe(404);
    expect((await offer(doctor, '在外地')).status).toBe(200);
    const listed = await everyone('GET', '/api/contracts/unsigned?group=hypertension&limit=100', doctor);
    const own = listed.find((one) => one.residentId === person.id);
    expect(own).toMatchObject({ lastOffer: { reason: '在外地' } });
    const ids = listed.map((one) => one.residentId);
    expect(new Set(ids).size).toBe(ids.length);
    const signed = await server.look<{ resident_id: string }>(
      `select resident_id from contract where ended_on is null and $1 between valid_from and valid_to`,
      [testToday],
    );
    expect(ids.filter((id) => signed.some((row) => row.resident_id === id))).toEqual([]);
  });
});

async function everyone(
  method: 'GET' | 'POST',
  path: string,
  client: TestClient,
  body?: Record<string, unknown>,
): Promise<{ residentId: string; [key: string]: unknown }[]> {
  const items: { residentId: string }[] = [];
  let cursor: string | undefined;
  do {
    const query = cursor && method === 'GET' ? `&cursor=${encodeURIComponent(cursor)}` : '';
    const reply = await client.call(method, path + query, body && { ...body, ...(cursor ? { cursor } : {}) });
    expect(reply.status, JSON.stringify(reply.body)).toBe(200);
    items.push(...reply.body.items);
    cursor = reply.body.nextCursor ?? undefined;
  } while (cursor);
  return items;
}

describe('delivery', () => {
  it('credits a follow-up saved on its own screen, and a correction of it instead of it, never both', async () => {
    const person = await unsignedPatient();
    const body = signing();
    await sign(doctor, person.id, body);
    const item = async () => {
      const { current } = await page(doctor, person.id);
      return current.deliveries.find((one: { code: string }) => one.code === 'hypertension-follow-up');
    };
    expect(await item()).toMatchObject({ planned: 4, done: 0, services: [] });
    const recordId = uuidv7();
    const saved = await doctor.call('POST', '/api/visits', {
      operationId: uuidv7(),
      visitId: uuidv7(),
      residentId: person.id,
      sheets: [{ recordId, program: 'hypertension', formEdition: '2017', answers: visit(testToday) }],
    });
    expect(saved.status, JSON.stringify(saved.body)).toBe(200);
    expect(await item()).toMatchObject({
      done: 1,
      services: [{ recordId, form: 'hypertension-follow-up', on: testToday }],
    });
    const corrected = await doctor.call('POST', `/api/follow-ups/${recordId}/corrections`, {
      operationId: uuidv7(),
      recordId: uuidv7(),
      formEdition: '2017',
      answers: { ...visit(testToday), heartRate: 70 },
      confirmed: [],
      reason: '核对',
    });
    expect(corrected.status, JSON.stringify(corrected.body)).toBe(200);
    expect(await item()).toMatchObject({ done: 1, services: [{ recordId: corrected.body.record.recordId }] });
    const due = await everyone('GET', '/api/contracts/due?bucket=soon', doctor);
    expect(due.every((one) => (one.due as unknown[]).length > 0)).toBe(true);
    const [kept] = await server.look(`select planned, done, stale, next_due_on from contract where id = $1`, [
      body.contractId,
    ]);
    expect(kept).toMatchObject({ done: 2, stale: false });
  });

  it('opens each credited service where it was done: the visit, its referral, the plan, the hospital’s appointment', async () => {
    // Somebody the demo county has not sent to the centre today.
    let person = await unsignedPatient();
    const hasVisit = () => server.look('select 1 from centre_visit where resident_id = $1', [person.id]);
    while ((await hasVisit()).length > 0) person = await unsignedPatient();
    const forms = ['centre-visit', 'care-plan', 'referral-request', 'lead-hospital-appointment'];
    const packageId = uuidv7();
    const made = await keeper.call('POST', '/api/service-packages', {
      operationId: uuidv7(),
      packageId,
      code: 'links',
      name: '中心服务包',
      audience: 'general',
      priceCents: 0,
      items: forms.map((form) => ({ code: form, label: form, timesPerYear: 1, forms: [form] })),
    });
    expect(made.status, JSON.stringify(made.body)).toBe(200);
    const signed = await sign(doctor, person.id, signing({ packageIds: [packageId] }));
    expect(signed.status, JSON.stringify(signed.body)).toBe(200);

    const visitId = uuidv7();
    const at = async (what: string, body: object) => {
      const { version } = (await township.call('GET', `/api/visits/${visitId}`)).body;
      const reply = await township.call('POST', `/api/visits/${visitId}/${what}`, {
        operationId: uuidv7(),
        version,
        ...body,
      });
      expect(reply.status, `${what} ${JSON.stringify(reply.body)}`).toBe(200);
    };
    const arrived = await township.call('POST', `/api/residents/${person.id}/visits`, {
      operationId: uuidv7(),
      visitId,
      entry: 'A3',
      pressure: { sbp: 150, dbp: 92 },
    });
    expect(arrived.status, JSON.stringify(arrived.body)).toBe(200);
    await at('referral-requests', {
      referralId: uuidv7(),
      toDepartment: '县人民医院心内科',
      urgency: 'emergency',
      reason: '胸痛',
      firstHandling: '吸氧',
    });
    await at('finish', { noteId: uuidv7() });
    await server.look(
      `insert into care_plan (county_id, id, resident_id, org_path, plan_version, made_on, content, made_at, made_by)
       select county_id, $2, id, org_path, 1, $3::date, $4, now(), $5 from resident where id = $1`,
      [
        person.id,
        uuidv7(),
        testToday,
        JSON.stringify({
          conditions: ['hypertension'],
          goals: [],
          lifestyle: { salt: '少盐', alcohol: '', weight: '', activity: '', smoking: '', mind: '' },
          medicines: [],
          accepted: [],
          tcm: { constitution: '', advice: '', techniques: [] },
          monitoring: [],
          nextOn: addDays(testToday, 28),
        }),
        doctorId,
      ],
    );
    await server.look(
      `update clinic_slot set day = $1 where id = (select id from clinic_slot where kind = 'lead-hospital' order by id limit 1)`,
      [testToday],
    );
    await server.look(
      `insert into appointment (county_id, id, slot_id, resident_id, org_path, status, purpose, booked_at, booked_by, changed_at)
       select r.county_id, $2, s.id, r.id, r.org_path, 'arrived', '复查', now(), $4, now() from resident r,
         (select id from clinic_slot where kind = 'lead-hospital' and day = $3 order by id limit 1) s where r.id = $1`,
      [person.id, uuidv7(), testToday, doctorId],
    );

    const { current } = await page(township, person.id);
    const credited = current.deliveries.flatMap((one: { services: object[] }) => one.services) as {
      form: string;
      on: string;
      recordId: string;
      contextId: string | null;
    }[];
    expect(credited.map((one) => one.form).toSorted()).toEqual(forms.toSorted());
    const of = (form: string) => credited.find((one) => one.form === form) as (typeof credited)[number];
    const opened = async (path: string) => {
      const reply = await township.call('GET', path);
      expect(reply.status, path).toBe(200);
      return reply.body;
    };
    expect((await opened(`/api/visits/${of('centre-visit').recordId}`)).residentId).toBe(person.id);
    const visit = await opened(`/api/visits/${of('referral-request').contextId}`);
    expect(visit.referrals.map((one: { id: string }) => one.id)).toContain(of('referral-request').recordId);
    expect((await opened(`/api/plans/${of('care-plan').recordId}`)).residentId).toBe(person.id);
    const { on, contextId } = of('lead-hospital-appointment');
    const day = await opened(`/api/clinic-slots?day=${on}`);
    expect(day.items.map((one: { id: string }) => one.id)).toContain(contextId);
    const booked = await opened(`/api/clinic-slots/${contextId}/appointments`);
    expect(booked.items.map((one: { residentId: string }) => one.residentId)).toContain(person.id);
  });

  it('goes on listing what a term renewed ahead of time still owes, and credits it, but not its renewal', async () => {
    // Of the COPD package nothing was ever done for somebody without the disease.
    let person = await unsignedPatient();
    const hasSheet = () =>
      server.look(`select 1 from form_record where resident_id = $1 and form = 'copd-follow-up'`, [
        person.id,
      ]);
    while ((await hasSheet()).length > 0) person = await unsignedPatient();
    const old = signing({
      signedOn: addMonths(testToday, -11),
      validFrom: addMonths(testToday, -11),
      packageIds: [packages.copd, packages.hypertension],
    });
    const signed = await sign(doctor, person.id, old);
    expect(signed.status, JSON.stringify(signed.body)).toBe(200);
    const mine = async (...buckets: string[]) => {
      const pages = await Promise.all(
        buckets.map((bucket) => everyone('GET', `/api/contracts/due?bucket=${bucket}&limit=100`, doctor)),
      );
      return pages.flat().filter((one) => one.residentId === person.id);
    };
    const owed = await mine('overdue', 'soon');
    expect(owed).toMatchObject([{ contractId: old.contractId }]);
    const counted = async () => {
      const { counts } = (await doctor.call('GET', '/api/contracts/due/counts')).body;
      return counts.overdue + counts.soon;
    };
    const before = await counted();
    const renewal = signing({ renews: true, validFrom: addDays(testToday, 20) });
    expect((await sign(doctor, person.id, renewal)).status).toBe(200);
    expect(await mine('overdue', 'soon')).toEqual(owed);
    expect(await counted()).toBe(before);
    expect(await mine('to-renew')).toEqual([]);
    const shown = await page(doctor, person.id);
    expect(shown.running).toMatchObject({ id: old.contractId, endedOn: addDays(testToday, 19) });
    const saved = await doctor.call('POST', '/api/visits', {
      operationId: uuidv7(),
      visitId: uuidv7(),
      residentId: person.id,
      sheets: [
        { recordId: uuidv7(), program: 'hypertension', formEdition: '2017', answers: visit(testToday) },
      ],
    });
    expect(saved.status, JSON.stringify(saved.body)).toBe(200);
    const isStale = () => server.look(`select stale from contract where id = $1`, [old.contractId]);
    expect(await isStale(), 'the visit marks the running term').toEqual([{ stale: true }]);
    await counted();
    expect(await isStale(), 'and it is judged again').toEqual([{ stale: false }]);
  });

  it('leaves nobody out of a list that is asked for while another judges the same contracts', async () => {
    const whole = await everyone('GET', '/api/contracts/due?bucket=overdue&limit=100', doctor);
    expect(whole.length).toBeGreaterThan(0);
    for (let n = 0; n < 5; n++) {
      // As newly signed: not judged yet.
      await server.look(
        `update contract set stale = true, first_due_on = null, next_due_on = null where org_path = $1 and ended_on is null`,
        [village],
      );
      const lists = await Promise.all(
        [1, 2, 3].map(() => everyone('GET', '/api/contracts/due?bucket=overdue&limit=100', doctor)),
      );
      for (const list of lists) expect(list).toEqual(whole);
    }
  });

  it('judges every stored contract as the domain does from the facts', async () => {
    await everyone('GET', '/api/contracts/due?limit=100', bureau);
    const rows = await server.look<{ resident_id: string; planned: number; done: number; stale: boolean }>(
      `select resident_id, planned, done, stale from contract where ended_on is null and org_path = $1 limit 40`,
      [village],
    );
    for (const row of rows) {
      const { current } = await page(doctor, row.resident_id);
      const sum = (key: 'planned' | 'done') =>
        current.deliveries.reduce((n: number, one: Record<string, number>) => n + (one[key] ?? 0), 0);
      expect(row).toMatchObject({ stale: false, planned: sum('planned'), done: sum('done') });
    }
  });

  it('lists overdue, soon and to renew earliest first, and only the actor’s own on request', async () => {
    const { counts } = (await township.call('GET', '/api/contracts/due/counts')).body;
    for (const bucket of ['overdue', 'soon', 'to-renew'] as const) {
      const lines = await everyone('GET', `/api/contracts/due?bucket=${bucket}&limit=100`, township);
      expect(lines.length, bucket).toBeGreaterThan(0);
      expect(counts[bucket], bucket).toBe(lines.length);
      if (bucket === 'overdue')
        for (const one of lines)
          expect((one.due as { isOverdue: boolean }[]).some((item) => item.isOverdue)).toBe(true);
      if (bucket === 'to-renew') {
        const days = lines.map((one) => one.validTo as string);
        expect(days).toEqual(days.toSorted());
        expect(days.every((day) => day <= addDays(testToday, 30))).toBe(true);
      }
    }
    const mine = await everyone('GET', '/api/contracts/due?bucket=overdue&mine=true', doctor);
    expect(mine.length).toBeGreaterThan(0);
    expect(mine.every((one) => one.doctorName === '王守义')).toBe(true);
    expect(await everyone('GET', '/api/contracts/due?bucket=overdue&mine=true', bureau)).toEqual([]);
  });
});

describe('rates', () => {
  it('every figure is the length of its list, at county, township and village, on both sides', async () => {
    const county = (await bureau.call('GET', '/api/contracts/rates')).body;
    const [first] = county.children;
    const below = (await bureau.call('GET', `/api/contracts/rates?organizationId=${first.id}`)).body;
    for (const place of [county.organization, first, below.children[0]]) {
      const { counts } = (await bureau.call('GET', `/api/contracts/rates?organizationId=${place.id}`)).body;
      for (const figure of signingFigures) {
        const list = (side: string) =>
          everyone('POST', '/api/contracts/people', bureau, {
            organizationId: place.id,
            figure,
            side,
            limit: 100,
          });
        const [inside, outside] = await Promise.all([list('in'), list('out')]);
        expect(inside.length, `${place.name} ${figure}`).toBe(counts[figure].in);
        expect(inside.length + outside.length, `${place.name} ${figure} of`).toBe(counts[figure].of);
        const ids = [...inside, ...outside].map((one) => one.residentId);
        expect(new Set(ids).size).toBe(ids.length);
      }
    }
    for (const figure of signingFigures) {
      expect(county.counts[figure].of, figure).toBeGreaterThan(0);
      const sum = county.children.reduce(
        (n: number, one: { counts: Record<string, { in: number }> }) => n + (one.counts[figure]?.in ?? 0),
        0,
      );
      expect(sum).toBe(county.counts[figure].in);
    }
    expect(county.definitions.map((one: { id: string }) => one.id)).toEqual([
      'I-FDC-01',
      'I-FDC-02',
      'I-FDC-03',
      'I-FDC-04',
      'I-FDC-05',
    ]);
  });

  it('reads for one page of a list the people of its first villages, not the county', async () => {
    await server.look('analyze contract, resident');
    const scope = { countyId: '999999', path: '/999999/' as OrgPath };
    for (const [figure, side] of [
      ['renewed', 'out'],
      ['renewed', 'in'],
      ['delivered', 'out'],
    ] as const) {
      const input = {
        countyId: '999999',
        place: { path: scope.path },
        limit: 2,
        today: testToday,
        figure,
        side,
      };
      const read = await withScope(server.database, scope, async (tx) => {
        const fetched = async () => {
          const { rows } = await sql<{ n: number }>`select (seq_tup_read + idx_tup_fetch)::int as n
            from pg_stat_xact_user_tables where relname = 'resident'`.execute(tx);
          return rows[0]?.n ?? 0;
        };
        const before = await fetched();
        const { items, nextCursor } = await readSigningPeople(tx, input);
        expect(items.length, `${figure} ${side}`).toBe(2);
        expect(nextCursor).not.toBeNull();
        return (await fetched()) - before;
      });
      expect(read, `${figure} ${side}`).toBeGreaterThan(0);
      expect(read, `${figure} ${side}`).toBeLessThan(100);
    }
  });

  it('pages through those not renewed and those owed something village by village, each once', async () => {
    for (const figure of ['renewed', 'delivered']) {
      const asked = { figure, side: 'out' };
      const whole = await everyone('POST', '/api/contracts/people', bureau, { ...asked, limit: 100 });
      const bySmall = await everyone('POST', '/api/contracts/people', bureau, { ...asked, limit: 3 });
      expect(whole.length, figure).toBeGreaterThan(6);
      expect(bySmall.map((one) => one.residentId)).toEqual(whole.map((one) => one.residentId));
    }
  });

  it('counts at once what was signed, ended and closed, and the priority groups are signed more', async () => {
    const counts = async () => (await doctor.call('GET', '/api/contracts/rates')).body.counts;
    const before = await counts();
    const person = await unsignedPatient();
    const body = signing();
    await sign(doctor, person.id, body);
    const after = await counts();
    expect(after.signed).toEqual({ in: before.signed.in + 1, of: before.signed.of });
    expect(after['managed-signed'].in).toBe(before['managed-signed'].in + 1);
    await doctor.call('POST', `/api/contracts/${body.contractId}/end`, {
      operationId: uuidv7(),
      version: 1,
      endedOn: testToday,
      reason: 'moved',
    });
    expect((await counts()).signed).toEqual(before.signed);
    const county = (await bureau.call('GET', '/api/contracts/rates')).body.counts;
    const rate = (figure: string) => county[figure].in / county[figure].of;
    expect(rate('managed-signed')).toBeGreaterThan(rate('key-signed'));
    expect(rate('key-signed')).toBeGreaterThan(rate('signed'));
  });

  it('counts a term that ran out as due for renewal, and as renewed only when it was', async () => {
    const renewed = async () => (await doctor.call('GET', '/api/contracts/rates')).body.counts.renewed;
    const before = await renewed();
    const person = await unsignedPatient();
    const began = addDays(addMonths(testToday, -12), -10);
    await sign(doctor, person.id, signing({ signedOn: began, validFrom: began }));
    expect(await renewed()).toEqual({ in: before.in, of: before.of + 1 });
    const lists = await everyone('POST', '/api/contracts/people', doctor, { figure: 'renewed', side: 'out' });
    expect(lists.map((one) => one.residentId)).toContain(person.id);
    expect((await sign(doctor, person.id, signing({ renews: true }))).status).toBe(200);
    expect(await renewed()).toEqual({ in: before.in + 1, of: before.of + 1 });
    expect(before.of).toBeGreaterThan(before.in);
  });

  it('shows a village doctor the village and nothing above it', async () => {
    const county = (await bureau.call('GET', '/api/contracts/rates')).body.organization;
    const above = `/api/contracts/rates?organizationId=${county.id}`;
    expect((await doctor.call('GET', above)).status).toBe(404);
    const people = { organizationId: county.id, figure: 'signed', side: 'in' };
    expect((await doctor.call('POST', '/api/contracts/people', people)).status).toBe(404);
    expect((await server.anonymous.call('GET', '/api/contracts/rates')).status).toBe(401);
  });
});

describe('service packages', () => {
  const draft = (more: Record<string, unknown> = {}) => ({
    operationId: uuidv7(),
    packageId: uuidv7(),
    code: 'winter-care',
    name: '冬季关怀包',
    audience: 'elder',
    priceCents: 1200,
    items: [{ code: 'checkup', label: '体检', timesPerYear: 1, forms: ['annual-checkup'] }],
    ...more,
  });
  it('are the bureau’s to add, revise and retire; what was promised stays', async () => {
    const write = (client: TestClient, body: Record<string, unknown>) =>
      client.call('POST', '/api/service-packages', body);
    expect((await write(doctor, draft())).status).toBe(403);
    expect((await write(keeper, draft({ items: [] }))).status).toBe(422);
    const first = draft();
    expect((await write(keeper, first)).status).toBe(200);
    expect((await write(keeper, first)).status).toBe(200);
    expect((await write(keeper, draft())).body.code).toBe('already-exists');
    const person = await unsignedPatient();
    await sign(doctor, person.id, signing({ packageIds: [first.packageId] }));
    // The count of each package is the count of its standing contracts, for the reader's place.
    for (const [client, path] of [
      [keeper, '/999999/'],
      [doctor, village],
    ] as const) {
      const listed = (await client.call('GET', '/api/service-packages')).body.items;
      const counted = await server.look<{ id: string; n: number }>(
        `select p.id, count(*)::int as n from contract c join service_package p on p.id = any(c.package_ids)
         where c.ended_on is null and starts_with(c.org_path, $1) group by p.id`,
        [path],
      );
      for (const one of listed)
        expect(one.contracts, `${one.name} ${path}`).toBe(counted.find((row) => row.id === one.id)?.n ?? 0);
      expect(listed.find((one: { id: string }) => one.id === first.packageId).contracts).toBe(1);
    }
    const revision = draft({ replacesId: first.packageId, name: '冬季关怀包（新）' });
    expect((await write(keeper, revision)).status).toBe(200);
    expect((await write(keeper, draft({ replacesId: first.packageId }))).body.code).toBe('stale-version');
    expect((await page(doctor, person.id)).current.packageNames).toEqual(['冬季关怀包']);
    const other = await unsignedPatient();
    const old = await sign(doctor, other.id, signing({ packageIds: [first.packageId] }));
    expect(old.body.code).toBe('package-retired');
    const retire = () =>
      keeper.call('POST', `/api/service-packages/${revision.packageId}/retire`, { operationId: uuidv7() });
    expect((await retire()).status).toBe(200);
    expect((await retire()).body.code).toBe('package-retired');
  });
});
