import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Batch, Source } from './batch.ts';
import { type OpenOptions, openSource } from './open.ts';

/** What reading a file came to: every record with its line and its raw text, and what was broken. */
export interface Reading {
  readonly source: Source;
  readonly formats: readonly string[];
  readonly records: readonly (readonly string[])[];
  readonly lines: readonly number[];
  readonly raws: readonly string[];
  readonly broken: readonly string[];
  readonly positions: readonly number[];
  readonly fault: unknown;
}

/** Writes contents to a file of that name for as long as `work` takes. */
export async function withFile<T>(
  name: string,
  bytes: Uint8Array | string,
  work: (path: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'reading-'));
  try {
    const path = join(folder, name);
    await writeFile(path, bytes);
    return await work(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Reads contents as a file of that name. */
export function read(name: string, bytes: Uint8Array | string, options?: OpenOptions): Promise<Reading> {
  return withFile(name, bytes, async (path) => readAll(await openSource(path, options)));
}

/** Reads a source to its end, or to its fault. */
export async function readAll(source: Source): Promise<Reading> {
  const batches: Batch[] = [];
  let fault: unknown;
  try {
    for await (const batch of source.batches()) batches.push(batch);
  } catch (error) {
    fault = error;
  }
  return {
    source,
    formats: [...new Set(batches.map((batch) => batch.format))],
    records: batches.flatMap(recordsOf),
    lines: batches.flatMap(({ rows, lines }) => {
      return Array.from({ length: rows }, (_, i) => (typeof lines === 'number' ? lines + i : Number(lines[i])));
    }),
    raws: batches.flatMap((batch) => Array.from({ length: batch.rows }, (_, i) => batch.raw(i))),
    broken: batches.flatMap((batch) => batch.broken.map(({ line, reason, raw }) => `${line} ${reason} ${raw}`)),
    positions: batches.map((batch) => batch.position),
    fault,
  };
}

const escaped: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', '0': '\0', '\\': '\\' };

/** Fields of a batch's records, by the rules that `Batch` states. */
export function recordsOf({ bytes, format, delimiter }: Batch): string[][] {
  const lines = Buffer.from(bytes).toString('utf8').split('\n').slice(0, -1);
  if (format === 'CSV') return lines.map((line) => line.replace(/\r$/, '').split(delimiter));
  return lines.map((line) =>
    line.split('\t').map((field) => field.replace(/\\(.)/g, (_, letter: string) => escaped[letter] ?? '?')),
  );
}

/** A zip archive of some texts, stored as they are. */
export function zipOf(parts: Readonly<Record<string, string>>): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(parts)) {
    const body = Buffer.from(text);
    const title = Buffer.from(name);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt32LE(crc32(body), 10);
    shared.writeUInt32LE(body.length, 14);
    shared.writeUInt32LE(body.length, 18);
    shared.writeUInt16LE(title.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, title, body]);
    locals.push(local);
    centrals.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), shared, place, title);
    at += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(locals.length, 4);
  end.writeUInt16LE(locals.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06', 'latin1'), end]);
}
