import { createHash, createHmac } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { routes } from '#apps/server/routes.ts';
import { addDays, dayInChina, type PlainDate } from '#kernel/plain-date.ts';
import { createHttpServer } from '#platform/server/http/create-http-server.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { startTestServer, type TestClient, type TestServer } from '#test/support/server.ts';
import { plainSchema } from '#test/support/value-of-schema.ts';

/** What an error may carry and no answer may repeat. */
const secret = 'select id_no from resident where id_no = 110101199003070011 /srv/quancheng/src v9.9.9';
const databaseCodes = [
  ...['22001', '22003', '22007', '22008', '22012', '22021', '22P02', '22P05', '23502', '23503', '23505'],
  ...['23514', '23P01', '25006', '25P02', '25P03', '40001', '40P01', '42501', '42601', '42703', '42P01'],
  ...['53100', '53200', '53300', '54001', '55P03', '57014', '57P01', '57P03', '58030', '08006', 'XX000'],
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOSPC', 'ENOENT', 'ERR_OSSL_BAD_DECRYPT'],
];
const faults: unknown[] = [
  ...databaseCodes.map((code) => Object.assign(new Error(secret), { code, detail: secret, table: secret })),
  new TypeError(secret),
  new RangeError(secret),
  Object.assign(new Error(`Connection terminated ${secret}`), { hint: secret }),
  secret,
  { message: secret },
  undefined,
];
const failing = defineRoute({
  method: 'GET',
  path: '/api/planted-failure',
  summary: '测试用：出错',
  action: 'residents.search',
  query: z.strictObject({ kind: z.coerce.number().int() }),
  response: z.object({}),
  handle: async ({ query }) => {
    throw faults[query.kind];
  },
});

let server: TestServer;
let doctor: TestClient;
beforeAll(async () => {
  server = await startTestServer({ residents: 300, moreRoutes: [failing] });
  doctor = await server.signIn('village');
});
afterAll(() => server.stop());

/** Bytes as they are on the wire, and all that comes back until the server closes or falls silent. */
function speak(text: string): Promise<string> {
  const { port } = new URL(server.url);
  return new Promise((resolve) => {
    let heard = '';
    const socket = net.connect(Number(port), '127.0.0.1', () => socket.write(text));
    socket.setTimeout(1_000, () => socket.destroy());
    socket.on('data', (chunk) => {
      heard += chunk.toString();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(heard));
  });
}
const statusesOf = (heard: string) =>
  [...heard.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));

describe('INP-18 whatever goes wrong', () => {
  it('is answered in our own words with a request id, and nothing of statement, path, version or person', async () => {
    for (const kind of faults.keys()) {
      const reply = await doctor.call('GET', `/api/planted-failure?kind=${kind}`);
      const text = JSON.stringify(reply.body) + JSON.stringify([...reply.headers]);
      expect(reply.status, String(kind)).toBeGreaterThanOrEqual(400);
      expect(text).not.toMatch(
        /select|resident where|11010119|\/srv|v9\.9|node_modules|\.ts:|fastify|postgres/i,
      );
      expect(String(reply.body?.title), `${kind} ${JSON.stringify(reply.body)}`).toMatch(/[一-龥]/);
      expect(reply.body.instance).toMatch(/[0-9a-f-]{36}/);
    }
    const logged = server.takeFaults().join('\n');
    expect(logged).not.toBe('');
    expect(logged).not.toMatch(/11010119|id_no =/);
    const [kept] = await server.look("select 1 from audit_entry where detail::text like '%11010119%'");
    expect(kept).toBeUndefined();
  });
});

