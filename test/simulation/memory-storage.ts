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
  private readonly disk: Map<Bucket, Map<string, string>>;
  /** Writes until the power goes; `after` says whether the last one reached the disk. */
  private crashIn: { writes: number; after: boolean } | undefined;
  private isDead = false;
  private full = 0;
  isDestroyed = false;

  constructor(disk?: Map<Bucket, Map<string, string>>) {
    this.disk = disk ?? new Map(buckets.map((bucket) => [bucket, new Map<string, string>()]));
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
    const all: [string, string][] = [];
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
      else this.disk.get(bucket)?.set(key, value as string);
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

/** Keeps values apart from memory, as a real disk does; the real seal has its own test. */
export const plainSealer: Sealer = {
  seal: async (_place, value) => JSON.stringify(value),
  open: async (_place, stored) => JSON.parse(stored as string) as unknown,
};
