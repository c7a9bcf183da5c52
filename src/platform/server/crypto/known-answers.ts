import { createCipheriv, createDecipheriv, createHash, createHmac } from 'node:crypto';

/** The crypto library gives wrong answers; nothing may be sealed or opened with it. */
export class CryptoUnfit extends Error {}

const hex = (text: string) => Buffer.from(text, 'hex');

function encrypt(name: string, key: string, iv: string | null, plain: string): string {
  const cipher = createCipheriv(name, hex(key), iv === null ? null : hex(iv));
  cipher.setAutoPadding(false);
  return Buffer.concat([cipher.update(hex(plain)), cipher.final()]).toString('hex');
}

function gcm(key: string, iv: string, plain: string): string {
  const cipher = createCipheriv('aes-256-gcm', hex(key), hex(iv));
  return Buffer.concat([cipher.update(hex(plain)), cipher.final(), cipher.getAuthTag()]).toString('hex');
}

/** Answers printed in the standards, asked again at every start. */
const knownAnswers: readonly { name: string; expected: string; compute: () => string }[] = [
  {
    name: 'SM3（GB/T 32905-2016 附录 A.1）',
    expected: '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
    compute: () => createHash('sm3').update('abc').digest('hex'),
  },
  {
    name: 'SM3（GB/T 32905-2016 附录 A.2）',
    expected: 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732',
    compute: () => createHash('sm3').update('abcd'.repeat(16)).digest('hex'),
  },
  {
    name: 'SM4（GB/T 32907-2016 附录 A.1）',
    expected: '681edf34d206965e86b3e94f536e4246',
    compute: () =>
      encrypt('sm4-ecb', '0123456789abcdeffedcba9876543210', null, '0123456789abcdeffedcba9876543210'),
  },
  {
    name: 'SM4-CTR 的第一块等于 SM4 对计数器的加密',
    expected: '681edf34d206965e86b3e94f536e4246',
    compute: () =>
      encrypt(
        'sm4-ctr',
        '0123456789abcdeffedcba9876543210',
        '0123456789abcdeffedcba9876543210',
        '00'.repeat(16),
      ),
  },
  {
    name: 'AES-256-GCM（NIST GCM 附录 B 例 14）',
    expected: 'cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919',
    compute: () => gcm('00'.repeat(32), '00'.repeat(12), '00'.repeat(16)),
  },
  {
    name: 'HMAC-SHA-256（RFC 4231 例 2）',
    expected: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    compute: () => createHmac('sha256', 'Jefe').update('what do ya want for nothing?').digest('hex'),
  },
];

/** HMAC by its definition (RFC 2104) over SM3, for want of a printed example of HMAC-SM3. */
function hmacSm3ByDefinition(key: Buffer, data: Buffer): string {
  const block = Buffer.alloc(64);
  (key.length > 64 ? createHash('sm3').update(key).digest() : key).copy(block);
  const pad = (byte: number) => Buffer.from(block.map((one) => one ^ byte));
  const inner = createHash('sm3').update(pad(0x36)).update(data).digest();
  return createHash('sm3').update(pad(0x5c)).update(inner).digest('hex');
}

/** Throws `CryptoUnfit` when an algorithm does not give the answer its standard prints. */
export function checkKnownAnswers(answers: typeof knownAnswers = knownAnswers): void {
  for (const one of answers) {
    if (one.compute() !== one.expected) throw new CryptoUnfit(`密码算法自检未通过：${one.name}`);
  }
  const key = Buffer.from('quancheng');
  const data = Buffer.from('known answer');
  if (createHmac('sm3', key).update(data).digest('hex') !== hmacSm3ByDefinition(key, data))
    throw new CryptoUnfit('密码算法自检未通过：HMAC-SM3');
  const decipher = createDecipheriv('sm4-ecb', hex('0123456789abcdeffedcba9876543210'), null);
  decipher.setAutoPadding(false);
  const back = Buffer.concat([decipher.update(hex('681edf34d206965e86b3e94f536e4246')), decipher.final()]);
  if (back.toString('hex') !== '0123456789abcdeffedcba9876543210')
    throw new CryptoUnfit('密码算法自检未通过：SM4 解密');
}
