import type { Transaction } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orgPath } from '#kernel/org-path.ts';
import { addDays, type PlainDate, plainDate } from '#kernel/plain-date.ts';
import { asOf } from '#platform/server/database/as-of.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { runInScope } from '#platform/server/database/with-scope.ts';
import { countRowsRead } from '#test/support/count-rows.ts';
import { houseAt, quietPeople, sendFromCentre } from '#test/support/send-referral.ts';
import {
  startTestServer,
  type TestClient,
  type TestServer,
  testNow,
  testToday,
} from '#test/support/server.ts';
import { type ReferralFigure, referralFigures } from '../domain/referral-figures.ts';
import { referralPeriod } from '../domain/referral-period.ts';
import { countReferralFigures } from './count-referrals.ts';
import { readFigureReferrals } from './list-figure-referrals.ts';

let server: TestServer;
let clients: Record<
  'bureau' | 'cdc' | 'township' | 'village' | 'specialist' | 'gp002' | 'publichealth',
  TestClient
>;
/** People managed for high blood pressure in one village, who have no follow-up this autumn. */
let managed: { id: string }[];
const [home, hospital] = ['/999999/100/', '/999999/hospital/'];

beforeAll(async () => {
  server = await startTestServer({ residents: 2000 });
  const names = ['bureau', 'cdc', 'township', 'village', 'specialist', 'gp002', 'publichealth'] as const;
  const signedIn = await Promise.all(names.map(async (name) => [name, await server.signIn(name)] as const));
  clients = Object.fromEntries(signedIn) as typeof clients;
  managed = await server.look<{ id: string }>(
    `select e.resident_id as id from enrollment e join resident r on r.id = e.resident_id and r.status = 'active'
     where e.closed_on is null and e.program = 'hypertension' and e.enrolled_on < '2026-01-01' and e.org_path like '/999999/100/201/%'
       and exists (select 1 from form_record f where f.resident_id = e.resident_id and f.form = 'hypertension-follow-up')
       and not exists (select 1 from referral_request q where q.resident_id = e.resident_id)
     order by 1 limit 9`,
  );
  await server.look(
    `update form_record set status = 'void' where resident_id = any($1) and occurred_on >= '2026-09-01' and form like '%-follow-up'`,
    [managed.map((one) => one.id)],
  );
});
afterAll(() => server.stop());

type Counts = Record<ReferralFigure, { in: number; of: number }>;
interface Page {
  side: string;
  organization: { id: string };
  counts: Counts;
  medians: { accepted: number | null; arrived: number | null };
  children: { id: string; name: string; counts: Counts }[];
}
interface Listed {
  id: string;
  name: string;
  residentId: string;
  mayOpenRecord: boolean;
  standing: { side: string; text: string };
}

const figures = async (client: TestClient, query = '') => {
  const reply = await client.call('GET', `/api/referral-figures${query}`);
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  return reply.body as Page;
};
/** Every referral of a list, page after page, and what the first page said of its length. */
async function everything(client: TestClient, body: object): Promise<{ total: number; items: Listed[] }> {
  const items: Listed[] = [];
  let total = -1;
  let cursor: string | null = null;
  do {
    const reply = await client.call('POST', '/api/referral-figures/referrals', {
      limit: 25,
      ...body,
      ...(cursor === null ? {} : { cursor }),
    });
    expect(reply.status, JSON.stringify(reply.body)).toBe(200);
    if (cursor === null) total = reply.body.total;
    items.push(...reply.body.items);
    cursor = reply.body.nextCursor;
  } while (cursor);
  return { total, items };
}
const listed = async (figure: ReferralFigure, standing: string, more: object = {}) =>
  (await everything(clients.bureau, { figure, standing, ...more })).items;
const standingOf = async (id: string, figure: ReferralFigure, more: object = {}) => {
  for (const side of ['in', 'out', 'excluded']) {
    const found = (await listed(figure, side, more)).find((one) => one.id === id);
    if (found) return [side, found.standing.text];
  }
  return undefined;
};

