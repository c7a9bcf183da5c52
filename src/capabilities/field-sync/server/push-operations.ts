import { refuseDuplicateIdentity } from '#capabilities/residents/server/public.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Problem, type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import { admit } from '#platform/server/auth/admit.ts';
import type { Database } from '#platform/server/database/open-database.ts';
import type { ResidentTable } from '#platform/server/database/resident-table.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import type { ServerContext } from '#platform/server/http/define-route.ts';
import { problemOf } from '#platform/server/http/problems.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import type { OperationAnswer, SentOperation } from '../contract.ts';
import { operationActions } from '../domain/operation-actions.ts';
import { applyOperation, readOperation } from './apply-operation.ts';
import { holdOperations, releaseHeld } from './hold-operation.ts';
import type { Holding } from './holding.ts';

interface PushInput {
  readonly deviceId: string;
  readonly operations: readonly SentOperation[];
  readonly tables: readonly ResidentTable[];
  readonly today: PlainDate;
  readonly now: Date;
}

/**
 * Takes a phone's operations in its order, each in a transaction of its own, and answers each: accepted, duplicate (taken
 * before, the answer of then), refused with the fields named, or later. What is refused is kept as typed. When the
 * database is away the rest waits; when one operation meets a fault, only what follows for the same person waits.
 */
export async function pushSentOperations(
  context: ServerContext,
  actor: Actor,
  input: PushInput,
): Promise<OperationAnswer[]> {
  const known = await takenBefore(context.database, actor, input.operations);
  const answers: OperationAnswer[] = [];
  const held: Holding[] = [];
  const waiting = new Set<string>();
  let isAway = false;
  for (const operation of input.operations) {
    const { operationId } = operation;
    if (isAway || waiting.has(operation.residentId)) {
      answers.push({ operationId, outcome: 'later' });
      continue;
    }
    const result = await takeOne(context, actor, input, operation);
    if (!isRefused(result)) {
      answers.push({ operationId, outcome: known.has(operationId) ? 'duplicate' : 'accepted', result });
      continue;
    }
    const { problem } = result;
    if (problem.retryable) {
      if (problem.code === 'unexpected') waiting.add(operation.residentId);
      else isAway = true;
      answers.push({ operationId, outcome: 'later', problem });
      continue;
    }
    held.push({ operation, why: 'refused', problem: withoutPersonalExtras(problem), now: input.now });
    answers.push({ operationId, outcome: 'refused', problem });
    // What hangs on a person who could not be registered would only be refused for want of that person.
    if (operation.kind === 'resident.register') waiting.add(operation.residentId);
  }
  if (held.length > 0)
    await holdOperations(context.database, { ...actor, actor, deviceId: input.deviceId }, held);
  return answers;
}

async function takeOne(
  context: ServerContext,
  sender: Actor,
  input: PushInput,
  sent: SentOperation,
): Promise<object | Refused> {
  const operation = readOperation(sent.kind, sent.body);
  if (isRefused(operation)) return operation;
  const actor = admit(sender, operationActions[operation.kind]);
  if (!actor) return refused('not-allowed');
  const { operationId, residentId } = sent;
  const body = { residentId, body: operation.body };
  const answers = 'answers' in operation.body ? operation.body.answers : {};
  try {
    return await refuseDuplicateIdentity(context.database, actor, answers, () =>
      onceOnly(
        context.database,
        actor,
        { operationId, kind: `field.${operation.kind}`, body, now: input.now },
        async (tx) => {
          const { today, now, tables } = input;
          const { keys } = context;
          const about = { operationId, residentId, today, now, keys, tables };
          const result = await applyOperation(tx, actor, operation, about);
          if (!isRefused(result)) await releaseHeld(tx, actor.countyId, operationId, now);
          return result;
        },
      ),
    );
  } catch (error) {
    const problem = problemOf(error);
    if (problem) return { kind: 'refused', problem };
    const { name, code } = error as { name?: string; code?: string };
    // Somebody else's id for a new fact: the phone must not try for ever.
    if (code === '23505') return refused('already-exists');
    context.log.error({ name, code, kind: sent.kind, operationId }, 'unexpected error in a phone operation');
    return refused('unexpected');
  }
}

async function takenBefore(
  database: Database,
  actor: Actor,
  operations: readonly SentOperation[],
): Promise<Set<string>> {
  const rows = await withScope(database, { countyId: actor.countyId, path: actor.scopePath }, (tx) =>
    tx
      .selectFrom('operation')
      .select('id')
      .where('county_id', '=', actor.countyId)
      .where(
        'id',
        'in',
        operations.map((operation) => operation.operationId),
      )
      .execute(),
  );
  return new Set(rows.map((row) => row.id));
}

/** The latest answers of a record may ride along in a refusal; they are not kept with it. */
function withoutPersonalExtras(problem: Problem): Problem {
  const { extra: _, ...rest } = problem;
  return rest;
}

function isRefused(result: object): result is Refused {
  return (result as { kind?: unknown }).kind === 'refused';
}
