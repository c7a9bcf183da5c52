import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestClient, type TestServer } from '#test/support/server.ts';
import { Crash } from './memory-storage.ts';
import { Random } from './random.ts';
import { expectTakenOnce, RealPhone } from './real-phone.ts';

/** The same engine and a village's real model against the real server and PostgreSQL: fewer schedules, nothing modelled but the network and the disk. */
const schedules = 4;
const rounds = 6;

let server: TestServer;
let clients: TestClient[];
beforeAll(async () => {
  server = await startTestServer({ residents: 600 });
  clients = await Promise.all(
    ['village', 'village', 'village', 'township'].map((name) => server.signIn(name)),
  );
});
afterAll(() => server.stop());

describe('real phones and a real database, cut and crashed', () => {
  it('take every saved edit once, and end with the same documents', async () => {
    for (let seed = 1; seed <= schedules; seed++) {
      const random = new Random(seed);
      const phones = clients.map((client) => new RealPhone(client, random));
      for (const phone of phones) {
        await phone.register();
        await phone.round('calm');
      }
      for (let turn = 0; turn < rounds; turn++)
        await Promise.all(
          phones.map(async (phone, n) => {
            await phone.edit(`单位${seed}-${turn}-${n}`).catch(async (error) => {
              if (!(error instanceof Crash)) throw error;
              await phone.boot();
            });
            await phone.round('rough');
          }),
        );
      for (const phone of phones) await phone.boot();
      for (let turn = 0; turn < 2; turn++) for (const phone of phones) await phone.round('calm');
      expect(await expectTakenOnce(phones, server.look), `schedule ${seed}`).toBeGreaterThan(5);
    }
  }, 240_000);
});
