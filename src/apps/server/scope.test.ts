import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leakyRoute, probeScopes } from '#test/rigs/scope.ts';
import { startTestServer, type TestServer } from '#test/support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ residents: 300, moreRoutes: [leakyRoute] });
});
afterAll(() => server.stop());

describe('on random trees of organizations', () => {
  it('nobody gets a row from outside their own branch by any route, and lists lack nobody inside it', async () => {
    const result = await probeScopes(server, { requests: 1000, trees: 2, seed: 20_261_124 });
    expect(result.leaks).toEqual([]);
    expect(result.missing).toEqual([]);
    expect(result.reachingOut).toBeGreaterThan(200);
    expect(result.answered).toBeGreaterThan(200);
  }, 180_000);

  it('a route that forgot its scope is found', async () => {
    const planted = await probeScopes(server, { requests: 250, trees: 1, seed: 7, moreRoutes: [leakyRoute] });
    expect(planted.leaks.length).toBeGreaterThan(0);
    expect(planted.leaks.every((leak) => leak.includes('/api/planted-leak'))).toBe(true);
  }, 120_000);
});
