import { createCipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Transaction } from 'kysely';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPatientRecords } from '#capabilities/assessment/server/public.ts';
import { judgeVisitEntry } from '#capabilities/follow-up/domain/judge-visit-entry.ts';
import { openVisit } from '#capabilities/follow-up/domain/visit-entry.ts';
import { builtInFormulary } from '#capabilities/medicines/domain/formulary-entry.ts';
import { dueByTest } from '#capabilities/screening/domain/due-by-test.ts';
import { assess } from '#clinical/assess/assess.ts';
import { programSequence } from '#clinical/program-sequence.ts';
import { datedEditions } from '#kernel/choose-edition.ts';
import { underRows } from '#kernel/dated.ts';
import { type Definition, definitionText } from '#kernel/definition.ts';
import type { FormEdition } from '#kernel/form-shape.ts';
import { orgPath } from '#kernel/org-path.ts';
import { addDays, daysBetween, plainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { copdSq2013 } from '#standards/forms/copd-sq/2013.ts';
import { hypertensionFollowUp2017 } from '#standards/forms/hypertension-follow-up/2017.ts';
import { phoneOf } from '#test/support/phone-of.ts';
import { samplePerson } from '#test/support/sample-person.ts';
import { visitAfter } from '#test/support/sample-visit.ts';
import {
  startTestServer,
  type TestClient,
  type TestServer,
  testNow,
  testToday,
} from '#test/support/server.ts';
import { smallJpeg } from '#test/support/small-jpeg.ts';
import { applyOnPhone } from '../domain/apply-on-phone.ts';
import { comparedText } from '../domain/compare-document.ts';
import { bookOf } from '../domain/definition-book.ts';
import { listDueExaminations } from '../domain/list-due-examinations.ts';
import { type CompactDocument, completeDocument } from '../domain/person-document.ts';
import { phonePatientRecord } from '../domain/phone-patient-record.ts';
import { startPhoneVisit, visitIds, visitOperation } from '../domain/start-phone-visit.ts';
import { isEditionTaken, takenThroughOf } from '../domain/taken-edition.ts';
import { shelfOf } from '../domain/visit-medicines.ts';
import { definitionOfForm, ownDefinitions, withDigest } from './own-definitions.ts';
import { publishDefinitions, publishProgram } from './publish-definitions.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came back.
type Whatever = any;

let server: TestServer;
let doctor: TestClient;
let neighbour: TestClient;
let township: TestClient;
let admin: TestClient;
let bureau: TestClient;
beforeAll(async () => {
  server = await startTestServer({ residents: 2000 });
  [doctor, neighbour, township, admin, bureau] = (await Promise.all(
    ['village', 'village2', 'township', 'admin', 'bureau'].map((name) => server.signIn(name)),
  )) as [TestClient, TestClient, TestClient, TestClient, TestClient];
});
afterAll(() => server.stop());

type Phone = Awaited<ReturnType<typeof phoneOf>>;

const managed = (phone: Phone, place = 0) => {
  const found = [...phone.documents.values()].filter(
    (one) =>
      one.programs?.length === 1 &&
      one.programs[0].program === 'hypertension' &&
      one.programs[0].last &&
      one.programs[0].enrolledOn < '2026-01-01' &&
      one.programs[0].lastVisitOn < '2026-11-20',
  );
  const person = found[place];
  if (!person) throw new Error('the demo village has managed people');
  return person;
};

function visitOf(person: Record<string, Whatever>, more: Record<string, unknown> = {}) {
  return {
    visitId: uuidv7(),
    sheets: [
      {
        program: 'hypertension',
        recordId: uuidv7(),
        formEdition: '2017',
        answers: visitAfter(person.programs[0].last.answers, more),
      },
    ],
    confirmed: [],
  };
}

describe('a photo of a visit', () => {
  const pieceBytes = 32 * 1024;
  const piecesOf = (photo: Buffer) =>
    Array.from({ length: Math.ceil(photo.length / pieceBytes) }, (_, at) =>
      photo.subarray(at * pieceBytes, (at + 1) * pieceBytes).toString('base64'),
    );
  async function visited(place: number) {
    const phone = await phoneOf(doctor);
    await phone.pull();
    const person = managed(phone, place);
    const visit = phone.operation('visit.record', person.id, visitOf(person));
    expect((await phone.push(visit)).body.answers[0].outcome).toBe('accepted');
    const photoId = uuidv7();
    const { visitId } = visit.body as { visitId: string };
    const send = (piece: number, photo: Buffer, id = photoId, client = doctor) =>
      client.call('POST', `/api/field/photos/${id}/pieces`, {
        deviceId: phone.deviceId,
        userId: phone.userId,
        piece,
        pieces: piecesOf(photo).length,
        content: piecesOf(photo)[piece],
      });
    const claim = (photo: Buffer, id = photoId, more: object = {}) =>
      phone.operation('visit.photo', person.id, {
        photoId: id,
        visitId,
        byteCount: photo.length,
        sha256: createHash('sha256').update(photo).digest('hex'),
        ...more,
      });
    return { phone, person, visitId, photoId, send, claim };
  }
  const sendAll = async (
    send: (piece: number, photo: Buffer, id: string) => Promise<unknown>,
    photo: Buffer,
    id: string,
  ) => {
    for (const [piece] of piecesOf(photo).entries()) await send(piece, photo, id);
  };

  it('SYN-24: arrives in pieces cut anywhere and repeated, once and unchanged, sealed, and every look is written down', async () => {
    const { phone, person, visitId, photoId, send, claim } = await visited(8);
    const photo = smallJpeg({ bytes: 90_000 });
    const operation = claim(photo);
    expect((await send(0, photo)).body).toEqual({ held: [0] });
    expect((await send(0, photo)).body).toEqual({ held: [0] });
    expect((await phone.push(operation)).body.answers[0]).toMatchObject({
      outcome: 'refused',
      problem: { code: 'not-found', detail: expect.stringContaining('没有传全') },
    });
    expect((await send(2, photo)).body).toEqual({ held: [0, 2] });
    expect((await send(1, photo)).body).toEqual({ held: [0, 1, 2] });
    expect((await phone.push(operation)).body.answers[0]).toMatchObject({ outcome: 'accepted' });
    expect((await phone.push(operation)).body.answers[0]).toMatchObject({ outcome: 'duplicate' });
    expect((await send(1, photo)).body).toEqual({ held: [0, 1, 2] });
    const [row] = await server.look<{ content: Buffer }>(`select content from visit_photo where id = $1`, [
      photoId,
    ]);
    expect(row?.content.includes(photo.subarray(1000, 1040))).toBe(false);
    expect(row?.content.includes(photo.toString('base64').slice(1000, 1040))).toBe(false);
    expect(await server.look(`select 1 from photo_piece where photo_id = $1`, [photoId])).toEqual([]);
    const list = await township.call('GET', `/api/follow-up-visits/${visitId}/photos`);
    expect(list.body.items).toEqual([
      { photoId, byteCount: photo.length, receivedAt: expect.any(String), recordedByName: '王守义' },
    ]);
    const fetched = await fetch(`${server.url}/api/visit-photos/${photoId}`, {
      headers: { cookie: township.cookie },
    });
    expect(fetched.headers.get('content-type')).toBe('image/jpeg');
    expect(fetched.headers.get('cache-control')).toBe('no-store');
    expect(Buffer.from(await fetched.arrayBuffer()).equals(photo)).toBe(true);
    const looks = await server.look<{ action: string; resident_id: string }>(
      `select action, resident_id from audit_entry where subject = $1 order by at`,
      [photoId],
    );
    expect(looks).toEqual([
      { action: 'visit-photo.add', resident_id: person.id },
      { action: 'visit-photo.read', resident_id: person.id },
    ]);
    for (const path of [`/api/visit-photos/${photoId}`, `/api/follow-up-visits/${visitId}/photos`]) {
      expect((await neighbour.call('GET', path)).status).toBe(404);
      expect((await server.anonymous.call('GET', path)).status).toBe(401);
    }
    expect((await send(0, photo, photoId, neighbour)).status).toBe(401);
    expect((await send(0, photo, photoId, bureau)).status).toBe(403);
  });

  it('is refused with a plain word when it is no photo, too big, tells the place, is another, or has no visit', async () => {
    const { phone, visitId, send, claim } = await visited(9);
    const outcomeOf = async (photo: Buffer, more: object = {}) => {
      const id = uuidv7();
      await sendAll(send, photo, id);
      const { problem } = (await phone.push(claim(photo, id, more))).body.answers[0];
      return [problem?.code, problem?.detail];
    };
    expect(await outcomeOf(Buffer.from('<html>'.padEnd(900, 'x')))).toEqual([
      'unsupported-file',
      expect.stringContaining('不是照片'),
    ]);
    expect(await outcomeOf(smallJpeg({ bytes: 310 * 1024 }))).toEqual([
      'too-large',
      expect.stringContaining('太大'),
    ]);
    expect(await outcomeOf(smallJpeg({ withExif: true }))).toEqual([
      'unsupported-file',
      expect.stringContaining('拍摄地点'),
    ]);
    expect(await outcomeOf(smallJpeg(), { sha256: '0'.repeat(64) })).toEqual([
      'unsupported-file',
      expect.stringContaining('与手机上的不同'),
    ]);
    expect(await outcomeOf(smallJpeg(), { visitId: uuidv7() })).toEqual([
      'not-found',
      expect.stringContaining('所属的随访'),
    ]);
    for (let n = 0; n < 3; n++)
      expect(await outcomeOf(smallJpeg({ bytes: 4000 }))).toEqual([undefined, undefined]);
    expect(await outcomeOf(smallJpeg({ bytes: 4000 }))).toEqual([
      'too-large',
      expect.stringContaining('最多 3 张'),
    ]);
    const list = await doctor.call('GET', `/api/follow-up-visits/${visitId}/photos`);
    expect(list.body.items).toHaveLength(3);
    const bad = { deviceId: phone.deviceId, userId: phone.userId, piece: 20, pieces: 21, content: '!!' };
    expect((await doctor.call('POST', `/api/field/photos/${uuidv7()}/pieces`, bad)).status).toBe(422);
    const beyond = { ...bad, piece: 1, pieces: 1, content: 'AAAA' };
    const told = await doctor.call('POST', `/api/field/photos/${uuidv7()}/pieces`, beyond);
    expect(told.body.issues[0]).toMatchObject({ path: 'piece', message: '段号超出总段数。' });
  });
});

describe('the first sync of a phone', () => {
  it('brings exactly the people of the village in pages, packed, without a full identity number', async () => {
    const phone = await phoneOf(doctor);
    const first = await phone.ask({ limit: 50 });
    expect(first.body).toMatchObject({ kind: 'people', hasMore: true });
    const { pages } = await phone.pull(50);
    expect(pages).toBeGreaterThan(1);
    const own = await server.look<{ id: string; id_no: string }>(
      `select id, id_no from resident where org_path = '/999999/100/201/' and status in ('active','lost')`,
    );
    expect(first.body.expected).toBe(own.length);
    expect([...phone.documents.keys()].sort()).toEqual(own.map((row) => row.id).sort());
    const text = JSON.stringify([...phone.documents.values()]);
    for (const { id_no } of own.filter((row) => row.id_no)) expect(text).not.toContain(id_no);
    expect(text).not.toMatch(/[1-9]\d{16}[0-9X]/);
    const raw = await fetch(`${server.url}/api/field/pull`, {
      method: 'POST',
      headers: { cookie: doctor.cookie, 'content-type': 'application/json', 'accept-encoding': 'br' },
      body: JSON.stringify({ ...phone.envelope, seen: '0' }),
    });
    expect(raw.headers.get('content-encoding')).toBe('br');
    await raw.text();
  });

  it('is for phones that registered, of people who treat, and within the scope chosen', async () => {
    const stranger = {
      deviceId: uuidv7(),
      userId: (await phoneOf(doctor)).userId,
      appVersion: '1',
      seen: '0',
    };
    expect((await server.anonymous.call('POST', '/api/field/pull', stranger)).status).toBe(401);
    expect((await bureau.call('POST', '/api/field/pull', stranger)).status).toBe(403);
    expect((await doctor.call('POST', '/api/field/pull', stranger)).status).toBe(404);
    const [other] = await server.look<{ id: string }>(
      `select id from organization where path = '/999999/100/202/'`,
    );
    const chosen = {
      deviceId: uuidv7(),
      name: 'x',
      appVersion: '1',
      isPersisted: true,
      organizationIds: [other?.id],
    };
    expect((await doctor.call('POST', '/api/field/devices', chosen)).status).toBe(422);
    const greeted = await township.call('POST', '/api/field/devices', chosen);
    expect(greeted.status).toBe(200);
    const own = { ...stranger, deviceId: chosen.deviceId, userId: greeted.body.userId };
    const pulled = await township.call('POST', '/api/field/pull', own);
    expect(pulled.body.scope).toBe('/999999/100/202/');
    expect(new Set(pulled.body.documents.map((one: Whatever) => one.organizationId))).toEqual(
      new Set([other?.id]),
    );
  });
});

describe('the changes since a phone last asked', () => {
  it('come in the order of their transactions, also where their numbers grow a figure longer: none is passed over', async () => {
    const phone = await phoneOf(doctor);
    await phone.pull();
    const people = [...phone.documents.keys()].slice(0, 10);
    // From 95 to 104, before all that the demo county did.
    await server.look(
      `insert into change_feed (county_id, xid, resident_id, org_path)
       select r.county_id, (94 + p.place)::text::xid8, r.id, r.org_path
       from unnest($1::uuid[]) with ordinality p (id, place) join resident r on r.id = p.id`,
      [people],
    );
    const got: string[] = [];
    let cursor = '94:';
    for (let page = 0; page < 3; page++) {
      const { body } = await doctor.call('POST', '/api/field/pull', {
        ...phone.envelope,
        ...{ epoch: phone.state.epoch, scope: phone.state.scope, seen: phone.state.seen },
        cursor,
        limit: 4,
      });
      got.push(...body.documents.map((one: Whatever) => one.id));
      cursor = body.cursor;
    }
    expect(people.filter((id) => !got.includes(id))).toEqual([]);
    await server.look(`delete from change_feed where xid < '105'::xid8`);
  });
});

describe('operations of a phone', () => {
  it('a visit is taken once however often it is sent, in parallel too, and every other phone gets it', async () => {
    const [mine, other] = [await phoneOf(doctor), await phoneOf(township)];
    await mine.pull();
    await other.pull(1000);
    const person = managed(mine);
    const visit = mine.operation('visit.record', person.id, visitOf(person));
    const replies = await Promise.all([1, 2, 3, 4, 5].map(() => mine.push(visit)));
    const answers = replies.map((reply) => reply.body.answers[0]);
    for (const answer of answers)
      expect(['accepted', 'duplicate'], JSON.stringify(answer)).toContain(answer.outcome);
    for (const answer of answers) expect(answer.result).toEqual(answers[0].result);
    expect((await mine.push(visit)).body.answers[0]).toMatchObject({ outcome: 'duplicate' });
    const stored = await server.look(`select 1 from form_record where operation_id = $1`, [
      visit.operationId,
    ]);
    expect(stored).toHaveLength(1);
    await other.pull();
    await mine.pull();
    const document = other.documents.get(person.id);
    expect(document?.sheets[0].slice(0, 5)).toEqual([
      '2026-11-24',
      'hypertension-follow-up',
      'clinic',
      1,
      '王守义',
    ]);
    expect(document?.sheets[0][5]).toMatchObject({ sbp: expect.anything(), dbp: expect.anything() });
    expect(document?.tasks[0].dueOn).toBe('2027-02-22');
    expect(mine.documents.get(person.id)).toEqual(document);
    const pressed = { ...visit, body: visitOf(person, { sbp: 150 }) };
    expect((await mine.push(pressed)).body.answers[0]).toMatchObject({
      outcome: 'refused',
      problem: { code: 'operation-mismatch' },
    });
  });

  it('brings a plan the centre made since the last sheet, with what the person takes now', async () => {
    const phone = await phoneOf(doctor);
    await phone.pull();
    const person = managed(phone, 5);
    await server.look(
      `insert into care_plan (county_id, id, resident_id, org_path, plan_version, made_on, content, made_at, made_by)
       select '999999', gen_random_uuid(), r.id, r.org_path,
         1 + coalesce((select max(plan_version) from care_plan p where p.county_id = r.county_id and p.resident_id = r.id), 0),
         '2026-11-23', $2, now(), (select id from staff where username = 'township')
       from resident r where r.id = $1`,
      [
        person.id,
        JSON.stringify({
          goals: [{ label: '血压', target: '＜140/90 mmHg' }],
          medicines: [{ name: '缬沙坦胶囊', dosePerTime: 80, timesPerDay: 1 }],
          monitoring: [{ what: '家庭测压', often: '每周三天' }],
          lifestyle: { salt: '每日不超过 5 克' },
          nextOn: '2026-12-07',
        }),
      ],
    );
    await phone.pull();
    const document = phone.documents.get(person.id);
    expect(document?.plan).toEqual({
      on: '2026-11-23',
      by: '陈立新',
      goals: [{ label: '血压', target: '＜140/90 mmHg' }],
      medicines: [{ name: '缬沙坦胶囊', dosePerTime: 80, timesPerDay: 1 }],
      monitoring: [{ what: '家庭测压', often: '每周三天' }],
      nextOn: '2026-12-07',
    });
  });

  it('two visits of one day are two facts, shown as likely duplicates', async () => {
    const [mine, other] = [await phoneOf(doctor), await phoneOf(township)];
    await mine.pull();
    await other.pull(1000);
    const person = managed(mine, 1);
    const pushed = [
      await mine.push(mine.operation('visit.record', person.id, visitOf(person))),
      await other.push(other.operation('visit.record', person.id, visitOf(person, { sbp: 136 }))),
    ];
    for (const reply of pushed)
      expect(reply.body.answers[0].outcome, JSON.stringify(reply.body.answers)).toBe('accepted');
    await mine.pull();
    const document = mine.documents.get(person.id);
    expect(document?.likelyDuplicates).toEqual([
      expect.objectContaining({
        form: 'hypertension-follow-up',
        on: '2026-11-24',
        by: ['王守义', '陈立新'].sort(),
      }),
    ]);
  });

  it('answers each by itself, keeps order, names what is wrong and keeps it as typed until it is mended', async () => {
    const phone = await phoneOf(doctor);
    await phone.pull();
    const people = [2, 3].map((place) => managed(phone, place));
    const bad = phone.operation('visit.record', people[0]?.id, visitOf(people[0] ?? {}, { sbp: 900 }));
    const fine = phone.operation('visit.record', people[1]?.id, visitOf(people[1] ?? {}));
    const strange = phone.operation('fly', people[1]?.id ?? '', {});
    const foreign = [
      ...(await server.look<{ id: string }>(
        `select id from resident where org_path = '/999999/101/201/' limit 1`,
      )),
    ][0];
    const elsewhere = phone.operation('person.edit', foreign?.id ?? '', {
      baseVersion: 1,
      changes: [{ field: 'phone', from: null, to: '13900000000' }],
    });
    const { body } = await phone.push(bad, strange, fine, elsewhere);
    expect(body.answers.map((answer: Whatever) => [answer.outcome, answer.problem?.code])).toEqual([
      ['refused', 'invalid-input'],
      ['refused', 'invalid-input'],
      ['accepted', undefined],
      ['refused', 'not-found'],
    ]);
    expect(body.answers[0].problem.issues[0].path).toMatch(/sbp/);
    const held = await township.call('GET', `/api/field/held?deviceId=${phone.deviceId}`);
    // What is about somebody of another township lies with that township.
    expect(held.body.items.map((one: Whatever) => one.operationId).sort()).toEqual(
      [bad, strange].map((one) => one.operationId).sort(),
    );
    const [routed] = await server.look<{ org_path: string }>(
      `select org_path from held_operation where operation_id = $1`,
      [elsewhere.operationId],
    );
    expect(routed?.org_path).toBe('/999999/101/201/');
    expect(held.body.items.find((one: Whatever) => one.operationId === bad.operationId).body).toEqual(
      bad.body,
    );
    const mended = { ...bad, body: visitOf(people[0] ?? {}) };
    expect((await phone.push(mended)).body.answers[0].outcome).toBe('accepted');
    const gave = await doctor.call('POST', '/api/field/give-up', {
      deviceId: phone.deviceId,
      userId: phone.userId,
      operation: strange,
      reason: '填错了人',
    });
    expect(gave.status).toBe(200);
    const after = await township.call('GET', `/api/field/held?deviceId=${phone.deviceId}`);
    expect(after.body.items.map((one: Whatever) => [one.operationId, one.why]).sort()).toEqual([
      [strange.operationId, 'given-up'],
    ]);
    const again = phone.operation('fly', people[1]?.id ?? '', {});
    await phone.push(again);
    const page = await township.call('GET', `/api/field/held?deviceId=${phone.deviceId}&limit=1`);
    const rest = await township.call(
      'GET',
      `/api/field/held?deviceId=${phone.deviceId}&limit=1&cursor=${encodeURIComponent(page.body.nextCursor)}`,
    );
    expect([...page.body.items, ...rest.body.items].map((one: Whatever) => one.operationId)).toEqual([
      again.operationId,
      strange.operationId,
    ]);
    expect(rest.body.nextCursor).toBeNull();
  });

  it('refuses one doctor’s outbox under another’s sign-in on a phone they share, and loses nothing of it', async () => {
    const phone = await phoneOf(doctor);
    await phone.pull();
    const person = managed(phone, 4);
    const visit = phone.operation('visit.record', person.id, visitOf(person));
    const asNeighbour = (path: string, more: object) =>
      neighbour.call('POST', path, { ...phone.envelope, ...more });
    const calls = [
      await asNeighbour('/api/field/push', { operations: [visit] }),
      await asNeighbour('/api/field/pull', { seen: '0' }),
      await neighbour.call('POST', '/api/field/give-up', {
        deviceId: phone.deviceId,
        userId: phone.userId,
        operation: visit,
        reason: '不是我的',
      }),
    ];
    for (const reply of calls) {
      expect(reply.status).toBe(401);
      expect(reply.body).toMatchObject({
        code: 'not-signed-in',
        detail: expect.stringMatching(/另一位医生.*内容都在/),
      });
    }
    const { userId: _, ...unnamed } = phone.envelope;
    const old = await doctor.call('POST', '/api/field/push', { ...unnamed, operations: [visit] });
    expect(old.status).toBe(422);
    const traces = await server.look(
      `select 1 from operation where id = $1 union all select 1 from held_operation where operation_id = $1
       union all select 1 from form_record where operation_id = $1`,
      [visit.operationId],
    );
    expect(traces).toEqual([]);
    expect((await phone.push(visit)).body.answers[0].outcome).toBe('accepted');
    const [written] = await server.look<{ by: string }>(
      `select recorded_by as by from form_record where operation_id = $1`,
      [visit.operationId],
    );
    expect(written?.by).toBe(phone.userId);
  });

  it('registers a resident and what follows for them in one batch; a second record of one identity is told', async () => {
    const phone = await phoneOf(doctor);
    await phone.pull();
    const organizationId = [...phone.documents.values()][0]?.organizationId;
    const answers = samplePerson({ birthDate: '1960-03-02', familyMother: ['2', '7'] });
    const [id, again] = [uuidv7(), uuidv7()];
    const enroll = (residentId: string) =>
      phone.operation('resident.enroll', residentId, {
        enrollmentId: uuidv7(),
        program: 'hypertension',
        enrolledOn: '2026-11-24',
      });
    const register = (residentId: string) =>
      phone.operation('resident.register', residentId, { organizationId, answers, confirmed: [] });
    const first = await phone.push(register(id), enroll(id));
    expect(
      first.body.answers.map((a: Whatever) => [a.outcome, a.problem?.issues]),
      JSON.stringify(first.body.answers),
    ).toEqual([
      ['accepted', undefined],
      ['accepted', undefined],
    ]);
    const second = await phone.push(register(again), enroll(again));
    expect(second.body.answers.map((a: Whatever) => [a.outcome, a.problem?.code])).toEqual([
      ['refused', 'duplicate-identity'],
      ['later', undefined],
    ]);
    await phone.pull();
    expect(phone.documents.get(id)?.tasks).toHaveLength(1);
    expect(phone.documents.get(id)?.idTail).toBe(answers.idNo.slice(-6));
  });
});

describe('a person edited on two phones', () => {
  it('merges by field; the same field differently keeps both values until somebody decides', async () => {
    const [mine, other] = [await phoneOf(doctor), await phoneOf(township)];
    await mine.pull();
    await other.pull(1000);
    const person = managed(mine, 4);
    const edit = (phone: Phone, changes: object[]) =>
      phone.push(phone.operation('person.edit', person.id, { baseVersion: person.version ?? 1, changes }));
    const from = person.information?.contactName ?? null;
    const one = await edit(mine, [
      { field: 'contactName', from, to: '甲' },
      { field: 'contactPhone', from: person.information?.contactPhone ?? null, to: '13900000002' },
    ]);
    expect(one.body.answers[0], JSON.stringify(one.body.answers)).toMatchObject({
      outcome: 'accepted',
      result: { conflicts: [] },
    });
    const two = await edit(other, [
      { field: 'contactName', from, to: '乙' },
      { field: 'workUnit', from: person.information?.workUnit ?? null, to: '砖厂' },
    ]);
    expect(two.body.answers[0]).toMatchObject({ outcome: 'accepted' });
    expect(two.body.answers[0].result.conflicts).toHaveLength(1);
    await mine.pull();
    let document = mine.documents.get(person.id);
    expect(document?.information).toMatchObject({
      contactName: '甲',
      contactPhone: '13900000002',
      workUnit: '砖厂',
    });
    expect(document?.conflicts).toEqual([
      expect.objectContaining({
        field: 'contactName',
        kept: '甲',
        keptBy: '王守义',
        offered: '乙',
        offeredBy: '陈立新',
      }),
    ]);
    const conflictId = document?.conflicts[0].id;
    const choose = (phone: Phone, choice: string) =>
      phone.push(phone.operation('conflict.resolve', person.id, { conflictId, choose: choice }));
    expect((await choose(mine, 'offered')).body.answers[0].outcome).toBe('accepted');
    expect((await choose(other, 'kept')).body.answers[0]).toMatchObject({
      outcome: 'refused',
      problem: { code: 'already-superseded' },
    });
    await mine.pull();
    document = mine.documents.get(person.id);
    expect(document?.information.contactName).toBe('乙');
    expect(document?.conflicts).toBeUndefined();
    const idEdit = await edit(mine, [{ field: 'idNo', from: null, to: '1' }]);
    expect(idEdit.body.answers[0].problem.issues[0].code).toBe('not-on-phone');
  });
});

describe('the feed', () => {
  it('misses nothing while 30 slow writers commit late; cursors by serial number or by time do miss', async () => {
    const phone = await phoneOf(township);
    await phone.pull(1000);
    const people = [...phone.documents.keys()].slice(0, 302);
    const pool = new pg.Pool({ connectionString: server.ownerUrl, max: 31 });
    await pool.query(
      `create table if not exists shadow_feed (serial bigserial, at timestamptz default clock_timestamp(), id uuid)`,
    );
    const delivered = { feed: new Set<string>(), serial: new Set<string>(), time: new Set<string>() };
    let [serial, time] = ['0', '2000-01-01'];
    let isDone = false;
    const poll = async () => {
      for (const id of (
        await pool.query(
          `select serial::text, at::text, id from shadow_feed where serial > $1 order by serial`,
          [serial],
        )
      ).rows) {
        delivered.serial.add(id.id);
        serial = id.serial;
      }
      for (const row of (
        await pool.query(`select at::text, id from shadow_feed where at > $1 order by at`, [time])
      ).rows) {
        delivered.time.add(row.id);
        time = row.at;
      }
      phone.documents.clear();
      await phone.pull(500);
      for (const id of phone.documents.keys()) delivered.feed.add(id);
    };
    const begin = async (client: pg.PoolClient, id: string) => {
      await client.query(
        `begin; set local app.county_id = '999999'; set local app.scope_from = '/'; set local app.scope_to = '0'`,
      );
      await client.query(`insert into shadow_feed (id) values ($1)`, [id]);
      await client.query(`update resident set updated_at = now() where id = $1`, [id]);
    };
    const writer = async (mine: string[]) => {
      const client = await pool.connect();
      for (const id of mine) {
        await begin(client, id);
        // Late commits are what this test is about: the database itself waits, by the resident's own number.
        await client.query(`select pg_sleep($1)`, [Number.parseInt(id.slice(-2), 16) / 8000]);
        await client.query('commit');
      }
      client.release();
    };
    const writers = Promise.all(
      Array.from({ length: 30 }, (_, n) => writer(people.slice(n * 10, n * 10 + 10))),
    ).then(() => {
      isDone = true;
    });
    while (!isDone) await poll();
    await writers;
    await poll();
    // Whatever the machine's mood above: here the first to begin is surely the last to commit.
    const [early, late] = [await pool.connect(), await pool.connect()];
    await begin(early, people[300] ?? '');
    await begin(late, people[301] ?? '');
    await late.query('commit');
    await poll();
    await early.query('commit');
    await poll();
    for (const client of [early, late]) client.release();
    await pool.query('drop table shadow_feed');
    await pool.end();
    const missed = (set: Set<string>) => people.filter((id) => !set.has(id)).length;
    expect(missed(delivered.feed)).toBe(0);
    expect(missed(delivered.serial), 'a cursor on bigserial must be seen to miss').toBeGreaterThan(0);
    expect(missed(delivered.time), 'a cursor by time must be seen to miss').toBeGreaterThan(0);
  });

  it('tells the old village that somebody moved and gives them to the new', async () => {
    const [mine, next] = [await phoneOf(doctor), await phoneOf(neighbour)];
    await mine.pull();
    await next.pull();
    const id = managed(mine, 6).id;
    const set = `set app.county_id = '999999'; set app.scope_from = '/'; set app.scope_to = '0';`;
    const move = (path: string) =>
      server.look(
        `${set} update resident set org_path = '${path}', organization_id = (select id from organization where path = '${path}') where id = '${id}'`,
      );
    await move('/999999/100/202/');
    await mine.pull();
    await next.pull();
    expect(mine.documents.has(id)).toBe(false);
    expect(next.documents.has(id)).toBe(true);
    await move('/999999/100/201/');
    await mine.pull();
    await next.pull();
    expect(mine.documents.has(id)).toBe(true);
    expect(next.documents.has(id)).toBe(false);
  });
});

describe('a server restored from a backup', () => {
  it('is noticed by a phone that has seen more, once, and by a new epoch everywhere', async () => {
    const [witness, other] = [await phoneOf(doctor), await phoneOf(neighbour)];
    await witness.pull();
    await other.pull();
    const old = witness.state.epoch;
    witness.state.seen = String(BigInt(witness.state.seen) + 10_000_000n);
    const noticed = await witness.ask();
    expect(noticed.body).toMatchObject({ kind: 'restart', offerAgain: true });
    expect(noticed.body.device.epoch).not.toBe(old);
    expect((await witness.ask()).body).toMatchObject({ kind: 'restart', offerAgain: true });
    expect((await other.ask()).body).toMatchObject({
      kind: 'restart',
      offerAgain: true,
      device: { epoch: noticed.body.device.epoch },
    });
    Object.assign(witness.state, { cursor: undefined, seen: '0' });
    await witness.pull();
    expect(witness.state.epoch).toBe(noticed.body.device.epoch);
  });
});

describe('support', () => {
  it('SYN-09: sees each phone with its user and may wipe or withdraw it; what it holds is kept first', async () => {
    const phone = await phoneOf(doctor);
    await phone.ask({
      pending: 3,
      refused: 1,
      engine: 1,
      isPersisted: false,
      storageUsed: 22_000_000,
      storageQuota: 22_500_000,
      isStorageShort: true,
      deviceNow: new Date(testNow.getTime() + 3_600_000).toISOString(),
    });
    const listed = await township.call('GET', '/api/field/devices?limit=100');
    const line = listed.body.items.find((one: Whatever) => one.deviceId === phone.deviceId);
    expect(line).toMatchObject({
      userName: '王守义',
      pending: 3,
      refused: 1,
      clockSkewSeconds: 3600,
      engineEdition: 1,
      isPersisted: false,
      storageUsed: 22_000_000,
      storageQuota: 22_500_000,
      isStorageShort: true,
      state: 'active',
    });
    // A phone that keeps its promise but is full is at risk too; one that says nothing stays as last known.
    await phone.ask({ isPersisted: true });
    const risky = await township.call('GET', '/api/field/devices?limit=100&filter=risk');
    const full = risky.body.items.find((one: Whatever) => one.deviceId === phone.deviceId);
    expect(full).toMatchObject({ isPersisted: true, isStorageShort: true, storageUsed: 22_000_000 });
    expect((await doctor.call('GET', '/api/field/devices')).status).toBe(403);
    const first = await admin.call('GET', '/api/field/devices?limit=1');
    const second = await admin.call(
      'GET',
      `/api/field/devices?limit=1&cursor=${encodeURIComponent(first.body.nextCursor)}`,
    );
    expect(second.body.items[0].deviceId).not.toBe(first.body.items[0].deviceId);
    const order = (what: string) =>
      township.call('POST', `/api/field/devices/${phone.deviceId}/order`, {
        userId: line.userId,
        order: what,
        reason: '手机丢失',
      });
    expect((await order('wipe')).status).toBe(200);
    expect((await phone.ask()).body).toMatchObject({ device: { order: 'wipe' }, documents: [] });
    const handed = { deviceId: phone.deviceId, userId: line.userId, token: phone.greeting.handOverToken };
    const kept = phone.operation('visit.record', uuidv7(), { any: 'thing' });
    expect(
      (
        await server.anonymous.call('POST', '/api/field/hand-over', {
          ...handed,
          token: 'x',
          operations: [kept],
        })
      ).status,
    ).toBe(403);
    expect(
      (await server.anonymous.call('POST', '/api/field/hand-over', { ...handed, operations: [kept] })).body,
    ).toEqual({ held: [kept.operationId], order: 'wipe' });
    expect(
      (
        await server.anonymous.call('POST', '/api/field/hand-over', {
          ...handed,
          operations: [],
          isDone: true,
        })
      ).status,
    ).toBe(200);
    const [row] = await server.look(`select state from field_device where device_id = $1`, [phone.deviceId]);
    expect(row).toEqual({ state: 'wiped' });
    expect((await order('revoke')).status).toBe(200);
    expect(
      (
        await doctor.call('POST', '/api/field/devices', {
          deviceId: phone.deviceId,
          name: 'x',
          appVersion: '1',
          isPersisted: true,
        })
      ).status,
    ).toBe(403);
    const late = await phone.push(phone.operation('person.edit', uuidv7(), { any: 1 }));
    expect(late.body).toMatchObject({
      device: { order: 'wipe' },
      answers: [{ outcome: 'accepted', result: { held: true } }],
    });
  });
});

describe('what happens to work typed before something changed', () => {
  const set = `set app.county_id = '999999'; set app.scope_from = '/'; set app.scope_to = '0';`;
  const edit = (phone: Phone, person: Record<string, Whatever>, to: string) =>
    phone.operation('person.edit', person.id, {
      baseVersion: person.version ?? 1,
      changes: [{ field: 'workUnit', from: person.information?.workUnit ?? null, to }],
    });

  it('SYN-08: of a doctor moved to another township lies with the new owner of the people, nothing lost', async () => {
    const phone = await phoneOf(doctor);
    await phone.pull();
    const people = [...phone.documents.values()].slice(0, 50);
    const typed = people.map((person, at) => edit(phone, person, `调动前${at}`));
    const move = (path: string) =>
      server.look(
        `${set} update staff set organization_id = (select id from organization where path = '${path}') where username = 'village'`,
      );
    await move('/999999/101/201/');
    try {
      const moved = await server.signIn('village');
      const push = (operations: object[]) =>
        moved.call('POST', '/api/field/push', { ...phone.envelope, operations });
      const { body } = await push(typed);
      expect(new Set(body.answers.map((one: Whatever) => one.outcome))).toEqual(new Set(['refused']));
      const held = await township.call('GET', `/api/field/held?deviceId=${phone.deviceId}&limit=100`);
      expect(held.body.items.map((one: Whatever) => one.operationId).sort()).toEqual(
        typed.map((one) => one.operationId).sort(),
      );
      expect(held.body.items[0].residentName).toBeTruthy();
      const pulled = await moved.call('POST', '/api/field/pull', {
        ...phone.envelope,
        cursor: phone.state.cursor,
        epoch: phone.state.epoch,
        scope: phone.state.scope,
        seen: phone.state.seen,
      });
      expect(pulled.body).toMatchObject({ kind: 'restart', scope: '/999999/101/201/' });
    } finally {
      await move('/999999/100/201/');
    }
    const back = await phone.push(...typed);
    expect(new Set(back.body.answers.map((one: Whatever) => one.outcome))).toEqual(new Set(['accepted']));
    const rest = await township.call('GET', `/api/field/held?deviceId=${phone.deviceId}&limit=100`);
    expect(rest.body.items).toEqual([]);
  });

  it('SYN-25: of 200 with 13 bad, 187 are taken in order and each bad one is named', async () => {
    const phone = await phoneOf(doctor);
    await phone.pull();
    const people = [...phone.documents.values()];
    const bad = new Set(Array.from({ length: 13 }, (_, n) => n * 15 + 4));
    const last = new Map<string, string>();
    const operations = Array.from({ length: 200 }, (_, at) => {
      const person = people[at % 40];
      if (!person) throw new Error('the demo village has forty people');
      if (bad.has(at)) return phone.operation('person.edit', person.id, { baseVersion: 1, changes: [] });
      const from = last.get(person.id) ?? person.information?.workUnit ?? null;
      last.set(person.id, `第${at}次`);
      return phone.operation('person.edit', person.id, {
        baseVersion: 1,
        changes: [{ field: 'workUnit', from, to: `第${at}次` }],
      });
    });
    const answers: Whatever[] = [];
    for (let at = 0; at < 200; at += 50)
      answers.push(...(await phone.push(...operations.slice(at, at + 50))).body.answers);
    expect(answers.map((one) => one.operationId)).toEqual(operations.map((one) => one.operationId));
    for (const [at, answer] of answers.entries())
      expect(answer.outcome, `${at}`).toBe(bad.has(at) ? 'refused' : 'accepted');
    expect(answers.filter((one) => one.outcome === 'accepted')).toHaveLength(187);
    for (const answer of answers.filter((one) => one.outcome === 'refused'))
      expect(answer.problem.issues[0].path).toMatch(/changes/);
    await phone.pull();
    for (const [id, text] of last) {
      expect(phone.documents.get(id)?.information.workUnit).toBe(text);
      expect(phone.documents.get(id)?.conflicts ?? []).toEqual([]);
    }
  });

  it('SYN-20: of a phone silent for 200 days is kept though the person died meanwhile, and the phone catches up', async () => {
    const phone = await phoneOf(doctor);
    await phone.pull();
    const [person, other] = [managed(phone, 10), managed(phone, 11)];
    const typed = [edit(phone, person, '去世前'), edit(phone, other, '半年前')];
    await server.look(
      `${set} update resident set status = 'dead', status_on = '2026-12-01' where id = '${person.id}'`,
    );
    const before = server.now();
    server.setNow(new Date(before.getTime() + 200 * 86_400_000));
    try {
      const later = await server.signIn('village');
      const { body } = await later.call('POST', '/api/field/push', { ...phone.envelope, operations: typed });
      expect(body.answers.map((one: Whatever) => one.outcome)).toEqual(['accepted', 'accepted']);
      const edited = await later.call('GET', `/api/residents/${person.id}`);
      expect(JSON.stringify(edited.body)).toContain('去世前');
      const pulled = await later.call('POST', '/api/field/pull', {
        ...phone.envelope,
        cursor: phone.state.cursor,
        epoch: phone.state.epoch,
        scope: phone.state.scope,
        seen: body.seen,
      });
      expect(pulled.body.kind).toBe('changes');
      expect(pulled.body.removed).toContain(person.id);
      expect(pulled.body.documents.find((one: Whatever) => one.id === other.id)?.information.workUnit).toBe(
        '半年前',
      );
    } finally {
      server.setNow(before);
      await server.look(
        `${set} update resident set status = 'active', status_on = null where id = '${person.id}'`,
      );
    }
  });
});

describe('the same facts in any order', () => {
  const newcomer = () => samplePerson({ name: '顺序甲', birthDate: '1955-06-07' });
  const ordersOf = <T>(items: readonly T[]): T[][] =>
    items.length < 2
      ? [[...items]]
      : items.flatMap((item, at) => ordersOf(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));

  it('SYN-04: create, edit twice, attach and end, in all 120 orders, come to one state with the contradiction shown', async () => {
    const phone = await phoneOf(doctor);
    await phone.pull();
    const organizationId = [...phone.documents.values()][0]?.organizationId;
    const ends: { id: string; at: number }[] = [];
    for (const [at, order] of ordersOf([0, 1, 2, 3, 4]).entries()) {
      const [id, enrollmentId] = [uuidv7(), uuidv7()];
      const edit = (to: string) =>
        phone.operation('person.edit', id, {
          baseVersion: 1,
          changes: [{ field: 'workUnit', from: null, to }],
        });
      const facts = [
        phone.operation('resident.register', id, { organizationId, answers: newcomer(), confirmed: [] }),
        edit('甲处'),
        edit('乙处'),
        phone.operation('resident.enroll', id, {
          enrollmentId,
          program: 'hypertension',
          enrolledOn: '2026-11-24',
        }),
        phone.operation('enrollment.close', id, {
          enrollmentId,
          version: 1,
          closedOn: '2026-11-24',
          reason: 'refused',
          note: '本人不愿意',
          reviewOn: '2027-05-01',
        }),
      ];
      let left = order.flatMap((place) => facts[place] ?? []);
      for (let round = 0; left.length > 0; round++) {
        expect(round, `${order}`).toBeLessThan(5);
        const { body } = await phone.push(...left);
        // What was refused for want of what comes later is offered again, as a person does with 原样再传.
        left = left.filter((_, place) => ['refused', 'later'].includes(body.answers[place].outcome));
      }
      ends.push({ id, at });
    }
    await phone.pull();
    for (const { id, at } of ends) {
      const { workUnit, contactName } = phone.documents.get(id)?.information ?? {};
      expect(contactName).toBe('王大山');
      const [conflict, ...more] = phone.documents.get(id)?.conflicts ?? [];
      expect(more, `${at}`).toEqual([]);
      expect([conflict?.kept, conflict?.offered].toSorted(), `${at}`).toEqual(['乙处', '甲处'].toSorted());
      expect(conflict?.kept).toBe(workUnit);
      expect(phone.documents.get(id)?.programs, `${at}`).toBeUndefined();
    }
    const held = await server.look(
      `select 1 from held_operation where resident_id = any($1) and resolved_at is null`,
      [ends.map((one) => one.id)],
    );
    expect(held).toEqual([]);
  }, 60_000);
});

describe('comparing phone and server', () => {
  const day = '2026-11-24';
  const digestOf = (documents: readonly Whatever[]) =>
    createHash('sha256')
      .update(documents.map((one) => comparedText(one, plainDate(day))).join('\n'))
      .digest('hex');
  const check = (phone: Phone, client = doctor, more: object = {}) => {
    const sorted = [...phone.documents.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const half = Math.floor(sorted.length / 2);
    const middle = sorted[half - 1]?.id;
    return client.call('POST', '/api/field/check', {
      ...phone.envelope,
      cursor: phone.state.cursor,
      scope: phone.state.scope,
      day,
      slices: [
        { after: null, through: middle, sha256: digestOf(sorted.slice(0, half)) },
        { after: middle, through: null, sha256: digestOf(sorted.slice(half)) },
      ],
      ...more,
    });
  };
  const differedAt = async (phone: Phone) => {
    const { body } = await township.call('GET', '/api/field/devices?limit=100');
    return body.items.find((one: Whatever) => one.deviceId === phone.deviceId)?.differedAt;
  };
  const set = `set app.county_id = '999999'; set app.scope_from = '/'; set app.scope_to = '0';`;

  it('SYN-26: finds a row changed or lost on either side that no change tells of, mends it and tells support', async () => {
    const phone = await phoneOf(doctor);
    await phone.pull();
    expect((await check(phone)).body).toEqual({ differing: [], documents: [] });
    expect(await differedAt(phone)).toBeNull();

    // A change that the phone has not read yet is a difference, and none to report.
    const person = managed(phone, 12);
    await phone.push(
      phone.operation('person.edit', person.id, {
        baseVersion: 1,
        changes: [{ field: 'workUnit', from: person.information?.workUnit ?? null, to: '还没取回' }],
      }),
    );
    expect((await check(phone)).body.differing).toHaveLength(1);
    expect(await differedAt(phone)).toBeNull();
    await phone.pull();
    expect((await check(phone)).body.differing).toEqual([]);

    // Lost on the phone.
    phone.documents.delete(person.id);
    const lost = await check(phone);
    expect(lost.body.differing).toHaveLength(1);
    expect(lost.body.documents.map((one: Whatever) => one.id)).toContain(person.id);
    expect(await differedAt(phone)).toBeTruthy();
    await phone.pull();
    for (const document of lost.body.documents) phone.documents.set(document.id, document);
    expect((await check(phone)).body.differing).toEqual([]);

    // Changed on the server past the feed, as by a hand in the database.
    const other = managed(phone, 13);
    await server.look(`${set} set app.bulk_load = 'on';
      update resident set archive_no = '99999900000000001' where id = '${other.id}'; reset app.bulk_load`);
    await phone.pull();
    expect(phone.documents.get(other.id)?.archiveNo).not.toBe('99999900000000001');
    const found = await check(phone);
    expect(found.body.documents.find((one: Whatever) => one.id === other.id)?.archiveNo).toBe(
      '99999900000000001',
    );
    const written = await server.look(
      `select 1 from audit_entry where action = 'field.mend' and subject = $1`,
      [phone.deviceId],
    );
    expect(written).toHaveLength(2);
  });

  it('is for the phone’s own user and scope', async () => {
    const phone = await phoneOf(doctor);
    await phone.pull();
    expect((await check(phone, server.anonymous)).status).toBe(401);
    expect((await check(phone, neighbour)).status).toBe(401);
    expect((await check(phone, bureau)).status).toBe(403);
    expect((await check(phone, doctor, { deviceId: uuidv7() })).status).toBe(404);
    expect((await check(phone, doctor, { day: 'gestern' })).status).toBe(422);
    expect((await check(phone, doctor, { scope: '/999999/101/201/' })).body.documents).toEqual([]);
  });
});

describe('what support does for a phone', () => {
  /** As the phone seals it. */
  const fileOf = (phone: Phone, operations: object[]) => {
    const [salt, iv] = [randomBytes(16), randomBytes(12)];
    const share = Buffer.from(phone.greeting.share, 'base64');
    const key = Buffer.from(hkdfSync('sha256', share, salt, 'quancheng outbox file', 32));
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    cipher.setAAD(Buffer.from(`${phone.deviceId}/${phone.userId}`));
    const sealed = [cipher.update(JSON.stringify({ operations })), cipher.final(), cipher.getAuthTag()];
    return {
      format: 'quancheng-outbox-1',
      deviceId: phone.deviceId,
      userId: phone.userId,
      salt: salt.toString('base64'),
      iv: iv.toString('base64'),
      content: Buffer.concat(sealed).toString('base64'),
    };
  };
  const read = (client: TestClient, file: object) => client.call('POST', '/api/field/outbox-files', file);

  it('SYN-28: reads the sealed file of a phone that cannot send; what it sends later after all is taken once', async () => {
    const phone = await phoneOf(doctor);
    await phone.pull();
    const edit = (place: number, to: string) => {
      const person = managed(phone, place);
      return phone.operation('person.edit', person.id, {
        baseVersion: 1,
        changes: [{ field: 'workUnit', from: person.information?.workUnit ?? null, to }],
      });
    };
    const [taken, stuck] = [edit(14, '早已收到'), edit(15, '只在文件里')];
    await phone.push(taken);
    const file = fileOf(phone, [taken, stuck]);
    expect((await read(township, file)).body).toEqual({ held: 1, taken: 1, userName: '王守义' });
    expect((await read(township, file)).body).toEqual({ held: 1, taken: 1, userName: '王守义' });
    const held = await township.call('GET', `/api/field/held?deviceId=${phone.deviceId}`);
    expect(held.body.items).toEqual([
      expect.objectContaining({ operationId: stuck.operationId, why: 'handed-over', body: stuck.body }),
    ]);
    expect((await phone.push(stuck)).body.answers[0].outcome).toBe('accepted');
    expect((await township.call('GET', `/api/field/held?deviceId=${phone.deviceId}`)).body.items).toEqual([]);

    expect((await read(server.anonymous, file)).status).toBe(401);
    expect((await read(bureau, file)).status).toBe(403);
    expect((await read(township, { ...file, deviceId: uuidv7() })).status).toBe(404);
    const changed = { ...file, content: `${file.content.slice(0, 40)}AAAA${file.content.slice(44)}` };
    expect((await read(township, changed)).body.code).toBe('unsupported-file');
    expect((await read(township, { ...file, format: 'x' })).status).toBe(422);

    const later = edit(16, '只在另一个文件里');
    const drill = await server.startBeside(server.keys, { drill: '2026-11-24 09:00 恢复自 a.backup' });
    const atDrill = await read(drill.clientOf(township.cookie), fileOf(phone, [later]));
    expect([atDrill.status, atDrill.body.code]).toEqual([503, 'drill-copy']);
    expect((await township.call('GET', `/api/field/held?deviceId=${phone.deviceId}`)).body.items).toEqual([]);
    await drill.stop();
  });

  it('sets the days a phone works without contact, for the county; phones learn of it at the next contact', async () => {
    const phone = await phoneOf(doctor);
    expect(phone.greeting.leaseDays).toBe(35);
    const show = () => admin.call('GET', '/api/field/settings');
    const change = (leaseDays: number, seen: string | null, client = admin, operationId = uuidv7()) =>
      client.call('PUT', '/api/field/settings', { operationId, leaseDays, seen });
    expect((await show()).body).toEqual({
      leaseDays: 35,
      defaultLeaseDays: 35,
      changedAt: null,
      changedByName: null,
    });
    for (const days of [2, 61]) expect((await change(days, null)).status, `${days}`).toBe(422);
    expect((await change(7, null, township)).status).toBe(403);
    expect((await change(7, null, server.anonymous)).status).toBe(401);
    const id = uuidv7();
    const changed = await change(7, null, admin, id);
    expect(changed.body).toMatchObject({ leaseDays: 7 });
    expect((await change(7, null, admin, id)).body).toEqual(changed.body);
    expect((await change(9, null)).body.code).toBe('stale-version');
    expect((await phone.ask()).body.device.leaseDays).toBe(7);
    expect((await change(35, changed.body.changedAt)).status).toBe(200);
  });
});

describe('a dangerous reading in what is refused', () => {
  const set = `set app.county_id = '999999'; set app.scope_from = '/'; set app.scope_to = '0';`;
  const dangersOf = async (residentId: string, state = 'open') =>
    (await township.call('GET', `/api/centre/danger-events?limit=50&state=${state}`)).body.items.filter(
      (one: Whatever) => one.residentId === residentId,
    );
  const ofCrisis = (person: Record<string, Whatever>, more: object = {}) =>
    visitOf(person, { sbp: 196, dbp: 118, visitClass: '2', nextVisitDate: '2026-12-01', ...more });

  it('a death told by a phone ends the whole record, once for all programmes, and is taken back whole on the workbench', async () => {
    const phone = await phoneOf(doctor);
    const programs = await server.look<{ resident_id: string; id: string; version: number }>(
      `select e.resident_id, e.id, e.version from enrollment e join resident r on r.id = e.resident_id and r.status = 'active'
       where e.closed_on is null and e.resident_id = (select o.resident_id from enrollment o
         where o.closed_on is null and o.org_path = '/999999/100/201/'
           and not exists (select 1 from form_record f where f.resident_id = o.resident_id and f.occurred_on > '2026-11-20')
           and not exists (select 1 from danger_event d where d.resident_id = o.resident_id)
         group by 1 having count(*) = 2 order by 1 desc limit 1) order by e.program`,
    );
    expect(programs).toHaveLength(2);
    const id = programs[0]?.resident_id ?? '';
    const open = async () =>
      (
        await server.look<{
          status: string;
          programs: number;
          tasks: number;
          contracts: number;
          courses: number;
        }>(
          `select status, (select count(*)::int from enrollment e where e.resident_id = r.id and e.closed_on is null) as programs,
             (select count(*)::int from follow_up_task t where t.resident_id = r.id and t.closed_at is null) as tasks,
             (select count(*)::int from contract c where c.resident_id = r.id and c.ended_on is null) as contracts,
             (select count(*)::int from condition_episode p where p.resident_id = r.id and p.state <> 'closed') as courses
           from resident r where id = $1`,
          [id],
        )
      )[0];
    await server.look(
      `insert into contract (county_id, id, resident_id, org_path, organization_id, doctor_id, package_ids, signed_on,
         valid_from, valid_to, consent, family, created_at, created_by)
       select '999999', gen_random_uuid(), r.id, r.org_path, r.organization_id, s.id, '{}', '2026-01-01', '2026-01-01', '2026-12-31',
         '{}', '[]', now(), s.id from resident r, staff s where r.id = $1 and s.username = 'township' on conflict do nothing`,
      [id],
    );
    const before = await open();
    expect(before).toMatchObject({ status: 'active', programs: 2, contracts: 1 });
    const ends = programs.map((one) =>
      phone.operation('enrollment.close', id, {
        enrollmentId: one.id,
        version: one.version,
        closedOn: '2026-11-22',
        reason: 'dead',
      }),
    );
    const answers = (await phone.push(...ends)).body.answers;
    expect(answers.map((one: { outcome: string }) => one.outcome)).toEqual(['accepted', 'accepted']);
    expect(await open()).toEqual({ status: 'dead', programs: 0, tasks: 0, contracts: 0, courses: 0 });
    const shown = await doctor.call('GET', `/api/residents/${id}/closing`);
    expect(shown.body.events).toHaveLength(1);
    const [event] = shown.body.events;
    expect(event).toMatchObject({ kind: 'dead', onDay: '2026-11-22', source: '村医手机登记' });
    const back = await doctor.call('POST', `/api/residents/${id}/reopen`, {
      operationId: uuidv7(),
      eventId: uuidv7(),
      version: shown.body.version,
      undoesId: event.id,
      reason: '登记错了人',
    });
    expect(back.status, JSON.stringify(back.body)).toBe(200);
    expect(await open()).toEqual(before);
  });

  it('a refusal told by a phone says why and when to ask again, also from an app older than the rule', async () => {
    const phone = await phoneOf(doctor);
    await phone.pull();
    const [id, enrollmentId] = [uuidv7(), uuidv7()];
    const organizationId = [...phone.documents.values()][0]?.organizationId;
    const answers = samplePerson({ name: '拒绝甲', birthDate: '1955-06-08' });
    const refuse = (more: object = {}) =>
      phone.operation('enrollment.close', id, {
        enrollmentId,
        version: 1,
        closedOn: '2026-11-20',
        reason: 'refused',
        ...more,
      });
    const old = refuse();
    const { body } = await phone.push(
      phone.operation('resident.register', id, { organizationId, answers, confirmed: [] }),
      phone.operation('resident.enroll', id, {
        enrollmentId,
        program: 'hypertension',
        enrolledOn: '2026-05-01',
      }),
      old,
      refuse({ note: '不愿意', reviewOn: '2026-11-20' }),
    );
    expect(body.answers.map((one: Whatever) => one.outcome)).toEqual([
      'accepted',
      'accepted',
      'refused',
      'refused',
    ]);
    expect(body.answers[2].problem.issues.map((one: Whatever) => one.message)).toEqual([
      '请写明拒绝的原因。',
      '请定一个再次征询的日期：2026-11-21 到 2027-11-25。',
    ]);
    // Typed on the 20th, sent on the 24th: the day to ask again was ahead when it was saved.
    const mended = { ...old, body: { ...(old.body as object), note: '不愿意', reviewOn: '2026-11-22' } };
    expect((await phone.push(mended)).body.answers[0].outcome).toBe('accepted');
    const shown = await doctor.call('GET', `/api/residents/${id}/closing`);
    expect(shown.body).toMatchObject({
      status: 'active',
      events: [{ kind: 'refused', note: '不愿意', detail: { reviewOn: '2026-11-22', enrollmentId } }],
    });
  });

  it('an attempt to reach somebody who is dead by now comes back with the reason and stays readable', async () => {
    const phone = await phoneOf(doctor);
    await phone.pull();
    const [id, enrollmentId] = [uuidv7(), uuidv7()];
    const organizationId = [...phone.documents.values()][0]?.organizationId;
    const answers = samplePerson({ name: '已故甲', birthDate: '1951-06-08' });
    const attempt = phone.operation('contact.attempt', id, {
      attemptId: uuidv7(),
      onDay: '2026-11-23',
      means: 'telephone',
      note: '无人接听',
    });
    const end = phone.operation('enrollment.close', id, {
      enrollmentId,
      version: 1,
      closedOn: '2026-11-20',
      reason: 'dead',
    });
    const { body } = await phone.push(
      phone.operation('resident.register', id, { organizationId, answers, confirmed: [] }),
      phone.operation('resident.enroll', id, {
        enrollmentId,
        program: 'hypertension',
        enrolledOn: '2026-05-01',
      }),
      end,
      attempt,
    );
    expect(body.answers[3]).toMatchObject({
      outcome: 'refused',
      problem: { code: 'record-closed', retryable: false, detail: expect.stringMatching(/已登记死亡.*撤回/) },
    });
    expect(await server.look('select 1 from contact_attempt where resident_id = $1', [id])).toEqual([]);
    const { items } = (await township.call('GET', `/api/field/held?limit=100&deviceId=${phone.deviceId}`))
      .body;
    expect(items).toMatchObject([{ operationId: attempt.operationId, body: { note: '无人接听' } }]);
  });

  it('a loss told by a phone waits for three attempts on different days, those of the phone among them, and ends the whole record', async () => {
    const phone = await phoneOf(doctor);
    await phone.pull();
    const [id, enrollmentId] = [uuidv7(), uuidv7()];
    const organizationId = [...phone.documents.values()][0]?.organizationId;
    const answers = samplePerson({ name: '失访甲', birthDate: '1955-06-07' });
    const attempt = (onDay: string) =>
      phone.operation('contact.attempt', id, {
        attemptId: uuidv7(),
        onDay,
        means: 'telephone',
        note: '电话停机',
      });
    const lost = (closedOn: string) =>
      phone.operation('enrollment.close', id, { enrollmentId, version: 1, closedOn, reason: 'lost' });
    const answersOf = async (...operations: Whatever[]) => (await phone.push(...operations)).body.answers;
    const status = async () =>
      (
        await server.look<{ status: string; open: number; attempts: number }>(
          `select status, (select count(*)::int from enrollment e where e.resident_id = r.id and e.closed_on is null) as open,
             (select count(*)::int from contact_attempt a where a.resident_id = r.id) as attempts
           from resident r where id = $1`,
          [id],
        )
      )[0];
    // The window before 24 November begins on 28 May: the day before does not count, one day counts once.
    const second = attempt('2026-05-28');
    const early = lost('2026-11-24');
    const taken = await answersOf(
      phone.operation('resident.register', id, { organizationId, answers, confirmed: [] }),
      phone.operation('resident.enroll', id, {
        enrollmentId,
        program: 'hypertension',
        enrolledOn: '2026-05-01',
      }),
      ...[attempt('2026-11-24'), attempt('2026-11-24'), attempt('2026-05-27'), second],
      early,
    );
    expect(taken.map((one: Whatever) => one.outcome)).toEqual([...Array(6).fill('accepted'), 'refused']);
    expect(taken[6].problem).toMatchObject({ code: 'too-few-attempts', retryable: false });
    expect(taken[6].problem.issues[0].message).toMatch(/2026-05-28 至 2026-11-24 已记 2 次，还差 1 次/);
    expect(await status()).toEqual({ status: 'active', open: 1, attempts: 4 });
    // What an attempt on the workbench adds reaches the phone, and the same operation as typed is taken then.
    const onWorkbench = { operationId: uuidv7(), attemptId: uuidv7(), means: 'home', note: '家中无人' };
    const path = `/api/residents/${id}/contact-attempts`;
    expect((await doctor.call('POST', path, { ...onWorkbench, onDay: '2026-11-20' })).status).toBe(200);
    await phone.pull();
    expect(phone.documents.get(id)?.attempts[2]).toEqual({ on: '2026-11-20', means: 'home' });
    expect(phone.documents.get(id)?.attempts).toHaveLength(5);
    expect((await answersOf(lost('2026-11-19')))[0].outcome).toBe('refused');
    const done = [...(await answersOf(second, early)), ...(await answersOf(early))];
    expect(done.map((one: Whatever) => one.outcome)).toEqual(['duplicate', 'accepted', 'duplicate']);
    expect(await status()).toEqual({ status: 'lost', open: 0, attempts: 5 });
    const shown = await doctor.call('GET', `/api/residents/${id}/closing`);
    expect(shown.body.events).toMatchObject([{ kind: 'lost', onDay: '2026-11-24', source: '村医手机登记' }]);
    const stranger = await phoneOf(neighbour);
    const [foreign] = (
      await stranger.push(stranger.operation('contact.attempt', id, attempt('2026-11-23').body))
    ).body.answers;
    expect(foreign).toMatchObject({ outcome: 'refused', problem: { code: 'not-found' } });
  });

  it('still comes before a person, once, with why it was refused: of somebody said to be dead whose reading it is', async () => {
    const phone = await phoneOf(doctor);
    await phone.pull();
    // Somebody about whom nothing is open yet.
    let place = 0;
    while ((await dangersOf(managed(phone, place).id)).length > 0) place += 1;
    const person = managed(phone, place);
    const [enrolled] = await server.look<{ id: string; version: number }>(
      `select id, version from enrollment where resident_id = $1 and closed_on is null`,
      [person.id],
    );
    const end = phone.operation('enrollment.close', person.id, {
      enrollmentId: enrolled?.id,
      version: enrolled?.version,
      closedOn: '2026-11-20',
      reason: 'dead',
    });
    expect((await phone.push(end)).body.answers[0].outcome).toBe('accepted');
    const visit = phone.operation('visit.record', person.id, ofCrisis(person));
    const pushes = await Promise.all([phone.push(visit), phone.push(visit), phone.push(visit)]);
    for (const { body } of pushes) expect(body.answers[0].outcome).toBe('refused');
    const found = await dangersOf(person.id);
    expect(found).toMatchObject([{ source: 'phone', version: 1, ownerName: null }]);
    expect(found[0].what).toMatch(/^2026-11-24 手机记录：.*196/);
    expect(found[0].refusal).toContain('已于 2026-11-20 死亡，却有 2026-11-24 的读数');
    const closing = {
      operationId: uuidv7(),
      version: 1,
      outcome: 'not-confirmed',
      note: '读数是其妻的，已重新随访',
    };
    const path = `/api/centre/danger-events/${found[0].id}/close`;
    expect((await township.call('POST', path, closing)).status).toBe(200);
    // Offered again with the same reading, or given up by the doctor: nothing is said twice.
    expect((await phone.push(visit)).body.answers[0].outcome).toBe('refused');
    const up = { deviceId: phone.deviceId, userId: phone.userId, operation: visit, reason: '填错了人' };
    expect((await doctor.call('POST', '/api/field/give-up', up)).status).toBe(200);
    expect(await dangersOf(person.id)).toEqual([]);
    expect(await dangersOf(person.id, 'closed')).toHaveLength(1);
    // Another dangerous reading is another danger.
    const other = { ...visit, body: ofCrisis(person, { sbp: 204 }) };
    expect((await phone.push(other)).body.answers[0].outcome).toBe('refused');
    expect((await dangersOf(person.id))[0].what).toMatch(/204/);
  });

  it('of somebody who moved says so; a calm or impossible one, and one that is filed after all, says nothing', async () => {
    const phone = await phoneOf(doctor);
    await phone.pull();
    const [gone, calm, fine] = [managed(phone, 0), managed(phone, 1), managed(phone, 2)];
    await server.look(
      `${set} update resident set status = 'moved', status_on = '2026-11-19' where id = '${gone.id}';
       update enrollment set closed_on = '2026-11-19', close_reason = 'moved' where resident_id = '${gone.id}'`,
    );
    const unconfirmed = (sbp: number) => visitOf(calm, { sbp, nextVisitDate: '2028-01-01' });
    const { body } = await phone.push(
      phone.operation('visit.record', gone.id, ofCrisis(gone)),
      phone.operation('visit.record', calm.id, unconfirmed(900)),
      phone.operation('visit.record', calm.id, unconfirmed(132)),
      phone.operation('visit.record', fine.id, visitOf(fine)),
    );
    expect(body.answers.map((one: Whatever) => one.outcome)).toEqual([
      'refused',
      'refused',
      'refused',
      'accepted',
    ]);
    expect((await dangersOf(gone.id))[0].refusal).toContain('已于 2026-11-19 迁出');
    expect(await dangersOf(calm.id)).toEqual([]);
    expect(await dangersOf(fine.id)).toEqual([]);
  });

  it('in what a withdrawn phone hands over is told too; the danger names who typed it', async () => {
    const phone = await phoneOf(doctor);
    await phone.pull();
    const person = managed(phone, 0);
    const kept = phone.operation('visit.record', person.id, ofCrisis(person));
    const handed = { deviceId: phone.deviceId, userId: phone.userId, token: phone.greeting.handOverToken };
    const order = { ...handed, operations: [kept] };
    for (const _ of [1, 2])
      expect((await server.anonymous.call('POST', '/api/field/hand-over', order)).status).toBe(200);
    expect(await dangersOf(person.id)).toMatchObject([
      { source: 'phone', version: 1, refusal: '手机已收回或账号已停用，记录由系统代为保管。' },
    ]);
    const [row] = await server.look<{ found_by: string }>(
      `select found_by from danger_event where resident_id = $1 and closed_at is null`,
      [person.id],
    );
    expect(row?.found_by).toBe(phone.userId);
  });
});

describe('definitions of forms and rules', () => {
  const made = (set: string, begunOn: string, outcome: string) => ({
    definitions: set,
    engine: 1,
    begunOn,
    said: [{ program: 'hypertension', ruleId: 'HTN-15', edition: 'PHS-3', outcome }],
  });
  const take = (phone: Phone, held: string[] = []) =>
    doctor.call('POST', '/api/field/definitions', { ...phone.envelope, held });
  const publish = (edition: FormEdition, engine = 1) =>
    withScope(server.database, { countyId: '999999', path: orgPath('/999999/') }, (tx) =>
      publishDefinitions(tx, '999999', [definitionOfForm(edition, engine)], testNow),
    );

  it('reach a phone once, each whole by its digest, and the county’s own critical value with them', async () => {
    const phone = await phoneOf(doctor);
    const before = (await take(phone)).body;
    expect(before.documents).toHaveLength(before.heads.length);
    for (const one of before.documents)
      expect(createHash('sha256').update(definitionText(one)).digest('hex')).toBe(one.digest);
    const whole = await doctor.call('POST', '/api/field/definitions', { ...phone.envelope, held: [] });
    const packed = brotliCompressSync(Buffer.from(JSON.stringify(whole.body)), {
      params: { [constants.BROTLI_PARAM_QUALITY]: 5 },
    });
    console.info(`定义 ${before.documents.length} 份，压缩后 ${(packed.length / 1000).toFixed(0)} kB`);
    expect(packed.length).toBeLessThan(60_000);
    const held = before.documents.map((one: { digest: string }) => one.digest);
    expect((await take(phone, held)).body.documents).toEqual([]);
    expect((await phone.ask()).body.device.definitions).toBe(before.set);

    const value = { potassium: { low: 3, high: 6 }, haemoglobin: { low: 65 }, platelets: { low: 50 } };
    const change = { operationId: uuidv7(), seen: null, change: { key: 'critical-values', value } };
    const shown = (await admin.call('GET', '/api/county-settings')).body.criticalValues;
    const changed = await admin.call('PUT', '/api/county-settings', { ...change, seen: shown.changedAt });
    expect(changed.status).toBe(200);
    expect((await phone.ask()).body.device.definitions).not.toBe(before.set);
    const after = (await take(phone, held)).body;
    expect(after.documents.map((one: { key: string; content: unknown }) => [one.key, one.content])).toEqual([
      ['critical-values', value],
    ]);
    await phone.pull();
    const [someone] = [...phone.documents.values()];
    const day = plainDate('2026-11-24');
    const own = bookOf({
      ...after,
      documents: new Map(after.documents.map((one: Whatever) => [one.digest, one])),
    });
    const record = phonePatientRecord(
      { ...completeDocument(someone as CompactDocument), series: { haemoglobin: [[day, 64]] } },
      day,
    );
    const isEmergency = (criticalValues: Whatever) =>
      assess({ ...record, criticalValues }, day).emergencies.length > 0;
    expect(isEmergency(undefined)).toBe(false);
    expect(isEmergency(own.criticalValues)).toBe(true);
    const asked = await doctor.call('GET', `/api/residents/${someone?.id}/assessment-record`);
    expect(asked.body.record.criticalValues).toEqual(own.criticalValues);
  });

  it('a phone plans the same next visit as the server for each grade, by the interval the county set', async () => {
    const { body: settings } = await admin.call('GET', '/api/county-settings');
    const everyDays = { green: 75, yellow: 40, red: 9 };
    const changed = await admin.call('PUT', '/api/county-settings', {
      operationId: uuidv7(),
      seen: settings.gradingScheme.changedAt,
      change: { key: 'grading-scheme', value: { scheme: 'colour', everyDays } },
    });
    expect(changed.status).toBe(200);
    const phone = await phoneOf(doctor);
    await phone.pull();
    const colours = ['green', 'yellow', 'red'] as const;
    const people = colours.map((_, at) => managed(phone, 3 + at).id as string);
    for (const [at, colour] of colours.entries()) {
      const override = { colour, reason: '县里新定了间隔' };
      const body = { operationId: uuidv7(), gradeId: uuidv7(), override };
      const graded = await township.call('POST', `/api/residents/${people[at]}/grades`, body);
      expect(graded.status, JSON.stringify(graded.body)).toBe(200);
    }
    await phone.pull();
    const taken = (await take(phone)).body;
    const held = { ...taken, documents: new Map(taken.documents.map((one: Whatever) => [one.digest, one])) };
    const { rows } = bookOf(held);
    const today = plainDate('2026-11-24');
    const cases: [number, Record<string, unknown>][] = [
      [0, {}],
      [1, {}],
      [2, {}],
      // Above the target: two weeks, and sooner for a red one.
      [2, { sbp: 158, visitDate: '2026-11-24' }],
    ];
    for (const [at, more] of cases) {
      const person = completeDocument(phone.documents.get(people[at] ?? '') as CompactDocument);
      const start = startPhoneVisit(person, '王守义', today);
      if (!start) throw new Error('managed');
      const typed = visitAfter(person.programs[0]?.last?.answers ?? {}, more);
      const { visitClass: _, nextVisitDate: __, ...answers } = typed as Record<string, unknown>;
      const entry = openVisit(start.frame, answers, visitIds(start, uuidv7));
      const judged = underRows(rows, () => judgeVisitEntry(start.frame.merged, entry, start.person, today));
      expect(judged.errors).toEqual([]);
      const operation = visitOperation(
        person.id,
        entry,
        judged.reading.sheets,
        judged.toConfirm,
        start.frame,
      );
      const mine = applyOnPhone(person, operation, { ...bookOf(undefined), rows })?.tasks.map(
        ({ id: _, ...task }) => task,
      );
      const sent = phone.operation(operation.kind, person.id, operation.body, operation.operationId);
      const { answers: said } = (await phone.push(sent)).body;
      expect(said[0].outcome, JSON.stringify(said[0])).toBe('accepted');
      await phone.pull();
      const after = completeDocument(phone.documents.get(person.id) as CompactDocument);
      expect(mine).toEqual(after.tasks.map(({ id: _, ...task }) => task));
      const days = daysBetween(today, after.tasks[0]?.dueOn ?? today);
      if (Object.keys(more).length === 0) expect(days).toBe(everyDays[colours[at] ?? 'green']);
      else expect(days).toBe(everyDays.red);
    }
  });

  it('an old edition is finished on a phone that began it; ended and unknown ones come back with a named reason', async () => {
    const phone = await phoneOf(doctor);
    await phone.pull();
    const { set } = (await take(phone)).body;
    await publish({ ...hypertensionFollowUp2017, edition: '2026', inForceFrom: '2026-11-20' });
    await publish({ ...hypertensionFollowUp2017, edition: '2099', inForceFrom: '2026-11-23' }, 99);
    const visit = (place: number, edition: string, begunOn: string, outcome = '1') => {
      const person = managed(phone, place);
      const body = visitOf(person);
      const sheets = body.sheets.map((sheet) => ({ ...sheet, formEdition: edition }));
      return phone.operation('visit.record', person.id, {
        ...body,
        sheets,
        made: made(set, begunOn, outcome),
      });
    };
    const old = visit(0, '2017', '2026-11-19', '2');
    const newer = visit(1, '2026', '2026-11-24');
    const unknown = visit(2, '1999', '2026-11-24');
    const { answers } = (await phone.push(old, newer, unknown)).body;
    expect(answers.map((one: Whatever) => [one.outcome, one.problem?.code])).toEqual([
      ['accepted', undefined],
      ['accepted', undefined],
      ['refused', 'unknown-edition'],
    ]);
    expect(answers[2].problem.detail).toContain('1999 版');
    // Nobody can say whether it tells of a danger: it lies before a person as not judged.
    const unjudged = await township.call('GET', '/api/centre/danger-events?limit=50&state=open');
    expect(
      unjudged.body.items.filter((one: Whatever) => one.residentId === unknown.residentId),
    ).toMatchObject([{ source: 'phone', what: expect.stringMatching(/没有 1999 版表样，无法完整判断/) }]);
    expect((await phone.push(old)).body.answers[0].outcome).toBe('duplicate');
    const kept = await server.look<Whatever>(
      `select f.form_edition, m.begun_on::text as begun, m.differing from form_record f
       join made_under m on m.record_id = f.id where f.operation_id = any($1::uuid[]) order by f.form_edition`,
      [[old.operationId, newer.operationId]],
    );
    expect(kept).toMatchObject([
      {
        form_edition: '2017',
        begun: '2026-11-19',
        differing: [{ ruleId: 'HTN-15', phone: { outcome: '2' }, server: { outcome: '1' } }],
      },
      { form_edition: '2026', begun: '2026-11-24', differing: null },
    ]);
    const shown = await doctor.call('GET', `/api/follow-ups/${(old.body as Whatever).sheets[0].recordId}`);
    const phoneSaid = shown.body.verdicts.map((one: Whatever) => [one.ruleId, one.outcomeOnPhone]);
    expect(phoneSaid.filter(([, outcome]: unknown[]) => outcome !== undefined)).toEqual([['HTN-15', '2']]);
    const counted = await server.look<{ n: number }>(
      `select count(*)::int as n from management_year where year = 2026 and resident_id = any($1::uuid[])`,
      [[old.residentId, newer.residentId]],
    );
    expect(counted[0]?.n).toBe(2);
    const answer = (await take(phone)).body;
    const book = bookOf({
      ...answer,
      documents: new Map(answer.documents.map((one: Whatever) => [one.digest, one])),
    });
    const form = 'hypertension-follow-up';
    expect(book.newest(form, plainDate('2026-11-19'))?.edition).toBe('2017');
    expect(book.newest(form, plainDate('2026-11-24'))?.edition).toBe('2026');
    expect(book.tooNewWords(form, plainDate('2026-11-24'))).toContain('应用太旧');
    expect(book.edition(form, '2017')?.edition).toBe('2017');
    // An edition that ended longer ago than any phone may be silent, begun after its end: back to the doctor, kept as typed.
    await publish({ ...copdSq2013, edition: '2026', inForceFrom: '2026-09-01' });
    const sheet = (begunOn: string) =>
      phone.operation('record.file', old.residentId, {
        recordId: uuidv7(),
        form: 'copd-sq',
        formEdition: '2013',
        answers: { assessDate: '2026-11-24' },
        confirmed: [],
        made: { ...made(set, begunOn, '1'), said: [] },
      });
    const [late, early] = [sheet('2026-09-01'), sheet('2026-08-31')];
    const [back, judged] = (await phone.push(late, early)).body.answers;
    expect([back.outcome, back.problem.code]).toEqual(['refused', 'edition-ended']);
    expect(back.problem.detail).toContain('改用新版填写');
    expect(judged.problem?.code).not.toBe('edition-ended');
    const { items } = (await township.call('GET', `/api/field/held?limit=100&deviceId=${phone.deviceId}`))
      .body;
    const lying = items.find((one: Whatever) => one.operationId === late.operationId);
    expect(lying).toMatchObject({ why: 'refused', body: { answers: { assessDate: '2026-11-24' } } });
    const bureauView = (await township.call('GET', '/api/field/definitions')).body;
    expect(bureauView.items.filter((one: Whatever) => one.key === form)).toHaveLength(3);
    expect((await doctor.call('GET', '/api/field/definitions')).status).toBe(403);
    const keeper = await server.signIn('admin');
    expect((await keeper.call('GET', '/api/field/definitions')).status).toBe(200);
    const [ended] = datedEditions<Whatever>(answer.heads.filter((one: Whatever) => one.key === form));
    const days = (occurredOn: string, begunOn: string, receivedOn: string) => ({
      occurredOn: plainDate(occurredOn),
      begunOn: plainDate(begunOn),
      receivedOn: plainDate(receivedOn),
    });
    expect([ended.until, takenThroughOf(ended)]).toEqual(['2026-11-19', '2027-01-18']);
    expect(isEditionTaken(ended, days('2026-12-30', '2026-12-30', '2027-01-18'))).toBe(true);
    expect(isEditionTaken(ended, days('2026-12-30', '2026-12-30', '2027-01-19'))).toBe(false);
    expect(isEditionTaken(ended, days('2026-12-30', '2026-11-19', '2027-01-19'))).toBe(true);
    expect(isEditionTaken(ended, days('2026-11-19', '2026-12-30', '2027-01-19'))).toBe(true);
  });

  it('a sheet moved to another edition is shown as filled in anew, by name; one merely given up as given up', async () => {
    const phone = await phoneOf(doctor);
    await phone.pull();
    await publish({ ...hypertensionFollowUp2017, edition: '2026', inForceFrom: '2026-11-20' });
    const person = managed(phone, 0);
    const on = (edition: string, more: object = {}) => {
      const body = visitOf(person);
      return { ...body, sheets: body.sheets.map((one) => ({ ...one, ...more, formEdition: edition })) };
    };
    const [old, other] = [on('1998'), on('1998')];
    const asked = [old, other].map((body) => phone.operation('visit.record', person.id, body));
    await phone.push(...asked);
    for (const operation of asked)
      await doctor.call('POST', '/api/field/give-up', {
        deviceId: phone.deviceId,
        userId: phone.userId,
        operation,
        reason: '写明原因',
      });
    const shown = async () => {
      const { body } = await township.call('GET', `/api/field/held?limit=100&deviceId=${phone.deviceId}`);
      return asked.map(({ operationId }) => {
        const line = body.items.find((one: Whatever) => one.operationId === operationId);
        return [line.why, line.replacement];
      });
    };
    const givenUp = ['given-up', null];
    expect(await shown()).toEqual([givenUp, givenUp]);
    const { recordId } = old.sheets[0] ?? {};
    const sheets = [{ recordId, title: hypertensionFollowUp2017.title, edition: '2026' }];
    const wrong = { ...visitAfter(person.programs[0].last.answers), sbp: 901 };
    const moved = phone.operation('visit.record', person.id, on('2026', { recordId, answers: wrong }));
    expect((await phone.push(moved)).body.answers[0].outcome).toBe('refused');
    expect(await shown()).toEqual([['given-up', { state: 'refused', sheets }], givenUp]);
    const mended = { ...moved, body: on('2026', { recordId }) };
    expect((await phone.push(mended)).body.answers[0].outcome).toBe('accepted');
    expect(await shown()).toEqual([['given-up', { state: 'filed', sheets }], givenUp]);
  });

  it('a danger is read by the edition the county keeps, a sign only that one has among them', async () => {
    const phone = await phoneOf(doctor);
    await phone.pull();
    const groups = hypertensionFollowUp2017.groups.map((group) => ({
      ...group,
      fields: group.fields.map((field) =>
        field.id === 'emergencySigns' && field.kind === 'codes'
          ? { ...field, options: [...field.options, { code: '99', label: '突发偏瘫' }] }
          : field,
      ),
    }));
    await publish({ ...hypertensionFollowUp2017, groups, edition: '2027', inForceFrom: '2026-11-22' });
    const toldOf = async (place: number, formEdition: string, more: object) => {
      const person = managed(phone, place);
      const body = visitOf(person, { dbp: 901, ...more });
      const sheets = body.sheets.map((one) => ({ ...one, formEdition }));
      const operation = phone.operation('visit.record', person.id, { ...body, sheets });
      expect((await phone.push(operation)).body.answers[0].outcome).toBe('refused');
      const { body: list } = await township.call('GET', '/api/centre/danger-events?limit=50&state=open');
      return list.items
        .filter((one: Whatever) => one.residentId === person.id && one.source === 'phone')
        .map((one: Whatever) => one.what.replace(/^\S+ 手机记录：/, ''));
    };
    expect(await toldOf(1, '2027', { emergencySigns: ['99'] })).toEqual(['有危急征象：突发偏瘫。']);
    expect(await toldOf(2, '2027', {})).toEqual([]);
    expect(await toldOf(3, '1997', { emergencySigns: ['99'] })).toEqual([
      expect.stringMatching(/^“.*”没有 1997 版表样，无法完整判断/),
    ]);
  });
});

describe('examinations that were done', () => {
  const set = `set app.county_id = '999999'; set app.scope_from = '/'; set app.scope_to = '0';`;
  const dueOf = (phone: Phone, id: string) =>
    listDueExaminations(completeDocument(phone.documents.get(id) as CompactDocument), testToday);
  const inOrder = <T extends { readonly test: string }>(list: readonly T[] | undefined) =>
    list?.toSorted((a, b) => (a.test < b.test ? -1 : 1));
  const onServer = (ids: readonly string[]) =>
    withScope(server.database, { countyId: '999999', path: orgPath('/999999/') }, (tx) =>
      loadPatientRecords(tx, { countyId: '999999', residentIds: ids, today: testToday }),
    );
  /** Results of the centre of long ago, as they lie in a county that keeps records for years. */
  const giveOld = (id: string, on: string, results: object[], readings: Record<string, number>) => {
    const recordId = uuidv7();
    const rows = Object.entries(readings).map(([kind, value]) => ({ kind, value }));
    return server.look(`${set}
      insert into form_record (county_id, id, operation_id, visit_id, resident_id, organization_id, org_path, form, form_edition,
        occurred_on, mode, answers, received_at, recorded_by)
      select r.county_id, '${recordId}', '${uuidv7()}', '${recordId}', r.id, r.organization_id, r.org_path, 'centre-readings', '2026',
        '${on}', 'clinic', '${JSON.stringify({ results })}', now(), (select id from staff limit 1)
      from resident r where r.id = '${id}';
      insert into measurement (county_id, record_id, kind, resident_id, org_path, value, unit, context, occurred_on)
      select r.county_id, '${recordId}', x.kind, r.id, r.org_path, x.value, '1', 'venous', '${on}'
      from resident r, jsonb_to_recordset('${JSON.stringify(rows)}') as x (kind text, value numeric) where r.id = '${id}'`);
  };

  it('travel with whoever is managed, and phone and server say the same is due of each of them', async () => {
    const phone = await phoneOf(doctor);
    await phone.pull();
    const managedIds = () =>
      [...phone.documents.values()].filter((one) => one.programs?.length).map((one) => one.id);
    const diabetic = [...phone.documents.values()].filter((one) =>
      one.programs?.some((own: Whatever) => own.program === 'type-2-diabetes'),
    );
    const [first, second, third] = diabetic.map((one) => one.id as string);
    if (!first || !second || !third) throw new Error('the demo village has people with diabetes');
    await giveOld(first, '2024-03-05', [{ code: 'foot', text: '无异常' }], {
      acr: 46,
      ldl: 2.4,
      creatinine: 80,
    });
    await giveOld(second, '2022-12-01', [{ code: 'retina', text: '无异常' }], { acr: 12, hba1c: 6.9 });
    await giveOld(third, '2020-12-01', [{ code: 'retina', text: '无异常' }], { acr: 12 });
    await phone.pull();
    const records = await onServer(managedIds());
    expect(records.size).toBeGreaterThan(50);
    const seen = new Set<string>();
    for (const [id, record] of records) {
      const mine = inOrder(dueOf(phone, id));
      expect(mine, id).toEqual(inOrder(dueByTest(record, testToday)));
      for (const { test, lastOn } of mine ?? []) seen.add(`${test} ${lastOn ? 'again' : 'first'}`);
    }
    expect([...seen]).toEqual(expect.arrayContaining(['ecg first', 'acr again', 'retina again']));
    // Raised, so that it is repeated sooner; five years are remembered.
    expect(dueOf(phone, first)).toContainEqual(
      expect.objectContaining({ test: 'acr', lastOn: '2024-03-05', dueOn: '2024-09-05' }),
    );
    expect(dueOf(phone, second)).toContainEqual(
      expect.objectContaining({ test: 'retina', lastOn: '2022-12-01', dueOn: '2023-12-01' }),
    );
    expect(dueOf(phone, third)?.find((one) => one.test === 'retina')).not.toHaveProperty('lastOn');
    const rest = [...phone.documents.values()].filter((one) => !one.programs?.length);
    expect(rest.some((one) => 'examined' in one)).toBe(false);
  });

  it('count from the day of the test where a visit reports it late, on the phone at once and alike after the sync', async () => {
    const phone = await phoneOf(doctor);
    await phone.pull();
    const found = [...phone.documents.values()].find((one) =>
      one.programs?.some(
        (own: Whatever) =>
          own.program === 'type-2-diabetes' &&
          own.last?.answers.hba1c === undefined &&
          own.lastVisitOn < '2026-11-01',
      ),
    );
    const own = found?.programs.find((one: Whatever) => one.program === 'type-2-diabetes');
    if (!found || !own.last) throw new Error('the demo village has people with diabetes');
    const tested = { hba1c: 9.9, hba1cDate: '2026-11-02' };
    const report = async (visitDate: string, answers: object) => {
      const body = {
        visitId: uuidv7(),
        sheets: [
          {
            ...{ program: 'type-2-diabetes', recordId: uuidv7(), formEdition: own.last.edition },
            answers: {
              ...own.last.answers,
              visitClass: '1',
              fpg: 6.2,
              adr: '1',
              visitDate,
              nextVisitDate: addDays(plainDate(visitDate), 60),
              ...answers,
            },
          },
        ],
        confirmed: [],
      };
      const operation = phone.operation('visit.record', found.id, body);
      const person = completeDocument(phone.documents.get(found.id) as CompactDocument);
      const offline = applyOnPhone(person, operation as never);
      const { outcome, problem } = (await phone.push(operation)).body.answers[0];
      expect(outcome, JSON.stringify(problem)).toBe('accepted');
      await phone.pull();
      const synced = completeDocument(phone.documents.get(found.id) as CompactDocument);
      const record = (await onServer([found.id])).get(found.id);
      if (!offline || !record) throw new Error('the person stays');
      return { offline, synced, record };
    };
    const hba1cOf = (list: readonly Whatever[]) => list.filter((one) => one.kind === 'hba1c');
    for (const visitDate of ['2026-11-10', '2026-11-20']) {
      const { offline, synced, record } = await report(visitDate, tested);
      expect(offline.series.hba1c).toEqual(synced.series.hba1c);
      expect(synced.series.hba1c?.[0]).toEqual(['2026-11-02', 9.9]);
      expect(hba1cOf(record.measurements)[0]).toMatchObject({ on: '2026-11-02', value: 9.9 });
      expect(inOrder(listDueExaminations(offline, testToday))).toEqual(inOrder(dueByTest(record, testToday)));
      expect(inOrder(listDueExaminations(synced, testToday))).toEqual(inOrder(dueByTest(record, testToday)));
      expect(phone.documents.get(found.id)?.examined.readings.hba1c).toEqual(['2026-11-02', 9.9]);
    }
  });

  it('reach the phone with its next changes: from the centre, from a checkup, and gone again when that is put right', async () => {
    const phone = await phoneOf(doctor);
    await phone.pull();
    const who = [...phone.documents.values()].find(
      (one) => one.programs?.length && dueOf(phone, one.id)?.some(({ test }) => test === 'ecg'),
    )?.id as string;
    const due = async () => {
      const { last } = await phone.pull();
      return { due: dueOf(phone, who)?.map((one) => one.test), people: last.documents.length };
    };
    const nurse = await server.signIn('publichealth');
    const { body: arrived } = await nurse.call('POST', `/api/residents/${who}/visits`, {
      operationId: uuidv7(),
      visitId: uuidv7(),
      entry: 'A3',
      declinedReason: '先看病',
      pressure: { sbp: 124, dbp: 78 },
    });
    for (const [section, body] of [
      ['history', { text: '复查' }],
      ['examination', { text: '无特殊' }],
      ['tests', { results: [{ code: 'ecg', text: '窦性心律' }] }],
    ] as const) {
      const { version } = (await township.call('GET', `/api/visits/${arrived.visitId}`)).body;
      const written = await township.call('POST', `/api/visits/${arrived.visitId}/findings`, {
        ...{ operationId: uuidv7(), recordId: uuidv7(), version, section },
        ...body,
      });
      expect(written.status, JSON.stringify(written.body)).toBe(200);
    }
    expect(await due()).toMatchObject({ due: expect.not.arrayContaining(['ecg']) });
    expect(phone.documents.get(who)?.examined.done.ecg).toBe(testToday);

    const [sheet] = await server.look<{ id: string; resident_id: string }>(
      `select f.id, f.resident_id from form_record f join enrollment e on e.resident_id = f.resident_id and e.closed_on is null
       where f.form = 'annual-checkup' and f.superseded_by is null and f.status = 'complete' and f.resident_id = any($1) limit 1`,
      [[...phone.documents.keys()]],
    );
    if (!sheet) throw new Error('the demo village has checkups');
    const done = () => phone.documents.get(sheet.resident_id)?.examined.done;
    const before = done();
    const write = (answers: object) =>
      server.look(
        `${set} update form_record set answers = answers::jsonb || '${JSON.stringify(answers)}' where id = '${sheet.id}'`,
      );
    await write({ vaccinations: [{ vaccineName: '流感疫苗', vaccDate: '2026-10-20' }] });
    await phone.pull();
    expect(done()).toEqual({ ...before, influenza: '2026-10-20' });
    await write({ vaccinations: [] });
    await phone.pull();
    expect(done()).toEqual(before);
  });
});

describe('refusals to ask about again', () => {
  const [refusedOn, reviewOn] = ['2026-11-24', '2026-12-24'];
  const refuseAll = async (id: string, day = reviewOn) => {
    const [at] = await server.look<{ version: number }>('select version from resident where id = $1', [id]);
    const body = { version: at?.version, kind: 'refused', onDay: refusedOn, note: '不愿意', reviewOn: day };
    const done = await doctor.call('POST', `/api/residents/${id}/end`, {
      ...{ operationId: uuidv7(), eventId: uuidv7() },
      ...body,
    });
    expect(done.status, JSON.stringify(done.body)).toBe(200);
  };

  it('reach the phone when they are written down, by the whole record or one disease, and leave it when answered', async () => {
    const phone = await phoneOf(doctor);
    await phone.pull();
    const [whole, one] = [...phone.documents.values()]
      .filter((each) => each.programs?.length === 1 && each.programs[0].program === 'hypertension')
      .slice(-2);
    if (!whole || !one) throw new Error('the demo village has managed people');
    const refusals = async (id: string) => {
      await phone.pull();
      return phone.documents.get(id)?.refusals;
    };
    await refuseAll(whole.id);
    const all = { program: null, on: refusedOn, reviewOn, note: '不愿意' };
    expect(await refusals(whole.id)).toEqual([all]);

    const operation = phone.operation('enrollment.close', one.id, {
      enrollmentId: one.programs[0].enrollmentId,
      version: one.programs[0].version,
      closedOn: refusedOn,
      reason: 'refused',
      note: '嫌麻烦',
      reviewOn,
    });
    const mine = applyOnPhone(completeDocument(one as CompactDocument), operation as Whatever)?.refusals;
    expect((await phone.push(operation)).body.answers[0].outcome).toBe('accepted');
    expect(await refusals(one.id)).toEqual(mine);
    expect(mine).toEqual([{ program: 'hypertension', on: refusedOn, reviewOn, note: '嫌麻烦' }]);

    // Nobody manages them any more: once more refused, nothing but the refusal itself is written.
    await refuseAll(whole.id, '2027-02-01');
    expect(await refusals(whole.id)).toEqual([{ ...all, reviewOn: '2027-02-01' }]);
    for (const { id } of [whole, one]) {
      const enrolled = await doctor.call('POST', `/api/residents/${id}/enrollments`, {
        ...{ operationId: uuidv7(), enrollmentId: uuidv7() },
        ...{ program: 'hypertension', enrolledOn: refusedOn },
      });
      expect(enrolled.status, JSON.stringify(enrolled.body)).toBe(200);
      expect(await refusals(id)).toBeUndefined();
    }
  });
});

describe('a form or topic taken out of the program', () => {
  const inCounty = <T>(work: (tx: Transaction<Tables>) => Promise<T>) =>
    withScope(server.database, { countyId: '999999', path: orgPath('/999999/') }, work);
  /** A program with these definitions starts on a day. */
  const start = (definitions: readonly Definition[], at: string) =>
    inCounty((tx) => publishProgram(tx, '999999', definitions, new Date(`${at}T08:00:00+08:00`)));
  const survey = (form: string): FormEdition => ({
    form,
    edition: '2020',
    title: '村级入户调查表',
    dictVersion: '2020',
    source: 'GB-2260',
    groups: [
      {
        id: 'all',
        title: '调查',
        source: '调查',
        fields: [
          { kind: 'date', id: 'surveyDate', label: '调查日期', required: 'always', notAfterToday: true },
          { kind: 'text', id: 'kin', label: '联系人', required: 'optional', maxLength: 40 },
        ],
      },
    ],
    checks: [],
    paper: { recordsPerSheet: 1 },
  });

  it('is ended for phones and read by as before; what was begun on it is taken, later it is refused by name; a county’s own stays', async () => {
    const phone = await phoneOf(doctor);
    await phone.pull();
    const own = ownDefinitions();
    const [dropped, ofCounty] = [survey('survey-of-program'), survey('survey-of-county')];
    const topic = own.find((one) => one.kind === 'rule-parameters');
    await start([...own, definitionOfForm(dropped)], '2026-08-01');
    await inCounty((tx) =>
      publishDefinitions(tx, '999999', [definitionOfForm(ofCounty)], new Date('2026-08-01T08:00:00+08:00')),
    );
    const take = async () =>
      (await doctor.call('POST', '/api/field/definitions', { ...phone.envelope, held: [] })).body;
    const keysOf = (answer: Whatever) => answer.heads.map((one: Whatever) => one.key);
    const before = await take();
    expect(keysOf(before)).toEqual(expect.arrayContaining([dropped.form, ofCounty.form, topic?.key]));
    const documents = new Map<string, Whatever>(before.documents.map((one: Whatever) => [one.digest, one]));
    expect(bookOf({ ...before, documents }).isEnded(dropped.form)).toBe(false);

    // The next program has neither the form nor the topic. It starts twice: the end is the first day it was missing.
    const next = own.filter((one) => one !== topic);
    for (const day of ['2026-09-10', '2026-09-20']) await start(next, day);
    const after = await take();
    expect(after.set).not.toBe(before.set);
    expect(keysOf(after)).not.toContain(dropped.form);
    expect(keysOf(after)).not.toContain(topic?.key);
    expect(keysOf(after)).toContain(ofCounty.form);
    const book = bookOf({ ...after, documents });
    expect([dropped, ofCounty].map(({ form }) => book.isEnded(form))).toEqual([true, false]);
    // A draft begun on it is still read by it.
    expect(book.begun(dropped.form, '2020')).toEqual(JSON.parse(JSON.stringify(dropped)));
    expect(book.rows.has((topic as Whatever).content[0].id)).toBe(false);

    const person = managed(phone, 6);
    const sheet = (begunOn: string, surveyDate: string) =>
      phone.operation('record.file', person.id, {
        recordId: uuidv7(),
        form: dropped.form,
        formEdition: '2020',
        answers: { surveyDate, kin: '王二' },
        confirmed: [],
        made: { definitions: before.set, engine: 1, begunOn, said: [] },
      });
    const [begun, late, about] = [
      sheet('2026-09-10', '2026-11-20'),
      sheet('2026-09-11', '2026-11-20'),
      sheet('2026-11-20', '2026-09-10'),
    ];
    const { answers } = (await phone.push(begun, late, about)).body;
    expect(answers.map((one: Whatever) => [one.outcome, one.problem?.code])).toEqual([
      ['accepted', undefined],
      ['refused', 'edition-ended'],
      ['accepted', undefined],
    ]);
    expect(answers[1].problem.detail).toMatch(/“村级入户调查表”2020 版用到 2026-09-10 为止，已停用/);
    const read = await doctor.call('GET', `/api/records/${(begun.body as Whatever).recordId}`);
    expect(read.body).toMatchObject({
      occurredOn: '2026-11-20',
      formEdition: '2020',
      answers: { kin: '王二' },
    });
    const kept = await doctor.call('GET', `/api/forms/${dropped.form}/2020`);
    expect(kept.body.title).toBe('村级入户调查表');

    // A program that has it again gives it out again; the county's word under a program's own name stands.
    await start([...own, definitionOfForm(dropped)], '2026-11-24');
    expect(keysOf(await take())).toEqual(expect.arrayContaining([dropped.form, ofCounty.form, topic?.key]));
    await inCounty((tx) => publishDefinitions(tx, '999999', [definitionOfForm(dropped)], testNow));
    await start(own, '2026-11-25');
    expect(keysOf(await take())).toContain(dropped.form);
    const [row] = await server.look<Whatever>(`select origin, retired_at from definition where key = $1`, [
      dropped.form,
    ]);
    expect(row).toEqual({ origin: 'county', retired_at: null });
  });

  it('by an older program, started again beside a newer one, is neither ended nor brought back nor taken back', async () => {
    const known = ownDefinitions();
    const topic = known.find((one) => one.kind === 'rule-parameters') as Definition;
    const [brought, dropped] = [survey('survey-brought'), survey('survey-dropped')].map((one) =>
      definitionOfForm(one),
    );
    if (!brought || !dropped) throw new Error('no survey');
    const revised = withDigest({ ...topic, edition: '2026-11-24' });
    const newer = [...known.filter((one) => one !== topic), revised, brought];
    const older = [...known, dropped];
    const run = (definitions: readonly Definition[], at: string, sequence: number) =>
      inCounty((tx) => publishProgram(tx, '999999', definitions, new Date(`${at}T08:00:00+08:00`), sequence));
    const inForce = async () =>
      (
        await server.look<{ key: string; edition: string }>(
          `select key, edition from definition where retired_at is null and key = any($1) order by key`,
          [[brought.key, dropped.key, topic.key]],
        )
      ).map((one) => `${one.key}@${one.edition}`);
    await run(older, '2026-10-01', 101);
    expect(await inForce()).toEqual([`${topic.key}@${topic.edition}`, `${dropped.key}@2020`].toSorted());
    await run(newer, '2026-11-01', 102);
    const now = [`${topic.key}@2026-11-24`, `${brought.key}@2020`].toSorted();
    expect(await inForce()).toEqual(now);
    await run(older, '2026-11-02', 101);
    expect(await inForce()).toEqual(now);
    // The newer program may end what it brought; a still newer one brings back what was ended.
    await run(older, '2026-11-03', 103);
    expect(await inForce()).toEqual([`${topic.key}@${topic.edition}`, `${dropped.key}@2020`].toSorted());
    await run(newer, '2026-11-04', 102);
    expect(await inForce()).toEqual([`${topic.key}@${topic.edition}`, `${dropped.key}@2020`].toSorted());
    await server.look('update definition set sequence = 0');
    await run(known, '2026-11-24', programSequence);
  });

  it('leaves the edition before it in force, and its own day of the end', () => {
    const head = (edition: string, from: string | null, endedOn: string | null = null) => ({
      ...definitionOfForm({ ...survey('x'), edition, ...(from ? { inForceFrom: from } : {}) }),
      endedOn: endedOn === null ? null : plainDate(endedOn),
    });
    const untilOf = (...heads: ReturnType<typeof head>[]) => datedEditions(heads).map((one) => one.until);
    expect(untilOf(head('1', null), head('2', '2026-06-01'))).toEqual(['2026-05-31', null]);
    expect(untilOf(head('1', null), head('2', '2026-06-01', '2026-08-01'))).toEqual([null, '2026-08-01']);
    expect(untilOf(head('1', null, '2026-03-01'), head('2', '2026-06-01'))).toEqual(['2026-03-01', null]);
    expect(untilOf(head('1', null, '2026-08-01'), head('2', '2026-06-01'))).toEqual(['2026-05-31', null]);
  });
});

describe('medicines picked on a phone', () => {
  const take = (phone: Phone, held: string[] = []) =>
    doctor.call('POST', '/api/field/definitions', { ...phone.envelope, held });

  it('are filed with codes of whatever edition the server ever published, and as plain text; a made-up code is only left off', async () => {
    const phone = await phoneOf(doctor);
    await phone.pull();
    const before = (await take(phone)).body;
    const of = (answer: Whatever) => answer.documents.find((one: Whatever) => one.kind === 'formulary');
    console.info(
      `药品目录 ${of(before).content.length} 种，gzip ${(gzipSync(JSON.stringify(of(before))).length / 1000).toFixed(1)} kB`,
    );
    expect(of(before).content).toEqual(JSON.parse(JSON.stringify(builtInFormulary)));
    // An edition of before, which a phone may have been away with: rows, and a medicine that was taken out since.
    const retired = withDigest({
      ...of(before),
      edition: '2012',
      content: [['of-2012', '某药', null, 'ACEI', '1', 1, 'mg', '1']],
    });
    const publish = (one: Definition) =>
      withScope(server.database, { countyId: '999999', path: orgPath('/999999/') }, (tx) =>
        publishDefinitions(tx, '999999', [one], testNow),
      );
    await publish(retired);
    expect(of((await take(phone)).body)).toMatchObject({ edition: '2012' });
    await publish(of(before));
    expect((await take(phone, [of(before).digest])).body.heads).toContainEqual(
      expect.objectContaining({ kind: 'formulary', digest: of(before).digest }),
    );
    const row = (drugName: string, drugCode?: string) => ({
      drugName,
      ...(drugCode ? { drugCode } : {}),
      timesPerDay: 1,
      dosePerTime: 5,
      doseUnit: 'mg',
    });
    const drugs = [
      row('氨氯地平', 'amlodipine'),
      row('某药', 'of-2012'),
      row('祖传丸'),
      row('厄贝沙坦', 'made-up'),
    ];
    const person = managed(phone, 5);
    const operation = phone.operation('visit.record', person.id, visitOf(person, { drugs }));
    const [answer] = (await phone.push(operation)).body.answers;
    expect(answer.outcome, JSON.stringify(answer.problem)).toBe('accepted');
    const [kept] = await server.look<Whatever>(
      `select answers->'drugs' as drugs from form_record where operation_id = $1`,
      [operation.operationId],
    );
    const [first, second, third] = drugs;
    expect(kept.drugs).toEqual([first, second, third, row('厄贝沙坦')]);
    await phone.pull();
    const document = completeDocument(phone.documents.get(person.id) as CompactDocument);
    expect(phonePatientRecord(document, testToday).medicines).toContainEqual({
      name: '氨氯地平',
      code: 'amlodipine',
      dailyDose: 5,
    });
    const asked = await doctor.call('GET', `/api/residents/${person.id}/assessment-record`);
    expect(asked.body.record.medicines).toContainEqual({
      name: '氨氯地平',
      code: 'amlodipine',
      dailyDose: 5,
    });
  });
});

describe('which medicines a place has', () => {
  const path = '/api/medicine-availability';
  const show = async (client: TestClient, organizationId?: string) =>
    (await client.call('GET', organizationId ? `${path}?organizationId=${organizationId}` : path)).body;
  const change = (client: TestClient, place: Whatever, lacking: string[], more: object = {}) =>
    client.call('PUT', `${path}/${place.place.id}`, {
      operationId: uuidv7(),
      version: place.version,
      lacking,
      ...more,
    });

  it('is said by the county, a township and a clinic, each for its own part, once and over nobody’s head', async () => {
    const county = await show(bureau);
    expect(county).toMatchObject({ version: 0, lacking: [], changedAt: null, trail: [{ mayOpen: true }] });
    const first = await change(bureau, county, ['finerenone', 'semaglutide']);
    expect(first.body, JSON.stringify(first.body)).toMatchObject({ version: 1, changedByName: '孙志刚' });
    expect((await change(bureau, county, [])).body.code).toBe('stale-version');

    const town = await show(township);
    expect(town).toMatchObject({ version: 0, lackingAbove: ['finerenone', 'semaglutide'] });
    expect(town.lacking).toEqual(town.lackingAbove);
    const operationId = uuidv7();
    const wanted = ['semaglutide', 'amlodipine'];
    const replies = [];
    for (const _ of [1, 2]) replies.push((await change(township, town, wanted, { operationId })).body);
    expect(replies[0]).toMatchObject({ version: 1, lacking: ['amlodipine', 'semaglutide'] });
    expect(replies[1]).toEqual(replies[0]);
    const other = await change(township, town, [], { operationId });
    expect(other.body.code).toBe('operation-mismatch');

    const own = await show(doctor);
    expect(own.trail.map((one: Whatever) => one.mayOpen)).toEqual([false, false, true]);
    expect(own.lackingAbove).toEqual(['amlodipine', 'semaglutide']);
    expect((await change(doctor, own, ['amlodipine', 'semaglutide', 'metformin-ir'])).status).toBe(200);
    // The county gets one of them again: whoever did not say otherwise follows.
    expect((await change(bureau, first.body, ['finerenone'])).status).toBe(200);
    expect((await show(doctor)).lacking).toEqual(['amlodipine', 'metformin-ir']);
    expect((await show(township)).below.map((one: Whatever) => one.lacking)).toContain(2);

    expect((await server.anonymous.call('GET', path)).status).toBe(401);
    expect((await admin.call('GET', path)).status).toBe(403);
    expect((await change(await server.signIn('cdc'), own, [])).status).toBe(403);
    expect((await change(doctor, town, [])).status).toBe(404);
    expect((await neighbour.call('GET', `${path}?organizationId=${own.place.id}`)).status).toBe(404);
    const strange = await change(township, replies[0], ['no-such-medicine']);
    expect([strange.status, strange.body.issues[0].code]).toEqual([422, 'unknown-medicine']);
    const phone = await phoneOf(doctor);
    const { last } = await phone.pull();
    const told = (await doctor.call('POST', '/api/field/definitions', { ...phone.envelope, held: [] })).body;
    expect(told.set).toBe(last.device.definitions);
    const book = bookOf({
      ...told,
      documents: new Map(told.documents.map((one: Whatever) => [one.digest, one])),
    });
    const shelf = shelfOf(book, last.directory.organizationPath, plainDate('2026-11-24'));
    expect([...shelf.lacking].toSorted()).toEqual(['amlodipine', 'metformin-ir']);
    const trail = await server.look<Whatever>(
      `select detail from audit_entry where action = 'medicine-availability.change' order by at, id`,
    );
    expect(trail.map((one) => one.detail)).toMatchObject([
      { version: 1, has: [], lacks: ['finerenone', 'semaglutide'] },
      { version: 1, has: ['finerenone'], lacks: ['amlodipine'] },
      { version: 1, has: [], lacks: ['metformin-ir'] },
      { version: 2, has: [], lacks: ['finerenone'] },
    ]);
  });
});

describe('two who decide at the same time', () => {
  const open = async () => {
    const [mine, other] = [await phoneOf(doctor), await phoneOf(township)];
    await mine.pull();
    await other.pull(1000);
    return { mine, other };
  };
  const edit = (phone: Phone, id: string, field: string, from: unknown, to: unknown) =>
    phone.push(phone.operation('person.edit', id, { baseVersion: 1, changes: [{ field, from, to }] }));

  it('SYN-21: one resolves while the other edits again: both come to the same, and every losing value is still to be read', async () => {
    const { mine, other } = await open();
    const person = [...mine.documents.values()][50];
    if (!person) throw new Error('nobody');
    const base = person.information?.workUnit ?? null;
    await edit(mine, person.id, 'workUnit', base, '甲厂');
    const clash = (await edit(other, person.id, 'workUnit', base, '乙厂')).body.answers[0].result;
    const resolve = mine.operation('conflict.resolve', person.id, {
      conflictId: clash.conflicts[0],
      choose: 'offered',
    });
    // Typed by the other while it still showed what stood before the decision.
    const [decided, again] = await Promise.all([
      mine.push(resolve),
      edit(other, person.id, 'workUnit', '甲厂', '丙厂'),
    ]);
    expect(decided.body.answers[0].outcome).toBe('accepted');
    expect(again.body.answers[0].outcome).toBe('accepted');
    await Promise.all([mine.pull(), other.pull(1000)]);
    expect(mine.documents.get(person.id)).toEqual(other.documents.get(person.id));
    const rows = await server.look<{ value: string }>(
      `select personal_information->>'workUnit' as value from resident where id = $1
       union select personal_information->>'workUnit' from resident_revision where resident_id = $1
       union select offered #>> '{}' from person_conflict where resident_id = $1
       union select kept #>> '{}' from person_conflict where resident_id = $1`,
      [person.id],
    );
    expect(rows.map((row) => row.value)).toEqual(expect.arrayContaining(['甲厂', '乙厂', '丙厂']));
  });

  it.each([
    ['drugAllergies', ['2'], ['3']],
    ['pastDiseases', [{ code: '2', date: '2020-01' }], [{ code: '3', date: '2021-01' }]],
    ['exposures', ['2'], ['3']],
  ])(
    'SYN-19: %s changed on two phones is never decided by who came last: both values are shown to a person',
    async (field, to, another) => {
      const { mine, other } = await open();
      const person = [...mine.documents.values()][51];
      if (!person) throw new Error('nobody');
      const from = person.information?.[field] ?? null;
      const first = (await edit(mine, person.id, field, from, to)).body.answers[0];
      expect(first, JSON.stringify(first)).toMatchObject({ outcome: 'accepted', result: { conflicts: [] } });
      const second = (await edit(other, person.id, field, from, another)).body.answers[0];
      expect(second, JSON.stringify(second)).toMatchObject({ outcome: 'accepted' });
      expect(second.result.conflicts).toHaveLength(1);
      await Promise.all([mine.pull(), other.pull(1000)]);
      for (const phone of [mine, other]) {
        const document = phone.documents.get(person.id);
        expect(document?.information[field]).toEqual(to);
        expect(document?.conflicts).toContainEqual(
          expect.objectContaining({ field, kept: to, offered: another, offeredBy: '陈立新' }),
        );
      }
    },
  );
});
