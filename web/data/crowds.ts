import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import type { CrowdTaxonomy } from '../../src/api/crowds.ts';
import { call } from './client.ts';
import { queries } from './queries.ts';

/** One taxonomy in its latest version, with the rule of each crowd. */
export function useCrowdTaxonomy(name: string) {
  return useQuery({
    queryKey: ['crowds', name],
    queryFn: ({ signal }) => call<CrowdTaxonomy>(`/api/crowds/${encodeURIComponent(name)}`, { signal }),
    enabled: name !== '',
    placeholderData: keepPreviousData,
  });
}

/** Saves a taxonomy as the next version of its name. */
export function useSavingCrowds() {
  return useMutation({
    mutationFn: (body: object) => call<CrowdTaxonomy>('/api/crowds', { method: 'POST', body }),
    onSuccess: () =>
      Promise.all([['crowds'], ['explained'], ['answer']].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}