interface Written {
  residentId: string;
  sentAt: Date;
  state?: string;
  urgency?: string;
  from?: string;
  to?: string | undefined;
  acceptedAt?: Date;
  arrivedAt?: Date;
  returnedAt?: Date;
  takenOnAt?: Date;
  receiverUntil?: Date;
}
/** A referral as it would stand after its steps, written as the owner: for days that a test cannot live through. */
async function write(one: Written): Promise<string> {
  const id = uuidv7();
  const to = 'to' in one ? one.to : hospital;
  await server.look(
    `insert into referral_request (county_id, id, resident_id, org_path, from_organization_id, from_path, to_organization_id, to_path,
       to_department, urgency, reason, first_handling, summary, status, requested_at, requested_by, answer_due_at, receiver_until,
       accepted_at, arrived_at, returned_at, taken_on_at, back, back_edition)
     select '999999', $1, r.id, r.org_path, f.id, f.path, t.id, t.path, '心内科', $5, '血压控制不满意', '', '{}', $6, $7,
       (select id from staff order by username limit 1), case when t.id is not null then $7::timestamptz + interval '24 hours' end,
       case when t.id is not null then $12::timestamptz end, $8, $9, $10, $11,
       case when $10::timestamptz is not null then '{}'::jsonb end, case when $10::timestamptz is not null then '2017' end
     from resident r join organization f on f.path = $3 left join organization t on t.path = $4 where r.id = $2`,
    [
      id,
      one.residentId,
      one.from ?? home,
      to ?? null,
      one.urgency ?? 'routine',
      one.state ?? 'requested',
      one.sentAt,
      one.acceptedAt ?? null,
      one.arrivedAt ?? null,
      one.returnedAt ?? null,
      one.takenOnAt ?? null,
      one.receiverUntil ?? new Date('2027-06-01T00:00:00Z'),
    ],
  );
  return id;
}
const at = (day: PlainDate, time = '10:00') => new Date(`${day}T${time}:00+08:00`);
/** A follow-up of somebody on a day: one they had, once more. */
const followUpOn = (residentId: string, day: PlainDate) =>
  server.look(
    `insert into form_record select (jsonb_populate_record(f, jsonb_build_object('id', gen_random_uuid(), 'operation_id',
       gen_random_uuid(), 'visit_id', gen_random_uuid(), 'occurred_on', $2::text, 'status', 'complete'))).* from form_record f
     where f.resident_id = $1 and f.form = 'hypertension-follow-up' and f.superseded_by is null limit 1`,
    [residentId, day],
  );
const person = (index: number) => {
  const found = managed[index];
  if (!found) throw new Error(`only ${managed.length} people managed`);
  return found.id;
};

describe('转诊随访率: a referred person is followed up within two weeks', () => {
  const sent = plainDate('2026-10-12');
  const cases = [
    { says: 'the 14th day still counts', day: 14, side: 'in', text: '第 14 天（2026-10-26）随访' },
    { says: 'the 15th no longer', day: 15, side: 'out', text: '到 2026-10-26 没有随访，第 15 天' },
    { says: 'the next day counts', day: 1, side: 'in', text: '第 1 天' },
    { says: 'the day of sending does not', day: 0, side: 'out', text: '之后也没有' },
    { says: 'nor does nothing at all', day: undefined, side: 'out', text: '到 2026-10-26 没有随访' },
  ];
  it.each(cases.map((one, index) => ({ ...one, index })))('$says', async ({ day, side, text, index }) => {
    if (day !== undefined) await followUpOn(person(index), addDays(sent, day));
    const id = await write({ residentId: person(index), sentAt: at(sent, '23:30') });
    const [found, told] = (await standingOf(id, 'followed-up', { period: '2026-10' })) ?? [];
    expect([found, told]).toEqual([side, expect.stringContaining(text)]);
  });

  it('is about those whose two weeks are over, who were managed, went up and were not withdrawn; nobody else', async () => {
    const [quiet] = await quietPeople(server, '/999999/100/201/', 1);
    const over = await write({ residentId: person(5), sentAt: at(addDays(testToday, -15), '23:59') });
    const open = await write({ residentId: person(6), sentAt: at(addDays(testToday, -14), '00:00') });
    await followUpOn(person(6), addDays(testToday, -1));
    const stranger = await write({ residentId: quiet?.id ?? '', sentAt: at(sent) });
    const withdrawn = await write({ residentId: person(7), sentAt: at(sent), state: 'withdrawn' });
    const down = await write({ residentId: person(7), sentAt: at(sent), from: hospital, to: home });
    const outside = await write({ residentId: person(7), sentAt: at(sent), to: undefined });
    expect(await standingOf(over, 'followed-up')).toEqual(['out', expect.stringContaining('没有随访')]);
    for (const [id, text] of [
      [open, '还没有满'],
      [stranger, '不在管'],
      [withdrawn, '已撤回'],
      [down, '不是上转'],
    ] as const)
      expect(await standingOf(id, 'followed-up'), text).toEqual(['excluded', expect.stringContaining(text)]);
    expect((await standingOf(outside, 'followed-up'))?.[0]).toBe('out');
    // Closed on the last of the days: nobody was there to follow up to the end. A day later somebody was.
    const closeOn = (day: PlainDate) =>
      server.look(
        `update enrollment set closed_on = $2, close_reason = 'moved' where resident_id = $1 and program = 'hypertension'`,
        [person(7), day],
      );
    await closeOn(addDays(sent, 14));
    expect((await standingOf(outside, 'followed-up'))?.[0]).toBe('excluded');
    await closeOn(addDays(sent, 15));
    expect((await standingOf(outside, 'followed-up'))?.[0]).toBe('out');
  });
});

