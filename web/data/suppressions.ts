import { useMutation, useQuery } from '@tanstack/react-query';
import type { Suppression } from '../../src/api/suppressions.ts';
import { call } from './client.ts';
import { queries } from './queries.ts';

const queryKey = ['suppressions'];

/** Identifiers whose rows are refused, the latest first. */
export function useSuppressions() {
  return useQuery({ queryKey, queryFn: ({ signal }) => call<Suppression[]>('/api/suppressions', { signal }) });
}

/** `type:value` to be refused from now on, or the number of a suppression that ends. Note: what was typed is forgotten at once. */
export function useSuppressing() {
  return useMutation({
    mutationFn: (change: { readonly identifier: string } | { readonly remove: number }) =>
      'remove' in change
        ? call<unknown>(`/api/suppressions/${change.remove}`, { method: 'DELETE' })
        : call<unknown>('/api/suppressions', { method: 'POST', body: change }),
    onSuccess: () => queries.invalidateQueries({ queryKey }),
    gcTime: 0,
  });
}
