import type { OperationShape } from './field-store.ts';
import type { OutboxEntry } from './outbox.ts';
import type { SentOperation } from './transport.ts';

/** An operation as it travels, with its place on this phone. */
export function toSent<O extends OperationShape>(entry: OutboxEntry<O>): SentOperation {
  return { ...entry.operation, seq: entry.seq, savedAt: entry.savedAt };
}
