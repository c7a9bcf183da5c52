import type { FormEdition } from '#kernel/form-shape.ts';
import type { DraftChange, SaveResult } from '#platform/browser/offline/field-store.ts';
import type { FieldOperation } from '../domain/field-operation.ts';
import { replacedNote } from '../domain/move-to-edition.ts';
import type { VillageStore } from './village-store.ts';

/** Where a form being moved to another edition is kept while it is typed. */
export const movedAs = (operationId: string) => `moved:${operationId}`;

/** A refused operation as it still lies on the phone. */
export const refusedOperation = (store: VillageStore, operationId: string | undefined) =>
  store
    .needsYou()
    .map((one) => one.operation)
    .find((one) => one.operationId === operationId);

/** Whether an operation lies on the phone already: a draft of it is then not offered again. */
export const isOnPhone = (
  store: VillageStore,
  operationId: string | undefined,
  residentId?: string,
): boolean =>
  store
    .operations(residentId === undefined ? undefined : { residentId })
    .some((one) => one.operation.operationId === operationId);

/**
 * Saves what takes the place of a refused operation, and gives that one up. Cut off in between, the old one is still on the
 * list and opens the same new one again, which is then saved once.
 */
export async function saveInPlace(
  store: VillageStore,
  input: {
    readonly replaced: string;
    readonly operation: FieldOperation;
    readonly drafts: readonly DraftChange[];
    readonly editions: readonly FormEdition[];
    readonly leftOut: readonly string[] | undefined;
  },
): Promise<SaveResult> {
  const { replaced, operation, drafts } = input;
  const key = movedAs(replaced);
  const saved = await store.save(
    operation,
    drafts.filter((one) => one.key !== key),
  );
  if (saved.kind === 'refused') return saved;
  const reason = replacedNote(input.editions, input.leftOut ?? []);
  const given = await store.resolve(replaced, { kind: 'give-up', reason }, [{ key, draft: undefined }]);
  return given.kind === 'refused' ? given : saved;
}
