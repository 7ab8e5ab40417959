import { useQuery } from '@tanstack/react-query';
import type { Cost } from '../../../src/api/analyses.ts';
import { given, type Params } from '../../data/answers.ts';
import { call } from '../../data/client.ts';
import { queryOf } from '../files.ts';

/** What a question is likely to cost. */
export function useCost(id: string, params: Params) {
  return useQuery({
    queryKey: ['cost', id, given(params)],
    queryFn: ({ signal }) => call<Cost>(`/api/analyses/${id}/estimate?${queryOf(params)}`, { signal }),
    retry: false,
  });
}
