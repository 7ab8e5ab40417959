import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { CancelledError, type Watch } from '../base/progress.ts';

/** SHA-256 of a text, in hex. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** SHA-256 of a file's content, decompressed where it is gzip: the same rows are the same file, however stored. */
export async function fingerprint(path: string, compressed: boolean, size: number, watch: Watch): Promise<string> {
  const hash = createHash('sha256');
  const source = createReadStream(path, { highWaterMark: 1 << 20 });
  async function* watched(chunks: AsyncIterable<Buffer>) {
    let done = 0;
    for await (const chunk of chunks) {
      done += chunk.length;
      watch({ step: 'fingerprint', done, total: size, unit: 'bytes' });
      yield chunk;
    }
  }
  const take = async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) hash.update(chunk);
  };
  try {
    if (compressed) await pipeline(source, watched, createGunzip(), take);
    else await pipeline(source, watched, take);
  } catch (error) {
    if (!compressed || error instanceof CancelledError) throw error;
    hash.update('cut short');
  }
  return hash.digest('hex');
}
