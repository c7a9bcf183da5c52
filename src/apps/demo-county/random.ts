/** Random numbers that are the same for the same seed, on every machine (sfc32). */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** Each stream of a seed is a sequence of its own. */
  constructor(seed: number, stream = 0) {
    this.#a = seed | 0;
    this.#b = 0x9e3779b9 ^ stream;
    this.#c = 0x243f6a88;
    for (let i = 0; i < 20; i++) this.next();
  }

  #bits(): number {
    const t = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (this.#c << 21) | (this.#c >>> 11);
    this.#c = (this.#c + t) | 0;
    return t >>> 0;
  }

  /** In [0, 1). */
  next(): number {
    return this.#bits() / 4_294_967_296;
  }

  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** Normally distributed. */
  normal(mean: number, deviation: number): number {
    const u = Math.max(this.next(), 1e-12);
    return mean + deviation * Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * this.next());
  }

  pick<T>(list: readonly T[]): T {
    const item = list[Math.floor(this.next() * list.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }

  /** An index by cumulative weights that end at 1. */
  weighted(cumulative: readonly number[]): number {
    const u = this.next();
    let index = 0;
    while (index < cumulative.length - 1 && u >= (cumulative[index] as number)) index += 1;
    return index;
  }

  /** Sixteen bits. */
  bits16(): number {
    return this.#bits() >>> 16;
  }
}

/** Weights as running sums that end at 1. */
export function cumulate(weights: readonly number[]): number[] {
  const total = weights.reduce((a, b) => a + b, 0);
  let sum = 0;
  return weights.map((weight) => {
    sum += weight;
    return sum / total;
  });
}

const hexDigits = Buffer.from('0123456789abcdef');
/** Version and variant stand where they stand in every UUID of version 7. */
const uuidText = Buffer.from('00000000-0000-7000-a000-000000000000');

/** Makes UUIDs of version 7 in rising order, so that indexes grow at one end; the same for the same seed. */
export class IdMaker {
  #milliseconds: number;
  readonly #random: Random;
  readonly #text = Buffer.from(uuidText);

  constructor(random: Random, startMilliseconds: number) {
    this.#random = random;
    this.#milliseconds = startMilliseconds;
  }

  next(): string {
    this.#milliseconds += 1;
    const random = this.#random;
    const text = this.#text;
    const high = Math.floor(this.#milliseconds / 65_536);
    writeHex(text, 0, Math.floor(high / 65_536), 4);
    writeHex(text, 4, high & 0xffff, 4);
    writeHex(text, 9, this.#milliseconds & 0xffff, 4);
    writeHex(text, 15, random.bits16(), 3);
    writeHex(text, 20, random.bits16(), 3);
    writeHex(text, 24, random.bits16(), 4);
    writeHex(text, 28, random.bits16(), 4);
    writeHex(text, 32, random.bits16(), 4);
    return text.toString('latin1');
  }
}

/** Writes the lowest hex digits of a number. */
function writeHex(text: Uint8Array, at: number, value: number, digits: number): void {
  for (let i = 0; i < digits; i++)
    text[at + i] = hexDigits[(value >>> ((digits - 1 - i) * 4)) & 15] as number;
}
