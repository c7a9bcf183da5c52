import { createCipheriv, randomFillSync } from 'node:crypto';
import { sm4Keys } from '#platform/server/crypto/cipher-suite.ts';
import { boundPlace, envelopeHead, headBytes } from '#platform/server/crypto/envelope.ts';
import { sealFront, valuePlace } from '#platform/server/crypto/field-seals.ts';
import type { KeyRing } from '#platform/server/crypto/key-ring.ts';
import { QuickHmac } from './quick-sm3.ts';
import { writeUtf8 } from './write-utf8.ts';

const blockBytes = 16;
const tagBytes = 32;
/** Characters of a UUID. */
const uuidLength = 36;
/** Characters of the longest text sealed here, and bytes it may take. */
export const mostCharacters = 40;
const mostPlain = mostCharacters * 3;
/** Nonces whose key streams are made at a time. */
const atOnce = 256;

/** Key streams of SM4 in counter mode, many by one call: a call costs as much as sixteen blocks. */
class KeyStreams {
  readonly #cipher: ReturnType<typeof createCipheriv>;
  readonly #blocks: number;
  /** Bytes of one stream. */
  readonly bytes: number;
  readonly #random = Buffer.alloc(atOnce * blockBytes);
  /** Of each stream the counters that were enciphered; the first is the nonce itself. */
  readonly counters: Buffer;
  streams: Buffer = Buffer.alloc(0);
  #left = 0;

  constructor(cipherKey: Buffer, blocks: number) {
    this.#cipher = createCipheriv('sm4-ecb', cipherKey, null).setAutoPadding(false);
    this.#blocks = blocks;
    this.bytes = blocks * blockBytes;
    this.counters = Buffer.alloc(atOnce * this.bytes);
  }

  /** Where a stream begins, and its nonce, that was never given out before. */
  take(): number {
    if (this.#left === 0) this.#make();
    this.#left -= 1;
    return this.#left * this.bytes;
  }

  #make(): void {
    const { counters } = this;
    const random = randomFillSync(this.#random);
    let at = 0;
    for (let nonce = 0; nonce < random.length; nonce += blockBytes) {
      for (let block = 0; block < this.#blocks; block++) {
        for (let i = 0; i < blockBytes; i++) counters[at + i] = random[nonce + i] as number;
        let carry = block;
        for (let i = at + blockBytes - 1; i >= at && carry > 0; i--) {
          carry += counters[i] as number;
          counters[i] = carry;
          carry >>>= 8;
        }
        at += blockBytes;
      }
    }
    this.streams = this.#cipher.update(counters);
    this.#left = atOnce;
  }
}

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

/** Stands for a row's id in a place that is laid out once for all rows. */
const anyRow = '?'.repeat(uuidLength);

/** Seals texts of one name: what is the same for all residents stands laid out. */
class NameSealer {
  readonly #mac: QuickHmac;
  /** The place, with the row's id to be filled in, then the body: what the tag is reckoned over. */
  readonly #room: Uint8Array;
  readonly #rowAt: number;
  readonly #bodyAt: number;
  /** Nonce, what is enciphered, tag; behind the head that all envelopes have. */
  readonly #envelope: Buffer;
  readonly #sealed: Uint8Array;
  readonly #begin: number;
  /** The sealed text in each length met so far. */
  readonly #ofLength: Uint8Array[] = [];

  constructor(mac: QuickHmac, place: string, head: Buffer) {
    this.#mac = mac;
    this.#room = mac.newRoom();
    const laid = Buffer.from(`0000${place}`);
    laid.writeUInt32BE(laid.length - 4);
    this.#room.set(laid, 64);
    this.#rowAt = 64 + laid.indexOf(anyRow);
    this.#bodyAt = 64 + laid.length;
    this.#envelope = Buffer.alloc(headBytes + blockBytes + mostPlain + tagBytes);
    this.#envelope.set(head);
    this.#sealed = new Uint8Array(8 + this.#envelope.length * 2);
    const front = new TextEncoder().encodeInto(sealFront('resident', 't'), this.#sealed).written;
    // The head fills whole letters of base64.
    this.#begin = writeBase64(this.#envelope, 0, headBytes, this.#sealed, front);
  }

  seal(residentId: string, plain: Uint8Array, length: number, streams: KeyStreams): Uint8Array {
    const room = this.#room;
    const envelope = this.#envelope;
    for (let i = 0; i < uuidLength; i++) room[this.#rowAt + i] = residentId.charCodeAt(i);
    const stream = streams.take();
    const body = headBytes + blockBytes;
    for (let i = 0; i < blockBytes; i++) envelope[headBytes + i] = streams.counters[stream + i] as number;
    for (let i = 0; i < length; i++)
      envelope[body + i] = (plain[i] as number) ^ (streams.streams[stream + i] as number);
    const bodyAt = this.#bodyAt;
    for (let i = 0; i < blockBytes + length; i++) room[bodyAt + i] = envelope[headBytes + i] as number;
    this.#mac.digestInto(room, bodyAt - 64 + blockBytes + length, envelope, body + length);
    const end = writeBase64(envelope, headBytes, body + length + tagBytes, this.#sealed, this.#begin);
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
 * The product's own seals for the made-up residents of the demo county, by the national suite, at a fraction of the cost:
 * a million people have four million sealed values. What comes out is what the product makes, byte for byte where nothing
 * is drawn by lot; a test has the product open it.
 */
export function quickSeals(ring: KeyRing, countyId: string): SealText {
  const { suite } = ring;
  const { id, key } = ring.current('field');
  const { cipherKey, macKey } = sm4Keys(key);
  const mac = new QuickHmac(macKey);
  const head = envelopeHead(suite, id);
  const streams = [1, 2, 3, 4, 8].map((blocks) => new KeyStreams(cipherKey, blocks));
  const sealers = new Map<string, NameSealer>();
  const plainBytes = new Uint8Array(mostPlain);
  return (residentId, name, plain) => {
    if (plain.length > mostCharacters || residentId.length !== uuidLength) throw new RangeError('too long');
    let sealer = sealers.get(name);
    if (!sealer) {
      const place = valuePlace(countyId, 'resident', name, anyRow);
      sealer = new NameSealer(mac, boundPlace(place, id, suite), head);
      sealers.set(name, sealer);
    }
    const length = writeUtf8(plainBytes, 0, plain);
    const long = streams.find((one) => length <= one.bytes) as KeyStreams;
    return sealer.seal(residentId, plainBytes, length, long);
  };
}
