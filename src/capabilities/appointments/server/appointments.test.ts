import { uuidv7 } from 'uuidv7';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { orgPath } from '#kernel/org-path.ts';
import { addDays } from '#kernel/plain-date.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import {
  startTestServer,
  type TestClient,
  type TestServer,
  testNow,
  testToday,
} from '#test/support/server.ts';
import { arriveAppointment, listTodaysAppointments } from './public.ts';

let server: TestServer;
let doctor: TestClient;
let neighbour: TestClient;
let township: TestClient;
let specialist: TestClient;
let bureau: TestClient;
let centreId: string;
let hospitalId: string;
let people: string[];
let strangers: string[];
const tomorrow = addDays(testToday, 1);

beforeAll(async () => {
  server = await startTestServer({ residents: 1500 });
  [doctor, neighbour, township, specialist, bureau] = (await Promise.all(
    ['village', 'village2', 'township', 'specialist', 'bureau'].map((name) => server.signIn(name)),
  )) as [TestClient, TestClient, TestClient, TestClient, TestClient];
  const place = async (kind: string) =>
    (
      await server.look<{ id: string }>(
        `select id from organization where kind = $1 order by position, path limit 1`,
        [kind],
      )
    )[0]?.id as string;
  [centreId, hospitalId] = [await place('township-centre'), await place('county-hospital')];
  // People nobody has booked for, so that each case counts its own.
  const unbooked = async (village: string) =>
    (
      await server.look<{ id: string }>(
        `select r.id from resident r where r.org_path = $1 and r.status = 'active' and r.phone is not null
         and not exists (select 1 from appointment a where a.resident_id = r.id) order by r.id`,
        [village],
      )
    ).map((row) => row.id);
  [people, strangers] = [await unbooked('/999999/100/201/'), await unbooked('/999999/100/202/')];
});
afterAll(() => server.stop());
afterEach(() => server.setNow(testNow));

/** Sets the clock; sessions of before may have run out. */
async function turnTo(time: string): Promise<void> {
  server.setNow(new Date(time));
  township = await server.signIn('township');
}

const someone = () => people.pop() as string;

/** A clinic of the township released by hand. */
async function release(more: Record<string, unknown> = {}, client = township): Promise<string> {
  const slotId = uuidv7();
  const reply = await client.call('POST', '/api/clinic-slots', {
    operationId: uuidv7(),
    slotId,
    organizationId: centreId,
    kind: 'centre',
    title: `诊室${slotId.slice(-6)}`,
    day: tomorrow,
    starts: '08:00',
    ends: '11:30',
    capacity: 3,
    ...more,
  });
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  return slotId;
}

const booking = (residentId: string, slotId: string, more: Record<string, unknown> = {}) => ({
  operationId: uuidv7(),
  appointmentId: uuidv7(),
  residentId,
  slotId,
  purpose: '慢病复诊',
  ...more,
});
const book = (client: TestClient, body: Record<string, unknown>) =>
  client.call('POST', '/api/appointments', body);
const settle = (id: string, body: Record<string, unknown>, client = township) =>
  client.call('POST', `/api/appointments/${id}/settle`, { operationId: uuidv7(), version: 1, ...body });
const change = (id: string, slotId: string, more: Record<string, unknown> = {}) =>
  township.call('POST', `/api/appointments/${id}/change`, {
    operationId: uuidv7(),
    version: 1,
    slotId,
    ...more,
  });
const takenOf = async (slotId: string) =>
  (await server.look<{ taken: number }>(`select taken from clinic_slot where id = $1`, [slotId]))[0]?.taken;
const noticesOf = (appointmentId: string) =>
  server.look<{ id: string; kind: string; body: string; due_at: Date; cancelled_at: Date | null }>(
    `select id, kind, body, due_at, cancelled_at from notice where subject_id = $1 order by due_at, id`,
    [appointmentId],
  );

