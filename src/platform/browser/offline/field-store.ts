import type { HeldDefinitions } from '#kernel/definition.ts';
import type { Problem } from '#kernel/problem.ts';
import type { StorageRoom } from './storage-room.ts';

/**
 * The offline store of a phone as its screens see it. It knows no medicine: documents, lines of the index and operations
 * are given by the application (`FieldModel`). `src/capabilities/field-sync/field/open-field-store.ts` binds it.
 */

/** An operation as a screen hands it over. */
export interface OperationShape {
  readonly operationId: string;
  readonly kind: string;
  /** The document it is about. */
  readonly residentId: string;
  readonly body: unknown;
}

/** Where one saved operation stands. */
export type OperationState =
  /** 已存在本机，等待发送。 */
  | 'saved-on-phone'
  /** 已送达。 */
  | 'sent'
  /** 需要您处理。 */
  | 'needs-you'
  /** 等前一项（如建档）处理好再发送。 */
  | 'waiting';

/** A saved operation with what became of it. */
export interface StoredOperation<O extends OperationShape> {
  readonly operation: O;
  readonly state: OperationState;
  /** The phone's clock when it was saved: data, never order. */
  readonly savedAt: string;
  /** Place in the phone's own order. */
  readonly seq: number;
  /** Why the server refused it, with the fields concerned. */
  readonly problem?: Problem;
  /** Times it was offered without an answer. */
  readonly attempts: number;
  /** Whom it is about, as known when it was typed: they may have left the phone since. */
  readonly about?: string;
  /** What the server answered when it took it. */
  readonly result?: unknown;
}

/** What a screen shows in the bar that is always visible. */
export interface SyncState {
  readonly lock: 'locked' | 'unlocked';
  /** `offline` when the last attempt could not reach the server. */
  readonly phase: 'idle' | 'syncing' | 'offline' | 'signed-out' | 'wiped';
  /** Saved on the phone and not yet taken by the server. */
  readonly pending: number;
  readonly needsYou: number;
  /** Phone time of the last complete contact; null before the first. */
  readonly lastContactAt: string | null;
  /** Present during the first sync (and after a change of scope). */
  readonly firstSync: { readonly received: number; readonly expected: number } | null;
  readonly people: number;
  /** The index is still being read: today's list shows its beginning, search finds nobody else yet. */
  readonly isReading: boolean;
  /** Name of the scope held on the phone, shown beside search results. */
  readonly scopeName: string;
  /** Phone clock minus server clock, when it matters (more than 10 minutes). */
  readonly clockSkewMinutes: number | null;
  /** The browser promised to keep the store when space runs short. */
  readonly isPersisted: boolean;
  /** There is no room for another form; what is typed already can still be kept for a while. */
  readonly isStorageShort: boolean;
  /** As the browser last said; null where it does not say. */
  readonly room: StorageRoom | null;
  /** This tab talks to the server; another tab does otherwise. */
  readonly isLeader: boolean;
  /** The last refusal of the server as a whole, e.g. revoked device. */
  readonly problem: Problem | null;
}

/** Why the store cannot be opened or a save was refused: nothing was shown as saved. */
export type StoreRefusal =
  | { readonly kind: 'refused'; readonly reason: 'locked' }
  | { readonly kind: 'refused'; readonly reason: 'storage-full'; readonly message: string }
  | { readonly kind: 'refused'; readonly reason: 'storage-failed'; readonly message: string };

export type UnlockResult =
  | { readonly kind: 'unlocked' }
  | { readonly kind: 'wrong-pin'; readonly waitSeconds: number }
  /** Too many wrong tries: not before this moment of the phone's clock. */
  | { readonly kind: 'wait'; readonly waitSeconds: number }
  /** The server's share is not on the phone (never fetched, lease over, or withdrawn): sign in online once. */
  | { readonly kind: 'needs-sign-in'; readonly why: 'first-time' | 'lease-over' | 'withdrawn' | 'share-lost' }
  /** The phone is full to the last byte: not even the try could be written down. */
  | { readonly kind: 'no-room' }
  | { readonly kind: 'wiped' };

/** People who use this phone, as the lock screen lists them. */
export interface PhoneUser {
  readonly userId: string;
  readonly name: string;
  readonly hasPin: boolean;
}

