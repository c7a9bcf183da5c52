/**
 * Random trees of organizations, people put anywhere in them, staff of every kind anywhere in them, and requests of every
 * route about anybody. What each may see is plain arithmetic on paths, done here and not by the product.
 * `npm run rig:scope -- --requests 12000`. The control adds one route that forgets its scope, and must be caught.
 */
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { routes } from '#apps/server/routes.ts';
import { orgPath } from '#kernel/org-path.ts';
import { openSession, sessionCookie } from '#platform/server/auth/sessions.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { type AnyRoute, defineRoute } from '#platform/server/http/define-route.ts';
import { purposeOf } from '#standards/access-policy.ts';
import type { Role } from '#standards/roles.ts';
import { isRunAs, numberArgument } from '#test/support/arguments.ts';
import {
  addressOf,
  type Below,
  knownIds,
  mulberry,
  type RequestParts,
  requestDrawer,
} from '#test/support/draw-request.ts';
import { startTestServer, type TestClient, type TestReply, type TestServer } from '#test/support/server.ts';

/** What the planted fault does: it answers everybody of the county, whoever asks. */
export const leakyRoute = defineRoute({
  method: 'GET',
  path: '/api/planted-leak',
  summary: '测试用：忘了范围的清单',
  action: 'worklist.read',
  response: z.object({ items: z.array(z.object({ id: z.string() })) }),
  handle: async ({ actor }, context) => ({
    items: await withScope(
      context.database,
      { countyId: actor.countyId, path: orgPath(`/${actor.countyId}/`) },
      (tx) => tx.selectFrom('resident').select('id').execute(),
    ),
  }),
});

interface Person {
  path: string;
  readonly marks: readonly string[];
}

interface Staff {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly role: Role;
  readonly client: TestClient;
}

export interface ScopeResult {
  readonly trees: number;
  readonly requests: number;
  /** Requests that named somebody out of reach. */
  readonly reachingOut: number;
  /** Requests that got somebody's data, of those within reach. */
  readonly answered: number;
  /** Full lists compared with what they should hold. */
  readonly lists: number;
  readonly leaks: readonly string[];
  readonly missing: readonly string[];
  readonly seconds: number;
}

const roles = [
  'village-doctor',
  'township-doctor',
  'township-public-health-doctor',
  'county-specialist',
  'cdc',
  'health-bureau',
] as const;

/** Routes whose answer about somebody elsewhere is their purpose, and what it may say: where the record is kept. */
const mayNameTheHolder = new Set(['POST /api/residents/check-identity', 'POST /api/residents']);

/** Somebody out of reach is answered for exactly as somebody there is not. */
async function differsFromNobody(
  who: Staff,
  route: AnyRoute,
  parts: RequestParts,
  reply: TestReply,
): Promise<string[]> {
  const nobody = JSON.parse(JSON.stringify(parts).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, () => uuidv7()));
  const other = await who.client.call(route.method, addressOf(route, nobody));
  const said = (one: TestReply) => JSON.stringify({ ...one.body, instance: undefined });
  return other.status === reply.status && said(other) === said(reply)
    ? []
    : [`${who.role}: ${route.path} tells somebody out of reach from nobody: ${said(reply)} ${said(other)}`];
}

const aboutWhom =
  /^(resident|enrollment|task|episode|contract|booking|conflict|first|second|kept|merged)Ids?$/;

/** Ids by which a request says whom it is about; ids it makes up for what is new are not among them. */
function idsAbout(parts: RequestParts): string[] {
  const body = typeof parts.body === 'object' && parts.body !== null ? parts.body : {};
  const named = Object.entries({ ...parts.params, ...body }).filter(([name]) => aboutWhom.test(name));
  return named.flatMap(([, value]) => value).filter((value) => typeof value === 'string');
}

/** Ids of its own that a request brings for what is new; the drawer takes them from everywhere. */
function idsMadeUp({ body }: RequestParts): string[] {
  if (typeof body !== 'object' || body === null) return [];
  const named = Object.entries(body).filter(([name]) => /Id$/.test(name) && !aboutWhom.test(name));
  return named.map(([, value]) => value).filter((value) => typeof value === 'string');
}

