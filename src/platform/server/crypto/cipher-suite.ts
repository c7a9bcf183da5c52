import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomFillSync,
  timingSafeEqual,
} from 'node:crypto';

/** How values are sealed: the national algorithms, or the international ones. */
export type SuiteId = 'sm4-ctr-hmac-sm3' | 'aes-256-gcm';

/** Sealing with authentication: what was sealed for one place cannot be opened in another. */
export interface CipherSuite {
  readonly id: SuiteId;
  /** The byte that names the suite in an envelope; never used again for another. */
  readonly code: number;
  seal(key: Buffer, plain: Buffer, place: string): Buffer;
  /** Throws `Unsealable` for a wrong key, a wrong place, or any changed byte. */
  open(key: Buffer, sealed: Buffer, place: string): Buffer;
}

/** A sealed value that does not open. Says no more than that: neither why nor anything of the content. */
export class Unsealable extends Error {
  constructor() {
    super('a sealed value does not open');
  }
}

const aes: CipherSuite = {
  id: 'aes-256-gcm',
  code: 2,
  seal(key, plain, place) {
    const nonce = takeNonce(12);
    const cipher = createCipheriv('aes-256-gcm', aesKey(key), nonce);
    cipher.setAAD(Buffer.from(place));
    // A counter mode holds nothing back: `final` only reckons the tag.
    const body = cipher.update(plain);
    cipher.final();
    return Buffer.concat([nonce, body, cipher.getAuthTag()]);
  },
  open(key, sealed, place) {
    if (sealed.length < 28) throw new Unsealable();
    const decipher = createDecipheriv('aes-256-gcm', aesKey(key), sealed.subarray(0, 12));
    decipher.setAAD(Buffer.from(place));
    decipher.setAuthTag(sealed.subarray(-16));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
    } catch {
      throw new Unsealable();
    }
  },
};

/** Encrypt, then authenticate: Node's OpenSSL has SM4 without GCM, and SM3 for the tag. */
const sm4: CipherSuite = {
  id: 'sm4-ctr-hmac-sm3',
  code: 1,
  seal(key, plain, place) {
    const { cipherKey, macKey } = sm4Keys(key);
    const nonce = takeNonce(16);
    const cipher = createCipheriv('sm4-ctr', cipherKey, nonce);
    const body = Buffer.concat([nonce, cipher.update(plain), cipher.final()]);
    return Buffer.concat([body, sm4Tag(macKey, body, place)]);
  },
  open(key, sealed, place) {
    if (sealed.length < 48) throw new Unsealable();
    const { cipherKey, macKey } = sm4Keys(key);
    const body = sealed.subarray(0, -32);
    if (!timingSafeEqual(sealed.subarray(-32), sm4Tag(macKey, body, place))) throw new Unsealable();
    const decipher = createDecipheriv('sm4-ctr', cipherKey, body.subarray(0, 16));
    return Buffer.concat([decipher.update(body.subarray(16)), decipher.final()]);
  },
};

/** Every suite there ever was: old values stay readable after the setting changed. */
export const cipherSuites: readonly CipherSuite[] = [sm4, aes];

/** The suite of that name. Throws for a name there is none of. */
export function cipherSuite(id: string): CipherSuite {
  const found = cipherSuites.find((one) => one.id === id);
  if (!found) throw new RangeError(`no cipher suite ${id}`);
  return found;
}

const pool = Buffer.alloc(8192);
let left = 0;

/** Random bytes never given out before; asked from the system in bulk, since each asking costs more than sealing. */
function takeNonce(length: number): Buffer {
  if (left < length) {
    randomFillSync(pool);
    left = pool.length;
  }
  left -= length;
  return Buffer.from(pool.subarray(left, left + length));
}

const derived = new WeakMap<Buffer, Map<string, Buffer>>();

/** A key for one use, from a data key; kept, since deriving costs more than sealing. */
function derive(key: Buffer, digest: string, use: string, length: number): Buffer {
  const uses = derived.get(key) ?? new Map<string, Buffer>();
  derived.set(key, uses);
  const found = uses.get(use) ?? Buffer.from(hkdfSync(digest, key, '', `quancheng ${use}`, length));
  uses.set(use, found);
  return found;
}

/** The key the international suite derives from a data key. */
export const aesKey = (key: Buffer): Buffer => derive(key, 'sha256', 'aes-256-gcm', 32);

/** The keys the national suite derives from a data key. */
export function sm4Keys(key: Buffer): { cipherKey: Buffer; macKey: Buffer } {
  return {
    cipherKey: derive(key, 'sm3', 'sm4-ctr cipher', 16),
    macKey: derive(key, 'sm3', 'sm4-ctr tag', 32),
  };
}

/** The place is measured before it is read, so that no two pairs of place and body give the same bytes. */
function sm4Tag(macKey: Buffer, body: Buffer, place: string): Buffer {
  const where = Buffer.from(place);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(where.length);
  return createHmac('sm3', macKey).update(length).update(where).update(body).digest();
}
