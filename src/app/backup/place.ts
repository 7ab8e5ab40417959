import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { InputError, NotFoundError } from '../../base/errors.ts';
import { sync } from '../../base/folders.ts';
import type { Environment } from '../config.ts';
import { bucketOf } from './s3.ts';

/** Where a backup lies: written whole or not at all. */
export interface Place {
  /** Its name for people. */
  readonly title: string;
  /** Takes the bytes of a new backup. */
  write(work: (into: Writable) => Promise<void>): Promise<void>;
  read(): Promise<Readable>;
}

/** What an address in an S3-compatible storage needs beside itself. */
export interface Reaching {
  readonly env: Environment;
  /** `host` or `host:port` that may be reached though it is no public address. */
  readonly allow: readonly string[];
  readonly now: () => Date;
}

/** The place of a path, or of `s3://bucket/key`. */
export function placeAt(named: string, reaching: Reaching): Place {
  return named.startsWith('s3://') ? bucketOf(named, reaching) : fileAt(resolve(named));
}

function fileAt(path: string): Place {
  return {
    title: basename(path),
    write: (work) => writeFile(path, work),
    read: () => readFile(path),
  };
}

async function writeFile(path: string, work: (into: Writable) => Promise<void>): Promise<void> {
  if (existsSync(path))
    throw new InputError('backup_exists', `${path} is there already: give the backup another name, or move that away.`);
  const draft = `${path}.part`;
  await rm(draft, { force: true });
  try {
    const stream = createWriteStream(draft, { mode: 0o600, flush: true });
    await once(stream, 'open');
    await work(stream);
    await rename(draft, path);
    await sync(dirname(path));
  } catch (error) {
    await rm(draft, { force: true });
    throw placed(error, path);
  }
}

async function readFile(path: string): Promise<Readable> {
  try {
    const file = await open(path, 'r');
    await file.close();
    return createReadStream(path, { highWaterMark: 2 ** 20 });
  } catch (error) {
    throw placed(error, path);
  }
}

function placed(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT')
    return new NotFoundError('backup_file', `There is no ${path}, or no folder for it: correct the name.`);
  if (code === 'EACCES' || code === 'EROFS' || code === 'EISDIR')
    return new InputError(
      'backup_file',
      `${path} cannot be opened (${String(code)}): give a file that this user may use.`,
    );
  if (code === 'ENOSPC')
    return new InputError('backup_file', `The disk of ${path} is full: free some room, or give another place.`);
  return error;
}
