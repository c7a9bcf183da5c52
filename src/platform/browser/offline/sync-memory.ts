import { dayInChina } from '#kernel/plain-date.ts';
import type { Directory } from './field-store.ts';
import { type Change, type FieldStorage, placeOf, type Sealer, sealed } from './storage.ts';

/** Where a generation of people stands in the county's change feed. */
export interface Position {
  readonly generation: number;
  readonly cursor: string;
  readonly scope: string;
}

/** What the phone remembers of its talks with the server; one sealed value, written with what it describes. */
export interface SyncMemory {
  readonly epoch: string | null;
  /** Highest transaction the server told of. */
  readonly seen: string;
  /** The people shown. */
  readonly current: Position | null;
  /** The people of a first sync under way. */
  readonly first: {
    readonly generation: number;
    readonly cursor: string | null;
    readonly scope: string;
    readonly after: string | null;
    readonly received: number;
    readonly expected: number;
  } | null;
  readonly scopeName: string;
  readonly lastContactAt: string | null;
  readonly clockSkewMinutes: number | null;
  readonly directory: Directory;
  readonly isWipeOrdered: boolean;
  /** Days without contact the county allows. */
  readonly leaseDays?: number;
  /** Sets of definitions by name: in force on the server, and whole on this phone. */
  readonly definitions?: string;
  readonly heldDefinitions?: string;
  /** The server's clock at the last answer. */
  readonly serverNow?: string;
  /** Counts the changes of the people on the phone; absent before the first. */
  readonly mark?: number;
  /** The day the people were last compared with the server's, and after whom it goes on. */
  readonly checked?: { readonly on: string; readonly from: string | null };
}

export const nothingRemembered: SyncMemory = {
  epoch: null,
  seen: '0',
  current: null,
  first: null,
  scopeName: '',
  lastContactAt: null,
  clockSkewMinutes: null,
  directory: { organizations: [], serverVersion: '', editions: [], organizationId: '' },
  isWipeOrdered: false,
};

const key = 'sync';

export async function readMemory(storage: FieldStorage, sealer: Sealer): Promise<SyncMemory> {
  const stored = await storage.read('meta', key);
  return stored === undefined
    ? nothingRemembered
    : ((await sealer.open(placeOf('meta', key), stored)) as SyncMemory);
}

export function memoryChange(sealer: Sealer, memory: SyncMemory): Promise<Change> {
  return sealed(sealer, 'meta', key, memory);
}

/** Minutes a phone's clock is off before anybody needs to know. */
const toleratedMinutes = 10;

/** Phone clock minus server clock in minutes, when it matters. */
export function skewMinutes(phoneNow: Date, serverNow: string): number | null {
  const minutes = Math.round((phoneNow.getTime() - Date.parse(serverNow)) / 60_000);
  return Math.abs(minutes) > toleratedMinutes ? minutes : null;
}

/** The day it is in China by the server's clock as far as the phone knows it. */
export const phoneDay = (phoneNow: Date, memory: Pick<SyncMemory, 'clockSkewMinutes'>): string =>
  dayInChina(new Date(phoneNow.getTime() - (memory.clockSkewMinutes ?? 0) * 60_000));
