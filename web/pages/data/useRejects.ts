import { useQuery } from '@tanstack/react-query';
import type { RejectEntry, RejectSum } from '../../../src/api/data.ts';
import { call } from '../../data/client.ts';
import { queryOf } from '../../ui/files.ts';

/** Which rejects are meant: of an import, a file, a column and a reason; 0 and `''` are any. */
export interface RejectFilter {
  readonly import: number;
  readonly file: number;
  readonly column: string;
  readonly reason: string;
}

export const everyReject: RejectFilter = { import: 0, file: 0, column: '', reason: '' };

/** Rows that a page shows at most. */
export const MOST_ROWS = 500;
/** Rows that are looked through for those of a column and a reason. */
export const MOST_LOOKED = 10_000;

/** What of a filter the server understands. */
export function placeOf({ import: of, file }: RejectFilter): Record<string, number> {
  return { ...(of > 0 ? { import: of } : {}), ...(file > 0 ? { file } : {}) };
}

/** How many rows wait, by import, file, column and reason. */
export function useRejectSums() {
  return useQuery({
    queryKey: ['rejects', 'summary'],
    queryFn: async ({ signal }) => (await call<{ items: RejectSum[] }>('/api/rejects/summary', { signal })).items,
  });
}

/** The rows themselves; only for those who may see single consumers. */
export function useRejects(filter: RejectFilter, enabled: boolean) {
  const isNarrow = filter.column !== '' || filter.reason !== '';
  return useQuery({
    queryKey: ['rejects', 'rows', filter],
    queryFn: async ({ signal }) => {
      const query = queryOf({ ...placeOf(filter), limit: isNarrow ? MOST_LOOKED : MOST_ROWS });
      const { items } = await call<{ items: RejectEntry[] }>(`/api/rejects?${query}`, { signal });
      return items.filter((row) => isMeant(row, filter)).slice(0, MOST_ROWS);
    },
    enabled,
  });
}

/** Whether a count or a row is among those meant. */
export function isMeant(
  row: { readonly file_id: number; readonly column: string; readonly reason: string; readonly import?: number },
  { import: of, file, column, reason }: RejectFilter,
): boolean {
  if (of > 0 && row.import !== undefined && row.import !== of) return false;
  return (file === 0 || row.file_id === file) && (reason === '' || (row.reason === reason && row.column === column));
}