/**
 * Whether the answer means that something was written. A phone may hand in what it typed about somebody who has moved out
 * of its reach: that is laid aside for a person to decide, and must not be taken.
 */
function isTaken(route: AnyRoute, reply: TestReply): boolean {
  if (route.method === 'GET') return false;
  if (route.path === '/api/field/give-up' || route.path === '/api/field/hand-over') return false;
  if (route.path !== '/api/field/push') return true;
  return (reply.body.answers ?? []).some((one: { outcome: string }) => one.outcome === 'accepted');
}

/** Calls of a phone name whose store it is; another's is refused before anything else. */
const isOfOnesPhone = (route: AnyRoute) =>
  ['/api/field/pull', '/api/field/push', '/api/field/give-up'].includes(route.path);

export async function probeScopes(
  server: TestServer,
  input: { requests: number; trees: number; seed: number; moreRoutes?: readonly AnyRoute[] },
): Promise<ScopeResult> {
  const from = performance.now();
  const random = mulberry(input.seed);
  const below: Below = (limit) => Math.floor(random() * limit);
  const all = [...routes, ...(input.moreRoutes ?? [])];
  const tally = { requests: 0, reachingOut: 0, answered: 0, lists: 0 };
  const leaks: string[] = [];
  const missing: string[] = [];
  // An id by which something new was called tells of nobody, whoever has the same.
  const called = new Set<string>();
  for (let tree = 0; tree < input.trees; tree++) {
    const staff = await plantTree(server, `${input.seed}x${tree}`, below);
    const owners = await ownersOfIds(server);
    let people = await readPeople(server);
    const drawer = requestDrawer(await knownIds(server), below);
    for (const one of staff) {
      tally.lists += 1;
      missing.push(...(await compareLists(one, people, leaks)));
    }
    for (let sent = 0; sent < input.requests / input.trees; sent++) {
      const who = staff[below(staff.length)] as Staff;
      const fitting = all.filter((route) => purposeOf(route.action, who.role) !== undefined);
      // A planted route is asked often enough to be met, however many routes there are.
      const planted = input.moreRoutes?.[0];
      const route = planted && below(10) === 0 ? planted : (fitting[below(fitting.length)] as AnyRoute);
      // Passwords and sessions are another matter, and would only put the prober out.
      if (route.path.startsWith('/api/session')) continue;
      const parts = drawer.draw(route);
      if (isOfOnesPhone(route)) parts.body = { ...(parts.body as object), userId: who.id };
      const reply = await who.client.call(route.method, addressOf(route, parts), parts.body);
      tally.requests += 1;
      const asked = JSON.stringify(parts);
      const named = [...asked.matchAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g)].flatMap(([id]) => owners.get(id) ?? []);
      const outside = named.filter((id) => !isWithinReach(people.get(id), who));
      if (outside.length > 0) tally.reachingOut += 1;
      const isGood = reply.status < 300;
      if (isGood) tally.answered += 1;
      if (isGood && route.method !== 'GET') for (const id of idsMadeUp(parts)) called.add(id);
      const what = `${who.role} at ${who.path}: ${route.method} ${addressOf(route, parts).slice(0, 160)}`;
      leaks.push(...namesIn(reply, people, who, asked, route, called).map((leak) => `${what} → ${leak}`));
      const about = idsAbout(parts).flatMap((id) => owners.get(id) ?? []);
      if (isGood && about.some((id) => !isWithinReach(people.get(id), who)) && isTaken(route, reply))
        leaks.push(`${what} wrote about somebody out of reach: ${asked.slice(0, 300)}`);
      if (reply.status === 404 && route.method === 'GET' && outside.length > 0)
        leaks.push(...(await differsFromNobody(who, route, parts, reply)));
      if (isGood) drawer.learn(reply.body);
      // Moves and new people change who is where; the rest of the tree goes by what the database then says.
      if (isGood && route.method !== 'GET') {
        people = await readPeople(server);
        for (const id of people.keys()) owners.set(id, id);
      }
    }
  }
  return {
    trees: input.trees,
    ...tally,
    leaks,
    missing,
    seconds: Math.round((performance.now() - from) / 1000),
  };
}

