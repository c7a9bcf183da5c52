import { aesKey, type SuiteId, sm4Keys } from '#platform/server/crypto/cipher-suite.ts';
import { boundPlace, envelopeHead, headBytes } from '#platform/server/crypto/envelope.ts';
import { sealFront, valuePlace } from '#platform/server/crypto/field-seals.ts';
import type { KeyRing } from '#platform/server/crypto/key-ring.ts';
import { blockBytes, type CounterMode, KeyStreams } from './key-streams.ts';
import { QuickGhash } from './quick-ghash.ts';
import { QuickHmac } from './quick-sm3.ts';
import { anyRow, GcmTagger, HmacTagger, type Tagger, uuidLength } from './quick-tags.ts';
import { writeUtf8 } from './write-utf8.ts';

/** Characters of the longest text sealed here, and bytes it may take. */
export const mostCharacters = 40;
const mostPlain = mostCharacters * 3;

/** How a suite enciphers and tags. */
interface QuickSuite {
  readonly counting: CounterMode;
  taggerAt(place: string): Tagger;
}

const quickSuites: Readonly<Record<SuiteId, (key: Buffer) => QuickSuite>> = {
  'sm4-ctr-hmac-sm3': (key) => {
    const { cipherKey, macKey } = sm4Keys(key);
    const mac = new QuickHmac(macKey);
    return {
      counting: { cipher: 'sm4-ecb', key: cipherKey, nonceBytes: 16, ahead: 0 },
      taggerAt: (place) => new HmacTagger(mac, place),
    };
  },
  'aes-256-gcm': (key) => {
    const cipherKey = aesKey(key);
    const ghash = new QuickGhash(cipherKey);
    return {
      counting: { cipher: 'aes-256-ecb', key: cipherKey, nonceBytes: 12, ahead: 1 },
      taggerAt: (place) => new GcmTagger(ghash, place, mostPlain),
    };
  },
};

const base64Codes = Uint8Array.from(
  Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'),
);
const padding = '='.charCodeAt(0);

/** Writes the bytes from `from` to `length` as base64; answers where it ends. */
function writeBase64(bytes: Uint8Array, from: number, length: number, to: Uint8Array, toAt: number): number {
  let at = toAt;
  let i = from;
  for (; i + 2 < length; i += 3) {
    const three = ((bytes[i] as number) << 16) | ((bytes[i + 1] as number) << 8) | (bytes[i + 2] as number);
    to[at++] = base64Codes[three >>> 18] as number;
    to[at++] = base64Codes[(three >>> 12) & 63] as number;
    to[at++] = base64Codes[(three >>> 6) & 63] as number;
    to[at++] = base64Codes[three & 63] as number;
  }
  for (; i < length; i += 3) {
    const one = bytes[i] as number;
    const two = i + 1 < length ? (bytes[i + 1] as number) : 0;
    to[at++] = base64Codes[one >>> 2] as number;
    to[at++] = base64Codes[((one & 3) << 4) | (two >>> 4)] as number;
    to[at++] = i + 1 < length ? (base64Codes[(two & 15) << 2] as number) : padding;
    to[at++] = padding;
  }
  return at;
}

/** Seals texts of one name: what is the same for all residents stands laid out. */
class NameSealer {
  readonly #tagger: Tagger;
  readonly #mode: CounterMode;
  /** Head, nonce, body, tag. */
  readonly #envelope: Buffer;
  readonly #sealed: Uint8Array;
  readonly #begin: number;
  /** The sealed text in each length met so far. */
  readonly #ofLength: Uint8Array[] = [];

  constructor(tagger: Tagger, mode: CounterMode, head: Buffer) {
    this.#tagger = tagger;
    this.#mode = mode;
    this.#envelope = Buffer.alloc(headBytes + mode.nonceBytes + mostPlain + tagger.tagBytes);
    this.#envelope.set(head);
    this.#sealed = new Uint8Array(8 + this.#envelope.length * 2);
    const front = new TextEncoder().encodeInto(sealFront('resident', 't'), this.#sealed).written;
    // The head fills whole letters of base64.
    this.#begin = writeBase64(this.#envelope, 0, headBytes, this.#sealed, front);
  }

  seal(residentId: string, plain: Uint8Array, length: number, streams: KeyStreams): Uint8Array {
    const envelope = this.#envelope;
    const { nonceBytes, ahead } = this.#mode;
    const stream = streams.take();
    const bodyAt = headBytes + nonceBytes;
    for (let i = 0; i < nonceBytes; i++) envelope[headBytes + i] = streams.counters[stream + i] as number;
    const keys = streams.streams;
    const keysAt = stream + ahead * blockBytes;
    for (let i = 0; i < length; i++)
      envelope[bodyAt + i] = (plain[i] as number) ^ (keys[keysAt + i] as number);
    const bodyEnd = bodyAt + length;
    this.#tagger.tag(residentId, { envelope, nonceAt: headBytes, bodyAt, bodyEnd, streams, stream });
    const end = writeBase64(envelope, headBytes, bodyEnd + this.#tagger.tagBytes, this.#sealed, this.#begin);
    const known = this.#ofLength[end];
    if (known) return known;
    const made = this.#sealed.subarray(0, end);
    this.#ofLength[end] = made;
    return made;
  }
}

/** Seals a short text for one value of one resident, as UTF-8 that holds until the next text of that name is sealed. */
export type SealText = (residentId: string, name: string, plain: string) => Uint8Array;

/**
 * The product's own seals for the made-up residents of the demo county at a fraction of the cost:
 * a million people have four million sealed values. What comes out is what the product makes, byte for byte where nothing
 * is drawn by lot; a test has the product open it.
 */
export function quickSeals(ring: KeyRing, countyId: string): SealText {
  const { suite } = ring;
  const { id, key } = ring.current('field');
  const { counting, taggerAt } = quickSuites[suite.id](key);
  const head = envelopeHead(suite, id);
  const streams = [1, 2, 3, 4, 8].map((blocks) => new KeyStreams(counting, blocks));
  const sealers = new Map<string, NameSealer>();
  const plainBytes = new Uint8Array(mostPlain);
  return (residentId, name, plain) => {
    if (plain.length > mostCharacters || residentId.length !== uuidLength) throw new RangeError('too long');
    let sealer = sealers.get(name);
    if (!sealer) {
      const place = valuePlace(countyId, 'resident', name, anyRow);
      sealer = new NameSealer(taggerAt(boundPlace(place, id, suite)), counting, head);
      sealers.set(name, sealer);
    }
    const length = writeUtf8(plainBytes, 0, plain);
    const long = streams.find((one) => length <= one.bytes) as KeyStreams;
    return sealer.seal(residentId, plainBytes, length, long);
  };
}
