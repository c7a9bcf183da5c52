import type { DraftChange } from './field-store.ts';
import { type Change, type Sealer, sealed } from './storage.ts';

/** The writes that bring drafts along with a save. */
export function draftChanges(sealer: Sealer, drafts: readonly DraftChange[]): Promise<Change[]> {
  return Promise.all(
    drafts.map(({ key, draft }) =>
      draft === undefined
        ? { bucket: 'drafts' as const, key, value: undefined }
        : sealed(sealer, 'drafts', key, draft),
    ),
  );
}
