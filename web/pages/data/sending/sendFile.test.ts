import { expect, test } from 'vitest';
import { ApiError } from '../../../data/apiError.ts';
import { PIECE_BYTES, sendFile, type UploadWire } from './sendFile.ts';

/** A server that has `received` bytes and fails the writes of the given turns. */
function serverOf(size: number, received: number, faults: Readonly<Record<number, ApiError>>) {
  const upload = (at: number) => ({ id: 'u', name: 'a.csv', size, received: at, createdAt: '' });
  const offsets: number[] = [];
  let held = received;
  const wire: UploadWire = {
    write: async (_, offset, piece) => {
      offsets.push(offset);
      const fault = faults[offsets.length];
      if (fault) throw fault;
      held = offset + piece.size;
      return upload(held);
    },
    read: async () => upload(held),
  };
  return { wire, offsets, held: () => held };
}

function watchOf() {
  const pauses: number[] = [];
  const seen: number[] = [];
  const signal = new AbortController().signal;
  const watch = {
    signal,
    progress: (at: number) => void seen.push(at),
    lost: () => undefined,
    wait: async (ms: number) => void pauses.push(ms),
  };
  return { watch, pauses, seen };
}

const offline = new ApiError(0, 'offline', '');
const size = PIECE_BYTES * 2 + 5;
const blob = new Blob([new Uint8Array(size)]);

test.each([
  { name: 'a file goes in pieces', from: 0, faults: {}, offsets: [0, PIECE_BYTES, PIECE_BYTES * 2], pauses: [] },
  {
    name: 'a file goes on where it ended',
    from: PIECE_BYTES,
    faults: {},
    offsets: [PIECE_BYTES, PIECE_BYTES * 2],
    pauses: [],
  },
  {
    name: 'a lost piece is sent again after pauses that grow',
    from: PIECE_BYTES * 2,
    faults: { 1: offline, 2: offline },
    offsets: [PIECE_BYTES * 2, PIECE_BYTES * 2, PIECE_BYTES * 2],
    pauses: [1000, 2000],
  },
])('$name', async ({ from, faults, offsets, pauses }) => {
  const server = serverOf(size, from, faults);
  const watched = watchOf();
  await sendFile(blob, { id: 'u', received: from }, watched.watch, server.wire);
  expect(server.offsets).toEqual(offsets);
  expect(watched.pauses).toEqual(pauses);
  expect(server.held()).toBe(size);
});

test('where the server has more than was thought, it goes on there', async () => {
  const server = serverOf(size, PIECE_BYTES, { 1: new ApiError(409, 'upload_offset', '') });
  await sendFile(blob, { id: 'u', received: 0 }, watchOf().watch, server.wire);
  expect(server.offsets).toEqual([0, PIECE_BYTES, PIECE_BYTES * 2]);
});

test('a fault that will not pass ends the upload', async () => {
  const server = serverOf(size, 0, { 1: new ApiError(400, 'upload_size', 'too many bytes') });
  await expect(sendFile(blob, { id: 'u', received: 0 }, watchOf().watch, server.wire)).rejects.toThrow(ApiError);
});
