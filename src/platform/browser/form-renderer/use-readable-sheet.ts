import { useQuery } from '@tanstack/react-query';
import type { FormAnswers, FormEdition } from '#kernel/form-shape.ts';
import { formEdition } from '#standards/forms/all-forms.ts';
import { bareAnswers, bareEdition } from '#standards/forms/bare-edition.ts';
import { showFormEdition } from '#standards/forms/form-contract.ts';
import { ApiProblem, callApi } from '../api-client.ts';

/** A sheet ready to be read. `isBare`: nobody here has its edition, and its answers stand as they were written. */
export interface ReadableSheet {
  readonly edition: FormEdition;
  readonly answers: FormAnswers;
  readonly isBare: boolean;
}

/**
 * The edition a filed sheet is read with: this program's own, else the one the county keeps, else none and the bare answers.
 * Nothing while it is being asked for.
 */
export function useReadableSheet(
  sheet: { readonly form: string; readonly formEdition: string; readonly answers: FormAnswers } | undefined,
): ReadableSheet | undefined {
  const own = sheet && formEdition(sheet.form, sheet.formEdition);
  const kept = useQuery({
    queryKey: ['form-edition', sheet?.form, sheet?.formEdition],
    queryFn: () =>
      callApi(showFormEdition, {
        params: { form: sheet?.form ?? '', edition: sheet?.formEdition ?? '' },
      }).catch((error: unknown) => {
        if (error instanceof ApiProblem && error.code === 'not-found') return null;
        throw error;
      }),
    enabled: sheet !== undefined && own === undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!sheet) return undefined;
  const edition = own ?? kept.data;
  if (edition) return { edition, answers: sheet.answers, isBare: false };
  // Without an answer the sheet is still there: better bare than not at all.
  if (kept.data === undefined && !kept.isError) return undefined;
  const answers = bareAnswers(sheet.answers);
  return { edition: bareEdition(sheet.form, sheet.formEdition, [answers]), answers, isBare: true };
}
