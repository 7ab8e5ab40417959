import { useMutation } from '@tanstack/react-query';
import type { RejectEntry, Upload } from '../../../src/api/data.ts';
import type { Job } from '../../../src/api/jobs.ts';
import { call } from '../../data/client.ts';
import { queries } from '../../data/queries.ts';
import { keepFile, queryOf } from '../../ui/files.ts';
import { rejectsCsv } from './rejectsCsv.ts';
import { PIECE_BYTES, wire } from './sending/sendFile.ts';
import { isMeant, MOST_LOOKED, placeOf, type RejectFilter } from './useRejects.ts';

/** MiB of a file of mended rows, as the server takes them. */
export const MOST_MIB = 8;

/** Keeps the rejects that are meant as a CSV to be mended; gives its name. */
export function useRejectsFile() {
  return useMutation({
    mutationFn: async (filter: RejectFilter) => {
      const query = queryOf({ ...placeOf(filter), limit: MOST_LOOKED });
      const { items } = await call<{ items: RejectEntry[] }>(`/api/rejects?${query}`);
      const rows = items.filter((row) => isMeant(row, filter) && row.raw !== '');
      const name = 'rejects.csv';
      keepFile(new Blob([rejectsCsv(rows)], { type: 'text/csv' }), name);
      return name;
    },
    gcTime: 0,
  });
}

interface MendedFile {
  readonly file: File;
  /** How the rows are to be read, where it is not as before. */
  readonly reading: object;
}

/** Sends a file of mended rows and has them tried again, as a job. */
export function useMendedFile() {
  return useMutation({
    mutationFn: async ({ file, reading }: MendedFile) => {
      const { name, size } = file;
      const { id } = await call<Upload>('/api/uploads', { method: 'POST', body: { name, size } });
      const { signal } = new AbortController();
      for (let at = 0; at < size; at += PIECE_BYTES) await wire.write(id, at, file.slice(at, at + PIECE_BYTES), signal);
      return call<Job>('/api/rejects/replay', { method: 'POST', body: { ...reading, mended_upload: id } });
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['jobs'] }),
    gcTime: 0,
  });
}
