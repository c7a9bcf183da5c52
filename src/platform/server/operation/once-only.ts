import { createHash } from 'node:crypto';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import { type Refused, refused } from '#kernel/problem.ts';
import type { Database } from '#platform/server/database/open-database.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { runInScope } from '#platform/server/database/with-scope.ts';
import type { Actor } from '../auth/actor.ts';
import { sealReply } from './seal-reply.ts';

/** What somebody asks to be done, under an id the client made. */
export interface Operation {
  readonly operationId: string;
  readonly kind: string;
  readonly body: unknown;
  readonly now: Date;
}

/**
 * Does `work` once per operation id, in one transaction within the actor's scope. The same id with the same body gets
 * the stored answer again and has no second effect, also when two copies arrive together: the second waits for the
 * lock on the id and then reads. The same id with another body is refused. A refusal rolls back and is not stored, so a
 * mended request may use the id again. The lock and the look at the id ride along with `begin`, the answer with
 * `commit`: a round trip costs more than the row. So may what the work reads first (`reads`, which may also lock).
 */
export function onceOnly<R extends object>(
  database: Database,
  actor: Actor,
  operation: Operation,
  work: (tx: Transaction<Tables>, read: readonly (readonly unknown[])[]) => Promise<R | Refused>,
  reads: readonly RawBuilder<unknown>[] = [],
): Promise<R | Refused> {
  const { countyId, staffId } = actor;
  const { operationId, kind, now } = operation;
  const hash = createHash('sha256').update(canonicalJson(operation.body)).digest();
  let isReplay = false;
  return runInScope(
    database,
    { countyId, path: actor.scopePath },
    {
      reads: [...claim(countyId, operationId), ...reads],
      async work(tx, [, found, ...read]) {
        const stored = found?.[0] as StoredOperation | undefined;
        isReplay = stored !== undefined;
        if (stored === undefined) return work(tx, read);
        const same = stored.kind === kind && stored.staff_id === staffId && stored.request_hash.equals(hash);
        return same ? (stored.response as R) : refused('operation-mismatch');
      },
      closing: (result) =>
        isReplay
          ? undefined
          : sql`insert into operation (county_id, id, kind, staff_id, request_hash, response, received_at)
              values (${countyId}, ${operationId}::uuid, ${kind}, ${staffId}::uuid, ${hash}, ${JSON.stringify(sealReply(database.seals, operationId, result))}::jsonb,
                ${now})`,
    },
  );
}

interface StoredOperation {
  readonly kind: string;
  readonly staff_id: string;
  readonly request_hash: Buffer;
  readonly response: unknown;
}

/**
 * The lock that lets one copy of an operation in at a time, until its transaction ends, and then a look whether it was
 * done: a statement of its own, since one that waited would still see what stood before it began to wait.
 */
function claim(countyId: string, operationId: string): RawBuilder<unknown>[] {
  return [
    sql`select pg_advisory_xact_lock(hashtextextended(${`${countyId}/${operationId}`}, 0))`,
    sql`select id, kind, staff_id, request_hash, response from operation
      where county_id = ${countyId} and id = ${operationId}::uuid`,
  ];
}

/** JSON with sorted keys, so that the order of fields does not make another request of it. */
function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null || 'toJSON' in value)
    return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const fields = value as Readonly<Record<string, unknown>>;
  const given = Object.keys(fields).filter((key) => fields[key] !== undefined);
  return `{${given
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(fields[key])}`)
    .join(',')}}`;
}
