import { createCipheriv } from 'node:crypto';
import { blockBytes } from './key-streams.ts';

const words = 4;
const nibbles = 32;
const nibbleValues = 16;
/** What a bit that falls off the end of a block comes back as. */
const reduction = 0xe1000000 | 0;

/** The block of each nibble, by its place in a block, times the key: a product of two blocks is 32 of them added. */
function productsOf(key: Buffer): Int32Array {
  const products = new Int32Array(nibbles * nibbleValues * words);
  const power = Int32Array.from({ length: words }, (_, i) => key.readInt32BE(i * 4));
  for (let bit = 0; bit < nibbles * 4; bit++) {
    const mask = 8 >> (bit & 3);
    for (let value = 0; value < nibbleValues; value++) {
      if (!(value & mask)) continue;
      const at = ((bit >> 2) * nibbleValues + value) * words;
      for (let i = 0; i < words; i++) products[at + i] = (products[at + i] as number) ^ (power[i] as number);
    }
    const falls = (power[3] as number) & 1;
    for (let i = words - 1; i > 0; i--)
      power[i] = ((power[i] as number) >>> 1) | ((power[i - 1] as number) << 31);
    power[0] = ((power[0] as number) >>> 1) ^ (falls ? reduction : 0);
  }
  return products;
}

/**
 * The digest inside the tags of AES-GCM, for the many small messages of a county's filling: Node's own sets up a cipher
 * for every message, which takes several times as long as reckoning it. A test has the product open what comes out.
 */
export class QuickGhash {
  readonly #products: Int32Array;
  readonly #sum = new Int32Array(words);

  constructor(cipherKey: Buffer) {
    const nothing = Buffer.alloc(blockBytes);
    const cipher = createCipheriv('aes-256-ecb', cipherKey, null).setAutoPadding(false);
    this.#products = productsOf(cipher.update(nothing));
  }

  /** The digest of whole blocks from `from` to `end`, going on from an earlier one; it holds until the next. */
  after(earlier: Int32Array, bytes: Uint8Array, from: number, end: number): Int32Array {
    const products = this.#products;
    let [a, b, c, d] = earlier as unknown as [number, number, number, number];
    for (let at = from; at < end; at += blockBytes) {
      const block = [
        a ^ wordAt(bytes, at),
        b ^ wordAt(bytes, at + 4),
        c ^ wordAt(bytes, at + 8),
        d ^ wordAt(bytes, at + 12),
      ];
      a = 0;
      b = 0;
      c = 0;
      d = 0;
      let place = 0;
      for (let i = 0; i < words; i++) {
        const word = block[i] as number;
        for (let shift = 28; shift >= 0; shift -= 4) {
          const product = place + ((word >>> shift) & 15) * words;
          a ^= products[product] as number;
          b ^= products[product + 1] as number;
          c ^= products[product + 2] as number;
          d ^= products[product + 3] as number;
          place += nibbleValues * words;
        }
      }
    }
    const sum = this.#sum;
    sum[0] = a;
    sum[1] = b;
    sum[2] = c;
    sum[3] = d;
    return sum;
  }
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) << 24) |
    ((bytes[at + 1] as number) << 16) |
    ((bytes[at + 2] as number) << 8) |
    (bytes[at + 3] as number)
  );
}
