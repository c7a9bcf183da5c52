import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Refused } from '#kernel/problem.ts';
import type { Action } from '#standards/access-policy.ts';
import type { LookUpKind } from '#standards/access-profile.ts';
import type { ExportDoor } from '#standards/privacy/export-doors.ts';
import type { Actor } from '../auth/actor.ts';
import type { IdentityService } from '../auth/identity-service.ts';
import type { ErasureRegister } from '../backup/erasure-register.ts';
import type { KeyRing } from '../crypto/key-ring.ts';
import type { Database } from '../database/open-database.ts';

/** Everything a handler may use of the server. */
export interface ServerContext {
  readonly database: Database;
  readonly clock: () => Date;
  readonly countyId: string;
  readonly keys: KeyRing;
  /** What was erased for good, kept where no restore of the database undoes it. */
  readonly erasures: ErasureRegister;
  /** The county's own sign-in service, when it has one. */
  readonly identityService?: IdentityService | undefined;
  readonly log: {
    error(details: object, message: string): void;
    info(details: object, message: string): void;
  };
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;

export interface RouteInput<P, Q, B> {
  readonly params: Parsed<P>;
  readonly query: Parsed<Q>;
  readonly body: Parsed<B>;
  /** Present on every route that is not public. */
  readonly actor: Actor;
  readonly now: Date;
  readonly today: PlainDate;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** Counts the people of a list as looked up; false when they are too many for this hour, and then none counts. */
  readonly mayLookUp: (kind: LookUpKind, people: readonly string[]) => boolean;
}

export interface RouteDefinition<P, Q, B, R extends z.ZodType> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: `/api/${string}`;
  readonly summary: string;
  /** What is done here; the policy says who may, what for and how far. */
  readonly action: Action;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly response: R;
  readonly bodyLimitBytes?: number;
  /**
   * The work begins in a scope and does nothing before: its session is then read again in the work's own first round trip
   * instead of one before it.
   */
  readonly sessionRidesAlong?: boolean;
  /** Finds people, and counts against how many a member of staff may look up in an hour. */
  readonly lookUp?: LookUpKind;
  /** The route hands out a file: through which export door, or one without a word about residents. */
  readonly file?: ExportDoor | 'no-residents';
  readonly handle: (
    input: RouteInput<P, Q, B>,
    context: ServerContext,
  ) => Promise<z.input<R> | Refused | undefined>;
}

/** A route whose schema types are closed over; the server only needs to call it. */
export interface AnyRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly summary: string;
  readonly action: Action;
  readonly bodyLimitBytes?: number;
  readonly sessionRidesAlong?: boolean;
  readonly lookUp?: LookUpKind;
  readonly file?: ExportDoor | 'no-residents';
  readonly params?: z.ZodType | undefined;
  readonly query?: z.ZodType | undefined;
  readonly body?: z.ZodType | undefined;
  readonly response: z.ZodType;
  readonly handle: (input: RouteInput<never, never, never>, context: ServerContext) => Promise<unknown>;
}

/**
 * Declares a route: schemas in, schema out, the action the policy knows, and the work. The work answers a value, a named refusal, or
 * undefined when it has written the reply itself (a file).
 */
export function defineRoute<
  R extends z.ZodType,
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(definition: RouteDefinition<P, Q, B, R>): AnyRoute {
  return definition as unknown as AnyRoute;
}
