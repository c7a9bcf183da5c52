import { createHash } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import { type Refused, refused } from '#kernel/problem.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { Actor } from '../auth/actor.ts';

/**
 * Does `work` once per operation id. The same id with the same body gets the stored answer again and has no second
 * effect, also when two copies arrive together: the second waits on the unique key and then reads. The same id with
 * another body is refused. A refusal is not stored, so a mended request may use the id again.
 */
export async function onceOnly<R extends object>(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { operationId: string; kind: string; body: unknown; now: Date },
  work: () => Promise<R | Refused>,
): Promise<R | Refused> {
  const hash = createHash('sha256').update(canonicalJson(input.body)).digest();
  // The row is claimed first: a concurrent copy blocks here until this transaction ends.
  const claimed = await sql<{ id: string }>`
    insert into operation (county_id, id, kind, staff_id, request_hash, response, received_at)
    values (${actor.countyId}, ${input.operationId}::uuid, ${input.kind}, ${actor.staffId}::uuid, ${hash}, 'null', ${input.now})
    on conflict do nothing returning id`.execute(tx);
  if (claimed.rows.length === 0) return answerAgain<R>(tx, actor, input, hash);
  const result = await work();
  if ('kind' in result && result.kind === 'refused') return result;
  await sql`update operation set response = ${JSON.stringify(result)}::jsonb
    where county_id = ${actor.countyId} and id = ${input.operationId}::uuid`.execute(tx);
  return result;
}

async function answerAgain<R>(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { operationId: string; kind: string },
  hash: Buffer,
): Promise<R | Refused> {
  const stored = await tx
    .selectFrom('operation')
    .select(['kind', 'staff_id', 'request_hash', 'response'])
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
