import { useQuery } from '@tanstack/react-query';
import { chooseEdition } from '#kernel/choose-edition.ts';
import type { FormEdition } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { editionHeadsQuery, formEditionQuery } from './form-edition-query.ts';

/** The edition in force on a day: still asked for, failed, or there; `none` where the form has no edition. */
export type EditionOnDay =
  | { readonly kind: 'loading' | 'none' }
  | { readonly kind: 'failed'; readonly error: unknown; readonly again: () => void }
  | { readonly kind: 'there'; readonly edition: FormEdition };

/** The edition a sheet about that day is begun on, as the server would choose it; it lists only what it can read. */
export function useEditionOn(form: string | undefined, day: PlainDate): EditionOnDay {
  const listed = useQuery({ ...editionHeadsQuery(form ?? ''), enabled: form !== undefined });
  const name = chooseEdition(listed.data?.items ?? [], day, Number.POSITIVE_INFINITY).chosen?.edition;
  const kept = useQuery({ ...formEditionQuery(form ?? '', name ?? ''), enabled: name !== undefined });
  const failed = [listed, kept].find((one) => one.isError);
  if (failed) return { kind: 'failed', error: failed.error, again: () => void failed.refetch() };
  if (form === undefined || (listed.isSuccess && name === undefined)) return { kind: 'none' };
  if (!listed.isSuccess || !kept.isSuccess) return { kind: 'loading' };
  return kept.data ? { kind: 'there', edition: kept.data } : { kind: 'none' };
}
