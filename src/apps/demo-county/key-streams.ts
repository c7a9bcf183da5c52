import { createCipheriv, randomFillSync } from 'node:crypto';

/** Bytes of a cipher's block. */
export const blockBytes = 16;
/** Nonces whose key streams are made at a time. */
const atOnce = 256;

/** How a suite counts: what its nonce leaves of a block begins at one. */
export interface CounterMode {
  /** The cipher without a mode, by Node's name. */
  readonly cipher: 'sm4-ecb' | 'aes-256-ecb';
  readonly key: Buffer;
  readonly nonceBytes: number;
  /** Enciphered blocks that stand before the stream. */
  readonly ahead: number;
}

/** Key streams of a counter mode, many by one call: a call costs as much as sixteen blocks. */
export class KeyStreams {
  readonly #cipher: ReturnType<typeof createCipheriv>;
  readonly #nonceBytes: number;
  readonly #blocks: number;
  readonly #stride: number;
  /** Bytes of one stream. */
  readonly bytes: number;
  readonly #random: Buffer;
  /** Of each stream the counters that were enciphered; the first begins with the nonce. */
  readonly counters: Buffer;
  /** The counters enciphered: what stands ahead, then the stream. */
  streams: Buffer = Buffer.alloc(0);
  #left = 0;

  constructor({ cipher, key, nonceBytes, ahead }: CounterMode, blocks: number) {
    this.#cipher = createCipheriv(cipher, key, null).setAutoPadding(false);
    this.#nonceBytes = nonceBytes;
    this.#blocks = ahead + blocks;
    this.#stride = this.#blocks * blockBytes;
    this.bytes = blocks * blockBytes;
    this.#random = Buffer.alloc(atOnce * nonceBytes);
    this.counters = Buffer.alloc(atOnce * this.#stride);
  }

  /** Where the counters of a nonce begin that was never given out before. */
  take(): number {
    if (this.#left === 0) this.#make();
    this.#left -= 1;
    return this.#left * this.#stride;
  }

  #make(): void {
    const { counters } = this;
    const nonceBytes = this.#nonceBytes;
    const random = randomFillSync(this.#random);
    let at = 0;
    for (let nonce = 0; nonce < random.length; nonce += nonceBytes) {
      for (let block = 0; block < this.#blocks; block++) {
        for (let i = 0; i < nonceBytes; i++) counters[at + i] = random[nonce + i] as number;
        for (let i = nonceBytes; i < blockBytes; i++) counters[at + i] = i === blockBytes - 1 ? 1 : 0;
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
