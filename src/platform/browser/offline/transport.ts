import type { Definition, DefinitionHead } from '#kernel/definition.ts';
import type { Problem } from '#kernel/problem.ts';
import type { Directory, OperationShape } from './field-store.ts';

export interface DeviceWord {
  readonly order: 'none' | 'wipe';
  readonly epoch: string;
  readonly serverNow: string;
  /** Days without contact the county allows. */
  readonly leaseDays?: number | undefined;
  /** Name of the set of definitions in force. */
  readonly definitions?: string | undefined;
}

export interface PullQuestion {
  readonly cursor?: string;
  readonly epoch?: string;
  readonly scope?: string;
  readonly after?: string;
  readonly limit: number;
  readonly seen: string;
  readonly pending: number;
  readonly refused: number;
  readonly isPersisted: boolean;
  /** Bytes, as the browser says. */
  readonly storageUsed?: number;
  readonly storageQuota?: number;
  readonly isStorageShort?: boolean;
  readonly deviceNow: string;
  /** Name of the set of definitions the phone holds. */
  readonly definitions?: string;
}

export interface PullAnswer<D> {
  readonly device: DeviceWord;
  readonly kind: 'changes' | 'people' | 'restart';
  readonly offerAgain: boolean;
  readonly scope: string;
  readonly scopeName: string;
  readonly documents: readonly D[];
  readonly removed: readonly string[];
  readonly cursor: string;
  readonly after: string | null;
  readonly expected: number;
  readonly hasMore: boolean;
  readonly directory: Directory | null;
}

/** An operation as it travels. */
export interface SentOperation extends OperationShape {
  readonly seq: number;
  readonly savedAt: string;
}

export interface OperationAnswer {
  readonly operationId: string;
  readonly outcome: 'accepted' | 'duplicate' | 'refused' | 'later';
  readonly problem?: Problem | undefined;
  readonly result?: unknown;
}

export interface PushAnswer {
  readonly device: DeviceWord;
  readonly answers: readonly OperationAnswer[];
  readonly seen: string;
}

export interface AttachmentPiece {
  readonly key: string;
  readonly piece: number;
  readonly pieces: number;
  /** Base64. */
  readonly content: string;
}

/** A slice of the people by id: above `after` up to `through`, and the digest of what the phone holds of them. */
export interface CheckedSlice {
  readonly after: string | null;
  readonly through: string | null;
  readonly sha256: string;
}

export interface CheckQuestion {
  readonly cursor: string;
  readonly scope: string;
  readonly day: string;
  readonly slices: readonly CheckedSlice[];
}

/** The way to the server. Each call may fail with `NoAnswer`; whether it reached the server is then unknown. */
export interface Transport<D> {
  pull(question: PullQuestion): Promise<PullAnswer<D>>;
  push(operations: readonly SentOperation[], deviceNow: string): Promise<PushAnswer>;
  /** A piece of what hangs on an operation; answers the pieces the server has by now. */
  sendPiece(piece: AttachmentPiece): Promise<{ readonly held: readonly number[] }>;
  /** Compares slices of the people; answers everybody of those that differ. */
  check?(question: CheckQuestion): Promise<{
    readonly differing: readonly number[];
    readonly documents: readonly D[];
  }>;
  /** Definitions in force, with the content of those not named as held. */
  takeDefinitions?(held: readonly string[]): Promise<{
    readonly set: string;
    readonly heads: readonly DefinitionHead[];
    readonly documents: readonly Definition[];
  }>;
  giveUp(operation: SentOperation, reason: string): Promise<void>;
  /** For a user who may no longer sign in. `isDone` says that nothing is left on the phone. */
  handOver(operations: readonly SentOperation[], isDone: boolean): Promise<{ order: 'none' | 'wipe' }>;
}

/** No usable answer: no network, signed out, or the server refused the call as a whole. Nothing is dropped for it. */
export class NoAnswer extends Error {
  readonly why: 'offline' | 'signed-out' | 'refused';
  readonly problem: Problem | null;
  constructor(why: 'offline' | 'signed-out' | 'refused', problem: Problem | null = null) {
    super(why);
    this.why = why;
    this.problem = problem;
  }
}
