import { useMutation } from '@tanstack/react-query';
import type { Upload } from '../../../src/api/data.ts';
import type { NewIdList } from '../../../src/api/lists.ts';
import { call } from '../../data/client.ts';
import { keepList } from '../../data/lists.ts';
import { PIECE_BYTES, wire } from '../data/sending/sendFile.ts';

interface ListFile extends NewIdList {
  readonly file: File;
}

/** Sends a file of identifiers and keeps it as a list. */
export function useUploadingList() {
  return useMutation({
    mutationFn: async ({ file, ...given }: ListFile) => {
      const { name, size } = file;
      const { id } = await call<Upload>('/api/uploads', { method: 'POST', body: { name, size } });
      const { signal } = new AbortController();
      for (let at = 0; at < size; at += PIECE_BYTES) await wire.write(id, at, file.slice(at, at + PIECE_BYTES), signal);
      return keepList({ ...given, upload: id });
    },
    gcTime: 0,
  });
}
