import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './apiError.ts';

/** Faults that pass by themselves; everything else is shown at once. */
function passes(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 503 || error.status === 502);
}

/** The one store of answers of the console. Note: a server on this machine answers also while the browser is offline. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      retry: (failures, error) => failures < 2 && passes(error),
      staleTime: 30_000,
      refetchOnWindowFocus: false,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});
