import { isRoomy, type StorageRoom } from './storage-room.ts';

/** What of the disk gives room, and takes it. */
export interface RoomOnDisk {
  /** Keeps room for what is typed; false when there is none to keep. */
  takeReserve(): Promise<boolean>;
  /** Deletes copies of what the server has; false when there were none. */
  letGoOfCopies(): Promise<boolean>;
}

/** Knows whether another form fits on this phone, so that nobody types what cannot be kept. */
export class RoomKeeper {
  /** As the browser last said. */
  said: StorageRoom | null = null;
  isShort = false;
  private readonly disk: RoomOnDisk;
  private readonly ask: () => Promise<StorageRoom | null>;

  constructor(disk: RoomOnDisk, ask: () => Promise<StorageRoom | null>) {
    this.disk = disk;
    this.ask = ask;
  }

  /** Looks anew; what cannot be looked at, as when the store was just locked, stays as it was. */
  async measure(): Promise<void> {
    try {
      const isKept = await this.disk.takeReserve();
      this.said = await this.ask();
      this.isShort = !isKept || !isRoomy(this.said);
    } catch {
      // Closed meanwhile.
    }
  }

  /** Whether there is room for a form, after letting go of what can be had again. */
  async makeRoom(): Promise<boolean> {
    await this.measure();
    if (this.isShort && (await this.disk.letGoOfCopies().catch(() => false))) await this.measure();
    return !this.isShort;
  }
}
