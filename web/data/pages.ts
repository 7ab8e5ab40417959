import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { call } from './client.ts';

interface PageOf<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

/** A list as a page shows it: `items` are undefined until they are known, `more` is there while there are more. */
export interface Listed<T> {
  readonly items: readonly T[] | undefined;
  readonly error: Error | null;
  readonly again: () => void;
  readonly more?: { readonly load: () => void; readonly isGoing: boolean } | undefined;
}

interface PagesOptions<T> {
  readonly staleTime?: number;
  /** Milliseconds until the list is looked at again. */
  readonly every?: (items: readonly T[]) => number;
}

/** A list that the API gives page by page; `path` holds its `limit`. */
export function usePages<T>(
  queryKey: readonly string[],
  path: string,
  { staleTime, every }: PagesOptions<T> = {},
): Listed<T> {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => call<PageOf<T>>(`${path}${pageParam}`, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => (next === undefined ? undefined : `&cursor=${encodeURIComponent(next)}`),
    placeholderData: keepPreviousData,
    ...(staleTime === undefined ? {} : { staleTime }),
    refetchInterval: ({ state }) => every?.(state.data?.pages.flatMap(({ items }) => items) ?? []) ?? false,
  });
  return {
    items: query.data?.pages.flatMap(({ items }) => items),
    error: query.error,
    again: () => void query.refetch(),
    more: query.hasNextPage ? { load: () => void query.fetchNextPage(), isGoing: query.isFetchingNextPage } : undefined,
  };
}
