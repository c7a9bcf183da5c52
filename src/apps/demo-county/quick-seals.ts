import { createCipheriv, randomFillSync } from 'node:crypto';
import { sm4Keys } from '#platform/server/crypto/cipher-suite.ts';
import { boundPlace, envelopeHead, headBytes } from '#platform/server/crypto/envelope.ts';
import { sealFront, valuePlace } from '#platform/server/crypto/field-seals.ts';
import type { KeyRing } from '#platform/server/crypto/key-ring.ts';
import { QuickHmac } from './quick-sm3.ts';

const blockBytes = 16;
const tagBytes = 32;
/** Characters of a UUID, and of the longest text sealed here. */
const uuidLength = 36;
export const mostCharacters = 40;
/** Nonces whose key streams are made at a time. */
const atOnce = 256;

/** Key streams of SM4 in counter mode, many by one call: a call costs as much as sixteen blocks. */
class KeyStreams {
  readonly #cipher: ReturnType<typeof createCipheriv>;
  /** Bytes of one stream. */
  readonly bytes: number;
  readonly #random = Buffer.alloc(atOnce * blockBytes);
  /** Of each stream the counters that were enciphered; the first is the nonce itself. */
  readonly counters: Buffer;
  streams: Buffer = Buffer.alloc(0);
  #left = 0;

  constructor(cipherKey: Buffer, blocks: number) {
    this.#cipher = createCipheriv('sm4-ecb', cipherKey, null).setAutoPadding(false);
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
    randomFillSync(this.#random);
    for (let at = 0, block = 0; at < counters.length; at += blockBytes) {
      const nonce = Math.floor(at / this.bytes) * blockBytes;
      for (let i = 0; i < blockBytes; i++) counters[at + i] = this.#random[nonce + i] as number;
      let carry = block;
      for (let i = blockBytes - 1; i >= 0 && carry > 0; i--) {
        carry += counters[at + i] as number;
        counters[at + i] = carry;
        carry >>>= 8;
      }
      block = (at + blockBytes) % this.bytes === 0 ? 0 : block + 1;
    }
    this.streams = this.#cipher.update(counters);
    this.#left = atOnce;
  }
}

const base64Codes = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const padding = '='.charCodeAt(0);

/** Writes `length` bytes as base64; answers where it ends. */
function writeBase64(bytes: Uint8Array, length: number, to: Uint8Array, toAt: number): number {
  let at = toAt;
  for (let i = 0; i < length; i += 3) {
    const one = bytes[i] as number;
    const two = i + 1 < length ? (bytes[i + 1] as number) : 0;
    const three = i + 2 < length ? (bytes[i + 2] as number) : 0;
    to[at++] = base64Codes[one >>> 2] as number;
    to[at++] = base64Codes[((one & 3) << 4) | (two >>> 4)] as number;
    to[at++] = i + 1 < length ? (base64Codes[((two & 15) << 2) | (three >>> 6)] as number) : padding;
    to[at++] = i + 2 < length ? (base64Codes[three & 63] as number) : padding;
  }
  return at;
}

/** Stands for a row's id in a place that is laid out once for all rows. */
const anyRow = '?'.repeat(uuidLength);

/** A place as its tag is reckoned, after its length, with room for the row's id at `rowAt`. */
function layOut(place: string): { bytes: Buffer; rowAt: number } {
  const bytes = Buffer.from(`0000${place}`);
  bytes.writeUInt32BE(bytes.length - 4);
  return { bytes, rowAt: bytes.indexOf(anyRow) };
}

/** Seals a short text for one value of one resident, as UTF-8 that holds until the next text is sealed. */
export type SealText = (residentId: string, name: string, plain: string) => Uint8Array;

/**
 * The product's own seals for the made-up residents of the demo county, by the national suite, at a fraction of the cost:
 * a million people have five million sealed values. What comes out is what the product makes, byte for byte where nothing
 * is drawn by lot; a test has the product open it.
 */
export function quickSeals(ring: KeyRing, countyId: string): SealText {
  const { suite } = ring;
  const { id, key } = ring.current('field');
  const { cipherKey, macKey } = sm4Keys(key);
  const mac = new QuickHmac(macKey);
  const short = new KeyStreams(cipherKey, 2);
  const long = new KeyStreams(cipherKey, 8);
  const places = new Map<string, ReturnType<typeof layOut>>();
  const plainBytes = Buffer.alloc(mostCharacters * 3);
  const envelope = Buffer.alloc(headBytes + blockBytes + plainBytes.length + tagBytes);
  envelope.set(envelopeHead(suite, id));
  const sealed = new Uint8Array(8 + envelope.length * 2);
  const begin = new TextEncoder().encodeInto(sealFront('resident', 't'), sealed).written;

  /** Lays the row's place before the body in the room of the digest; answers its length. */
  const layPlace = (residentId: string, name: string): number => {
    let place = places.get(name);
    if (!place) {
      place = layOut(boundPlace(valuePlace(countyId, 'resident', name, anyRow), id, suite));
      places.set(name, place);
    }
    mac.room.set(place.bytes, 64);
    const at = 64 + place.rowAt;
    for (let i = 0; i < uuidLength; i++) mac.room[at + i] = residentId.charCodeAt(i);
    return place.bytes.length;
  };

  return (residentId, name, plain) => {
    if (plain.length > mostCharacters || residentId.length !== uuidLength) throw new RangeError('too long');
    const length = plainBytes.write(plain);
    const source = length <= short.bytes ? short : long;
    const stream = source.take();
    for (let i = 0; i < blockBytes; i++) envelope[headBytes + i] = source.counters[stream + i] as number;
    const from = headBytes + blockBytes;
    for (let i = 0; i < length; i++)
      envelope[from + i] = (plainBytes[i] as number) ^ (source.streams[stream + i] as number);
    const before = layPlace(residentId, name);
    for (let i = headBytes; i < from + length; i++)
      mac.room[64 + before + i - headBytes] = envelope[i] as number;
    mac.digestInto(before + blockBytes + length, envelope, from + length);
    return sealed.subarray(0, writeBase64(envelope, from + length + tagBytes, sealed, begin));
  };
}
