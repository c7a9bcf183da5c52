import { epochDayOf, type PlainDate } from '#kernel/plain-date.ts';

const firstBytes = 64 * 1024;
/** Days from 1970-01-01 to 2000-01-01, from which PostgreSQL counts. */
const epochOfPostgres = 10_957;
const microsecondsPerDay = 86_400_000_000;
/** Signature, no flags, no extension. */
const copyHead = [...Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), 0, 0, 0, 0, 0, 0, 0, 0];
const copyEnd = [0xff, 0xff];

/** The value of a hex digit by its character code. */
const hexValues = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? 0 : value;
});
const uuidDigits = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];

/**
 * Rows of one table in PostgreSQL's binary form of COPY, written straight into bytes: half the work of text for the
 * database. Each value is its length and its bytes; a row begins with how many there are.
 */
export class BinaryRows {
  #bytes = Buffer.allocUnsafeSlow(firstBytes);
  #at = 0;

  get isEmpty(): boolean {
    return this.#at === 0;
  }

  /** Begins a row of so many values. */
  row(columns: number): this {
    if (this.#at === 0) {
      this.#bytes.set(copyHead);
      this.#at = copyHead.length;
    }
    this.#makeRoom(2);
    this.#bytes[this.#at++] = columns >>> 8;
    this.#bytes[this.#at++] = columns;
    return this;
  }

  text(value: string | null): this {
    if (value === null) return this.#null();
    // No UTF-16 unit takes more than three bytes.
    this.#makeRoom(4 + value.length * 3);
    this.#length(this.#write(value, this.#at + 4));
    return this;
  }

  uuid(value: string | null): this {
    if (value === null) return this.#null();
    this.#makeRoom(20);
    this.#length(16);
    const bytes = this.#bytes;
    let at = this.#at - 16;
    for (let i = 0; i < 16; i++) {
      const digit = uuidDigits[i] as number;
      const high = hexValues[value.charCodeAt(digit)] as number;
      bytes[at++] = (high << 4) | (hexValues[value.charCodeAt(digit + 1)] as number);
    }
    return this;
  }

  date(value: PlainDate | null): this {
    return value === null ? this.#null() : this.integer(epochDayOf(value) - epochOfPostgres);
  }

  /** A day and hour in China as a moment. */
  moment(day: PlainDate, hour: number): this {
    const micros = (epochDayOf(day) - epochOfPostgres) * microsecondsPerDay + (hour - 8) * 3_600_000_000;
    this.#makeRoom(12);
    this.#length(8);
    this.#bytes.writeInt32BE(Math.floor(micros / 0x1_0000_0000), this.#at - 8);
    this.#bytes.writeUInt32BE(micros % 0x1_0000_0000, this.#at - 4);
    return this;
  }

  integer(value: number): this {
    this.#makeRoom(8);
    this.#length(4);
    this.#bytes.writeInt32BE(value, this.#at - 4);
    return this;
  }

  small(value: number | null): this {
    if (value === null) return this.#null();
    this.#makeRoom(6);
    this.#length(2);
    this.#bytes.writeInt16BE(value, this.#at - 2);
    return this;
  }

  boolean(value: boolean | null): this {
    if (value === null) return this.#null();
    this.#makeRoom(5);
    this.#length(1);
    this.#bytes[this.#at - 1] = value ? 1 : 0;
    return this;
  }

  /** A number of at most two decimals below a hundred million: digits to the base 10,000, two before the point, one behind. */
  hundredths(value: number): this {
    const scaled = Math.round(Math.abs(value) * 100);
    const whole = Math.floor(scaled / 100);
    this.#makeRoom(18);
    this.#length(14);
    const bytes = this.#bytes;
    const at = this.#at - 14;
    bytes.writeUInt16BE(3, at);
    bytes.writeUInt16BE(1, at + 2);
    bytes.writeUInt16BE(value < 0 ? 0x4000 : 0, at + 4);
    bytes.writeUInt16BE(2, at + 6);
    bytes.writeUInt16BE(Math.floor(whole / 10_000), at + 8);
    bytes.writeUInt16BE(whole % 10_000, at + 10);
    bytes.writeUInt16BE((scaled % 100) * 100, at + 12);
    return this;
  }

  raw(value: Uint8Array | null): this {
    if (value === null) return this.#null();
    this.#makeRoom(4 + value.length);
    this.#bytes.set(value, this.#at + 4);
    this.#length(value.length);
    return this;
  }

  /** JSON for a jsonb column, in pieces of text and of UTF-8 that together are one JSON text. */
  json(...pieces: readonly (string | Uint8Array)[]): this {
    let most = 5;
    for (const piece of pieces) most += piece.length * 3;
    this.#makeRoom(most);
    let at = this.#at + 4;
    this.#bytes[at++] = 1;
    for (const piece of pieces) {
      if (typeof piece === 'string') at += this.#bytes.write(piece, at);
      else {
        this.#bytes.set(piece, at);
        at += piece.length;
      }
    }
    this.#length(at - this.#at - 4);
    return this;
  }

  /** All rows as one COPY, on memory of their own; empty from here on. */
  take(): Uint8Array<ArrayBuffer> {
    this.#makeRoom(copyEnd.length);
    this.#bytes.set(copyEnd, this.#at);
    const taken = this.#bytes.subarray(0, this.#at + copyEnd.length);
    this.#bytes = Buffer.allocUnsafeSlow(this.#bytes.length);
    this.#at = 0;
    return taken;
  }

  #null(): this {
    this.#makeRoom(4);
    this.#bytes.fill(0xff, this.#at, this.#at + 4);
    this.#at += 4;
    return this;
  }

  /** Puts a value's length before it and goes on behind it. */
  #length(length: number): void {
    this.#bytes[this.#at++] = length >>> 24;
    this.#bytes[this.#at++] = length >>> 16;
    this.#bytes[this.#at++] = length >>> 8;
    this.#bytes[this.#at++] = length;
    this.#at += length;
  }

  /** Writes text as UTF-8; short ASCII letter by letter, since asking Node costs more than that. */
  #write(text: string, at: number): number {
    const bytes = this.#bytes;
    const { length } = text;
    if (length > 48) return bytes.write(text, at);
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code > 127) return bytes.write(text, at);
      bytes[at + i] = code;
    }
    return length;
  }

  #makeRoom(more: number): void {
    if (this.#at + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#at + more, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}
