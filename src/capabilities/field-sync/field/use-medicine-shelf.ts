import { useMemo } from 'react';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type MedicineShelf, shelfOf } from '../domain/visit-medicines.ts';
import { usePhone } from './phone-context.tsx';
import type { DefinitionBook } from './use-definitions.ts';

/** What this phone's doctor picks medicines from. */
export function useMedicineShelf(book: DefinitionBook, today: PlainDate): MedicineShelf {
  const place = usePhone().store.directory().organizationPath;
  return useMemo(() => shelfOf(book, place, today), [book, place, today]);
}
