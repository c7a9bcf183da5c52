import { createHash } from 'node:crypto';
import type { RawBuilder, Transaction } from 'kysely';
import pg from 'pg';
import { type Refused, refused } from '#kernel/problem.ts';
import type { FieldSeals } from '#platform/server/crypto/field-seals.ts';
import type { Database } from '#platform/server/database/open-database.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { runInScope } from '#platform/server/database/with-scope.ts';
import type { Actor } from '../auth/actor.ts';

/** What somebody asks to be done, under an id the client made. */
export interface Operation {
  readonly operationId: string;
  readonly kind: string;
  readonly body: unknown;
  readonly now: Date;
}

/**
 * Does `work` once per operation id, in one transaction within the actor's scope. The same id with the same body gets
 * the stored answer again and has no second effect, also when two copies arrive together: the second waits on the
 * unique key and then reads. The same id with another body is refused. A refusal rolls back and is not stored, so a
 * mended request may use the id again. Claiming the id rides along with `begin`, storing the answer with `commit`: a
 * round trip costs more than the row. So may what the work reads first (`reads`, which may also lock).
 */
export async function onceOnly<R extends object>(
  database: Database,
  actor: Actor,
  operation: Operation,
  work: (tx: Transaction<Tables>, read: readonly (readonly unknown[])[]) => Promise<R | Refused>,
  reads: readonly RawBuilder<unknown>[] = [],
): Promise<R | Refused> {
  const hash = createHash('sha256').update(canonicalJson(operation.body)).digest();
  const { escapeLiteral: quoted } = pg;
  const county = quoted(actor.countyId);
  const id = `${quoted(operation.operationId)}::uuid`;
  return runInScope(
    database,
    { countyId: actor.countyId, path: actor.scopePath },
    {
      // The row is claimed first: a concurrent copy blocks here until this transaction ends.
      opening: `insert into operation (county_id, id, kind, staff_id, request_hash, response, received_at)
      values (${county}, ${id}, ${quoted(operation.kind)}, ${quoted(actor.staffId)}::uuid, '\\x${hash.toString('hex')}',
        'null', ${quoted(operation.now.toISOString())})
      on conflict do nothing returning id`,
      reads,
      work: async (tx, claimed, read) =>
        claimed === 0 ? answerAgain<R>(tx, actor, operation, hash) : work(tx, read),
      closing: (result, claimed) =>
        claimed === 0
          ? undefined
          : `update operation set response = ${quoted(sealedReply(database.seals, operation.operationId, result))}::jsonb where county_id = ${county} and id = ${id}`,
    },
  );
}

/** What may be a number of a person, standing anywhere in an answer. */
const personalNumber = /\d{17}[\dXx]|(?<!\d)1\d{10}(?!\d)/;

/** The answer as it is kept for a replay: sealed as a whole when a number of a person may stand in it. */
function sealedReply(seals: FieldSeals, operationId: string, reply: object): string {
  const text = JSON.stringify(seals.answers('operation', operationId, reply));
  if (!personalNumber.test(text)) return text;
  return JSON.stringify(seals.whole('operation', operationId, 'response', reply));
}

async function answerAgain<R>(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { operationId: string; kind: string },
  hash: Buffer,
): Promise<R | Refused> {
  const stored = await tx
    .selectFrom('operation')
    .select(['id', 'kind', 'staff_id', 'request_hash', 'response'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.operationId)
    .executeTakeFirst();
  const same =
    stored?.kind === input.kind && stored.staff_id === actor.staffId && stored.request_hash.equals(hash);
  return same ? (stored.response as R) : refused('operation-mismatch');
}

/** JSON with sorted keys, so that the order of fields does not make another request of it. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
