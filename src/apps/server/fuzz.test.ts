import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runFuzz } from '#test/rigs/fuzz.ts';
import { startTestServer, type TestServer } from '#test/support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ residents: 600 });
});
afterAll(() => server.stop());

describe('values drawn from every route’s own schema and spoiled', () => {
  it('are taken or refused by name, and never make the server fail', async () => {
    const result = await runFuzz(server, { inputs: 3000, seed: 20_261_124 });
    expect(result.faults).toEqual([]);
    expect(result.inputs).toBeGreaterThanOrEqual(3000);
    // Enough of them get past the door for the work behind it to be tried.
    expect(result.routesReached).toBeGreaterThan(result.routes / 4);
  }, 120_000);
});
