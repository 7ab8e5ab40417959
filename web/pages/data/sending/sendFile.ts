import type { Upload } from '../../../../src/api/data.ts';
import { ApiError } from '../../../data/apiError.ts';
import { call } from '../../../data/client.ts';

/** Bytes sent at a time. */
export const PIECE_BYTES = 8 << 20;
/** Pauses while the server cannot be reached: they double up to the longest. */
const MS_FIRST_PAUSE = 1_000;
const MS_LONGEST_PAUSE = 15_000;

/** How a file on its way is watched and ended. */
export interface SendWatch {
  readonly signal: AbortSignal;
  progress(received: number): void;
  /** The way to the server is lost; it is tried again by itself. */
  lost(): void;
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

/** The requests of an upload, so that tests may stand in for the server. */
export interface UploadWire {
  write(id: string, offset: number, piece: Blob, signal: AbortSignal): Promise<Upload>;
  read(id: string, signal: AbortSignal): Promise<Upload>;
}

export const wire: UploadWire = {
  write: (id, offset, octets, signal) =>
    call<Upload>(`/api/uploads/${id}/bytes?offset=${offset}`, { method: 'PUT', octets, signal }),
  read: (id, signal) => call<Upload>(`/api/uploads/${id}`, { signal }),
};

/** Sends a file from the byte the server has it to, piece by piece, over any loss of the connection. */
export async function sendFile(
  file: Blob,
  { id, received }: Pick<Upload, 'id' | 'received'>,
  watch: SendWatch,
  { write, read }: UploadWire = wire,
): Promise<void> {
  let at = received;
  let pause = MS_FIRST_PAUSE;
  while (at < file.size) {
    try {
      const sent = await write(id, at, file.slice(at, at + PIECE_BYTES), watch.signal);
      at = sent.received;
      pause = MS_FIRST_PAUSE;
      watch.progress(at);
    } catch (error) {
      if (!passes(error)) throw error;
      watch.lost();
      await watch.wait(pause, watch.signal);
      pause = Math.min(MS_LONGEST_PAUSE, pause * 2);
      at = await readOr(at);
    }
  }

  async function readOr(known: number): Promise<number> {
    try {
      return (await read(id, watch.signal)).received;
    } catch (error) {
      if (passes(error)) return known;
      throw error;
    }
  }
}

/** Faults after which the same file can go on: no connection, a busy server, another idea of the next byte. */
function passes(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  return error.code === 'offline' || error.code === 'upload_offset' || error.status === 502 || error.status === 504;
}
