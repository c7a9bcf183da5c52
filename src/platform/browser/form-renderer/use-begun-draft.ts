import { useMemo, useState } from 'react';
import type { FormEdition } from '#kernel/form-shape.ts';
import { readDraft } from '../draft-store.ts';
import { useBegunEditions } from './use-sheet-on-its-day.ts';

/** The draft of one form that was kept, and the edition it was begun on. */
export interface BegunDraft<D> {
  readonly draftName: string;
  readonly kept: D | undefined;
  readonly begun: NonNullable<ReturnType<typeof useBegunEditions>>;
}

/** Reads the draft of that name; where there is none the form is begun on `edition`. Undefined while its edition is asked for. */
export function useBegunDraft<D extends { readonly edition?: string }>(
  draftName: string,
  edition: FormEdition,
): BegunDraft<D> | undefined {
  const [kept] = useState(() => readDraft<D>(draftName)?.content);
  const given = useMemo(() => [edition], [edition]);
  const begun = useBegunEditions(given, [kept?.edition]);
  return begun && { draftName, kept, begun };
}