describe('a period', () => {
  it('begins and ends with the day in China', async () => {
    const last = await write({ residentId: person(8), sentAt: new Date('2026-06-30T15:59:59.999Z') });
    const first = await write({ residentId: person(8), sentAt: new Date('2026-06-30T16:00:00Z') });
    const ids = async (period: string) =>
      (await listed('sent', 'in', { period }))
        .map((one) => one.id)
        .filter((id) => [first, last].includes(id));
    for (const period of ['2026-06', '2026-Q2']) expect(await ids(period), period).toEqual([last]);
    for (const period of ['2026-07', '2026-Q3']) expect(await ids(period), period).toEqual([first]);
    expect(await ids('2026')).toEqual([first, last]);
    expect(await ids('2025')).toEqual([]);
  });

  it('is the running year where none is said, and nothing else than a year, quarter or month', async () => {
    expect((await figures(clients.bureau)).counts).toEqual(
      (await figures(clients.bureau, '?period=2026')).counts,
    );
    for (const period of ['2026-Q5', '2026-13', '26', 'x'])
      expect(
        (await clients.bureau.call('GET', `/api/referral-figures?period=${period}`)).body.issues?.[0],
      ).toMatchObject({ message: expect.stringContaining('时期') });
  });
});

describe('the figures', () => {
  it('follow what the houses do, with the middle time of it', async () => {
    const query = '?period=2026-11';
    const before = await figures(clients.village, query);
    const [someone] = (await quietPeople(server, '/999999/100/201/', 2)).slice(1);
    const { referralId, sent } = await sendFromCentre(
      { doctor: clients.township, nurse: clients.publichealth },
      { residentId: someone?.id ?? '', toOrganizationId: await houseAt(server, hospital) },
    );
    expect(sent.status, JSON.stringify(sent.body)).toBe(200);
    const step = async (
      client: TestClient,
      deed: string,
      minutes: number,
      path = 'steps',
      more: object = {},
    ) => {
      server.setNow(new Date(testNow.getTime() + minutes * 60_000));
      const { version } = (await client.call('GET', `/api/referrals/${referralId}`)).body;
      const reply = await client.call('POST', `/api/referrals/${referralId}/${path}`, {
        operationId: uuidv7(),
        version,
        ...(path === 'steps' ? { deed } : {}),
        ...more,
      });
      expect(reply.status, JSON.stringify(reply.body)).toBe(200);
    };
    await step(clients.specialist, 'accept', 8);
    await step(clients.specialist, 'arrive', 15);
    const back = {
      diagnosis: '高血压 3 级',
      examResults: '心电图正常',
      treatmentAndAdvice: '两周后复测',
      fromPhone: '0555-8765432',
      hospitalRecordNo: '',
      inpatientNo: '',
    };
    await step(clients.specialist, '', 22, 'return', { back });
    server.setNow(testNow);
    const returned = await figures(clients.village, query);
    const grew = (figure: ReferralFigure) => [
      returned.counts[figure].in - before.counts[figure].in,
      returned.counts[figure].of - before.counts[figure].of,
    ];
    for (const figure of ['sent', 'up', 'down', 'green', 'accepted', 'arrived', 'returned'] as const)
      expect(grew(figure), figure).toEqual([1, 1]);
    for (const figure of ['declined', 'late', 'not-arrived', 'withdrawn', 'taken-on'] as const)
      expect(grew(figure), figure).toEqual([0, 1]);
    await step(clients.township, 'take-on', 28);
    server.setNow(testNow);
    expect((await figures(clients.village, query)).counts['taken-on'].in).toBe(
      returned.counts['taken-on'].in + 1,
    );
    for (const [figure, text] of [
      ['accepted', '发出 8 分钟后接受'],
      ['arrived', '发出 15 分钟后到位'],
      ['returned', '到位 7 分钟后回转'],
      ['taken-on', '回转 6 分钟后接续'],
    ] as const)
      expect(await standingOf(referralId, figure)).toEqual(['in', text]);
  });

  it('leave a withdrawn referral out of every denominator but its own, and tell no share of nothing', async () => {
    const path = '/999999/101/202/';
    const [someone] = await quietPeople(server, path, 1);
    const organizationId = await houseAt(server, path);
    const query = `?organizationId=${organizationId}&period=2026-03`;
    const nothing = await figures(clients.bureau, query);
    expect(new Set(Object.values(nothing.counts).map((one) => `${one.in}/${one.of}`))).toEqual(
      new Set(['0/0']),
    );
    expect(nothing.medians).toEqual({ accepted: null, arrived: null });
    await write({ residentId: someone?.id ?? '', sentAt: at(plainDate('2026-03-05')), state: 'withdrawn' });
    const { counts } = await figures(clients.bureau, query);
    expect([counts.sent.in, counts.withdrawn.in]).toEqual([1, 1]);
    for (const figure of [
      'accepted',
      'declined',
      'late',
      'arrived',
      'not-arrived',
      'returned',
      'taken-on',
      'followed-up',
    ] as const)
      expect(counts[figure], figure).toEqual({ in: 0, of: 0 });
  });

  it('take the middle of the times', async () => {
    const path = '/999999/101/202/';
    const [someone] = await quietPeople(server, path, 1);
    const sentAt = at(plainDate('2026-02-03'));
    for (const minutes of [5, 20, 600])
      await write({
        residentId: someone?.id ?? '',
        sentAt,
        state: 'accepted',
        acceptedAt: new Date(sentAt.getTime() + minutes * 60_000),
      });
    const query = `?organizationId=${await houseAt(server, path)}&period=2026-02`;
    expect((await figures(clients.bureau, query)).medians).toEqual({ accepted: 20, arrived: null });
  });
});

