import { useMutation, useQuery } from '@tanstack/react-query';
import type { Job } from '../../src/api/jobs.ts';
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

/** Asks for a model of a seed, as a job. */
export function useTraining() {
  return useMutation({
    mutationFn: (body: NewLookalike) => call<Job>(root, { method: 'POST', body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['jobs'] }),
  });
}

export function useRemovingLookalike() {
  return useMutation({
    mutationFn: (id: number) => call<unknown>(`${root}/${id}`, { method: 'DELETE' }),
    onSuccess: changed,
  });
}
