import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Standing } from '../../src/api/analyses.ts';
import { given, type Params } from './answers.ts';
import { call } from './client.ts';
import { ticketOf } from './tickets.ts';

const MS_BETWEEN = 1000;

/** How a question stands that is being asked; looked at every second while `going`. */
export function useStanding(id: string, params: Params, going: boolean): Standing | undefined {
  const asked = given(params);
  const ticket = ticketOf(id, asked);
  const { data } = useQuery({
    queryKey: ['standing', ticket],
    queryFn: ({ signal }) => call<Standing>(`/api/questions/${ticket}`, { signal }),
    enabled: going && ticket !== undefined,
    refetchInterval: MS_BETWEEN,
    gcTime: 0,
    retry: false,
  });
  return going ? data : undefined;
}

/** Ends the asking of a question. Note: the server is told as well, for what stands between may keep the connection. */
export function useCancelQuestion(): (id: string, params: Params) => Promise<void> {
  const queries = useQueryClient();
  return async (id, params) => {
    const asked = given(params);
    const ticket = ticketOf(id, asked);
    const named = JSON.stringify(['answer', id, asked]);
    await queries.cancelQueries({ predicate: ({ queryKey }) => JSON.stringify(queryKey.slice(0, 3)) === named });
    if (ticket) await call(`/api/questions/${ticket}`, { method: 'DELETE' }).catch(() => {});
  };
}
