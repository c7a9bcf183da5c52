import type { FieldEngine } from './field-engine.ts';
import type { OperationShape } from './field-store.ts';
import { toSent } from './sent-operation.ts';
import { memoryChange } from './sync-memory.ts';
import type { Transport } from './transport.ts';

const batchSize = 50;

/**
 * Deletes the people at once, hands over what the server has not taken, then deletes everything. Broken off, it goes on at
 * the next contact with the operations still on the phone.
 */
export async function wipeStore<D extends { readonly id: string }, V, L, O extends OperationShape>(
  engine: FieldEngine<D, V, L, O>,
  transport: Transport<D>,
): Promise<void> {
  engine.memory = { ...engine.memory, current: null, first: null, isWipeOrdered: true };
  engine.people = engine.generation(0);
  engine.building = undefined;
  const nobody = engine.generation(-1);
  await engine.storage.write([
    ...(await nobody.deletionOfOthers()),
    await memoryChange(engine.sealer, engine.memory),
  ]);
  for (;;) {
    const batch = engine.outbox
      .list()
      .filter((entry) => entry.state !== 'sent')
      .slice(0, batchSize);
    if (batch.length === 0) break;
    await transport.handOver(batch.map(toSent), false);
    for (const entry of batch) await engine.removeEntry(entry.operation.operationId);
  }
  await transport.handOver([], true);
  await engine.storage.destroy();
}
