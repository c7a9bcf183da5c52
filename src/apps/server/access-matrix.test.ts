import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { routes } from '#apps/server/routes.ts';
import { orgPath } from '#kernel/org-path.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import { admit } from '#platform/server/auth/admit.ts';
import { countyWide } from '#platform/server/auth/county-wide.ts';
import { openSession, sessionCookie } from '#platform/server/auth/sessions.ts';
import { createHttpServer } from '#platform/server/http/create-http-server.ts';
import { type AnyRoute, defineRoute } from '#platform/server/http/define-route.ts';
import { type Action, accessPolicy, policyOf } from '#standards/access-policy.ts';
import { administratorRoles, type Role, roleLabels, roles } from '#standards/roles.ts';
import { startTestServer, type TestClient, type TestServer } from '#test/support/server.ts';

const unknownAction = defineRoute({
  method: 'GET',
  path: '/api/planted-without-a-line',
  summary: '测试用：表里没有的动作',
  action: 'planted.nowhere' as Action,
  response: z.object({}),
  handle: async () => ({}),
});

let server: TestServer;
const clients = new Map<Role, TestClient>();
beforeAll(async () => {
  server = await startTestServer({ residents: 300, moreRoutes: [unknownAction] });
  const staff = await server.look<{ id: string; role: Role }>(
    'select distinct on (role) id, role from staff order by role, username',
  );
  for (const { id, role } of staff) {
    const now = server.now();
    const token = await openSession(server.database, { countyId: '999999', staffId: id, now });
    clients.set(role, server.clientOf(`${sessionCookie}=${token}`));
  }
});
afterAll(() => server.stop());

/** By hand and on purpose: who may, one letter a role. Changing the policy means changing this line too. */
const letters: Readonly<Record<string, Role>> = {
  村: 'village-doctor',
  医: 'township-doctor',
  公: 'township-public-health-doctor',
  专: 'county-specialist',
  疾: 'cdc',
  卫: 'health-bureau',
  系: 'administrator',
  安: 'security-administrator',
  审: 'audit-administrator',
};
const byHand: Readonly<Record<Action, string>> = {
  'session.open': '*',
  'own-account.use': '村医公专疾卫系安审',
  'residents.search': '村医公专疾卫',
  'residents.read': '村医公专疾卫',
  'residents.reveal': '村医公专',
  'residents.register': '村医公专',
  'records.read': '村医公专疾卫',
  'records.write': '村医公专',
  'records.export': '村医公专疾卫',
  'forms.read': '村医公专疾卫',
  'worklist.read': '村医公专疾卫',
  'follow-ups.read': '村医公专疾卫',
  'follow-ups.write': '村医公专',
  'enrollments.write': '村医公专',
  'episodes.read': '村医公专疾卫',
  'episodes.confirm': '医公专',
  'grades.read': '村医公专疾卫',
  'grades.decide': '医公专',
  'assessment.read': '村医公专疾卫',
  'visits.read': '村医公专疾卫',
  'visits.combine': '村医公专',
  'centre.read': '医公专',
  'centre.receive': '医公',
  'centre.walk': '医公专',
  'centre.treat': '医专',
  'referrals.read': '村医公专',
  'referrals.send': '村医公专',
  'referrals.answer': '村医公专',
  'referrals.return': '医专',
  'referrals.send-down': '专',
  'referrals.receive-person': '村医公',
  'consultations.ask': '村医公专',
  'consultations.read': '村医公专',
  'consultations.step': '村医公专',
  'consultations.answer': '医专',
  'consultations.file': '村医公专',
  'referrals.figures': '村医公专疾卫',
  'service-flow.read': '村医公专卫系',
  'screenings.read': '村医公专疾卫',
  'screenings.write': '村医公专',
  'campaigns.print': '村医公专',
  'campaigns.manage': '医公专疾',
  'checkups.read': '村医公专疾卫',
  'checkups.write': '村医公专',
  'checkups.confirm': '医公专',
  'contracts.read': '村医公专疾卫',
  'contracts.sign': '村医公',
  'service-packages.read': '村医公专疾卫',
  'service-packages.manage': '卫',
  'appointments.read': '村医公专疾卫',
  'appointments.write': '村医公专',
  'schedules.read': '村医公专疾卫',
  'schedules.manage': '村医公专',
  'closing.read': '村医公专疾卫',
  'closing.write': '村医公专',
  'handovers.answer': '村医公专',
  'duplicates.settle': '村医公专',
  'merges.settle': '村医公专',
  'indicators.read': '村医公专疾卫',
  'roster-imports.use': '村医公专',
  'emergency-access.open': '村医公专',
  'emergency-access.read': '村医公专',
  'emergency-access.list': '村医公专卫',
  'emergency-access.review': '公卫',
  'access-log.read': '村医公专疾卫',
  'consents.write': '村医公专',
  'privacy-requests.list': '村医公专卫',
  'exports.list': '公卫审',
  'incidents.prepare': '卫',
  'privacy-requests.answer': '公卫',
  'research-exports.manage': '卫',
  'field.sync': '村医公专',
  'field.hand-over': '*',
  'field.devices': '医公系',
  'field.support': '医公',
  'medicine-availability.read': '村医公专疾卫',
  'medicine-availability.change': '村医公卫',
  'organizations.read': '系安',
  'organizations.manage': '系',
  'factor-resets.settle': '系安',
  'county-settings.read': '村医公专疾卫系',
  'county-settings.change': '系',
  'roles.grant': '安',
  'audit.read': '审',
};
const mayByHand = (action: Action, role: Role) =>
  byHand[action] === '*' || [...byHand[action]].some((letter) => letters[letter] === role);