describe('what stands behind a figure', () => {
  it('is as long as the figure: every figure, township, village and the hospital, in and out and not asked', async () => {
    await scatter(120);
    let compared = 0;
    const compare = async (client: TestClient, side: string, organizationId: string, counts: Counts) => {
      for (const figure of referralFigures) {
        const count = counts[figure];
        if (!count) continue;
        const parts = await Promise.all(
          ['in', 'out', 'excluded'].map(async (standing) => {
            const body = { figure, standing, organizationId, side };
            const { total, items } = await everything(client, body);
            expect(items.length, `${figure} ${standing}`).toBe(total);
            // The rule in words says the same of each as the count in the database.
            expect(
              items.filter((one) => one.standing.side !== standing),
              `${figure} ${standing}`,
            ).toEqual([]);
            return items;
          }),
        );
        const [inside = [], out = [], excluded = []] = parts;
        expect([inside.length, inside.length + out.length], figure).toEqual([count.in, count.of]);
        const all = new Set(parts.flat().map((one) => one.id));
        expect([all.size, out.length + inside.length + excluded.length], figure).toEqual([
          counts.sent.in,
          counts.sent.in,
        ]);
        compared += 1;
      }
    };
    const county = await figures(clients.bureau);
    await compare(clients.bureau, 'managed', county.organization.id, county.counts);
    for (const township of county.children) {
      const page = await figures(clients.bureau, `?organizationId=${township.id}`);
      expect(page.counts).toEqual(township.counts);
      await compare(clients.bureau, 'managed', township.id, page.counts);
      for (const village of page.children)
        await compare(clients.bureau, 'managed', village.id, village.counts);
    }
    for (const figure of referralFigures) {
      const sum = county.children.reduce((n, one) => n + one.counts[figure].in, 0);
      expect(sum, figure).toBe(county.counts[figure].in);
    }
    for (const side of ['received', 'sent']) {
      const house = await figures(clients.specialist, `?side=${side}`);
      expect(house.counts.sent.in, side).toBeGreaterThan(3);
      await compare(clients.specialist, side, house.organization.id, house.counts);
    }
    expect(compared).toBeGreaterThan(80);
  }, 120_000);
});