function isWithinReach(person: Person | undefined, who: Staff): boolean {
  return person?.path.startsWith(who.path) ?? false;
}

/** Marks of people out of reach that the answer holds and the question did not. */
function namesIn(
  reply: TestReply,
  people: ReadonlyMap<string, Person>,
  who: Staff,
  asked: string,
  route: AnyRoute,
  called: ReadonlySet<string>,
): string[] {
  if (mayNameTheHolder.has(`${route.method} ${route.path}`)) return [];
  const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
  const found: string[] = [];
  for (const [id, person] of people) {
    if (isWithinReach(person, who)) continue;
    // What a phone handed in about somebody who is not theirs is listed under the id the phone itself gave.
    if (text.includes(id) && !asked.includes(id) && !called.has(id) && route.path !== '/api/field/held')
      found.push(`the id of ${person.path}`);
    for (const mark of person.marks) if (text.includes(mark) && !asked.includes(mark)) found.push(mark);
  }
  return found.slice(0, 3);
}

/** Search and work list of one of the staff against what they should hold, nobody more and nobody less. */
async function compareLists(
  who: Staff,
  people: ReadonlyMap<string, Person>,
  leaks: string[],
): Promise<string[]> {
  const wanted = new Set(
    [...people].filter(([, one]) => isWithinReach(one, who) && one.marks.length > 0).map(([id]) => id),
  );
  const found = new Set<string>();
  let cursor: string | undefined;
  do {
    const { status, body } = await who.client.call('POST', '/api/residents/search', {
      text: '测试号',
      limit: 50,
      ...(cursor ? { cursor } : {}),
    });
    if (status !== 200) return [`${who.role} at ${who.path}: search answered ${status}`];
    for (const item of body.items) found.add(item.id);
    cursor = body.nextCursor ?? undefined;
  } while (cursor);
  for (const id of found)
    if (!wanted.has(id)) leaks.push(`${who.role} at ${who.path}: search → ${people.get(id)?.path}`);
  return [...wanted]
    .filter((id) => !found.has(id))
    .map((id) => `${who.role} at ${who.path}: search lacks ${id}`);
}

/** Labels that a careless comparison of texts takes one for another's child. */
const labels = ['1', '10', '1-', '1_', 'A', 'a', '0', 'z', '01'];

/** A new tree below the county: its organizations, a share of the people put into it, and staff. */
async function plantTree(server: TestServer, tree: string, below: Below): Promise<Staff[]> {
  const [county] = await server.look<{ county_id: string; id: string; path: string }>(
    "select county_id, id, path from organization where kind = 'county'",
  );
  if (!county) throw new Error('no county');
  const countyId = county.county_id;
  const nodes: { id: string; path: string }[] = [{ id: county.id, path: county.path }];
  while (nodes.length < 14) {
    const parent = nodes[below(nodes.length)] as { id: string; path: string };
    const path = `${parent.path}T${tree}_${labels[below(labels.length)]}/`;
    if (path.split('/').length > 8 || nodes.some((node) => node.path === path)) continue;
    const id = uuidv7();
    nodes.push({ id, path });
    await server.look(
      `insert into organization (county_id, id, parent_id, kind, name, region_code, path, scope_path)
       values ($1, $2, $3, $4, $5, '999999', $6, $6)`,
      [
        countyId,
        id,
        parent.id,
        below(2) === 0 ? 'township-centre' : 'village-clinic',
        `机构${nodes.length}`,
        path,
      ],
    );
  }
  const chosen = await server.look<{ id: string }>(
    `select id from resident where status = 'active' order by md5(id::text || $1) limit 80`,
    [`${tree}-${below(1_000_000)}`],
  );
  for (const { id } of chosen) {
    const node = nodes[below(nodes.length)] as { id: string; path: string };
    await putPerson(server, id, node);
  }
  const staff: Staff[] = [];
  for (let i = 0; i < 10; i++) {
    const node = nodes[1 + below(nodes.length - 1)] as { id: string; path: string };
    const role = roles[below(roles.length)] as (typeof roles)[number];
    const id = uuidv7();
    await server.look(
      `insert into staff (county_id, id, organization_id, username, name, role, password_hash)
       values ($1, $2, $3, $4, '测试员', $5, 'none')`,
      [countyId, id, node.id, `t${tree}-${i}`, role],
    );
    const now = server.now();
    const token = await openSession(server.database, { countyId, staffId: id, now, secondFactorAt: now });
    staff.push({
      id,
      name: `t${tree}-${i}`,
      path: node.path,
      role,
      client: server.clientOf(`${sessionCookie}=${token}`),
    });
  }
  return staff;
}