describe('booking', () => {
  it('takes one place, is harmless twice, queues reminders that name no disease, and is audited', async () => {
    const slotId = await release();
    const body = booking(someone(), slotId);
    const first = await book(doctor, body);
    expect(first.status, JSON.stringify(first.body)).toBe(200);
    expect(first.body).toEqual({ appointmentId: body.appointmentId, free: 2 });
    expect((await book(doctor, body)).body).toEqual(first.body);
    expect(await takenOf(slotId)).toBe(1);
    const notices = await noticesOf(body.appointmentId);
    expect(notices).toHaveLength(4);
    // The evening before at 17:00 in China.
    expect(notices[0]?.due_at.toISOString()).toBe(`${testToday}T09:00:00.000Z`);
    for (const notice of notices) {
      expect(notice.body).toContain('11月25日');
      expect(notice.body).not.toMatch(/慢病|高血压|糖尿病|诊室|复诊|药/);
    }
    expect((await book(doctor, booking(body.residentId, slotId))).body.code).toBe('already-exists');
    const audited = await server.look(
      `select 1 from audit_entry where action = 'appointment.book' and subject = $1`,
      [body.appointmentId],
    );
    expect(audited).toHaveLength(1);
  });

  it('of six who want the last place, one gets it and five are told with the next free one', async () => {
    const title = `号源${uuidv7().slice(-6)}`;
    const slotId = await release({ capacity: 1, title });
    const next = await release({ title, day: addDays(tomorrow, 1) });
    const wanting = Array.from({ length: 6 }, someone);
    const replies = await Promise.all(
      wanting.map((id, index) => book(index % 2 ? doctor : township, booking(id, slotId))),
    );
    expect(replies.filter((one) => one.status === 200)).toHaveLength(1);
    const told = replies.filter((one) => one.body.code === 'slot-full');
    expect(told).toHaveLength(5);
    for (const one of told) expect(one.body.extra.nextSlotId).toBe(next);
    expect(await takenOf(slotId)).toBe(1);
    const rows = await server.look(`select 1 from appointment where slot_id = $1`, [slotId]);
    expect(rows).toHaveLength(1);
  });

  it('one person from two desks at once for the same slot is booked once', async () => {
    const [slotId, person] = [await release(), someone()];
    const replies = await Promise.all(
      [doctor, township].map((client) => book(client, booking(person, slotId))),
    );
    expect(replies.map((one) => one.status).toSorted()).toEqual([200, 409]);
    expect(await takenOf(slotId)).toBe(1);
  });

  it('refuses what is over: to the minute of its end, and a past day', async () => {
    const slotId = await release({ day: testToday });
    await turnTo('2026-11-24T03:29:00Z');
    expect((await book(township, booking(someone(), slotId))).status).toBe(200);
    await turnTo('2026-11-24T03:30:00Z');
    expect((await book(township, booking(someone(), slotId))).body.code).toBe('slot-past');
    const past = await township.call('POST', '/api/clinic-slots', {
      operationId: uuidv7(),
      slotId: uuidv7(),
      organizationId: centreId,
      kind: 'centre',
      title: '昨天',
      day: addDays(testToday, -1),
      starts: '08:00',
      ends: '11:30',
      capacity: 1,
    });
    expect(past.body.code).toBe('slot-past');
  });

  it('asks about a second booking of the same half day, and takes it when confirmed', async () => {
    const person = someone();
    const [one, other] = [await release(), await release({ starts: '09:00' })];
    expect((await book(doctor, booking(person, one))).status).toBe(200);
    const asked = await book(doctor, booking(person, other));
    expect(asked.body).toMatchObject({ code: 'needs-confirmation', issues: [{ code: 'same-half-day' }] });
    const afternoon = await release({ starts: '14:00', ends: '17:00' });
    expect((await book(doctor, booking(person, afternoon))).status).toBe(200);
    const confirmed = booking(person, other, { confirmed: ['slotId:same-half-day'] });
    expect((await book(doctor, confirmed)).status).toBe(200);
  });

  it('is refused to the dead, to other roles, to strangers, and without a purpose', async () => {
    const slotId = await release();
    const [dead] = await server.look<{ id: string }>(
      `select id from resident where status = 'dead' and org_path like '/999999/100/%' limit 1`,
    );
    expect((await book(township, booking(dead?.id ?? '', slotId))).body.code).toBe('record-closed');
    expect((await book(bureau, booking(someone(), slotId))).status).toBe(403);
    expect((await book(server.anonymous, booking(someone(), slotId))).status).toBe(401);
    expect((await book(neighbour, booking(someone(), slotId))).status).toBe(404);
    expect((await book(doctor, booking(someone(), uuidv7()))).status).toBe(404);
    expect((await book(doctor, booking(someone(), slotId, { purpose: ' ' }))).status).toBe(422);
    expect(await takenOf(slotId)).toBe(0);
  });
});

