import jsqr from 'jsqr';
import { encode } from 'uqr';
import { beforeAll, describe, expect, it } from 'vitest';
import { plainDate } from '#kernel/plain-date.ts';
import { makeSigningKey, type SigningKey, signText } from '#platform/browser/field/signatures.ts';
import { completeDocument } from '../domain/person-document.ts';
import { type SignerCertificate, summarise, writeCertificate } from '../domain/signed-summary.ts';
import { openSummary, type SealedCertificate, sealSummary } from './summary-seal.ts';

// The package's types say what it is to bundlers; under Node its module is the function itself.
const readQr = jsqr as unknown as typeof jsqr.default;
const today = plainDate('2026-11-24');
const person = {
  ...completeDocument({
    id: '0192f0c1-0000-7000-8000-00000000abcd',
    name: '张秀兰',
    sex: '2',
    birthDate: plainDate('1956-04-05'),
    idTail: '05002X',
    phone: '13900000001',
  }),
  series: { sbp: [[plainDate('2026-11-20'), 138]], dbp: [[plainDate('2026-11-20'), 84]] } as const,
};
let county: SigningKey;
let phone: SigningKey;
let certificate: SealedCertificate;
let keys: Record<string, string>;

const certify = async (by: SigningKey, more: Partial<SignerCertificate> = {}): Promise<SealedCertificate> => {
  const text = writeCertificate({
    keyId: 'k1',
    publicKey: phone.publicKey,
    doctor: '王守义',
    organization: '柳河村卫生室',
    validThrough: plainDate('2026-12-24'),
    ...more,
  });
  return { text, signature: await signText(by, text) };
};

beforeAll(async () => {
  county = await makeSigningKey();
  phone = await makeSigningKey();
  certificate = await certify(county);
  keys = { k1: county.publicKey };
});

