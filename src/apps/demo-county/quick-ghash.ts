import { createCipheriv } from 'node:crypto';
import { bytesOfProducts, newGhash, pages, productsAt } from './ghash-module.ts';
import { blockBytes } from './key-streams.ts';

const words = 4;
/** What a bit that falls off the end of a block comes back as. */
const reduction = 0xe1000000 | 0;

/** Each byte by its place in a block, times the key: a product of two blocks is sixteen of them added. */
function writeProducts(key: Buffer, products: DataView): void {
  const power = Int32Array.from({ length: words }, (_, i) => key.readInt32BE(i * 4));
  for (let bit = 0; bit < blockBytes * 8; bit++) {
    const mask = 128 >> (bit & 7);
    for (let value = 0; value < 256; value++) {
      if (!(value & mask)) continue;
      const at = ((bit >> 3) * 256 + value) * blockBytes;
      for (let i = 0; i < words; i++)
        products.setInt32(at + i * 4, products.getInt32(at + i * 4) ^ (power[i] as number));
    }
    const falls = (power[3] as number) & 1;
    for (let i = words - 1; i > 0; i--)
      power[i] = ((power[i] as number) >>> 1) | ((power[i - 1] as number) << 31);
    power[0] = ((power[0] as number) >>> 1) ^ (falls ? reduction : 0);
  }
}

/**
 * The digest inside the tags of AES-GCM, for the many small messages of a county's filling: Node's own sets up a cipher
 * for every message, which takes several times as long as reckoning it. A test has the product open what comes out.
 */
export class QuickGhash {
  readonly #module = newGhash();
  #taken = bytesOfProducts;
  readonly #state = this.#takeMemory(blockBytes);

  constructor(cipherKey: Buffer) {
    const nothing = Buffer.alloc(blockBytes);
    const cipher = createCipheriv('aes-256-ecb', cipherKey, null).setAutoPadding(false);
    const products = new DataView(this.#module.memory.buffer, productsAt, bytesOfProducts);
    writeProducts(cipher.update(nothing), products);
  }

  /** Room for messages of whole blocks. */
  newRoom(bytes: number): Uint8Array {
    return this.#takeMemory(bytes);
  }

  /** The digest of a room's blocks from `from` to `end`, going on from an earlier one; it holds until the next. */
  after(earlier: Uint8Array, room: Uint8Array, from: number, end: number): Uint8Array {
    if (room.buffer !== this.#state.buffer) throw new RangeError('a room of another key');
    const state = this.#state;
    for (let i = 0; i < blockBytes; i++) state[i] = earlier[i] as number;
    if (end > from) this.#module.add(state.byteOffset, room.byteOffset + from, (end - from) / blockBytes);
    return state;
  }

  /** A part of the module's memory that nobody has yet. */
  #takeMemory(bytes: number): Uint8Array<ArrayBuffer> {
    if (this.#taken + bytes > pages * 65_536) throw new RangeError('no memory left');
    const part = new Uint8Array(this.#module.memory.buffer, this.#taken, bytes);
    this.#taken += Math.ceil(bytes / blockBytes) * blockBytes;
    return part;
  }
}