describe('a booking afterwards', () => {
  it('moves: the old place is free, the old reminders are taken back and new ones wait', async () => {
    const [from, to] = [await release(), await release({ day: addDays(tomorrow, 1) })];
    const body = booking(someone(), from);
    await book(doctor, body);
    expect((await change(body.appointmentId, to, { version: 2 })).body.code).toBe('stale-version');
    expect((await change(body.appointmentId, from)).body.code).toBe('already-exists');
    expect((await change(body.appointmentId, to)).status).toBe(200);
    expect([await takenOf(from), await takenOf(to)]).toEqual([0, 1]);
    const notices = await noticesOf(body.appointmentId);
    expect(notices.filter((one) => one.cancelled_at)).toHaveLength(4);
    const waiting = notices.filter((one) => !one.cancelled_at);
    expect(waiting).toHaveLength(4);
    expect(waiting.every((one) => one.body.includes('11月26日'))).toBe(true);
  });

  it('two who swap places at once both end where they wished, and nothing is lost', async () => {
    const [one, other] = [await release({ capacity: 2 }), await release({ capacity: 2, starts: '09:00' })];
    const [first, second] = [booking(someone(), one), booking(someone(), other)];
    await Promise.all([book(doctor, first), book(doctor, second)]);
    const replies = await Promise.all([
      change(first.appointmentId, other),
      change(second.appointmentId, one),
    ]);
    expect(replies.map((reply) => reply.status)).toEqual([200, 200]);
    expect([await takenOf(one), await takenOf(other)]).toEqual([1, 1]);
  });

  it('is cancelled with a reason and frees the place; what is settled stays', async () => {
    const slotId = await release({ capacity: 1 });
    const body = booking(someone(), slotId);
    await book(doctor, body);
    expect((await settle(body.appointmentId, { status: 'cancelled' })).status).toBe(422);
    const reason = { status: 'cancelled', reason: '家里有事' };
    expect((await settle(body.appointmentId, { ...reason, version: 7 })).body.code).toBe('stale-version');
    expect((await settle(body.appointmentId, reason, neighbour)).status).toBe(404);
    expect((await settle(body.appointmentId, reason)).body.status).toBe('cancelled');
    expect((await settle(body.appointmentId, { ...reason, version: 2 })).body.code).toBe(
      'appointment-settled',
    );
    expect(await takenOf(slotId)).toBe(0);
    expect((await noticesOf(body.appointmentId)).every((one) => one.cancelled_at)).toBe(true);
    expect((await book(doctor, booking(body.residentId, slotId))).status).toBe(200);
  });

  it('arrives on its day only, and stays away only when the clinic is over', async () => {
    const [today, later] = [await release({ day: testToday }), await release()];
    const [a, b, c] = [booking(someone(), today), booking(someone(), later), booking(someone(), today)];
    for (const body of [a, b, c]) await book(doctor, body);
    expect((await settle(b.appointmentId, { status: 'arrived' })).status).toBe(422);
    expect((await settle(c.appointmentId, { status: 'no-show' })).status).toBe(422);
    const scope = { countyId: '999999', path: orgPath('/999999/100/') };
    const [{ id: staffId = '' } = {}] = await server.look<{ id: string }>(
      `select id from staff where username = 'township'`,
    );
    const desk = { organizationId: centreId, scopePath: scope.path };
    const actor = { countyId: '999999', staffId, ...desk } as Parameters<typeof listTodaysAppointments>[1];
    const day = await withScope(server.database, scope, (tx) =>
      listTodaysAppointments(tx, actor, centreId, testToday),
    );
    expect(day.filter((one) => one.slotId === today).map((one) => one.id)).toEqual([
      a.appointmentId,
      c.appointmentId,
    ]);
    const { appointmentId, residentId } = a;
    const meet = (more: object, by = actor) =>
      withScope(server.database, scope, (tx) =>
        arriveAppointment(tx, by, { appointmentId, residentId, now: testNow, ...more }),
      );
    const nobody = { kind: 'refused', problem: { code: 'not-found' } };
    expect(await meet({ residentId: c.residentId })).toMatchObject(nobody);
    expect(await meet({}, { ...actor, organizationId: hospitalId })).toMatchObject(nobody);
    expect(await meet({})).toMatchObject({ appointmentId, status: 'arrived' });
    await turnTo('2026-11-24T03:30:00Z');
    expect((await settle(c.appointmentId, { status: 'no-show' })).body.status).toBe('no-show');
    const list = await township.call('GET', `/api/clinic-slots/${today}/appointments`);
    expect(list.body.items.map((one: { status: string }) => one.status)).toEqual(['arrived', 'no-show']);
    server.setNow(testNow);
    expect(list.body.items[0].phone).toMatch(/^\d{3}\*{4}\d{4}$/);
    const own = await doctor.call('GET', `/api/residents/${a.residentId}/appointments`);
    expect(own.body.items).toHaveLength(1);
  });

  it('is seen by the village of the person and by the clinic, not by the next village', async () => {
    const slotId = await release();
    const [own, theirs] = [booking(someone(), slotId), booking(strangers.pop() as string, slotId)];
    expect((await book(doctor, own)).status).toBe(200);
    expect((await book(neighbour, theirs)).status).toBe(200);
    const seenBy = async (client: TestClient) =>
      (await client.call('GET', `/api/clinic-slots/${slotId}/appointments`)).body.items.map(
        (one: { id: string }) => one.id,
      );
    expect(await seenBy(doctor)).toEqual([own.appointmentId]);
    expect(await seenBy(neighbour)).toEqual([theirs.appointmentId]);
    expect(await seenBy(township)).toHaveLength(2);
    expect((await doctor.call('GET', `/api/clinic-slots/${uuidv7()}/appointments`)).status).toBe(404);
  });

  it('says when a day has more slots than are listed', async () => {
    const far = addDays(testToday, 200);
    const fill = (n: number) =>
      server.look(
        `insert into clinic_slot (county_id, id, organization_id, org_path, kind, title, day, starts, ends, capacity, created_at, created_by)
         select s.county_id, gen_random_uuid(), s.organization_id, s.org_path, s.kind, 'x' || g || $3, $1, s.starts, s.ends, 1,
           s.created_at, s.created_by from generate_series(1, $2::int) g,
           (select * from clinic_slot where organization_id = $4 limit 1) s`,
        [far, n, uuidv7(), centreId],
      );
    const look = async () => (await township.call('GET', `/api/clinic-slots?day=${far}`)).body;
    await fill(500);
    expect(await look()).toMatchObject({ isCut: false });
    await fill(1);
    const cut = await look();
    expect([cut.isCut, cut.items.length]).toEqual([true, 500]);
  });
});

