/**
 * Values drawn from each route's own schema, then spoiled in up to three places with what finds its way into fields, sent
 * to every route as every role. `npm run rig:fuzz -- --inputs 100000 --seed 1`. No answer may be a fault of the server,
 * none may stop it, and none may hold it up.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { demoAccounts } from '#apps/demo-county/demo-accounts.ts';
import { routes } from '#apps/server/routes.ts';
import { openSession, sessionCookie } from '#platform/server/auth/sessions.ts';
import { mayDo } from '#standards/access-policy.ts';
import { isRunAs, numberArgument } from '#test/support/arguments.ts';
import {
  addressOf,
  type Below,
  knownIds,
  mulberry,
  type RequestParts,
  requestDrawer,
} from '#test/support/draw-request.ts';
import { startTestServer, type TestClient, type TestServer } from '#test/support/server.ts';

const nested = (depth: number) => JSON.parse(`${'['.repeat(depth)}1${']'.repeat(depth)}`);

/** What finds its way into fields sooner or later, or is put there. */
export const poison: readonly unknown[] = [
  null,
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff末',
  '\u202eabc',
  '\ufeff',
  '😀👨‍👩‍👧',
  '𠮷𰻝\ufa0c',
  '<script>alert(1)</script>',
  "' or 1=1 --",
  "'); drop table resident; --",
  '%',
  '_',
  '\\',
  '%s%n',
  '../../etc/passwd',
  '＝HYPERLINK("x")',
  '=1+1',
  '{"$ne":1}',
  'NaN',
  'Infinity',
  '-0',
  '1e400',
  '0x1F',
  '１２０',
  -1,
  0,
  -0.000001,
  0.1 + 0.2,
  1300,
  2 ** 31,
  2 ** 53 + 2,
  1e308,
  -1e308,
  true,
  false,
  [],
  {},
  [null],
  [[[]]],
  { toString: 1 },
  { constructor: 'x', hasOwnProperty: 1 },
  'constructor',
  'hasOwnProperty',
  '__proto__',
  'infinity',
  '-infinity',
  'epoch',
  'now',
  '0000-00-00',
  '0001-01-01',
  '1899-12-31',
  '1949-05-01',
  '2026-02-30',
  '9999-12-31',
  '294277-01-01',
  '2026-11-24T25:00:00Z',
  '2026-11-24T02:00:00+99:00',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '11010519491231002X',
  '长'.repeat(4000),
  'x'.repeat(60_000),
  Array.from({ length: 3000 }, () => 1),
  Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`k${i}`, i])),
  nested(100),
];

export interface FuzzResult {
  readonly inputs: number;
  /** Answers by their hundreds. */
  readonly byStatus: Readonly<Record<string, number>>;
  /** Routes that took at least one input, of all. */
  readonly routesReached: number;
  readonly routes: number;
  readonly faults: readonly string[];
  readonly longestStallMs: number;
  readonly seconds: number;
}

/** Sends so many inputs from that seed; the same seed sends the same while the routes are the same. */
export async function runFuzz(
  server: TestServer,
  input: { inputs: number; seed: number; say?: (message: string) => void },
): Promise<FuzzResult> {
  const random = mulberry(input.seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const ids = await knownIds(server);
  const drawer = requestDrawer(ids, below);
  const clients = new Map<string, TestClient>();
  await server.look('create table staff_at_first as select * from staff');
  for (const { username } of demoAccounts) clients.set(username, await reopen(server, username));
  const usernames = [...clients.keys()];
  const byStatus: Record<string, number> = {};
  const reached = new Set<string>();
  const faults: string[] = [];
  const stalls = monitorEventLoopDelay({ resolution: 10 });
  stalls.enable();
  const from = performance.now();
  let sent = 0;

  const one = async () => {
    const route = routes[below(routes.length)] as (typeof routes)[number];
    const welcome = demoAccounts.filter(({ role }) => mayDo(role, route.action));
    const username =
      below(6) === 0 || welcome.length === 0
        ? (usernames[below(usernames.length)] as string)
        : (welcome[below(welcome.length)]?.username as string);
    const client = below(20) === 0 ? server.anonymous : (clients.get(username) as TestClient);
    const parts = drawer.draw(route);
    for (let spoil = below(4); spoil > 0; spoil--) spoilOne(parts, below);
    const path = addressOf(route, parts);
    const text = parts.body === undefined ? undefined : bodyText(parts.body, below);
    const reply = await client.call(route.method, path, text, headersFor(text, below));
    sent += 1;
    const hundreds = `${Math.floor(reply.status / 100)}xx`;
    byStatus[hundreds] = (byStatus[hundreds] ?? 0) + 1;
    if (reply.status < 300) {
      reached.add(`${route.method} ${route.path}`);
      drawer.learn(reply.body);
    }
    if (reply.status >= 500)
      faults.push(`${reply.status} ${route.method} ${path.slice(0, 300)} ${text?.slice(0, 500) ?? ''}`);
    // Somebody signed out, was disabled, moved or given a new password, by what was sent: as they were before.
    if (reply.status === 401 && client !== server.anonymous)
      clients.set(username, await reopen(server, username));
    if (input.say && sent % 10_000 === 0) input.say(`  ${sent} 次，5xx ${faults.length}`);
  };
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      while (sent < input.inputs) await one();
    }),
  );
  stalls.disable();
  return {
    inputs: sent,
    byStatus,
    routesReached: reached.size,
    routes: routes.length,
    faults,
    longestStallMs: Math.round(stalls.max / 1e6),
    seconds: Math.round((performance.now() - from) / 1000),
  };
}