describe('INP-19 who asks and where, said by the caller', () => {
  const request = (line: string, headers: string[], body = '') =>
    speak(`${line} HTTP/1.1\r\n${headers.join('\r\n')}\r\nConnection: close\r\n\r\n${body}`);

  it('an address in a header is not taken for where the request came from', async () => {
    for (const name of ['x-forwarded-for', 'x-real-ip', 'forwarded', 'x-client-ip'])
      await doctor.call('POST', '/api/residents/search', { text: '王' }, { [name]: '66.66.66.66' });
    const rows = await server.look("select 1 from audit_entry where address like '%66.66%'");
    expect(rows).toEqual([]);
    const [last] = await server.look<{ address: string }>(
      "select address from audit_entry where action = 'resident.search' order by xid desc limit 1",
    );
    expect(last?.address).toMatch(/127\.0\.0\.1/);
  });

  it('a false host is repeated nowhere', async () => {
    const heard = await request('GET /api/session', ['Host: evil.example']);
    expect(statusesOf(heard)).toEqual([401]);
    expect(heard).not.toContain('evil.example');
  });

  it('a request of two lengths, a broken header or a second request inside the first is refused', async () => {
    const inside = 'GET /api/system HTTP/1.1\r\nHost: x\r\n\r\n';
    const head = ['Host: x', 'Content-Type: application/json'];
    for (const [headers, body] of [
      [[...head, 'Content-Length: 6', 'Transfer-Encoding: chunked'], `0\r\n\r\n${inside}`],
      [[...head, 'Transfer-Encoding: chunked', 'Content-Length: 4'], `5c\r\n${inside}\r\n0\r\n\r\n`],
      [[...head, 'Transfer-Encoding: xchunked'], inside],
      [[...head, 'Transfer-Encoding: chunked, identity'], inside],
      [[...head, 'Content-Length: 4', 'Content-Length: 40'], inside],
      [[...head, 'Content-Length: +4'], inside],
      [['Host: x', 'X-A: 1\rSet-Cookie: a=b'], ''],
      [['Host: x', 'X A: 1'], ''],
      [['Host: x', 'X-A : 1'], ''],
    ] as const) {
      const heard = await request('POST /api/session', [...headers], body);
      const statuses = statusesOf(heard);
      expect(statuses, JSON.stringify(headers)).toHaveLength(1);
      expect([400, 415, 501], JSON.stringify(headers)).toContain(statuses[0]);
    }
  });

  it('the same door under another spelling asks the same questions', async () => {
    const cookie = `Cookie: ${doctor.cookie}`;
    const foreign = ['Host: x', cookie, 'Sec-Fetch-Site: cross-site', 'Content-Type: application/json'];
    const body = '{"text":"王"}';
    for (const path of [
      '/api/residents/search',
      '/%61pi/residents/search',
      'http://x/api/residents/search',
    ]) {
      const line = `POST ${path}`;
      const heard = await request(line, [...foreign, `Content-Length: ${Buffer.byteLength(body)}`], body);
      expect([400, 403, 404], path).toContain(statusesOf(heard)[0]);
      expect(heard).not.toContain('birthDate');
    }
  });
});