/** Referrals over this year and the last, every state and direction among them; the same each time. */
async function scatter(count: number): Promise<void> {
  const people = await server.look<{ id: string }>(
    `select id from resident where status = 'active' order by md5(id::text) limit $1`,
    [count],
  );
  const states = [
    'requested',
    'accepted',
    'declined',
    'not-arrived',
    'arrived',
    'returned',
    'taken-on',
    'withdrawn',
  ];
  for (const [n, { id: residentId }] of people.entries()) {
    const sentAt = new Date(testNow.getTime() - ((n * 7919) % (400 * 24)) * 3_600_000);
    const after = (hours: number) => new Date(sentAt.getTime() + hours * 3_600_000);
    const state = states[n % 8] ?? '';
    const is = (...among: string[]) => among.includes(state);
    const [from, to] = [
      ['/999999/100/', hospital],
      ['/999999/101/', '/999999/100/'],
      [hospital, '/999999/101/'],
      ['/999999/101/', undefined],
      ['/999999/100/', hospital],
    ][n % 5] as [string, string | undefined];
    await write({
      residentId,
      sentAt,
      state: to === undefined && !is('withdrawn') ? 'requested' : state,
      urgency: ['emergency', 'soon', 'routine'][n % 3] ?? 'routine',
      from,
      to,
      receiverUntil: after(24 * (20 + (n % 90))),
      ...(to !== undefined && is('accepted', 'not-arrived', 'arrived', 'returned', 'taken-on')
        ? { acceptedAt: after(1 + (n % 30)) }
        : {}),
      ...(to !== undefined && is('arrived', 'returned', 'taken-on')
        ? { arrivedAt: after(40 + (n % 50)) }
        : {}),
      ...(to !== undefined && is('returned', 'taken-on') ? { returnedAt: after(120 + n) } : {}),
      ...(to !== undefined && is('taken-on') ? { takenOnAt: after(300 + n) } : {}),
    });
  }
}

describe('AZ-18: who sees the figures', () => {
  it('each of their own part of the county: its referrals and no others', async () => {
    const township = await houseAt(server, home);
    const other = await houseAt(server, '/999999/101/');
    const county = await figures(clients.bureau);
    expect((await figures(clients.cdc)).counts).toEqual(county.counts);
    expect((await figures(clients.township)).counts).toEqual(
      county.children.find((one) => one.id === township)?.counts,
    );
    const village = await figures(clients.village);
    expect(village.children).toEqual([]);
    expect(village.counts.sent.in).toBeLessThan(county.counts.sent.in);
    for (const client of [clients.township, clients.village, clients.specialist])
      for (const reply of [
        await client.call('GET', `/api/referral-figures?organizationId=${other}`),
        await client.call('POST', '/api/referral-figures/referrals', {
          organizationId: other,
          figure: 'sent',
          standing: 'in',
        }),
      ])
        expect(reply.status).toBe(404);
    for (const [client, side] of [
      [clients.township, 'received'],
      [clients.bureau, 'sent'],
      [clients.specialist, 'managed'],
    ] as const)
      expect((await client.call('GET', `/api/referral-figures?side=${side}`)).status, side).toBe(404);
    expect((await server.anonymous.call('GET', '/api/referral-figures')).status).toBe(401);
    expect((await (await server.signIn('admin')).call('GET', '/api/referral-figures')).status).toBe(403);
  });

  it('a hospital of what it received while it may see it, without a look at the record', async () => {
    const body = { figure: 'sent', standing: 'in', side: 'received' };
    const seen = (await everything(clients.specialist, body)).items;
    const [row] = await server.look<{ n: number }>(
      `select count(*)::int as n from referral_request where to_path = $1 and receiver_until > $2
         and requested_at >= '2025-12-31T16:00Z'`,
      [hospital, testNow],
    );
    expect(seen.length).toBe(row?.n);
    expect(seen.some((one) => one.mayOpenRecord)).toBe(false);
    const followed = { ...body, figure: 'followed-up' };
    expect((await clients.specialist.call('POST', '/api/referral-figures/referrals', followed)).status).toBe(
      404,
    );
    expect((await figures(clients.specialist)).counts).not.toHaveProperty('followed-up');
  });

  it('managers of names, not of what ails somebody; and each opening of a list is written down', async () => {
    const reply = await clients.cdc.call('POST', '/api/referral-figures/referrals', {
      figure: 'up',
      standing: 'in',
      limit: 3,
    });
    expect(reply.body.items[0].name).toMatch(/[一-龥]{2,}/);
    expect(JSON.stringify(reply.body)).not.toMatch(/心内科|血压控制|\b\d{17}[\dX]|\b1\d{10}\b/);
    const [audited] = await server.look<{ detail: string; role: string }>(
      `select role, detail::text as detail from audit_entry where action = 'referral.figure' order by at desc, id desc limit 1`,
    );
    expect(audited?.role).toBe('cdc');
    expect(JSON.parse(audited?.detail ?? '{}')).toEqual({
      figure: 'up',
      standing: 'in',
      period: '2026',
      rows: 3,
    });
  });
});

