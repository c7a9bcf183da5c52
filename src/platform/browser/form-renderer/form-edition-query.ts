import { queryOptions } from '@tanstack/react-query';
import { listFormEditions, showFormEdition } from '#standards/forms/form-contract.ts';
import { ApiProblem, callApi } from '../api-client.ts';

/**
 * An edition of a form by name, asked of the server and kept while the page is open: only it knows what the county published
 * under that name. Null where nobody has it.
 */
export const formEditionQuery = (form: string, edition: string) =>
  queryOptions({
    queryKey: ['form-edition', form, edition],
    queryFn: () =>
      callApi(showFormEdition, { params: { form, edition } }).catch((error: unknown) => {
        if (error instanceof ApiProblem && error.code === 'not-found') return null;
        throw error;
      }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The editions a sheet of a form may be begun on, with the days they count from. */
export const editionHeadsQuery = (form: string) =>
  queryOptions({
    queryKey: ['form-editions', form],
    queryFn: () => callApi(listFormEditions, { params: { form } }),
    staleTime: 60_000,
  });
