import {
  type Bucket,
  buckets,
  type Change,
  type FieldStorage,
  type Sealer,
  StorageFull,
} from '#platform/browser/offline/storage.ts';

/** The phone lost power: whatever ran on it is gone, what was written stays. */
export class Crash extends Error {}

/** A phone's disk in memory: writes are atomic, and power can go right before or right after one. */
export class MemoryStorage implements FieldStorage {
  private readonly disk: Map<Bucket, Map<string, unknown>>;
  /** Writes until the power goes; `after` says whether the last one reached the disk. */
  private crashIn: { writes: number; after: boolean } | undefined;
  private isDead = false;
  private full = 0;
  isDestroyed = false;

  constructor(disk?: Map<Bucket, Map<string, unknown>>) {
    this.disk = disk ?? new Map(buckets.map((bucket) => [bucket, new Map<string, unknown>()]));
  }

  /** The same disk after switching on again. */
  reboot(): MemoryStorage {
    this.isDead = true;
    return new MemoryStorage(this.disk);
  }

  crashSoon(writes: number, after: boolean): void {
    this.crashIn = { writes, after };
  }

  fillUp(writes: number): void {
    this.full = writes;
  }

  async read(bucket: Bucket, key: string): Promise<unknown> {
    this.alive();
    return this.disk.get(bucket)?.get(key);
  }

  async readAll(bucket: Bucket, prefix = ''): Promise<(readonly [string, unknown])[]> {
    this.alive();
    const all: [string, unknown][] = [];
    for (const one of this.disk.get(bucket) ?? []) if (one[0].startsWith(prefix)) all.push(one);
    return all.length < 2 ? all : all.sort(([a], [b]) => (a < b ? -1 : 1));
  }

  async keys(bucket: Bucket): Promise<string[]> {
    this.alive();
    return [...(this.disk.get(bucket)?.keys() ?? [])].sort();
  }

  async write(changes: readonly Change[]): Promise<void> {
    this.alive();
    if (this.full > 0) {
      this.full -= 1;
      throw new StorageFull('full');
    }
    const crash = this.crashIn;
    if (crash) crash.writes -= 1;
    const isLast = crash !== undefined && crash.writes <= 0;
    if (isLast && !crash.after) this.die();
    for (const { bucket, key, value } of changes) {
      if (value === undefined) this.disk.get(bucket)?.delete(key);
      else this.disk.get(bucket)?.set(key, value);
    }
    if (isLast) this.die();
  }

  async destroy(): Promise<void> {
    this.alive();
    for (const bucket of this.disk.values()) bucket.clear();
    this.isDestroyed = true;
  }

  close(): void {
    this.isDead = true;
  }

  private die(): never {
    this.isDead = true;
    throw new Crash('power');
  }

  private alive(): void {
    if (this.isDead) throw new Crash('power');
  }
}

/**
 * Keeps values apart from memory, as a real disk does: what is sealed is copied and frozen, so that nobody changes the disk
 * by changing what was written or read. The real seal has its own test.
 */
export const plainSealer: Sealer = {
  seal: async (_place, value) => ({ value: copied(value) }),
  open: async (_place, stored) => (stored as { value: unknown }).value,
};

/**
 * As the value would come back from JSON; anything that JSON would change on the way is refused. What is frozen was read
 * from a disk, and nobody can change it: it lies there as it is.
 */
function copied(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) {
    if (typeof value === 'function' || typeof value === 'bigint' || typeof value === 'symbol')
      throw new TypeError(`${typeof value} cannot be sealed`);
    if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError('no number to seal');
    return value;
  }
  if (Object.isFrozen(value)) return value;
  const copy = Array.isArray(value) ? value.map(copied) : copiedParts(value);
  Object.freeze(copy);
  return copy;
}

function copiedParts(value: object): Record<string, unknown> {
  if (Object.getPrototypeOf(value) !== Object.prototype) throw new TypeError('no plain value to seal');
  const parts: Record<string, unknown> = {};
  for (const name in value) {
    const part = (value as Record<string, unknown>)[name];
    if (part !== undefined) parts[name] = copied(part);
  }
  return parts;
}
