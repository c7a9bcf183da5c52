import type { Attached, DraftChange, OperationShape } from './field-store.ts';
import { type Change, type Sealer, sealed } from './storage.ts';

/** The writes that go with a save: drafts of its form, and the bytes of what hangs on it. */
export async function changesAlong<O extends OperationShape>(
  sealer: Sealer,
  drafts: readonly DraftChange[],
  attached?: Attached<O>,
): Promise<Change[]> {
  const changes = await Promise.all(
    drafts.map(({ key, draft }) =>
      draft === undefined
        ? { bucket: 'drafts' as const, key, value: undefined }
        : sealed(sealer, 'drafts', key, draft),
    ),
  );
  if (attached) changes.push(await sealed(sealer, 'attached', attached.key, attached.content));
  return changes;
}