describe('INP-13 a body that is not what it says', () => {
  it('is refused: another type, another character set, packed, or two types', async () => {
    const body = JSON.stringify({ text: '王' });
    const bomb = gzipSync(Buffer.alloc(10 * 1024 * 1024, 32));
    const ask = (headers: Record<string, string>, content: unknown = body) =>
      doctor.call('POST', '/api/residents/search', content, headers);
    for (const type of ['text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'text/json', ''])
      expect([400, 415], type).toContain((await ask({ 'content-type': type })).status);
    for (const charset of ['gbk', 'utf-16', '"gb18030"', 'iso-8859-1'])
      expect(
        (await ask({ 'content-type': `application/json; charset=${charset}` })).status,
        charset,
      ).toBeLessThan(500);
    expect((await ask({ 'content-type': 'application/json; charset=gbk' })).body.code).toBe(
      'malformed-request',
    );
    expect((await ask({ 'content-type': 'application/json; charset=utf-8' })).status).toBe(200);
    const from = performance.now();
    const packed = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    expect([400, 413, 415]).toContain((await ask(packed, new Uint8Array(bomb))).status);
    expect(performance.now() - from).toBeLessThan(500);
    const twice = [
      'Host: x',
      `Cookie: ${doctor.cookie}`,
      'Content-Type: text/plain',
      'Content-Type: application/json',
    ];
    const length = `Content-Length: ${Buffer.byteLength(body)}`;
    const heard = await speak(
      `POST /api/residents/search HTTP/1.1\r\n${[...twice, length].join('\r\n')}\r\nConnection: close\r\n\r\n${body}`,
    );
    expect([400, 415]).toContain(statusesOf(heard)[0]);
  });
});

describe('INP-03 a statement in what is typed', () => {
  const payloads = [
    ...[
      "' or '1'='1",
      "' or 1=1 --",
      '" or ""="',
      "') or ('1'='1",
      "' union select null,null --",
      "'; select 1 --",
    ],
    ...[
      "'; drop table resident; --",
      "' and pg_sleep(5) is null --",
      "'||pg_sleep(5)--",
      '1; select pg_sleep(5)',
    ],
    ...[
      "王' --",
      "王%' or name like '%",
      '%',
      '_',
      '%%%%',
      '\\',
      "\\'",
      "\\\\' or 1=1",
      '$$;select 1;$$',
      "E'\\x27'",
    ],
    ...[
      "' order by 99 --",
      'name; --',
      '(select 1)',
      "{'$ne':1}",
      '$.a[?(@.b==1)]',
      "'::int",
      'null',
      '王\u2019 or 1=1',
    ],
    ...[
      "'/**/or/**/1=1",
      "'+or+1=1",
      "' or exists(select 1 from staff) --",
      "' and 1=cast((select version()) as int)",
    ],
  ];

  it('finds nobody, waits for nothing and shows nothing, in the search and in every parameter of a list', async () => {
    server.takeFaults();
    for (const text of payloads) {
      const from = performance.now();
      const reply = await doctor.call('POST', '/api/residents/search', { text });
      expect([200, 422], text).toContain(reply.status);
      if (reply.status === 200) expect(reply.body.items, text).toEqual([]);
      expect(performance.now() - from).toBeLessThan(3_000);
    }
    let asked = 0;
    for (const route of routes) {
      const plain = plainSchema(route.query) as { properties?: Record<string, unknown> } | undefined;
      if (route.method !== 'GET' || !plain || route.path.includes(':')) continue;
      for (const name of Object.keys(plain.properties ?? {}))
        for (const text of payloads.slice(0, 10)) {
          const from = performance.now();
          const reply = await doctor.call('GET', `${route.path}?${name}=${encodeURIComponent(text)}`);
          asked += 1;
          expect(reply.status, `${route.path} ${name} ${text}`).toBeLessThan(500);
          expect(performance.now() - from).toBeLessThan(3_000);
        }
    }
    expect(asked).toBeGreaterThan(200);
    expect(server.takeFaults()).toEqual([]);
  }, 120_000);

  it('no statement is put together from text, and the application could not reach files or programs', async () => {
    const { readdirSync, readFileSync } = await import('node:fs');
    const root = new URL('../../', import.meta.url).pathname;
    // Its two values are checked for their form before they go in: six digits, a digest.
    const checkedByForm = 'platform/server/auth/sessions.ts';
    const built: string[] = [];
    for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
      if (
        !/^(capabilities|platform\/server\/(auth|http|operation))\/.*\.ts$/.test(name) ||
        /\.test\./.test(name)
      )
        continue;
      const text = readFileSync(root + name, 'utf8');
      for (const [found] of text.matchAll(/sql\.raw(?:<[^>]*>)?\([^;\n]*/g))
        if (!/^sql\.raw\(\w[\w. =']* \? '[^']*' : '[^']*'\)/.test(found)) built.push(`${name}: ${found}`);
      for (const [found] of text.matchAll(/\.query(?:<[^>]*>)?\(\s*`[^`]*\$\{[^`]*`/g))
        if (name !== checkedByForm) built.push(`${name}: ${found}`);
    }
    expect(built).toEqual([]);
    const [role] = await server.look<Record<string, boolean>>(
      `select r.rolsuper as super, r.rolcreaterole as roles, r.rolcreatedb as databases,
        has_function_privilege(r.oid, 'pg_read_file(text)', 'execute') as reads_files,
        has_function_privilege(r.oid, 'pg_ls_dir(text)', 'execute') as lists_files,
        has_function_privilege(r.oid, 'lo_import(text)', 'execute') as takes_files,
        pg_has_role(r.oid, 'pg_execute_server_program', 'member') as runs_programs,
        pg_has_role(r.oid, 'pg_read_server_files', 'member') as reads_server_files,
        pg_has_role(r.oid, 'pg_write_server_files', 'member') as writes_server_files
       from pg_roles r where r.rolname = 'quancheng_app'`,
    );
    expect(Object.values(role ?? {})).toHaveLength(9);
    expect(Object.entries(role ?? {}).filter(([, may]) => may)).toEqual([]);
  });
});

describe('INP-12 days', () => {
  const days: PlainDate[] = [];
  for (let day = '1900-01-01' as PlainDate; day <= '2030-12-31'; day = addDays(day, 1)) days.push(day);

  it('from 1900 to 2030 go to the database and back as they are, whatever clock the machine has', async () => {
    expect(days).toHaveLength(47_847);
    const before = process.env.TZ;
    const offsets = new Set<number>();
    try {
      for (const zone of ['Asia/Shanghai', 'UTC', 'America/New_York']) {
        process.env.TZ = zone;
        offsets.add(new Date('2026-01-15T00:00:00Z').getTimezoneOffset());
        const { rows } = await server.database.pool.query<{ d: string; text: string }>(
          `select d, d::text as text from unnest($1::date[]) with ordinality as x(d, n) order by n`,
          [days],
        );
        expect(rows.filter((row, i) => row.d !== days[i] || row.text !== days[i])).toEqual([]);
        expect(JSON.parse(JSON.stringify(days))).toEqual(days);
        expect(days.filter((day, i) => i > 0 && addDays(day, -1) !== days[i - 1])).toEqual([]);
        // Noon and the two ends of a day in China are that day there.
        const wrong = days
          .slice(-4000)
          .filter((day) =>
            ['00:00:00', '12:00:00', '23:59:59'].some(
              (at) => dayInChina(new Date(`${day}T${at}+08:00`)) !== day,
            ),
          );
        expect(wrong).toEqual([]);
      }
    } finally {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    }
    expect(offsets.size).toBe(3);
  }, 60_000);
});

describe('CFG-04 and CFG-06 what is served beside the pages', () => {
  it('is nothing: no folders, no hidden files, no maps, no documents of the interface, no other origin', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'quancheng-pages-'));
    const pages = join(folder, 'pages');
    await mkdir(join(pages, 'assets'), { recursive: true });
    await writeFile(join(folder, 'root-key'), 'very-secret');
    await writeFile(join(pages, 'index.html'), '<title>start page</title>');
    await writeFile(join(pages, 'assets', 'a-1234.js'), 'let a');
    const { database, keys, erasures } = server;
    const log = { error: () => undefined, info: () => undefined };
    const context = { database, keys, erasures, countyId: '999999', clock: () => server.now(), log };
    const app = await createHttpServer(context, routes, { staticFolder: pages });
    try {
      const get = (url: string, headers = {}) => app.inject({ method: 'GET', url, headers });
      for (const path of [
        ...[
          '/.git/config',
          '/.env',
          '/package.json',
          '/root-key',
          '/../root-key',
          '/..%2froot-key',
          '/%2e%2e/root-key',
        ],
        ...[
          '/assets/../../root-key',
          '/assets/..%2f..%2froot-key',
          '/assets/',
          '/assets',
          '/assets/a-1234.js.map',
        ],
        ...[
          '/docs',
          '/documentation/json',
          '/openapi.json',
          '/swagger',
          '/metrics',
          '/debug',
          '/server-status',
          '/api',
        ],
        ...[
          '/api/',
          '/api/docs',
          '/api/openapi.json',
          '/api/debug',
          '/assets/%2e%2e%2froot-key',
          '//root-key',
        ],
      ]) {
        const { body, statusCode } = await get(path);
        expect(body, path).not.toMatch(/very-secret|a-1234|index of/i);
        expect(statusCode === 200 ? body : '<title>start page</title>', path).toBe(
          '<title>start page</title>',
        );
      }
      const asset = await get('/assets/a-1234.js');
      expect(asset.headers['cache-control']).toContain('immutable');
      for (const path of ['/', '/api/session', '/api/system', '/assets/a-1234.js', '/nowhere']) {
        const { headers } = await get(path, { origin: 'https://evil.example' });
        expect(headers['access-control-allow-origin'], path).toBeUndefined();
        expect(headers['referrer-policy'], path).toBe('no-referrer');
        expect(headers['x-powered-by'] ?? headers.server, path).toBeUndefined();
        const policy = String(headers['content-security-policy']);
        expect(policy, path).not.toMatch(/https?:|\*|unsafe-eval/);
        expect(path.startsWith('/api/') ? headers['cache-control'] : 'no-store', path).toBe('no-store');
      }
    } finally {
      await app.close();
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('the pages are built without maps and name no other origin; the phone’s worker keeps no answer of the interface', async () => {
    const root = new URL('../', import.meta.url).pathname;
    for (const app of ['workbench', 'field']) {
      const config = await readFile(`${root}${app}/vite.config.ts`, 'utf8');
      expect(config).not.toMatch(/sourcemap:\s*(true|'inline'|'hidden')/);
      const page = await readFile(`${root}${app}/index.html`, 'utf8');
      expect([...page.matchAll(/(?:src|href)="(?:https?:)?\/\//g)]).toEqual([]);
    }
    const worker = await readFile(`${root}field/service-worker.ts`, 'utf8');
    // It answers for its own pages only; what the interface said is never in its keeping.
    expect(worker).toContain("!url.pathname.startsWith('/field/')");
    expect([...worker.matchAll(/\.put\(/g)]).toHaveLength(1);
    expect(worker).not.toContain('/api');
  });
});

describe('OVL-14 stopping', () => {
  it('lets everything in work end, and takes nothing new', async () => {
    let started = 0;
    let open: () => void = () => undefined;
    let allIn: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const everybodyIn = new Promise<void>((resolve) => {
      allIn = resolve;
    });
    const slow = defineRoute({
      method: 'GET',
      path: '/api/planted-slow',
      summary: '测试用：慢',
      action: 'residents.search',
      response: z.object({}),
      handle: async () => {
        started += 1;
        if (started === 60) allIn();
        await gate;
        return {};
      },
    });
    const { database, keys, erasures } = server;
    const log = { error: () => undefined, info: () => undefined };
    const context = { database, keys, erasures, countyId: '999999', clock: () => server.now(), log };
    const app = await createHttpServer(context, [...routes, slow]);
    const address = await app.listen({ port: 0, host: '127.0.0.1' });
    const ask = () => fetch(`${address}/api/planted-slow`, { headers: { cookie: doctor.cookie } });
    const asked = Array.from({ length: 60 }, async () => (await ask()).status);
    await everybodyIn;
    const stopped = app.close();
    open();
    expect(new Set(await Promise.all(asked))).toEqual(new Set([200]));
    await stopped;
    await expect(ask()).rejects.toThrow();
  });
});

describe('CRY-08 and CRY-10 the digests that are searched by', () => {
  it('match no number somebody works through without the key; plain digests would match every one', async () => {
    const people = await server.look<{
      id_no: string;
      phone: string;
      id_no_index: Buffer;
      identity_index: Buffer;
    }>('select id, id_no, id_no_index, identity_index from resident where id_no is not null');
    expect(people.length).toBeGreaterThan(100);
    const kept = people.flatMap((one) => [one.id_no_index, one.identity_index]);
    const length = kept[0]?.length ?? 0;
    const guesses = people.flatMap(({ id_no: idNo }) => [idNo, idNo.slice(0, 17), `01|${idNo}`]);
    const matches = (stored: readonly Buffer[]) => {
      const known = new Set(stored.map((one) => one.toString('hex')));
      return guesses.filter((guess) =>
        ['sha256', 'sm3', 'sha1', 'md5'].some((name) =>
          [
            createHash(name).update(guess),
            createHmac(name, '').update(guess),
            createHmac(name, '999999').update(guess),
          ].some((digest) => known.has(digest.digest().subarray(0, length).toString('hex'))),
        ),
      ).length;
    };
    expect(matches(kept)).toBe(0);
    const unkeyed = people.map(({ id_no: idNo }) =>
      createHash('sha256').update(idNo).digest().subarray(0, length),
    );
    expect(matches(unkeyed)).toBe(people.length);
  });

  it('are of numbers only, never of sex, disease, village or name, and each says so', async () => {
    const columns = await server.look<{ place: string; note: string | null }>(
      `select c.relname || '.' || a.attname as place, col_description(c.oid, a.attnum) as note
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attname like '%\\_index'
       order by 1`,
    );
    expect(columns.map((one) => one.place)).toEqual([
      'resident.id_no_index',
      'resident.id_tail_index',
      'resident.identity_index',
      'resident.phone_index',
      'resident.phone_tail_index',
      'unknown_sign_in.name_index',
    ]);
    for (const { place, note } of columns) expect(note, place).toMatch(/[一-龥]/);
  });
});
