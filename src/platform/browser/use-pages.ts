import { type InfiniteData, type UseInfiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';

interface Page {
  readonly items: readonly unknown[];
  readonly nextCursor: string | null;
}

type Options<P> = Omit<
  UseInfiniteQueryOptions<P, Error, Collected<P>, readonly unknown[], string | undefined>,
  'queryFn' | 'initialPageParam' | 'getNextPageParam' | 'select'
>;

interface Collected<P> {
  /** All lines read so far. */
  readonly items: readonly (P extends { items: readonly (infer Item)[] } ? Item : never)[];
  /** The first page, for what it says beside its lines. */
  readonly first: P | undefined;
}

/** A list the server gives page by page: all lines so far, and the next page when it is asked for. */
export function usePages<P extends Page>({
  read,
  ...options
}: Options<P> & { readonly read: (cursor: string | undefined, signal: AbortSignal) => Promise<P> }) {
  return useInfiniteQuery({
    ...options,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    select: collect<P>,
  });
}

function collect<P extends Page>(data: InfiniteData<P>): Collected<P> {
  return { items: data.pages.flatMap((page) => page.items) as never, first: data.pages[0] };
}
