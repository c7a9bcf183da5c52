import type { FieldEngine } from './field-engine.ts';
import type { OperationShape } from './field-store.ts';
import { toSent } from './sent-operation.ts';
import { memoryChange } from './sync-memory.ts';
import type { Transport } from './transport.ts';

const batchSize = 50;

/**
 * Deletes the people at once, hands over every operation still on the phone, then deletes everything. Those the server has
 * taken are handed over too: it may have been restored since, and holds only what is not a fact. Broken off, it goes on at
 * the next contact with the operations still on the phone.
 */
export async function wipeStore<D extends { readonly id: string }, V, L, O extends OperationShape>(
  engine: FieldEngine<D, V, L, O>,
  transport: Transport<D>,
): Promise<void> {
  const memory = { ...engine.memory, current: null, first: null, isWipeOrdered: true };
  const people = await engine.generation(-1).deletionOfOthers();
  await engine.outbox.exclusively(async () => {
    const again = await engine.outbox.prepareOfferingAgain();
    await engine.storage.write([...people, ...again.changes, await memoryChange(engine.sealer, memory)]);
    again.done();
    engine.memory = memory;
    engine.people = engine.generation(0);
    engine.building = undefined;
  });
  await engine.refreshTyped();
  for (;;) {
    const batch = engine.outbox
      .list()
      .filter((entry) => entry.state !== 'sent')
      .slice(0, batchSize);
    if (batch.length > 0) {
      await transport.handOver(batch.map(toSent), false);
      for (const entry of batch) await engine.removeEntry(entry.operation.operationId);
      continue;
    }
    // From here on nothing can be saved, so that nothing comes between the last look and the deletion.
    if (!(await engine.closeWhenHandedOver())) continue;
    try {
      await transport.handOver([], true);
    } catch (error) {
      engine.reopen();
      throw error;
    }
    await engine.storage.destroy();
    return;
  }
}
