import type { Problem } from '#kernel/problem.ts';
import { changesOfSent, sendAttachment } from './attachments.ts';
import type { FieldEngine } from './field-engine.ts';
import type { FieldModel } from './field-model.ts';
import type { OperationShape } from './field-store.ts';
import type { OutboxEntry } from './outbox.ts';
import { toSent } from './sent-operation.ts';
import { memoryChange, type SyncMemory } from './sync-memory.ts';
import { NoAnswer, type PushAnswer, type Transport } from './transport.ts';

/** Operations offered in one call. */
const batchSize = 50;
/** Characters of one call: ten seconds of a network of 50 kbit/s, since a call that is cut is sent anew as a whole. */
const batchCharacters = 60_000;
/** Operations in a row the server may fail on before it is taken to be ill as a whole. */
const mostFaults = 3;

/**
 * Offers what was typed in the phone's order until nothing is left that can go now. One operation the server cannot even
 * read, refuses a whole call for, or fails on, is found by halving and never holds up the others: neither in this round nor,
 * where many of them end it, in the next.
 */
export async function offerAll<D extends { readonly id: string }, V, L, O extends OperationShape>(
  engine: FieldEngine<D, V, L, O>,
  transport: Transport<D>,
  clock: () => Date,
): Promise<void> {
  await sendGivenUp(engine, transport);
  const putOff = new Set<string>();
  let most = batchSize;
  let faults = 0;
  for (;;) {
    const batch = nextBatch(engine.sendable(putOff), most, engine.model);
    if (batch.length === 0) return;
    let answer: PushAnswer;
    try {
      for (const entry of batch) await sendAttachment(engine, transport, entry);
      answer = await transport.push(batch.map(toSent), clock().toISOString());
    } catch (error) {
      const kind = kindOfFailure(error);
      if (kind === 'whole') throw error;
      if (batch.length > 1) {
        most = Math.ceil(batch.length / 2);
        continue;
      }
      const { problem } = error as NoAnswer;
      faults = kind === 'fault' ? faults + 1 : 0;
      await keepFailure(engine, batch, kind, problem);
      for (const entry of batch) putOff.add(entry.operation.operationId);
      if (faults >= mostFaults) throw error;
      continue;
    }
    faults = 0;
    most = Math.min(batchSize, most * 2);
    await keepAnswers(engine, batch, answer);
    const settled = new Set(
      answer.answers.filter((one) => one.outcome !== 'later').map((one) => one.operationId),
    );
    for (const { operation } of batch)
      if (!settled.has(operation.operationId)) putOff.add(operation.operationId);
  }
}

/**
 * Whether a failed call says something of this batch (unreadable, or failed on) or of the talk with the server as a whole:
 * no answer of ours, or one about who asks and how often. What is refused to everybody shows by failing again and again.
 */
function kindOfFailure(error: unknown): 'unreadable' | 'fault' | 'whole' {
  const status = error instanceof NoAnswer && error.why === 'refused' ? error.problem?.status : undefined;
  if (status === undefined || status === 401 || status === 429) return 'whole';
  return status === 400 || status === 413 || status === 422 ? 'unreadable' : 'fault';
}

function nextBatch<O extends OperationShape>(
  entries: readonly OutboxEntry<O>[],
  most: number,
  model: Pick<FieldModel<never, unknown, unknown, unknown, O>, 'attachmentOf'>,
): OutboxEntry<O>[] {
  let characters = 0;
  const batch: OutboxEntry<O>[] = [];
  for (const entry of entries) {
    characters += JSON.stringify(entry.operation.body).length;
    if (batch.length > 0 && (batch.length >= most || characters > batchCharacters)) break;
    // What carries bytes goes by itself, after them.
    if (model.attachmentOf?.(entry.operation) !== undefined) return batch.length > 0 ? batch : [entry];
    batch.push(entry);
  }
  return batch;
}

/** Tells the server of refused operations a person gave up; it keeps text and reason, then the phone lets go. */
async function sendGivenUp<D extends { readonly id: string }, V, L, O extends OperationShape>(
  engine: FieldEngine<D, V, L, O>,
  transport: Transport<D>,
): Promise<void> {
  for (const entry of engine.outbox.list()) {
    if (entry.givenUpFor === undefined) continue;
    try {
      await transport.giveUp(toSent(entry), entry.givenUpFor);
    } catch (error) {
      if (kindOfFailure(error) === 'whole') throw error;
      continue;
    }
    await engine.removeEntry(entry.operation.operationId);
  }
}

function keepFailure<D extends { readonly id: string }, V, L, O extends OperationShape>(
  engine: FieldEngine<D, V, L, O>,
  batch: readonly OutboxEntry<O>[],
  kind: 'unreadable' | 'fault',
  problem: Problem | null,
): Promise<void> {
  return engine.changeEntries(
    batch.map((entry) => entry.operation.operationId),
    (entry) => ({
      ...entry,
      attempts: entry.attempts + 1,
      ...(problem ? { problem } : {}),
      ...(kind === 'unreadable' ? { state: 'needs-you' as const } : {}),
    }),
  );
}

async function keepAnswers<D extends { readonly id: string }, V, L, O extends OperationShape>(
  engine: FieldEngine<D, V, L, O>,
  batch: readonly OutboxEntry<O>[],
  answer: PushAnswer,
): Promise<void> {
  const byId = new Map(answer.answers.map((one) => [one.operationId, one]));
  const answered = (entry: OutboxEntry<O>): OutboxEntry<O> => {
    const one = byId.get(entry.operation.operationId);
    const { problem: _, ...rest } = entry;
    const problem = one?.problem ? { problem: one.problem } : {};
    switch (one?.outcome) {
      case 'accepted':
      case 'duplicate':
        return {
          ...rest,
          state: 'sent',
          seen: answer.seen,
          answeredAt: answer.device.serverNow,
          ...(one.result === undefined ? {} : { result: one.result }),
        };
      case 'refused':
        return { ...rest, state: 'needs-you', ...problem };
      default:
        // Put off without a reason it was not tried: something before it was in the way.
        return { ...rest, attempts: entry.attempts + (one && !one.problem ? 0 : 1), ...problem };
    }
  };
  const memory: SyncMemory = {
    ...engine.memory,
    // Known from the first answer on: a server restored before the first pull must be noticed too.
    epoch: engine.memory.epoch ?? answer.device.epoch,
    seen: BigInt(answer.seen) > BigInt(engine.memory.seen) ? answer.seen : engine.memory.seen,
    isWipeOrdered: engine.memory.isWipeOrdered || answer.device.order === 'wipe',
  };
  const taken = batch.flatMap(({ operation }) =>
    ['accepted', 'duplicate'].includes(byId.get(operation.operationId)?.outcome ?? '') ? operation : [],
  );
  await engine.changeEntries(
    batch.map((entry) => entry.operation.operationId),
    answered,
    [
      await memoryChange(engine.sealer, memory),
      ...(await changesOfSent(engine, taken, answer.device.serverNow)),
    ],
  );
  engine.memory = memory;
}
