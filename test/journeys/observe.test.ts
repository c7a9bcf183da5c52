import { readdir, readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openedOwnerOf } from '#test/support/fingerprint.ts';
import { type RunningProduct, removeProduct, startProduct } from '#test/support/product.ts';

const token = 'figures-for-the-monitor-only';
let product: RunningProduct;
let cookie: string;
beforeAll(async () => {
  product = await startProduct({ env: { QUANCHENG_METRICS_TOKEN: token } });
  const reply = await call('POST', '/api/session', { username: 'village', password: 'Quancheng-2026' });
  cookie = (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}, 120_000);
afterAll(() => removeProduct(product));

const call = (method: string, path: string, body?: unknown) =>
  fetch(product.url + path, {
    method,
    headers: {
      ...(cookie ? { cookie } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

describe('the server’s own figures', () => {
  it('are shown to whoever holds the token and to nobody else', async () => {
    await call('GET', '/api/worklist?limit=5');
    for (const authorization of [undefined, 'Bearer wrong-token-of-some-length', token]) {
      const reply = await fetch(
        `${product.url}/metrics`,
        authorization ? { headers: { authorization } } : {},
      );
      expect(reply.status).toBe(404);
    }
    const shown = await fetch(`${product.url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
    const text = await shown.text();
    expect(shown.status).toBe(200);
    expect(text).toMatch(
      /quancheng_request_seconds_count\{method="GET",route="\/api\/worklist",status="2xx"\} 1/,
    );
    expect(text).toMatch(/quancheng_database_connections\{state="open"\} [1-9]/);
    expect(text).toMatch(/quancheng_nodejs_eventloop_lag_seconds/);
  });
});

describe('the server’s log', () => {
  it('is one JSON line for each request, and holds nothing of any person, secret or thing typed', async () => {
    const client = await openedOwnerOf(product.dataFolder);
    const { rows } = await client.query<{ id: string; name: string; id_no: string; phone: string }>(
      'select id, name, id_no, phone from resident where id_no is not null and phone is not null limit 30',
    );
    await client.end();
    const secrets = ['Quancheng-2026', cookie.split('=')[1] ?? '', token];
    for (const { id, name, id_no: idNo, phone } of rows) {
      await call('GET', `/api/residents?text=${encodeURIComponent(name)}`);
      await call('GET', `/api/residents?text=${idNo}`);
      await call('GET', `/api/residents/${id}`);
      await call('POST', '/api/residents', { operationId: uuidv7(), name, idNo, phone, note: 'a\u0000b' });
      await call('POST', `/api/${encodeURIComponent(name)}`, { name });
    }
    await call('POST', '/api/session', { username: rows[0]?.name, password: rows[0]?.id_no });
    const [file, ...more] = await readdir(join(product.dataFolder, 'logs'));
    expect(more).toEqual([]);
    const text = await readFile(join(product.dataFolder, 'logs', file ?? ''), 'utf8');
    const lines = text.trim().split('\n');
    expect(rows.length).toBeGreaterThan(10);
    expect(lines.length).toBeGreaterThanOrEqual(rows.length * 5);
    for (const line of lines)
      expect(JSON.parse(line)).toMatchObject({ time: expect.any(String), msg: expect.any(String) });
    const canaries = [...secrets, ...rows.flatMap((row) => [row.name, row.id_no, row.phone, row.id])];
    const said = text + product.said();
    expect(canaries.filter((one) => said.includes(one) && !said.includes(`口令均为 ${one}`))).toEqual([]);
  }, 60_000);
});

describe('two hundred slow clients', () => {
  it('are closed within twenty seconds while others are served', async () => {
    const { port } = new URL(product.url);
    const started = Date.now();
    const closed = Array.from(
      { length: 200 },
      (_, at) =>
        new Promise<number>((resolve) => {
          const socket = connect(Number(port), 'localhost', () =>
            socket.write(
              at % 2 === 0
                ? 'POST /api/session HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{'
                : 'GET /api/system HTTP/1.1\r\nhost: local',
            ),
          );
          socket.resume();
          socket.on('error', () => undefined);
          socket.on('close', () => resolve(Date.now() - started));
        }),
    );
    const slowest: number[] = [];
    let isOver = false;
    const others = (async () => {
      while (!isOver) {
        const from = performance.now();
        expect((await call('GET', '/api/worklist?limit=5')).status).toBe(200);
        slowest.push(performance.now() - from);
      }
    })();
    const after = await Promise.all(closed);
    isOver = true;
    await others;
    expect(Math.max(...after)).toBeLessThan(20_000);
    expect(slowest.length).toBeGreaterThan(50);
  }, 60_000);
});
