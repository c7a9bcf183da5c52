import type { FieldEngine } from './field-engine.ts';
import type { OperationShape } from './field-store.ts';
import { memoryChange, phoneDay, type SyncMemory, skewMinutes } from './sync-memory.ts';
import type { PullAnswer } from './transport.ts';

/** What a page of the server means for the round: more to read, everything read, or the round starts over. */
export type PageEnd = 'more' | 'complete' | 'again';

/**
 * Puts one answer of a pull on the phone. Documents, index, settled operations and the position reach the disk in one
 * write, so that a crash leaves the phone before the page or after it.
 */
export async function keepPage<D extends { readonly id: string }, V, L, O extends OperationShape>(
  engine: FieldEngine<D, V, L, O>,
  answer: PullAnswer<D>,
  clock: () => Date,
): Promise<PageEnd> {
  const now = clock();
  const contact = {
    epoch: answer.device.epoch,
    lastContactAt: now.toISOString(),
    serverNow: answer.device.serverNow,
    clockSkewMinutes: skewMinutes(now, answer.device.serverNow),
    isWipeOrdered: engine.memory.isWipeOrdered || answer.device.order === 'wipe',
    scopeName: answer.scopeName,
    ...(answer.device.leaseDays === undefined ? {} : { leaseDays: answer.device.leaseDays }),
    ...(answer.device.definitions === undefined ? {} : { definitions: answer.device.definitions }),
    ...(answer.directory ? { directory: answer.directory } : {}),
  };
  if (contact.isWipeOrdered) {
    const memory = { ...engine.memory, isWipeOrdered: true };
    await engine.storage.write([await memoryChange(engine.sealer, memory)]);
    engine.memory = memory;
    return 'again';
  }
  if (answer.kind === 'restart') return beginAgain(engine, answer, contact);
  if (answer.kind === 'people') return keepPeople(engine, answer, contact, clock);
  return keepChanges(engine, answer, contact);
}

const transactionOf = (cursor: string) => BigInt(cursor.split(':')[0] ?? '0');

async function keepChanges<D extends { readonly id: string }, V, L, O extends OperationShape>(
  engine: FieldEngine<D, V, L, O>,
  answer: PullAnswer<D>,
  contact: Partial<SyncMemory>,
): Promise<PageEnd> {
  const { current } = engine.memory;
  if (!current) throw new Error('changes without people to change');
  const people = await engine.people.prepare(answer.documents, answer.removed);
  const isChanged = answer.documents.length + answer.removed.length > 0;
  const memory = {
    ...engine.memory,
    ...contact,
    ...(isChanged ? { mark: (engine.memory.mark ?? 0) + 1 } : {}),
    current: { ...current, cursor: answer.cursor },
  };
  const residents = await engine.outbox.exclusively(async () => {
    const settled = await engine.outbox.prepareSettling(transactionOf(answer.cursor));
    const remembered = await memoryChange(engine.sealer, memory);
    await engine.storage.write([...people.changes, ...settled.changes, remembered]);
    people.done();
    settled.done();
    engine.memory = memory;
    return settled.residents;
  });
  const documents = answer.documents.map((document) => document.id);
  await engine.refresh([...documents, ...answer.removed, ...residents]);
  return answer.hasMore ? 'more' : 'complete';
}

/** The scope changed or the server was restored: everybody is fetched anew, beside those shown until it is complete. */
async function beginAgain<D extends { readonly id: string }, V, L, O extends OperationShape>(
  engine: FieldEngine<D, V, L, O>,
  answer: PullAnswer<D>,
  contact: Partial<SyncMemory>,
): Promise<PageEnd> {
  const before = Math.max(engine.memory.current?.generation ?? 0, engine.memory.first?.generation ?? 0);
  const generation = before + 1;
  const memory: SyncMemory = {
    ...engine.memory,
    ...contact,
    ...(answer.offerAgain ? { seen: '0' } : {}),
    first: { generation, cursor: null, scope: answer.scope, after: null, received: 0, expected: 0 },
  };
  await engine.outbox.exclusively(async () => {
    const nothing = { changes: [], done: () => undefined };
    const again = answer.offerAgain ? await engine.outbox.prepareOfferingAgain() : nothing;
    await engine.storage.write([...again.changes, await memoryChange(engine.sealer, memory)]);
    again.done();
    engine.memory = memory;
    engine.building = engine.generation(generation);
  });
  await engine.refreshTyped();
  return 'again';
}

async function keepPeople<D extends { readonly id: string }, V, L, O extends OperationShape>(
  engine: FieldEngine<D, V, L, O>,
  answer: PullAnswer<D>,
  contact: Partial<SyncMemory>,
  clock: () => Date,
): Promise<PageEnd> {
  const { scope, cursor } = answer;
  const fresh = { generation: 1, cursor: null, scope, after: null, received: 0, expected: 0 };
  const first = engine.memory.first ?? fresh;
  const building = engine.building ?? engine.generation(first.generation);
  const people = await building.prepare(answer.documents, []);
  const isLast = !answer.hasMore;
  const position = { generation: first.generation, cursor, scope };
  const progress = { received: first.received + answer.documents.length, expected: answer.expected };
  const memory: SyncMemory = {
    ...engine.memory,
    ...contact,
    current: isLast ? position : engine.memory.current,
    first: isLast ? null : { ...position, ...progress, after: answer.after },
    mark: (engine.memory.mark ?? 0) + 1,
    // Just fetched is compared enough for today.
    ...(isLast
      ? { checked: { on: phoneDay(clock(), { clockSkewMinutes: null, ...contact }), from: null } }
      : {}),
  };
  const old = isLast ? await building.deletionOfOthers() : [];
  const keep = async () => {
    const settled = isLast ? await engine.outbox.prepareSettling(transactionOf(cursor)) : undefined;
    const remembered = await memoryChange(engine.sealer, memory);
    await engine.storage.write([...people.changes, ...(settled?.changes ?? []), ...old, remembered]);
    people.done();
    settled?.done();
    engine.memory = memory;
    engine.building = isLast ? undefined : building;
    if (isLast) engine.people = building;
  };
  // A page in the middle touches nothing that was typed: a save need not wait for it.
  await (isLast ? engine.outbox.exclusively(keep) : keep());
  await engine.refreshTyped();
  // After the last page the changes since the first are read.
  return 'more';
}
