import { writeBytes, writeJsonText, writeUtf8 } from './write-utf8.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The order in which PostgreSQL keeps the keys of a `jsonb`: shorter before longer. What comes so it need not sort. */
export function inKeptOrder(keys: Iterable<string>): string[] {
  return [...keys].sort((a, b) => {
    const [one, other] = [Buffer.from(a), Buffer.from(b)];
    return one.length - other.length || Buffer.compare(one, other);
  });
}

/** The keys that objects at one place have, as far as they were met, in the order in which they are kept. */
class Layout {
  keys: readonly string[] = [];
  /** Each key as it stands in the text. */
  heads: readonly Uint8Array[] = [];
  readonly #inner = new Map<string, Layout>();

  /** Takes in the keys of an object; answers whether one was new. */
  learn(fields: Fields): boolean {
    const known = new Set(this.keys);
    for (const key of Object.keys(fields)) if (fields[key] !== undefined) known.add(key);
    if (known.size === this.keys.length) return false;
    this.keys = inKeptOrder(known);
    this.heads = this.keys.map((key) => Buffer.from(`${JSON.stringify(key)}:`));
    return true;
  }

  /** The layout of objects under a key. */
  under(key: string): Layout {
    let inner = this.#inner.get(key);
    if (!inner) {
      inner = new Layout();
      this.#inner.set(key, inner);
    }
    return inner;
  }
}

/**
 * Writes objects that have much the same keys as the JSON of a `jsonb`, in the order in which PostgreSQL keeps them. Bytes
 * among the values stand for a text that needs no escaping.
 */
export class OrderedJson {
  readonly #layout = new Layout();

  /** Writes the object into room that must suffice; answers where it ends. */
  write(bytes: Uint8Array, begin: number, fields: Fields): number {
    const end = writeObject(bytes, begin, this.#layout, fields);
    // What is written behind the end of an array is lost without a word.
    if (end > bytes.length) throw new RangeError('no room for so much JSON');
    return end;
  }
}

function writeObject(bytes: Uint8Array, begin: number, layout: Layout, fields: Fields): number {
  const { keys, heads } = layout;
  let at = begin;
  let written = 0;
  bytes[at++] = 0x7b;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string;
    const value = fields[key];
    if (value === undefined) continue;
    if (written > 0) bytes[at++] = 0x2c;
    at = writeBytes(bytes, at, heads[i] as Uint8Array);
    at = writeValue(bytes, at, layout, key, value);
    written += 1;
  }
  let count = 0;
  for (const _ in fields) count += 1;
  if (written < count && layout.learn(fields)) return writeObject(bytes, begin, layout, fields);
  bytes[at++] = 0x7d;
  return at;
}

function writeValue(bytes: Uint8Array, begin: number, layout: Layout, key: string, value: unknown): number {
  if (typeof value === 'string') return writeJsonText(bytes, begin, value);
  if (typeof value === 'number') return writeNumber(bytes, begin, value);
  if (typeof value !== 'object' || value === null) return writeUtf8(bytes, begin, JSON.stringify(value));
  if (value instanceof Uint8Array) {
    bytes[begin] = 0x22;
    const at = writeBytes(bytes, begin + 1, value);
    bytes[at] = 0x22;
    return at + 1;
  }
  if (!Array.isArray(value)) return writeObject(bytes, begin, layout.under(key), value as Fields);
  let at = begin;
  bytes[at++] = 0x5b;
  for (let i = 0; i < value.length; i++) {
    if (i > 0) bytes[at++] = 0x2c;
    at = writeValue(bytes, at, layout, key, value[i]);
  }
  bytes[at++] = 0x5d;
  return at;
}

/** Mostly a small whole number or one with one decimal; what is not is written by the language. */
function writeNumber(bytes: Uint8Array, begin: number, value: number): number {
  if (value >= 0 && value < 1000) {
    const whole = Math.floor(value);
    const tenths = Math.round((value - whole) * 10);
    if (value === whole && !Object.is(value, -0)) return writeDigits(bytes, begin, whole);
    if (tenths < 10 && whole + tenths / 10 === value) {
      const at = writeDigits(bytes, begin, whole);
      bytes[at] = 0x2e;
      bytes[at + 1] = 48 + tenths;
      return at + 2;
    }
  }
  return writeUtf8(bytes, begin, JSON.stringify(value));
}

function writeDigits(bytes: Uint8Array, begin: number, value: number): number {
  let at = begin;
  if (value > 99) bytes[at++] = 48 + Math.floor(value / 100);
  if (value > 9) bytes[at++] = 48 + (Math.floor(value / 10) % 10);
  bytes[at++] = 48 + (value % 10);
  return at;
}
