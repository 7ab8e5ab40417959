import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { InputError } from '../../base/errors.ts';
import type { Source } from './batch.ts';
import { csvSource } from './csv.ts';
import { detectEncoding, type Encoding } from './encoding.ts';
import { jsonLinesSource } from './jsonl.ts';
import { parquetSource } from './parquet.ts';
import { openStored } from './stored.ts';
import { startOf } from './text-file.ts';
import { xlsxSource } from './xlsx.ts';

const sampleBytes = 1 << 20;
/** Most text in a batch of a form whose cells come one by one: as strings they take many times their bytes. */
const cellBatchBytes = 4 << 20;

/** What a caller may know better than the file shows. */
export interface OpenOptions {
  /** Size at which a batch is cut, in bytes of text; 32 MiB when absent, and at most 4 MiB but for CSV. */
  readonly batchBytes?: number;
  readonly encoding?: Encoding;
  readonly delimiter?: string;
}

/** Opens a file of records, whatever its form: the form is told by its contents, not by its name. */
export async function openSource(path: string, options: OpenOptions = {}): Promise<Source> {
  const batchBytes = options.batchBytes ?? 32 << 20;
  const cellBytes = Math.min(batchBytes, cellBatchBytes);
  const { size, head } = await headOf(path);
  if (startsWith(head, [0x50, 0x4b])) return xlsxSource(path, size, cellBytes);
  if (startsWith(head, [0x50, 0x41, 0x52, 0x31])) return parquetSource(path, size, cellBytes);
  const compressed = startsWith(head, [0x1f, 0x8b]);
  const bytes = await firstBytes(path, compressed);
  if (compressed) refuseWrapped(bytes, path);
  const encoding = options.encoding ?? detectEncoding(bytes);
  if (encoding !== 'utf-16le') refuseBinary(bytes, path);
  const form = { path, compressed, encoding };
  const start = await startOf(form, sampleBytes);
  const input = { form, size, start };
  const text = start.text.toString('utf8', 0, 4096).replace('\ufeff', '').trimStart();
  return text.startsWith('{')
    ? jsonLinesSource({ ...input, batchBytes: cellBytes })
    : csvSource({ ...input, batchBytes, delimiter: options.delimiter });
}

async function headOf(path: string): Promise<{ size: number; head: Uint8Array }> {
  const file = await open(path, 'r').catch((cause: NodeJS.ErrnoException) => {
    throw new InputError('unreadable', `${path} cannot be opened (${cause.code}). Check the path and its rights.`, {
      cause,
    });
  });
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return { size, head: buffer.subarray(0, bytesRead) };
  } finally {
    await file.close();
  }
}

/** First bytes of the contents, before any decoding; a file of which nothing can be unpacked is damaged, not empty. */
async function firstBytes(path: string, compressed: boolean): Promise<Buffer> {
  const stored = openStored(path, compressed);
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of stored.pieces) {
    pieces.push(Buffer.from(piece));
    bytes += piece.length;
    if (bytes >= sampleBytes) break;
  }
  const fault = stored.fault();
  if (bytes === 0 && fault) throw fault;
  return Buffer.concat(pieces).subarray(0, sampleBytes);
}

function refuseWrapped(bytes: Uint8Array, path: string): void {
  if (!startsWith(bytes, [0x50, 0x4b]) && !startsWith(bytes, [0x50, 0x41, 0x52, 0x31])) return;
  throw new InputError('format', `${basename(path)} is a workbook or Parquet file inside gzip. Unpack it with gunzip.`);
}

/** Bytes looked at for what a text hardly holds, and how many of them, and which share, make it none: a damaged text has fewer. */
const LOOKED_AT = 4096;
const MOST_CONTROL = { bytes: 32, share: 0.05 };
/** Control characters that databases write between fields and records. */
const SEPARATORS: readonly number[] = [0x01, 0x1e, 0x1f];

/** Refuses what is no text at all, which would be read as columns without a name and rows without a meaning. */
function refuseBinary(bytes: Uint8Array, path: string): void {
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0]))
    throw new InputError(
      'format',
      `${basename(path)} is an Excel workbook of before 2007, or an encrypted one. Save it without a password as .xlsx or CSV.`,
    );
  const start = bytes.subarray(0, LOOKED_AT);
  const isControl = (byte: number) => byte < 9 || (byte > 13 && byte < 32);
  const control = start.filter((byte) => isControl(byte) && !SEPARATORS.includes(byte)).length;
  if (control > MOST_CONTROL.bytes && control > MOST_CONTROL.share * start.length)
    throw new InputError(
      'format',
      `${basename(path)} is no text, workbook or Parquet file: it is damaged, encrypted or something else. Export it again as CSV or .xlsx.`,
    );
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}
