import type { Problem } from '#kernel/problem.ts';
import { checkPeople } from './check-people.ts';
import type { FieldEngine } from './field-engine.ts';
import type { OperationShape } from './field-store.ts';
import { keepPage, type PageEnd } from './keep-pages.ts';
import { offerAll } from './offer-operations.ts';
import type { RoomKeeper } from './room-keeper.ts';
import { takeNewDefinitions } from './take-definitions.ts';
import { tidy } from './tidy.ts';
import { NoAnswer, type PullAnswer, type PullQuestion, type Transport } from './transport.ts';
import { wipeStore } from './wipe-store.ts';

/** People of one page: about a tenth of a megabyte on the way, so that a broken connection costs little. */
const usualPage = 1000;

export interface RoundOptions {
  readonly clock: () => Date;
  readonly isPersisted: () => boolean;
  /** How full the phone is, told to support. */
  readonly room?: Pick<RoomKeeper, 'said' | 'isShort'>;
  readonly pageSize?: number;
  /** Told after each page, for the progress of a first sync. */
  readonly changed: () => void;
}

export type RoundEnd =
  | { readonly kind: 'complete' }
  | { readonly kind: 'wiped' }
  | {
      readonly kind: 'stopped';
      readonly why: 'offline' | 'signed-out' | 'refused';
      readonly problem: Problem | null;
    };

/**
 * One round with the server: offers what was typed, in order, then reads what changed. A call without an answer ends the
 * round and changes nothing on the phone; whatever an answer changes reaches the disk as one write.
 */
export async function runSyncRound<D extends { readonly id: string }, V, L, O extends OperationShape>(
  engine: FieldEngine<D, V, L, O>,
  transport: Transport<D>,
  options: RoundOptions,
): Promise<RoundEnd> {
  await engine.whole;
  try {
    for (;;) {
      if (engine.memory.isWipeOrdered) {
        await wipeStore(engine, transport);
        return { kind: 'wiped' };
      }
      await offerAll(engine, transport, options.clock);
      if (engine.memory.isWipeOrdered) continue;
      if ((await readAllChanges(engine, transport, options)) !== 'complete') continue;
      await takeNewDefinitions(engine, transport);
      options.changed();
      await tidy(engine);
      await checkPeople(engine, transport, options.clock);
      return { kind: 'complete' };
    }
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    if (error.why === 'signed-out' && (await isToBeWiped(engine, transport))) return { kind: 'wiped' };
    return { kind: 'stopped', why: error.why, problem: error.problem };
  }
}

/** A user who may not sign in any more still has the token to hand over with; the server says whether to delete. */
async function isToBeWiped<D extends { readonly id: string }, V, L, O extends OperationShape>(
  engine: FieldEngine<D, V, L, O>,
  transport: Transport<D>,
): Promise<boolean> {
  try {
    if ((await transport.handOver([], false)).order !== 'wipe') return false;
    await wipeStore(engine, transport);
    return true;
  } catch (error) {
    if (error instanceof NoAnswer) return false;
    throw error;
  }
}

/** Reads pages to the end. `again`: the server was restored, or the phone is to be wiped; the round starts over. */
async function readAllChanges<D extends { readonly id: string }, V, L, O extends OperationShape>(
  engine: FieldEngine<D, V, L, O>,
  transport: Transport<D>,
  options: RoundOptions,
): Promise<Exclude<PageEnd, 'more'>> {
  let ahead: Promise<PullAnswer<D>> | undefined;
  for (;;) {
    const question = questionOf(engine, options);
    const answer = await (ahead ?? transport.pull(question));
    ahead = askAhead(transport, question, answer);
    const end = await keepPage(engine, answer, options.clock);
    options.changed();
    if (end !== 'more') return end;
  }
}

/** The next page of a first sync is on its way while this one is sealed and written. */
function askAhead<D extends { readonly id: string }>(
  transport: Transport<D>,
  question: PullQuestion,
  answer: PullAnswer<D>,
): Promise<PullAnswer<D>> | undefined {
  const { kind, hasMore, after, cursor, scope, device } = answer;
  if (kind !== 'people' || !hasMore || after === null || device.order !== 'none') return undefined;
  const next = transport.pull({ ...question, epoch: device.epoch, cursor, scope, after });
  // Where writing fails nobody waits for it any more.
  next.catch(() => undefined);
  return next;
}

function questionOf<D extends { readonly id: string }, V, L, O extends OperationShape>(
  engine: FieldEngine<D, V, L, O>,
  options: RoundOptions,
): PullQuestion {
  const { memory, outbox } = engine;
  const entries = outbox.list();
  const position = memory.first ?? memory.current;
  return {
    limit: options.pageSize ?? usualPage,
    seen: memory.seen,
    pending: entries.filter((entry) => entry.state === 'saved-on-phone').length,
    refused: entries.filter((entry) => entry.state === 'needs-you').length,
    isPersisted: options.isPersisted(),
    ...(options.room?.said
      ? { storageUsed: options.room.said.used, storageQuota: options.room.said.quota }
      : {}),
    ...(options.room ? { isStorageShort: options.room.isShort } : {}),
    deviceNow: options.clock().toISOString(),
    ...(memory.heldDefinitions === undefined ? {} : { definitions: memory.heldDefinitions }),
    ...(memory.epoch === null ? {} : { epoch: memory.epoch }),
    ...(position?.cursor ? { cursor: position.cursor, scope: position.scope } : {}),
    ...(memory.first?.after ? { after: memory.first.after } : {}),
  };
}
