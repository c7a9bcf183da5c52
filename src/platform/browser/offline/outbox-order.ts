import type { FieldModel } from './field-model.ts';
import type { OperationShape } from './field-store.ts';

/** An entry of the outbox as far as its turn goes. */
interface Ordered<O extends OperationShape> {
  readonly operation: O;
  readonly seq: number;
  readonly state: string;
  readonly attempts: number;
}

/** Tells which entry, asked in their order, stands before one it goes after, or goes after one that does. */
export function earlyFinder<O extends OperationShape, E extends Ordered<O>>(
  all: readonly E[],
  { hangsOn }: Pick<FieldModel<never, unknown, unknown, unknown, O>, 'hangsOn'>,
): (entry: E) => boolean {
  const waiting = new Map<string, E[]>();
  for (const one of all) {
    if (one.state !== 'saved-on-phone') continue;
    const own = waiting.get(one.operation.residentId) ?? [];
    waiting.set(one.operation.residentId, own);
    own.push(one);
  }
  const early = new Set<E>();
  return (entry) => {
    const { operation, seq } = entry;
    const found = waiting
      .get(operation.residentId)
      ?.some((one) => (one.seq > seq || early.has(one)) && hangsOn?.(operation, one.operation));
    if (found) early.add(entry);
    return found === true;
  };
}

/** Fewest tries first, else in their order; what follows for a person never before what came before it. */
export function byTries<E extends Ordered<OperationShape>>(entries: readonly E[]): E[] {
  const most = new Map<string, number>();
  const ranked = entries.map((entry) => {
    const { residentId } = entry.operation;
    const tries = Math.max(entry.attempts, most.get(residentId) ?? 0);
    most.set(residentId, tries);
    return { entry, tries };
  });
  return ranked.toSorted((a, b) => a.tries - b.tries).map(({ entry }) => entry);
}
