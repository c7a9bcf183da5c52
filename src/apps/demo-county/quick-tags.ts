import { blockBytes, type KeyStreams } from './key-streams.ts';
import type { QuickGhash } from './quick-ghash.ts';
import type { QuickHmac } from './quick-sm3.ts';

/** Characters of a UUID. */
export const uuidLength = 36;
/** Stands for a row's id in a place that is laid out once for all rows. */
export const anyRow = '?'.repeat(uuidLength);

/** A nonce and what was enciphered with it, in an envelope. */
export interface Enciphered {
  readonly envelope: Uint8Array;
  /** Where the nonce begins, and the body behind it. */
  readonly nonceAt: number;
  readonly bodyAt: number;
  readonly bodyEnd: number;
  /** The streams it was enciphered by, and where they begin. */
  readonly streams: KeyStreams;
  readonly stream: number;
}

/** Writes the tag of a row's value behind its body; where it belongs stands laid out but for the row's id. */
export interface Tagger {
  readonly tagBytes: number;
  tag(residentId: string, what: Enciphered): void;
}

function fillRow(room: Uint8Array, rowAt: number, residentId: string): void {
  for (let i = 0; i < uuidLength; i++) room[rowAt + i] = residentId.charCodeAt(i);
}

/** The tag of the national suite: HMAC-SM3 over the place, measured, then nonce and body. */
export class HmacTagger implements Tagger {
  readonly tagBytes = 32;
  readonly #mac: QuickHmac;
  readonly #room: Uint8Array;
  readonly #rowAt: number;
  readonly #behindAt: number;

  constructor(mac: QuickHmac, place: string) {
    this.#mac = mac;
    this.#room = mac.newRoom();
    const laid = Buffer.from(`0000${place}`);
    laid.writeUInt32BE(laid.length - 4);
    this.#room.set(laid, 64);
    this.#rowAt = 64 + laid.indexOf(anyRow);
    this.#behindAt = 64 + laid.length;
  }

  tag(residentId: string, { envelope, nonceAt, bodyEnd }: Enciphered): void {
    const room = this.#room;
    fillRow(room, this.#rowAt, residentId);
    const length = bodyEnd - nonceAt;
    for (let i = 0; i < length; i++) room[this.#behindAt + i] = envelope[nonceAt + i] as number;
    this.#mac.digestInto(room, this.#behindAt - 64 + length, envelope, bodyEnd);
  }
}

const wholeBlocks = (bytes: number) => Math.ceil(bytes / blockBytes) * blockBytes;

/** The tag of AES-GCM: GHASH over the place, the body and how long both are, under the block that stands ahead of the stream. */
export class GcmTagger implements Tagger {
  readonly tagBytes = 16;
  readonly #ghash: QuickGhash;
  readonly #room: Uint8Array;
  readonly #rowAt: number;
  readonly #placeBits: number;
  /** Where the body's blocks begin. */
  readonly #behindAt: number;
  /** The first block that is not the same for all rows, and the digest of those before it. */
  readonly #variesAt: number;
  readonly #before: Uint8Array;

  constructor(ghash: QuickGhash, place: string, mostBody: number) {
    this.#ghash = ghash;
    const laid = Buffer.from(place);
    this.#behindAt = wholeBlocks(laid.length);
    this.#room = ghash.newRoom(this.#behindAt + wholeBlocks(mostBody) + blockBytes);
    this.#room.set(laid);
    this.#rowAt = laid.indexOf(anyRow);
    this.#placeBits = laid.length * 8;
    this.#variesAt = Math.floor(this.#rowAt / blockBytes) * blockBytes;
    this.#before = ghash.after(new Uint8Array(blockBytes), this.#room, 0, this.#variesAt).slice();
  }

  tag(residentId: string, { envelope, bodyAt, bodyEnd, streams, stream }: Enciphered): void {
    const room = this.#room;
    fillRow(room, this.#rowAt, residentId);
    let at = this.#behindAt;
    for (let i = bodyAt; i < bodyEnd; i++) room[at++] = envelope[i] as number;
    while (at % blockBytes > 0) room[at++] = 0;
    at = writeBits(room, at, this.#placeBits);
    at = writeBits(room, at, (bodyEnd - bodyAt) * 8);
    const sum = this.#ghash.after(this.#before, room, this.#variesAt, at);
    for (let i = 0; i < blockBytes; i++)
      envelope[bodyEnd + i] = (sum[i] as number) ^ (streams.streams[stream + i] as number);
  }
}

/** A length in eight bytes. */
function writeBits(bytes: Uint8Array, at: number, bits: number): number {
  for (let i = 0; i < 4; i++) bytes[at + i] = 0;
  for (let i = 0; i < 4; i++) bytes[at + 4 + i] = bits >>> (24 - i * 8);
  return at + 8;
}
