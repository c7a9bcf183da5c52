import type { Database } from '../database/open-database.ts';
import type { Actor } from './actor.ts';
import { holderOf, holderStatement, tokenHash } from './sessions.ts';

/** A session was read again and is not what it was: nothing done under it may stand. */
export class PresumedWrongly extends Error {}

/**
 * A request's session, presumed to be as it was last read. The request's first transaction reads it again along with its
 * own first statements, before any of the work is done; if it changed, the transaction is rolled back.
 */
export class SessionGuard {
  readonly actor: Actor;
  readonly statement: string;
  readonly #now: Date;
  #isConfirmed = false;

  constructor(actor: Actor, statement: string, now: Date) {
    this.actor = actor;
    this.statement = statement;
    this.#now = now;
  }

  /** Whether the database has said in this request that the session is as presumed. */
  get isConfirmed(): boolean {
    return this.#isConfirmed;
  }

  /** Takes what the statement answered. Throws when the session ended or its holder is not what was presumed. */
  confirm(rows: readonly unknown[]): void {
    const holder = holderOf(rows, this.actor.countyId, this.#now);
    if (!holder || holder.isMarkDue || JSON.stringify(holder.actor) !== JSON.stringify(this.actor))
      throw new PresumedWrongly();
    this.#isConfirmed = true;
  }
}

/** More sessions than this are not remembered; a county has some hundred open at once. */
const mostHeld = 5000;

/** Who held a session when it was last read. Never an answer by itself: only what a guard presumes and has confirmed. */
export class PresumedSessions {
  readonly #held = new Map<string, Actor>();

  /** Remembers who held this session just now. */
  remember(token: string | undefined, actor: Actor): void {
    const key = tokenHash(actor.countyId, token)?.toString('hex');
    if (key === undefined) return;
    this.#held.delete(key);
    this.#held.set(key, actor);
    // Whoever has been away longest leaves; with the next request they are read as anybody new.
    const [oldest] = this.#held.keys();
    if (this.#held.size > mostHeld && oldest !== undefined) this.#held.delete(oldest);
  }

  /** The presumption for a request that shows this token; undefined when its session was not read before. */
  guard(countyId: string, token: string | undefined, now: Date): SessionGuard | undefined {
    const hash = tokenHash(countyId, token);
    const actor = hash && this.#held.get(hash.toString('hex'));
    return hash && actor && new SessionGuard(actor, holderStatement(countyId, hash), now);
  }
}

/** The database as a guarded request may use it: in scopes only, the first of which has the session confirmed. */
export function guarded(database: Database, guard: SessionGuard): Database {
  const onlyInScope = () => {
    throw new Error('a guarded request reads the database within a scope');
  };
  return {
    pool: database.pool,
    seals: database.seals,
    drill: database.drill,
    guard,
    close: onlyInScope,
    get kysely(): Database['kysely'] {
      return onlyInScope();
    },
  };
}
