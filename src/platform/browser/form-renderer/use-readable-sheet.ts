import { useQuery } from '@tanstack/react-query';
import type { FormAnswers, FormEdition } from '#kernel/form-shape.ts';
import { formEdition } from '#standards/forms/all-forms.ts';
import { bareAnswers, bareEdition } from '#standards/forms/bare-edition.ts';
import { formEditionQuery } from './form-edition-query.ts';

/** A sheet ready to be read. `isBare`: nobody here has its edition, and its answers stand as they were written. */
export interface ReadableSheet {
  readonly edition: FormEdition;
  readonly answers: FormAnswers;
  readonly isBare: boolean;
}

/**
 * The edition a filed sheet is read with: the one the county keeps under that name, else the program's own, else none and
 * the bare answers. Nothing while it is being asked for.
 */
export function useReadableSheet(
  sheet: { readonly form: string; readonly formEdition: string; readonly answers: FormAnswers } | undefined,
): ReadableSheet | undefined {
  const named = formEditionQuery(sheet?.form ?? '', sheet?.formEdition ?? '');
  const kept = useQuery({ ...named, enabled: sheet !== undefined });
  if (!sheet || kept.isPending) return undefined;
  // Without an answer the sheet is still there: read as well as this page can.
  const edition = kept.isError ? formEdition(sheet.form, sheet.formEdition) : kept.data;
  if (edition) return { edition, answers: sheet.answers, isBare: false };
  const answers = bareAnswers(sheet.answers);
  return { edition: bareEdition(sheet.form, sheet.formEdition, [answers]), answers, isBare: true };
}
