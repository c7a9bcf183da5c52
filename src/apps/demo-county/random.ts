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

  /** Four hex digits. */
  hex4(): string {
    return hexOf[this.#bits() >>> 16] ?? '';
  }
}

/** Every four-digit hex number as text. */
const hexOf = Array.from({ length: 65_536 }, (_, n) => n.toString(16).padStart(4, '0'));

/** Weights as running sums that end at 1. */
export function cumulate(weights: readonly number[]): number[] {
  const total = weights.reduce((a, b) => a + b, 0);
  let sum = 0;
  return weights.map((weight) => {
    sum += weight;
    return sum / total;
  });
}

/** Makes UUIDs of version 7 in rising order, so that indexes grow at one end; the same for the same seed. */
export class IdMaker {
  #milliseconds: number;
  readonly #random: Random;

  constructor(random: Random, startMilliseconds: number) {
    this.#random = random;
    this.#milliseconds = startMilliseconds;
  }

  next(): string {
    this.#milliseconds += 1;
    const random = this.#random;
    const low = hexOf[this.#milliseconds & 0xffff];
    const high = Math.floor(this.#milliseconds / 65_536);
    const time = `${hexOf[Math.floor(high / 65_536)]}${hexOf[high & 0xffff]}-${low}`;
    const variant = `7${random.hex4().slice(1)}-a${random.hex4().slice(1)}`;
    return `${time}-${variant}-${random.hex4()}${random.hex4()}${random.hex4()}`;
  }
}