/** The printed page, read back: the doors of each line and the roles that have a purpose in it. */
function readPrintedPage() {
  const file = join(fileURLToPath(new URL('../../..', import.meta.url)), 'docs/generated/access-matrix.md');
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '));
  const cells = lines.map((line) => line.slice(2, -2).split(' | '));
  const heads = cells.find((row) => row[0] === '分类') ?? [];
  const may = new Map<string, Set<string>>();
  for (const row of cells)
    if (row.length === heads.length && row[0] !== '分类')
      may.set(
        row[1] ?? '',
        new Set(heads.filter((_, index) => index > 4 && (row[index] ?? '').trim() !== '')),
      );
  const doors = new Map<string, string>();
  for (const [name = '', list = ''] of cells.filter((row) => row.length === 2))
    for (const [, door = ''] of list.matchAll(/`([^`]+)`/g)) doors.set(door, name);
  return { may, doors };
}

const doorOf = (route: AnyRoute) => `${route.method} ${route.path}`;
const ask = (client: TestClient, route: AnyRoute) =>
  client.call(
    route.method,
    route.path.replace(/:\w+/g, () => uuidv7()),
    route.method === 'GET' ? undefined : {},
  );

describe('the policy and the doors', () => {
  it('knows every role, and the oracle by hand has every line', () => {
    expect([...clients.keys()].sort()).toEqual([...roles].sort());
    expect(Object.keys(byHand).sort()).toEqual(Object.keys(accessPolicy).sort());
    const used = new Set(routes.map((route) => route.action));
    expect(Object.keys(accessPolicy).filter((action) => !used.has(action as Action))).toEqual([]);
  });

  it('agree at each door for each role: by hand, as printed, as the server answers', async () => {
    const printed = readPrintedPage();
    const wrong: string[] = [];
    let refused = 0;
    for (const route of routes) {
      const line = printed.doors.get(doorOf(route));
      // Signing oneself out would end the walk; it is open to anybody.
      if (byHand[route.action] === '*') continue;
      for (const role of roles) {
        if (doorOf(route) === 'DELETE /api/session') continue;
        const reply = await ask(clients.get(role) as TestClient, route);
        // A handler that refuses for its own reason says it; the door has one sentence for everybody.
        const isRefused = reply.status === 403 && reply.body.detail === '如确有需要，请联系管理员。';
        if (isRefused) refused += 1;
        const may = mayByHand(route.action, role);
        const isPrinted = printed.may.get(line ?? '')?.has(roleLabels[role]) ?? false;
        if (may === isRefused || isPrinted !== may)
          wrong.push(
            `${doorOf(route)} ${role}: by hand ${may}, printed ${isPrinted}, answer ${reply.status}`,
          );
      }
    }
    expect(wrong).toEqual([]);
    expect(refused).toBeGreaterThan(400);
  }, 120_000);

  it('nobody gets through without a session but at the doors for anybody', async () => {
    for (const route of routes) {
      if (byHand[route.action] === '*') continue;
      expect(`${doorOf(route)} ${(await ask(server.anonymous, route)).status}`).toBe(`${doorOf(route)} 401`);
    }
  });

  it('let nobody through for an action the policy does not know', async () => {
    for (const client of clients.values())
      expect((await client.call('GET', '/api/planted-without-a-line')).status).toBe(403);
    expect((await server.anonymous.call('GET', '/api/planted-without-a-line')).status).toBe(401);
  });

  it('do not open at all for a route that names no action', async () => {
    const nameless = { ...unknownAction, action: undefined } as unknown as AnyRoute;
    const context = {
      database: server.database,
      clock: () => server.now(),
      countyId: '999999',
      keys: server.keys,
      erasures: server.erasures,
      log: { error: () => undefined, info: () => undefined },
    };
    await expect(createHttpServer(context, [nameless])).rejects.toThrow('without action');
  });

  it('write what for into the trail, and a refusal as well', async () => {
    const person = (
      await server.look<{ id: string; org_path: string }>('select id, org_path from resident limit 1')
    )[0];
    const bureau = clients.get('health-bureau') as TestClient;
    expect((await bureau.call('GET', `/api/residents/${person?.id}`)).status).toBe(200);
    const [entry] = await server.look<{ purpose: string; role: string }>(
      `select purpose, role from audit_entry where resident_id = $1 order by at desc, id desc limit 1`,
      [person?.id],
    );
    expect(entry).toEqual({ purpose: 'supervision', role: 'health-bureau' });
    await bureau.call('POST', '/api/follow-ups', {});
    const [refusal] = await server.look<{ outcome: string }>(
      `select outcome from audit_entry where action = 'POST /api/follow-ups' order by at desc, id desc limit 1`,
    );
    expect(refusal).toEqual({ outcome: 'refused' });
  });
});

describe('AZ-20 the three administrators', () => {
  const own = (action: string) => action.startsWith('own-account.') || byHand[action as Action] === '*';

  it('have nothing in common but what both keepers of accounts look at, and touch no resident', () => {
    const acts = (Object.keys(accessPolicy) as Action[]).filter((action) => !own(action));
    const shared = acts.filter(
      (action) => administratorRoles.filter((role) => mayByHand(action, role)).length > 1,
    );
    expect(shared).toEqual(['organizations.read', 'factor-resets.settle']);
    for (const role of administratorRoles)
      for (const action of acts.filter((one) => mayByHand(one, role)))
        expect(`${action}: ${policyOf(action)?.relation}`).toBe(`${action}: none`);
  });

  it('are answered with nobody’s data by any door', async () => {
    const people = await server.look<{ id: string; name: string; id_no: string; archive_no: string }>(
      `select id, name, id_no, archive_no from resident where name not in (select name from staff)`,
    );
    let answered = 0;
    for (const role of administratorRoles)
      for (const route of routes.filter((one) => one.method === 'GET' && !own(one.action))) {
        const path = route.path
          .replace(/:residentId\b/, people[0]?.id ?? '')
          .replace(/:\w+/g, () => uuidv7());
        const { status, body } = await (clients.get(role) as TestClient).call('GET', path);
        const said = JSON.stringify(body);
        const leaked = people.filter((one) => said.includes(one.id_no) || said.includes(one.archive_no));
        expect(leaked, `${role} ${path} ${status}`).toEqual([]);
        if (status !== 200) continue;
        answered += 1;
        expect(mayByHand(route.action, role), `${role} ${path}`).toBe(true);
        expect(people.filter((one) => said.includes(`"${one.name}"`))).toEqual([]);
      }
    expect(answered).toBeGreaterThan(8);
  });

  it('are one kind each: an account holds one role, and no door gives it another', async () => {
    const roleWriters = routes
      .filter((route) => route.method !== 'GET' && route.body?.safeParse)
      .filter((route) => {
        const fields = Object.keys((route.body as unknown as { shape?: object }).shape ?? {});
        return fields.includes('role') && route.action !== 'organizations.manage';
      });
    expect(roleWriters).toEqual([]);
  });

  it('see the trail without a name, and none of them writes in it', async () => {
    const auditor = clients.get('audit-administrator') as TestClient;
    const [person] = await server.look<{ id: string; name: string }>('select id, name from resident limit 1');
    await (clients.get('health-bureau') as TestClient).call('GET', `/api/residents/${person?.id}`);
    const trail = await auditor.call('GET', `/api/audit-trail?residentId=${person?.id}`);
    expect(trail.body.items[0]).toMatchObject({
      deed: '打开健康档案',
      roleLabel: '卫健局',
      residentId: person?.id,
    });
    expect(JSON.stringify(trail.body)).not.toContain(person?.name);
    const own = await auditor.call('GET', '/api/audit-trail?group=audit&limit=1');
    expect(own.body.items[0]).toMatchObject({ action: 'audit-trail.list', username: 'audit' });
    const writers = routes.filter(
      (route) => route.path.startsWith('/api/audit-trail') && route.method !== 'GET',
    );
    expect(writers.map((route) => `${route.method} ${route.path}`)).toEqual(['POST /api/audit-trail/check']);
    expect((await auditor.call('POST', '/api/audit-trail/check', {})).body.findings).toEqual([]);
  });
});

describe("the county beyond one's own people", () => {
  const doctor = {
    staffId: uuidv7(),
    name: '',
    username: '',
    role: 'village-doctor',
    countyId: '999999',
    path: orgPath('/999999/100/201/'),
    scopePath: orgPath('/999999/100/201/'),
    stage: 'open',
  } as unknown as Actor;

  it('is reached only where the policy names the tie', () => {
    const wide = (action: string) => {
      const admitted = admit(doctor, action);
      if (!admitted) throw new Error('not admitted');
      return countyWide(admitted).scopePath;
    };
    expect(wide('emergency-access.open')).toBe('/999999/');
    for (const action of ['residents.read', 'worklist.read', 'records.export'])
      expect(() => wide(action)).toThrow('own area');
    expect(() => countyWide(doctor)).toThrow('own area');
  });
});
