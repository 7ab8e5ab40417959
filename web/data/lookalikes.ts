import { useMutation, useQuery } from '@tanstack/react-query';
import type { Lookalike, NewLookalike } from '../../src/api/lookalikes.ts';
import { call } from './client.ts';
import { queries } from './queries.ts';

const root = '/api/lookalikes';
const queryKey = ['lookalikes'];

/** Every model, newest first. */
export function useLookalikes(enabled = true) {
  return useQuery({ queryKey, queryFn: ({ signal }) => call<Lookalike[]>(root, { signal }), enabled });
}

const changed = () => queries.invalidateQueries({ queryKey });

/** Learns from a seed; it takes seconds, at most some minutes. */
export function useTraining() {
  return useMutation({
    mutationFn: (body: NewLookalike) => call<Lookalike>(root, { method: 'POST', body }),
    onSuccess: changed,
  });
}

export function useRemovingLookalike() {
  return useMutation({
    mutationFn: (id: number) => call<unknown>(`${root}/${id}`, { method: 'DELETE' }),
    onSuccess: changed,
  });
}