describe('a clinic called off', () => {
  it('cancels everybody, tells each, and takes nobody more, also when someone books at that moment', async () => {
    const slotId = await release({ capacity: 9 });
    const booked = [booking(someone(), slotId), booking(someone(), slotId)];
    for (const body of booked) await book(doctor, body);
    const late = booking(someone(), slotId);
    const [off, reply] = await Promise.all([
      township.call('POST', `/api/clinic-slots/${slotId}/withdraw`, {
        operationId: uuidv7(),
        reason: '医生外出学习',
      }),
      book(doctor, late),
      settle(booked[0]?.appointmentId ?? '', { status: 'cancelled', reason: '不去了' }),
    ]);
    expect(off.status, JSON.stringify(off.body)).toBe(200);
    expect([200, 409]).toContain(reply.status);
    expect(await takenOf(slotId)).toBe(0);
    expect(
      await server.look(`select 1 from appointment where slot_id = $1 and status = 'booked'`, [slotId]),
    ).toEqual([]);
    const told = await noticesOf(booked[1]?.appointmentId ?? '');
    expect(told.filter((one) => one.kind === 'appointment-withdrawn')).toHaveLength(4);
    expect((await book(doctor, booking(someone(), slotId))).body.code).toBe('slot-withdrawn');
    const again = { operationId: uuidv7(), reason: '停诊' };
    expect((await doctor.call('POST', `/api/clinic-slots/${slotId}/withdraw`, again)).status).toBe(404);
  });
});

