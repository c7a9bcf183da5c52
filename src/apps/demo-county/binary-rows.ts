import { epochDayOf, type PlainDate } from '#kernel/plain-date.ts';
import type { OrderedJson } from './ordered-json.ts';
import { writeBytes, writeUtf8 } from './write-utf8.ts';
import { writeUuid } from './write-uuid.ts';

const firstBytes = 64 * 1024;
/** More than any object takes that is written here. */
const mostJson = 16 * 1024;
/** Days from 2000-01-01, as PostgreSQL counts them. */
export const daysOfPostgres = (day: PlainDate): number => epochDayOf(day) - 10_957;
const microsecondsPerDay = 86_400_000_000;
/** How a COPY begins and ends: signature, no flags, no extension. */
export const copyHead = [...Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), 0, 0, 0, 0, 0, 0, 0, 0];
export const copyEnd = [0xff, 0xff];

/** Bytes that threads share: handing memory over makes both sides collect their garbage each time. */
export type SharedBytes = Uint8Array<SharedArrayBuffer>;
const newMemory = (bytes: number) => Buffer.from(new SharedArrayBuffer(bytes));

/**
 * Rows of one table in PostgreSQL's binary form of COPY, written straight into bytes: half the work of text for the
 * database. Each value is its length and its bytes; a row begins with how many there are.
 */
export class BinaryRows {
  #bytes = newMemory(firstBytes);
  #at = 0;
  readonly #spare: Buffer<SharedArrayBuffer>[] = [];

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
    const at = this.open(value.length * 3);
    return this.close(writeUtf8(this.#bytes, at, value));
  }

  uuid(value: string | null): this {
    if (value === null) return this.#null();
    this.#makeRoom(20);
    this.#length(16);
    writeUuid(this.#bytes, this.#at - 16, value);
    return this;
  }

  date(value: PlainDate | null): this {
    return value === null ? this.#null() : this.integer(daysOfPostgres(value));
  }

  /** A day and hour in China as a moment. */
  moment(day: PlainDate, hour: number): this {
    const micros = daysOfPostgres(day) * microsecondsPerDay + (hour - 8) * 3_600_000_000;
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
    const at = this.open(value.length);
    return this.close(writeBytes(this.#bytes, at, value));
  }

  /** Values that stand ready with their lengths, as `ready-values.ts` makes them. */
  ready(values: Uint8Array): this {
    this.#makeRoom(values.length);
    this.#at = writeBytes(this.#bytes, this.#at, values);
    return this;
  }

  /** An object for a json column. */
  json(writer: OrderedJson, fields: Readonly<Record<string, unknown>>): this {
    const at = this.open(mostJson);
    return this.close(writer.write(this.#bytes, at, fields));
  }

  /** An object for a jsonb column, which begins with the version of its form. */
  jsonb(writer: OrderedJson, fields: Readonly<Record<string, unknown>>): this {
    const at = this.open(mostJson);
    this.#bytes[at] = 1;
    return this.close(writer.write(this.#bytes, at + 1, fields));
  }

  /** Where rows are written, until the next value asks for room. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** Makes room for a value of at most so many bytes that somebody else writes; answers where it begins. */
  open(most: number): number {
    this.#makeRoom(most + 4);
    return this.#at + 4;
  }

  /** The value that was begun by `open` ends here. */
  close(end: number): this {
    this.#length(end - this.#at - 4);
    return this;
  }

  /** All rows as one COPY, on memory of their own; empty from here on. */
  take(): SharedBytes {
    this.#makeRoom(copyEnd.length);
    this.#bytes.set(copyEnd, this.#at);
    const taken = this.#bytes.subarray(0, this.#at + copyEnd.length);
    this.#bytes = this.#spare.pop() ?? newMemory(this.#bytes.length);
    this.#at = 0;
    return taken;
  }

  /** Takes back memory that `take` gave away: new memory costs the system as much as filling it. */
  reuse(taken: SharedBytes): void {
    this.#spare.push(Buffer.from(taken.buffer));
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

  #makeRoom(more: number): void {
    if (this.#at + more <= this.#bytes.length) return;
    const larger = newMemory(Math.max(this.#at + more, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#at));
    this.#bytes = larger;
  }
}