/** The account as it was at first, signed in. */
async function reopen(server: TestServer, username: string): Promise<TestClient> {
  const [staff] = await server.look<{ county_id: string; id: string }>(
    `update staff s set (organization_id, role, must_change_password, disabled_at) =
       (select organization_id, role, false, null::timestamptz from staff_at_first f where f.id = s.id)
     where username = $1 returning county_id, id`,
    [username],
  );
  if (!staff) throw new Error(`no account ${username}`);
  await server.look('delete from staff_factor where staff_id = $1', [staff.id]);
  const now = server.now();
  const token = await openSession(server.database, {
    countyId: staff.county_id,
    staffId: staff.id,
    now,
    secondFactorAt: now,
  });
  return server.clientOf(`${sessionCookie}=${token}`);
}

/** Puts poison somewhere inside, in a name, or at the top. */
function spoilOne(parts: RequestParts, below: Below): void {
  const value = structuredClone(poison[below(poison.length)]);
  const part = (['params', 'query', 'body', 'body'] as const)[below(4)] as 'params' | 'query' | 'body';
  const target = parts[part];
  if (target === undefined) return;
  if (part === 'body' && below(12) === 0) {
    parts.body = value;
    return;
  }
  let at: unknown = target;
  for (let depth = 0; depth < 8; depth++) {
    if (typeof at !== 'object' || at === null) return;
    const holder = at as Record<string, unknown>;
    const names = Object.keys(holder);
    if (names.length === 0 || below(15) === 0) {
      if (!Array.isArray(at)) holder[typeof value === 'string' ? value.slice(0, 40) : 'extra'] = value;
      return;
    }
    const name = names[below(names.length)] as string;
    const inner = holder[name];
    if (typeof inner !== 'object' || inner === null || below(3) === 0) {
      holder[name] = value;
      return;
    }
    at = inner;
  }
}

/** Nearly always what it is; now and then broken. */
function bodyText(body: unknown, below: Below): string {
  const text = JSON.stringify(body) ?? 'null';
  const broken = [
    text.slice(0, -1),
    `${text}x`,
    text.replace('{', '{"__proto__":{"x":1},'),
    '\u0000',
    `\ufeff${text}`,
  ];
  return below(40) === 0 ? (broken[below(broken.length)] as string) : text;
}

function headersFor(text: string | undefined, below: Below): Record<string, string> {
  if (text === undefined || below(60) !== 0) return {};
  const types = [
    'text/plain',
    'application/xml',
    'application/json; charset=gbk',
    'multipart/form-data',
    'x',
  ];
  return { 'content-type': types[below(types.length)] as string };
}

if (isRunAs('fuzz.ts')) {
  const server = await startTestServer({ residents: 1000 });
  const result = await runFuzz(server, {
    inputs: numberArgument('inputs', 100_000),
    seed: numberArgument('seed', 1),
    say: console.log,
  });
  const { faults, ...figures } = result;
  console.log(JSON.stringify(figures));
  for (const fault of faults.slice(0, 40)) console.log(fault);
  await server.stop();
  process.exit(faults.length === 0 ? 0 : 1);
}