describe('schedules', () => {
  const line = (more: Record<string, unknown> = {}) => ({
    operationId: uuidv7(),
    scheduleId: uuidv7(),
    organizationId: centreId,
    kind: 'centre',
    title: '戒烟门诊',
    weekday: 5,
    starts: '08:00',
    ends: '10:00',
    capacity: 5,
    ...more,
  });
  const add = (client: TestClient, body: Record<string, unknown>) =>
    client.call('POST', '/api/clinic-schedules', body);
  const make = (days: number) =>
    township.call('POST', '/api/clinic-slots/make', { operationId: uuidv7(), days });
  const daysOf = async (scheduleId: string) =>
    (
      await server.look<{ day: string }>(
        `select day::text from clinic_slot where schedule_id = $1 order by day`,
        [scheduleId],
      )
    ).map((row) => row.day);

  it('make their days once, leave out the holiday, and make no more when taken out of use', async () => {
    const body = line();
    expect((await add(township, body)).status).toBe(200);
    expect((await make(40)).status).toBe(200);
    // Fridays; the first of January is a holiday.
    const fridays = ['2026-11-27', '2026-12-04', '2026-12-11', '2026-12-18', '2026-12-25'];
    expect(await daysOf(body.scheduleId)).toEqual(fridays);
    expect((await make(40)).body.made).toBe(0);
    const retire = (version: number) =>
      township.call('POST', `/api/clinic-schedules/${body.scheduleId}/retire`, {
        operationId: uuidv7(),
        version,
      });
    expect((await retire(3)).body.code).toBe('stale-version');
    expect((await retire(1)).status).toBe(200);
    await make(60);
    expect(await daysOf(body.scheduleId)).toEqual(fridays);
  });

  it('are of one’s own place, with hours in order; lead-hospital slots come from the hospital alone', async () => {
    expect((await add(township, line({ organizationId: hospitalId, kind: 'lead-hospital' }))).status).toBe(
      404,
    );
    expect((await add(township, line({ kind: 'lead-hospital' }))).body.issues[0].path).toBe('kind');
    expect((await add(township, line({ ends: '08:00' }))).body.issues[0].path).toBe('ends');
    expect((await add(township, line({ doctorId: uuidv7() }))).body.issues[0].path).toBe('doctorId');
    expect((await add(bureau, line())).status).toBe(403);
    const hospital = { organizationId: hospitalId, kind: 'lead-hospital', title: '心血管内科' };
    const slotId = await release({ ...hospital, capacity: 1 }, specialist);
    const shown = await doctor.call('GET', `/api/clinic-slots?day=${tomorrow}&kind=lead-hospital`);
    expect(shown.body.items.map((one: { id: string }) => one.id)).toContain(slotId);
    expect((await book(doctor, booking(someone(), slotId))).status).toBe(200);
  });
});
