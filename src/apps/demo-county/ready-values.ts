import type { PlainDate } from '#kernel/plain-date.ts';
import { BinaryRows, copyEnd, copyHead, daysOfPostgres } from './binary-rows.ts';
import { writeUuid } from './write-uuid.ts';

/** Values that many rows have in common, written once for `BinaryRows.ready`. */
export function readyValues(write: (row: BinaryRows) => void): Uint8Array {
  write(one.row(0));
  const taken = one.take();
  one.reuse(taken);
  return Uint8Array.from(taken.subarray(copyHead.length + 2, -copyEnd.length));
}

/** The row they are written on. */
const one = new BinaryRows();

/** A UUID that goes into several rows, read once. */
export class ReadyUuid {
  /** The value with its length. */
  readonly bytes = Uint8Array.of(0, 0, 0, 16, ...new Array<number>(16).fill(0));

  set(uuid: string): void {
    writeUuid(this.bytes, 4, uuid);
  }
}

/** A day that goes into several rows, read once. */
export class ReadyDate {
  /** The value with its length. */
  readonly bytes = Uint8Array.of(0, 0, 0, 4, 0, 0, 0, 0);

  set(day: PlainDate): void {
    const days = daysOfPostgres(day);
    for (let i = 0; i < 4; i++) this.bytes[4 + i] = days >>> (24 - i * 8);
  }
}
