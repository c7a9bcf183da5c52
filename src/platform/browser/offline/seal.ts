import type { Sealer } from './storage.ts';

/** Shorter values are not worth packing: opening one costs a slow phone 6 ms more, and there may be a hundred to send. */
const worthPacking = 4096;
const ivBytes = 12;
const [plain, packed] = [0, 1];

/** The store was locked: its key is forgotten. */
export class Locked extends Error {}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  way: GenericTransformStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes])
    .stream()
    .pipeThrough(way as ReadableWritablePair<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>);
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Whether this browser can pack; the oldest phones cannot and store as is. */
const canPack = typeof CompressionStream === 'function';

/**
 * Packs and encrypts values with AES-256-GCM under one user's data key. User and place are authenticated with each value,
 * so that nothing can be moved, swapped or given to another user unnoticed.
 */
export class AesSealer implements Sealer {
  private key: CryptoKey | undefined;
  private readonly userId: string;

  constructor(key: CryptoKey, userId: string) {
    this.key = key;
    this.userId = userId;
  }

  /** Forgets the key. */
  forget(): void {
    this.key = undefined;
  }

  async seal(place: string, value: unknown): Promise<Uint8Array<ArrayBuffer>> {
    const text = new TextEncoder().encode(JSON.stringify(value));
    const isPacked = canPack && text.length > worthPacking;
    const body = isPacked ? await through(text, new CompressionStream('deflate')) : text;
    const content = new Uint8Array(body.length + 1);
    content[0] = isPacked ? packed : plain;
    content.set(body, 1);
    const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
    const cipher = await crypto.subtle.encrypt(this.algorithm(iv, place), this.opened(), content);
    const sealed = new Uint8Array(ivBytes + cipher.byteLength);
    sealed.set(iv);
    sealed.set(new Uint8Array(cipher), ivBytes);
    return sealed;
  }

  async open(place: string, stored: unknown): Promise<unknown> {
    const sealed = stored as Uint8Array<ArrayBuffer>;
    const algorithm = this.algorithm(sealed.subarray(0, ivBytes), place);
    const content = await crypto.subtle.decrypt(algorithm, this.opened(), sealed.subarray(ivBytes));
    const body = new Uint8Array(content, 1);
    const isPacked = new Uint8Array(content, 0, 1)[0] === packed;
    const text = isPacked ? await through(body, new DecompressionStream('deflate')) : body;
    return JSON.parse(new TextDecoder().decode(text));
  }

  private opened(): CryptoKey {
    if (!this.key) throw new Locked('locked');
    return this.key;
  }

  private algorithm(iv: Uint8Array<ArrayBuffer>, place: string): AesGcmParams {
    return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(`${this.userId}/${place}`) };
  }
}
