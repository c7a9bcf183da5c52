import { type Loaded, useLoaded } from '#platform/browser/field/controls.tsx';
import { bookOf, type DefinitionBook } from '../domain/definition-book.ts';
import { usePhone, useStoreVersion } from './phone-context.tsx';

export type { DefinitionBook };

/** The book of this phone; read anew when other definitions have arrived. */
export function useDefinitions(): Loaded<DefinitionBook> {
  const { store } = usePhone();
  useStoreVersion();
  return useLoaded(async () => bookOf(await store.definitions()), store.definitionSet() ?? 'built-in');
}
