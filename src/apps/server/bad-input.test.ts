import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '#apps/server/routes.ts';
import { isWellFormedText } from '#kernel/well-formed-text.ts';
import { policyOf } from '#standards/access-policy.ts';
import { startTestServer, type TestClient, type TestServer } from '#test/support/server.ts';

let server: TestServer;
let clients: TestClient[];
let recordsBefore: unknown;
beforeAll(async () => {
  server = await startTestServer({ residents: 300 });
  clients = [await server.signIn('village'), await server.signIn('bureau'), server.anonymous];
  recordsBefore = await server.look('select count(*) from form_record');
});
afterAll(() => server.stop());

const deep = JSON.parse(`${'['.repeat(200)}${']'.repeat(200)}`);

/** What finds its way into fields sooner or later. */
const poison: unknown[] = [
  null,
  undefined,
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff',
  '😀',
  '<script>alert(1)</script>',
  "' or 1=1 --",
  '%s%n',
  '../../etc/passwd',
  'Infinity',
  'NaN',
  -1,
  0,
  1e308,
  -0.5,
  2 ** 53,
  true,
  [],
  {},
  [null],
  { toString: 1 },
  '9999-99-99',
  '0000-00-00',
  'infinity',
  '2026-02-30',
  '长'.repeat(5000),
  uuidv7(),
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  deep,
  ['1', '1', '99'],
  '＝HYPERLINK("x")',
  '{"$ne":1}',
];

const fields = [
  'operationId',
  'recordId',
  'residentId',
  'organizationId',
  'enrollmentId',
  'program',
  'enrolledOn',
  'diagnosedOn',
  'version',
  'answers',
  'confirmed',
  'reason',
  'note',
  'nextDueOn',
  'closedOn',
  'text',
  'cursor',
  'limit',
  'figure',
  'side',
  'year',
  'formEdition',
  'sheets',
  'visitId',
  'recordId',
  'username',
  'password',
  'idNo',
  'currentPassword',
  'newPassword',
];

describe('poison in every call', () => {
  for (const route of routes) {
    it(`${route.method} ${route.path} answers by name, never with a fault`, async () => {
      const path = (value: unknown) =>
        route.path.replace(
          /:\w+/g,
          encodeURIComponent(
            typeof value === 'string' && isWellFormedText(value) ? value.slice(0, 150) || 'x' : 'x',
          ),
        );
      const query = (value: unknown) =>
        typeof value === 'string' && isWellFormedText(value)
          ? `?program=${encodeURIComponent(value.slice(0, 200))}&cursor=${encodeURIComponent(value.slice(0, 200))}&limit=${encodeURIComponent(value.slice(0, 20))}`
          : '';
      for (const [index, value] of poison.entries()) {
        const client = clients[index % clients.length] as TestClient;
        const body = Object.fromEntries(
          fields.map((field, i) => [
            field,
            (i + index) % 3 === 0 ? value : poison[(i * 7 + index) % poison.length],
          ]),
        );
        const bodies = route.method === 'GET' ? [undefined] : [body, value === undefined ? null : value];
        for (const sent of bodies) {
          const reply = await client.call(
            route.method,
            path(value) + query(value),
            sent === undefined ? undefined : JSON.stringify(sent),
          );
          expect(reply.status, `${route.path} ${JSON.stringify(value)?.slice(0, 60)}`).toBeLessThan(500);
          if (reply.status >= 400) expect(reply.body.title).toMatch(/[一-龥]/);
        }
      }
    });
  }

  it('refuses ten megabytes, broken JSON and a poisoned prototype', async () => {
    const [doctor] = clients as [TestClient];
    const big = await doctor.call(
      'POST',
      '/api/residents/search',
      JSON.stringify({ text: 'x'.repeat(10 * 1024 * 1024) }),
    );
    expect(big.status).toBe(413);
    for (const text of [
      '{"text":',
      'nonsense',
      '{"__proto__":{"x":1},"text":"a"}',
      '{"constructor":{"prototype":{"x":1}},"text":"a"}',
    ]) {
      expect((await doctor.call('POST', '/api/residents/search', text)).status).toBe(400);
    }
    expect((await doctor.call('GET', '/api/nowhere')).status).toBe(404);
  });

  it('left nothing behind in the records', async () => {
    expect(await server.look('select count(*) from form_record')).toEqual(recordsBefore);
  });
});

describe('every route', () => {
  it('names an action of the policy and says what it does, in Chinese', () => {
    for (const route of routes) {
      expect(policyOf(route.action), route.path).toBeDefined();
      expect(route.summary).toMatch(/[一-龥]/);
    }
  });
});
