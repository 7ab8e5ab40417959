import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { createGunzip, type Gunzip } from 'node:zlib';
import { InputError } from '../../base/errors.ts';

const pieceBytes = 1 << 20;
const squeezedPieceBytes = 1 << 16;

/** A file read from front to back, unpacked on the way. */
export interface Stored {
  /** The contents, piece by piece; a piece is valid until the next one is asked for. */
  readonly pieces: AsyncGenerator<Uint8Array>;
  /** Bytes of the file as stored that have been read so far. */
  position(): number;
  /** Why the contents ended before their end, once they have; what came before is whole. */
  fault(): InputError | undefined;
}

/** Opens a file for one pass; gzip is unpacked when `compressed`. */
export function openStored(path: string, compressed: boolean): Stored {
  const state: { position: number; fault?: InputError } = { position: 0 };
  const raw = piecesOf(path, compressed ? squeezedPieceBytes : pieceBytes, (bytes) => {
    state.position += bytes;
  });
  const note = (cause: NodeJS.ErrnoException) => {
    state.fault = unpackFault(path, cause);
  };
  return {
    pieces: compressed ? unpacked(raw, note) : raw,
    position: () => state.position,
    fault: () => state.fault,
  };
}

async function* piecesOf(path: string, bytes: number, read: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.allocUnsafeSlow(bytes);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, bytes);
      if (bytesRead === 0) return;
      read(bytesRead);
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/**
 * Note: one piece is written at a time and everything it yields is handed on before the next, so that an error at the
 * end of a file cut in half cannot throw away what was unpacked before it, as a piped stream would.
 */
async function* unpacked(
  raw: AsyncGenerator<Uint8Array>,
  note: (cause: NodeJS.ErrnoException) => void,
): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: squeezedPieceBytes });
  const ready: Uint8Array[] = [];
  let over = false;
  gunzip.on('data', (piece: Buffer) => ready.push(piece));
  const ended = new Promise<void>((resolve) => {
    gunzip.once('end', resolve).once('error', (cause) => {
      note(cause);
      resolve();
    });
  }).then(() => {
    over = true;
  });
  try {
    for await (const piece of raw) {
      await Promise.race([written(gunzip, piece), ended]);
      yield* ready.splice(0);
      if (over) break;
    }
    gunzip.end();
    await ended;
    yield* ready.splice(0);
  } finally {
    gunzip.destroy();
  }
}

function written(gunzip: Gunzip, piece: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    gunzip.write(piece, () => resolve());
  });
}

function unpackFault(path: string, cause: NodeJS.ErrnoException): InputError {
  const name = basename(path);
  return cause.code === 'Z_BUF_ERROR'
    ? new InputError('truncated', `${name} ends in the middle: its gzip data is cut off. Fetch the whole file again.`, {
        cause,
      })
    : new InputError('corrupt', `${name} is damaged: its gzip data cannot be unpacked. Fetch the file again.`, {
        cause,
      });
}