/** An operation that goes along with another, with bytes of its own (base64): both are saved or neither. */
export interface Attached<O extends OperationShape> {
  readonly operation: O;
  readonly key: string;
  readonly content: string;
}

/** A draft written, or deleted when it is undefined, together with a save. */
export interface DraftChange {
  readonly key: string;
  readonly draft: unknown;
}

/** What a saved operation answers at once, in well under 100 ms. */
export type SaveResult = { readonly kind: 'saved'; readonly state: 'saved-on-phone' } | StoreRefusal;

export interface FieldStore<D, L, T, O extends OperationShape> {
  /** Opens the encrypted store of this user with the PIN. */
  unlock(pin: string): Promise<UnlockResult>;
  /** Forgets the key and everything decrypted. Also called by the idle lock. */
  lock(): void;
  /** Tells the idle lock that somebody is there. */
  touch(): void;

  /** Today's work on the phone, most urgent first. Pure reading of the index: no I/O after unlock. */
  listToday(day: string): readonly T[];
  /** People of the phone's scope by name, initials, identity-number, phone or archive tail. At most `limit`. */
  search(text: string, limit?: number): readonly L[];
  /** The lines of every person on the phone, in no order; for counts and filters. */
  lines(): Iterable<L>;
  line(id: string): L | undefined;
  /** The person's document with everything saved on this phone already in it. */
  getPerson(id: string): Promise<D | undefined>;

  /**
   * Saves durably and shows at once; resolves only when it survives a crash. Never throws for a full store. `drafts` are
   * written in the same step, or deleted where undefined.
   */
  save(operation: O, drafts?: readonly DraftChange[], attached?: Attached<O>): Promise<SaveResult>;
  /** Whether a form begun now could be kept. Asked before anybody types; photos the server has are let go for it. */
  hasRoomForForm(): Promise<boolean>;
  /** Operations by state, newest first; `person` narrows to one. */
  operations(filter?: { state?: OperationState; residentId?: string }): readonly StoredOperation<O>[];
  /** Refused operations, each with the problem and the whole record as typed. */
  needsYou(): readonly StoredOperation<O>[];
  /**
   * What the person decided about a refused operation: send it again mended (`replace` keeps the operation id), or give it
   * up with a reason, which the server keeps too.
   */
  resolve(
    operationId: string,
    decision:
      | { readonly kind: 'replace'; readonly body: O['body'] }
      | { readonly kind: 'retry' }
      | { readonly kind: 'give-up'; readonly reason: string },
    drafts?: readonly DraftChange[],
  ): Promise<SaveResult>;

  /** A half-typed form that must survive a crash or an update of the app; encrypted, one per key. */
  saveDraft(key: string, draft: unknown): Promise<SaveResult>;
  readDraft(key: string): Promise<unknown>;
  deleteDraft(key: string): Promise<void>;

  syncState(): SyncState;
  /** Called after anything changed; the listener reads what it needs. Returns how to stop. */
  subscribe(listener: () => void): () => void;
  /** One round with the server now; resolves when it ended, whatever came of it. Never throws. */
  syncNow(): Promise<void>;
  /** Definitions and directory the phone holds: organizations of the scope and editions the server still takes. */
  directory(): Directory;
  /** Forms, rule numbers, formulary and county settings taken from the server; undefined before the first time. */
  definitions(): Promise<HeldDefinitions | undefined>;
  /** Name of the set `definitions` answers. */
  definitionSet(): string | undefined;
  /** What is not sent yet, sealed for the county's server, as a file; undefined when locked. */
  exportUnsent(): Promise<string | undefined>;
  close(): Promise<void>;
}

export interface Directory {
  readonly organizations: readonly { readonly id: string; readonly name: string; readonly kind: string }[];
  readonly serverVersion: string;
  /** `form@edition` the server accepts. */
  readonly editions: readonly string[];
  readonly organizationId: string;
  /** Houses that take people who are sent on; a phone that has not been told yet has none. */
  readonly receivers?: readonly {
    readonly id: string;
    readonly name: string;
    readonly kind: string;
    readonly path: string;
    readonly orgPhone: string | null;
  }[];
  /** Where it stands in the county; a phone that has not been told yet has none. */
  readonly organizationPath?: string;
}
