import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainDate } from '#kernel/plain-date.ts';
import { makeSigningKey } from '#platform/browser/field/signatures.ts';
import { startTestServer, type TestServer } from '#test/support/server.ts';
import type { HealthSummary } from '../domain/signed-summary.ts';
import { openSummary, sealSummary } from '../field/summary-seal.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ residents: 600 });
});
afterAll(() => server.stop());

const today = plainDate('2026-11-24');
const path = '/api/field/signing-certificates';
const summary: HealthSummary = {
  name: '张三',
  sex: '男',
  birthYear: 1958,
  diseases: ['高血压'],
  readings: ['血压 135/85（2026-11-24）'],
  medicines: [],
  allergies: '无',
  issuedOn: today,
  validThrough: plainDate('2026-12-01'),
};

describe('a summary signed on one phone', () => {
  it('is believed on another phone of the county with nothing but the keys of the server', async () => {
    const [mine, theirs] = [await server.signIn('village'), await server.signIn('village2')];
    const key = await makeSigningKey();
    const certified = await mine.call('POST', path, { publicKey: key.publicKey });
    expect(certified.status).toBe(200);
    expect(certified.body.validThrough).toBe('2026-12-24');
    const sealed = await sealSummary(summary, key, certified.body.certificate);
    const other = await theirs.call('POST', path, { publicKey: (await makeSigningKey()).publicKey });
    const keys = Object.fromEntries(
      other.body.countyKeys.map((one: { keyId: string; publicKey: string }) => [one.keyId, one.publicKey]),
    );
    expect(Object.keys(keys)).toHaveLength(1);
    expect(await openSummary(sealed, keys, today)).toMatchObject({ kind: 'good', summary });
    expect(await openSummary(sealed.replace('QC2S:', 'QC2S:X'), keys, today)).toMatchObject({
      kind: 'refused',
    });
  });

  it('is certified for clinicians only, and for a real key only', async () => {
    const { publicKey } = await makeSigningKey();
    expect((await server.anonymous.call('POST', path, { publicKey })).status).toBe(401);
    expect((await (await server.signIn('bureau')).call('POST', path, { publicKey })).status).toBe(403);
    const doctor = await server.signIn('village');
    for (const wrong of ['', 'AAAA', publicKey.slice(0, -4), `A${publicKey.slice(1)}`])
      expect((await doctor.call('POST', path, { publicKey: wrong })).status, wrong).toBe(422);
  });

  it('rests on a key that lies sealed in the database', async () => {
    const [row] = await server.look<{ private_key: Buffer; action: string }>(
      `select k.private_key, a.action from county_signing_key k, audit_entry a where a.action = 'signing-key.certify'`,
    );
    expect(row?.private_key.toString('latin1')).not.toContain('"d"');
  });
});
