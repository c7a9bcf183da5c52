import { useQueries } from '@tanstack/react-query';
import { chooseEdition } from '#kernel/choose-edition.ts';
import type { FormEdition } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { editionHeadsQuery, formEditionQuery } from './form-edition-query.ts';

/** The editions of some forms in force on a day: still asked for, failed, or there; `none` where one of them has none. */
export type EditionsOnDay =
  | { readonly kind: 'loading' | 'none' }
  | { readonly kind: 'failed'; readonly error: unknown; readonly again: () => void }
  | { readonly kind: 'there'; readonly editions: readonly FormEdition[] };

/** The editions sheets about that day are written on, as the server would choose them; it lists only what it can read. */
export function useEditionsOn(forms: readonly string[], day: PlainDate): EditionsOnDay {
  const listed = useQueries({ queries: forms.map(editionHeadsQuery) });
  const named = forms.map((form, at) => {
    const heads = listed[at]?.data?.items ?? [];
    return { form, name: chooseEdition(heads, day, Number.POSITIVE_INFINITY).chosen?.edition };
  });
  const kept = useQueries({
    queries: named.map(({ form, name }) => ({
      ...formEditionQuery(form, name ?? ''),
      enabled: name !== undefined,
    })),
  });
  const failed = [...listed, ...kept].find((one) => one.isError);
  if (failed) return { kind: 'failed', error: failed.error, again: () => void failed.refetch() };
  if (listed.some((one) => !one.isSuccess)) return { kind: 'loading' };
  if (named.some(({ name }) => name === undefined)) return { kind: 'none' };
  if (kept.some((one) => !one.isSuccess)) return { kind: 'loading' };
  const editions = kept.flatMap((one) => one.data ?? []);
  return editions.length === forms.length ? { kind: 'there', editions } : { kind: 'none' };
}

/** The edition of one form in force on a day; without a form there is none. */
export function useEditionOn(
  form: string | undefined,
  day: PlainDate,
): Exclude<EditionsOnDay, { kind: 'there' }> | { readonly kind: 'there'; readonly edition: FormEdition } {
  const asked = useEditionsOn(form === undefined ? [] : [form], day);
  if (asked.kind !== 'there') return asked;
  const [edition] = asked.editions;
  return edition ? { kind: 'there', edition } : { kind: 'none' };
}
