import { useMutation, useQuery } from '@tanstack/react-query';
import type { IdList } from '../../src/api/lists.ts';
import { call } from './client.ts';
import { queries } from './queries.ts';

const root = '/api/lists';
const queryKey = ['lists'];

/** Uploaded lists of identifiers, and how much of each is known here now. */
export function useIdLists() {
  return useQuery({ queryKey, queryFn: ({ signal }) => call<IdList[]>(root, { signal }) });
}

/** Keeps a file that was sent as a list: of its values only what they are known by stays. */
export async function keepList(body: object): Promise<IdList> {
  const made = await call<IdList>(root, { method: 'POST', body });
  await queries.invalidateQueries({ queryKey });
  return made;
}

export function useRemovingList() {
  return useMutation({
    mutationFn: (id: number) => call<unknown>(`${root}/${id}`, { method: 'DELETE' }),
    onSuccess: () => queries.invalidateQueries({ queryKey }),
  });
}