describe('a signed health summary', () => {
  it('is believed by another phone of the county without a network, and says who signed', async () => {
    const sealed = await sealSummary(summarise(person, '青霉素', today), phone, certificate);
    const opened = await openSummary(sealed, keys, today);
    expect(opened).toMatchObject({
      kind: 'good',
      summary: { name: '张秀兰', readings: ['血压 138/84（2026-11-20）'], allergies: '青霉素' },
      signer: { doctor: '王守义' },
    });
  });

  it('is read from its picture, however much it says, at three pixels a module', async () => {
    const medicines = [
      '苯磺酸氨氯地平片 5mg×1',
      '盐酸二甲双胍片 500mg×2',
      '酒石酸美托洛尔片 25mg×2',
      '缬沙坦胶囊 80mg×1',
    ];
    for (let n = 0; n < 12; n++) {
      const summary = {
        ...summarise(person, '青霉素', today),
        name: `${'王李张刘陈杨赵黄周吴徐孙'[n]}秀兰`,
        diseases: ['高血压', '2型糖尿病'].slice(0, 1 + (n % 2)),
        readings: [`家庭血压 ${120 + n}/${70 + n}（2026-11-20）`, `指尖血空腹血糖 7.${n}（2026-11-20）`],
        medicines: [
          ...[...medicines, ...medicines.map((one) => `${one}0`)].slice(0, n % 7),
          ...(n % 7 === 6 ? ['共 12 种'] : []),
        ],
      };
      const sealed = await sealSummary(summary, phone, certificate);
      const { data, size } = encode(sealed, { ecc: 'L', border: 4 });
      expect(size * 3, 'as wide as the screen allows').toBeLessThanOrEqual(320);
      const pixels = new Uint8ClampedArray((size * 3) ** 2 * 4).fill(255);
      for (let y = 0; y < size * 3; y++)
        for (let x = 0; x < size * 3; x++)
          if (data[Math.floor(y / 3)]?.[Math.floor(x / 3)])
            pixels.fill(0, (y * size * 3 + x) * 4, (y * size * 3 + x) * 4 + 3);
      expect(readQr(pixels, size * 3, size * 3)?.data, `person ${n}`).toBe(sealed);
    }
  });

  it('says where a pressure was taken, and of a medicine on two sheets the latest dose only', () => {
    const sheet = (on: string, dosePerTime: number) => ({
      program: 'hypertension' as const,
      enrollmentId: '0192f0c1-0000-7000-8000-00000000aaaa',
      version: 1,
      enrolledOn: plainDate('2025-01-01'),
      diagnosedOn: null,
      classes: [],
      lastVisitOn: plainDate(on),
      last: {
        recordId: '0192f0c1-0000-7000-8000-00000000bbbb',
        edition: '2017',
        on: plainDate(on),
        answers: {
          drugs: [{ drugName: '苯磺酸氨氯地平片', dosePerTime, doseUnit: 'mg', timesPerDay: 1 }],
        },
      },
    });
    const told = summarise(
      {
        ...person,
        programs: [sheet('2026-11-20', 10), { ...sheet('2026-08-01', 5), program: 'type-2-diabetes' }],
        series: {
          sbp: [
            [plainDate('2026-11-20'), 128, 'home'],
            [plainDate('2026-11-20'), 150, 'office'],
          ],
          dbp: [
            [plainDate('2026-11-20'), 92, 'office'],
            [plainDate('2026-11-20'), 78, 'home'],
          ],
        },
      },
      '无',
      today,
    );
    expect(told.medicines).toEqual(['苯磺酸氨氯地平片 10mg×1']);
    expect(told.readings).toEqual(['家庭血压 128/78（2026-11-20）']);
  });

  it('names six medicines as far as their use was written, and says how many there are in all', () => {
    const taken = Array.from({ length: 8 }, (_, n) => ({ name: `药${n + 1}` }));
    const plan = {
      on: plainDate('2026-11-20'),
      medicines: [
        { ...taken[0], dosePerTime: 5, doseUnit: 'mg' },
        { ...taken[1], timesPerDay: 2 },
        ...taken.slice(2),
      ],
    };
    const told = summarise({ ...person, plan } as never, '无', today);
    expect(told.medicines).toEqual(['药1 5mg', '药2 每日2次', '药3', '药4', '药5', '药6', '共 8 种']);
  });

  it('carries no identity number, telephone or address', async () => {
    const summary = JSON.stringify(summarise(person, '无', today));
    for (const secret of ['05002X', '13900000001', person.id]) expect(summary).not.toContain(secret);
  });

  it('is refused when a single letter of any part was changed', async () => {
    const sealed = await sealSummary(summarise(person, '青霉素', today), phone, certificate);
    const start = 'QC2S:'.length;
    for (let at = start; at < sealed.length; at += 1) {
      const other = sealed[at] === 'A' ? 'B' : 'A';
      if (sealed[at] === '.') continue;
      const forged = sealed.slice(0, at) + other + sealed.slice(at + 1);
      expect((await openSummary(forged, keys, today)).kind, `letter ${at}`).toBe('refused');
    }
  });

  it('is refused from another county, a self-made certificate, or a phone that borrowed a certificate', async () => {
    const summary = summarise(person, '无', today);
    const sealed = await sealSummary(summary, phone, certificate);
    expect(await openSummary(sealed, {}, today)).toEqual({ kind: 'refused', why: 'unknown-county' });
    const selfMade = await sealSummary(summary, phone, await certify(phone));
    expect(await openSummary(selfMade, keys, today)).toEqual({ kind: 'refused', why: 'certificate-forged' });
    const borrowed = await sealSummary(summary, await makeSigningKey(), certificate);
    expect(await openSummary(borrowed, keys, today)).toEqual({ kind: 'refused', why: 'changed' });
    expect(await openSummary('https://example.org', keys, today)).toEqual({
      kind: 'refused',
      why: 'not-a-summary',
    });
  });

  it('holds for its days on both sides of the edge', async () => {
    const sealed = await sealSummary(summarise(person, '无', today), phone, certificate);
    expect((await openSummary(sealed, keys, plainDate('2026-12-01'))).kind).toBe('good');
    expect(await openSummary(sealed, keys, plainDate('2026-12-02'))).toEqual({
      kind: 'refused',
      why: 'expired',
    });
    expect((await openSummary(sealed, keys, plainDate('2026-11-23'))).kind).toBe('good');
    expect(await openSummary(sealed, keys, plainDate('2026-11-22'))).toEqual({
      kind: 'refused',
      why: 'not-yet',
    });
    const old = await sealSummary(
      summarise(person, '无', today),
      phone,
      await certify(county, { validThrough: plainDate('2026-11-23') }),
    );
    expect(await openSummary(old, keys, today)).toEqual({ kind: 'refused', why: 'certificate-expired' });
  });
});
