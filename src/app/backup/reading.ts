import { createGunzip } from 'node:zlib';
import { InputError, QianchengError } from '../../base/errors.ts';
import { type Manifest, manifestIn } from './manifest.ts';
import type { Place } from './place.ts';
import { Bytes, type Entry, entriesIn } from './tar.ts';

/** A file of a backup, to be read whole or as it comes, before the next. */
export interface Part extends Entry {
  whole(): Promise<Buffer>;
  stretches(): AsyncIterable<Buffer>;
}

/** A backup opened: what it says of itself, then its files. */
export interface Reading {
  readonly manifest: Manifest;
  readonly parts: AsyncIterable<Part>;
}

const MOST_MANIFEST = 64 * 2 ** 20;

/** Has a backup read by `work`; what shows that it is damaged or cut off is told as that. */
export async function readBackup<T>(place: Place, work: (reading: Reading) => Promise<T>): Promise<T> {
  const stream = await place.read();
  const gunzip = createGunzip({ chunkSize: 2 ** 18 });
  stream.on('error', (error) => gunzip.destroy(error));
  stream.pipe(gunzip);
  try {
    const parts = partsIn(gunzip)[Symbol.asyncIterator]();
    const first = await parts.next();
    const isManifest = !first.done && first.value.name === 'manifest.json' && first.value.size < MOST_MANIFEST;
    const text = isManifest ? (await first.value.whole()).toString('utf8') : '';
    return await work({ manifest: manifestIn(text, place.title), parts: { [Symbol.asyncIterator]: () => parts } });
  } catch (error) {
    throw isDamage(error) ? damaged(place, error) : error;
  } finally {
    stream.destroy();
    gunzip.destroy();
  }
}

async function* partsIn(from: AsyncIterable<Buffer>): AsyncGenerator<Part> {
  for await (const { name, size, bytes } of entriesIn(new Bytes(from))) {
    let isRead = false;
    const stretches = () => {
      isRead = true;
      return bytes.stretches(size);
    };
    const whole = () => {
      isRead = true;
      return bytes.take(size);
    };
    yield { name, size, whole, stretches };
    if (!isRead) await bytes.skip(size);
  }
}

/** What gunzip and the reader of archives say of bytes that are not as they were written. */
function isDamage(error: unknown): boolean {
  if (error instanceof QianchengError || !(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return error instanceof RangeError || code.startsWith('Z_') || code === 'ERR_STREAM_PREMATURE_CLOSE';
}

function damaged({ title }: Place, cause: unknown): InputError {
  const message = `${title} is damaged or cut off, so nothing was restored: take another copy of it.`;
  return new InputError('backup_damaged', message, { cause });
}