/** Moves a person with every row about them, and gives them a name nobody else has. */
async function putPerson(server: TestServer, id: string, node: { id: string; path: string }): Promise<void> {
  const number = Number.parseInt(id.slice(-6), 16);
  await server.look(
    `update resident set organization_id = $2, org_path = $3, name = $4, name_initials = 'csh' where id = $1`,
    [id, node.id, node.path, `测试号${number}末`],
  );
  for (const name of await tablesAboutResidents(server))
    await server.look(`update "${name}" set org_path = $2 where resident_id = $1`, [id, node.path]);
}

let known: string[] | undefined;

/** Tables whose rows about a person lie where the person does; where a row was made (a queue, a clinic) stays. */
async function tablesAboutResidents(server: TestServer): Promise<string[]> {
  known ??= (
    await server.look<{ name: string }>(
      `select t.table_name as name from information_schema.tables t
       where t.table_schema = 'public' and t.table_type = 'BASE TABLE' and t.table_name not in ('resident', 'change_feed', 'audit_entry')
         and (select count(*) from information_schema.columns c where c.table_schema = 'public' and c.table_name = t.table_name
           and c.column_name in ('resident_id', 'org_path')) = 2`,
    )
  ).map((row) => row.name);
  return known;
}

/** Where everybody is, and what gives somebody of a tree away. */
async function readPeople(server: TestServer): Promise<Map<string, Person>> {
  const rows = await server.look<{
    id: string;
    path: string;
    name: string;
    id_no: string | null;
    archive_no: string;
  }>('select id, org_path as path, name, id_no, archive_no from resident');
  return new Map(
    rows.map((row) => [
      row.id,
      {
        path: row.path,
        marks: row.name.startsWith('测试号')
          ? [row.name, row.archive_no, ...(row.id_no ? [row.id_no] : [])]
          : [],
      },
    ]),
  );
}

/** Whose each id is, of every row about somebody. */
async function ownersOfIds(server: TestServer): Promise<Map<string, string>> {
  const owners = new Map<string, string>();
  for (const row of await server.look<{ id: string }>('select id from resident')) owners.set(row.id, row.id);
  const tables = await server.look<{ name: string }>(
    `select table_name as name from information_schema.columns where table_schema = 'public' and column_name in ('id', 'resident_id')
       and data_type = 'uuid' and table_name not in ('audit_entry') group by 1 having count(*) = 2`,
  );
  for (const { name } of tables)
    for (const row of await server.look<{ id: string; resident_id: string | null }>(
      `select id, resident_id from "${name}" where resident_id is not null`,
    ))
      if (row.resident_id) owners.set(row.id, row.resident_id);
  return owners;
}

if (isRunAs('scope.ts')) {
  const requests = numberArgument('requests', 12_000);
  const server = await startTestServer({ residents: 500 });
  const { leaks, missing, ...figures } = await probeScopes(server, {
    requests,
    trees: Math.ceil(requests / 600),
    seed: numberArgument('seed', 1),
  });
  console.log(JSON.stringify({ ...figures, leaks: leaks.length, missing: missing.length }));
  for (const one of [...leaks, ...missing].slice(0, 40)) console.log(one);
  await server.stop();
  process.exit(leaks.length === 0 && missing.length === 0 ? 0 : 1);
}