describe('a count', () => {
  it('reads the referrals it counts, however many the county has of other years and places', async () => {
    // Ten thousand of this village in earlier years, ten thousand of the other township this year.
    await server.look(
      `insert into referral_request (county_id, id, resident_id, org_path, from_organization_id, from_path, to_organization_id,
         to_path, to_department, urgency, reason, first_handling, summary, status, requested_at, requested_by, answer_due_at, receiver_until)
       select q.county_id, gen_random_uuid(), q.resident_id, q.org_path, q.from_organization_id, q.from_path, q.to_organization_id,
         q.to_path, q.to_department, q.urgency, q.reason, q.first_handling, '{}', 'requested',
         case when q.org_path like '/999999/100/%' then timestamptz '2025-12-01' - n * interval '8 hours'
           else timestamptz '2026-10-20' - n % 280 * interval '1 day' end,
         q.requested_by, q.answer_due_at, q.receiver_until
       from (select distinct on (left(org_path, 12)) * from referral_request
         where to_path = $1 and (org_path like '/999999/100/201/%' or org_path like '/999999/101/%')) q, generate_series(1, 10000) n`,
      [hospital],
    );
    await server.look('analyze referral_request');
    const places = await server.look<{ id: string; path: string }>(
      `select id, path from organization where path in ('/999999/', '/999999/100/', '/999999/100/201/', '/999999/hospital/')`,
    );
    let ofCounty = 0;
    const at = { countyId: '999999', today: testToday, now: testNow } as const;
    for (const [path, key, side] of [
      ['/999999/', '2026-11', 'managed'],
      ['/999999/100/', '2026', 'managed'],
      ['/999999/100/201/', '2026', 'managed'],
      [hospital, '2026-11', 'received'],
    ] as const) {
      const organization = {
        id: places.find((one) => one.path === path)?.id ?? '',
        path: orgPath(path),
      };
      const counted = { ...at, side, organization, period: referralPeriod(key) };
      const scope = { countyId: '999999', path: organization.path };
      const rowsRead = (table: string, read: (tx: Transaction<Tables>) => Promise<unknown>) =>
        runInScope(server.database, scope, {
          reads: [asOf(testNow)],
          work: (tx) => countRowsRead(tx, table, read),
        });
      const { whole } = await runInScope(server.database, scope, {
        reads: [asOf(testNow)],
        work: (tx) => countReferralFigures(tx, counted),
      });
      const sent = whole.counts.sent?.in ?? 0;
      expect(sent, path).toBeGreaterThan(5);
      expect(sent, path).toBeLessThan(400);
      const count = (tx: Transaction<Tables>) => countReferralFigures(tx, counted);
      const list = (tx: Transaction<Tables>) =>
        readFigureReferrals(tx, {
          ...counted,
          figure: side === 'managed' ? 'followed-up' : 'accepted',
          standing: 'out',
          reach: organization.path,
          limit: 50,
        });
      // A house reads the month of the county.
      const most = side === 'received' ? ofCounty : sent;
      if (path === '/999999/') ofCounty = sent;
      expect(await rowsRead('referral_request', count), path).toBeLessThanOrEqual(most);
      // Once for how many, once for the page.
      expect(await rowsRead('referral_request', list), path).toBeLessThanOrEqual(2 * most);
      expect(await rowsRead('form_record', count), path).toBeLessThanOrEqual(3 * most);
    }
  });
});
