/** Where a phone's store keeps its sealed values: IndexedDB in the browser, memory with crash points in the model test. */
export type Bucket = 'meta' | 'pages' | 'lines' | 'outbox' | 'sent' | 'drafts' | 'attached';
export const buckets: readonly Bucket[] = ['meta', 'pages', 'lines', 'outbox', 'sent', 'drafts', 'attached'];

/** One change of a write; `undefined` deletes. */
export interface Change {
  readonly bucket: Bucket;
  readonly key: string;
  readonly value: unknown;
}

export interface FieldStorage {
  read(bucket: Bucket, key: string): Promise<unknown>;
  /** Everything of a bucket, or what begins with a prefix, in the order of the keys. */
  readAll(bucket: Bucket, prefix?: string): Promise<(readonly [key: string, value: unknown])[]>;
  keys(bucket: Bucket): Promise<string[]>;
  /** All changes or none, on disk when it resolves. Rejects with `StorageFull` when the phone has no room. */
  write(changes: readonly Change[]): Promise<void>;
  /** Deletes the whole store. */
  destroy(): Promise<void>;
  close(): void;
}

/** Copies of what the server has taken lie under this in the bucket `attached`: the first to go when room runs short. */
export const copiesPrefix = 'sent/';

/** The phone has no room left: nothing of the write was kept. */
export class StorageFull extends Error {}

/** Whether the browser refused for want of room; a disk that is full to the last byte says only that it does not know why. */
export const isFull = (error: unknown) =>
  error instanceof DOMException && (error.name === 'QuotaExceededError' || error.name === 'UnknownError');

/**
 * Turns values into what may lie on the phone, and back. The place is part of the seal: a value moved to another key, or
 * another user's, does not open.
 */
export interface Sealer {
  seal(place: string, value: unknown): Promise<unknown>;
  open(place: string, stored: unknown): Promise<unknown>;
}

/** The name of a place as the seal knows it. */
export const placeOf = (bucket: Bucket, key: string) => `${bucket}/${key}`;

/** A change whose value is sealed for its place. */
export async function sealed(sealer: Sealer, bucket: Bucket, key: string, value: unknown): Promise<Change> {
  return { bucket, key, value: await sealer.seal(placeOf(bucket, key), value) };
}

/** Everything of a bucket, opened. */
export function openAll(
  sealer: Sealer,
  bucket: Bucket,
  stored: readonly (readonly [key: string, value: unknown])[],
): Promise<unknown[]> {
  return Promise.all(stored.map(([key, value]) => sealer.open(placeOf(bucket, key), value)));
}
