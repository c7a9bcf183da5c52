import type { Problem } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { SentOperation } from '../contract.ts';

/** Whose operation it is and from which phone. */
export interface Sender {
  readonly countyId: string;
  readonly staffId: string;
  readonly path: string;
  readonly deviceId: string;
  /** Who is signed in, where somebody is. */
  readonly actor?: Actor;
}

/** An operation that did not become a fact, and why. */
export interface Holding {
  readonly operation: SentOperation;
  readonly why: 'refused' | 'given-up' | 'handed-over';
  readonly problem?: Problem;
  readonly note?: string;
  readonly now: Date;
}
