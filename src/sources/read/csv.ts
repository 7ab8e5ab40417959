import { basename } from 'node:path';
import { InputError } from '../../base/errors.ts';
import type { Batch, Source } from './batch.ts';
import { cutRecords } from './csv-batch.ts';
import { detectDelimiter } from './delimiter.ts';
import { nameColumns } from './header.ts';
import { RecordScanner } from './record.ts';
import { openText, type TextFile, type TextForm } from './text-file.ts';

const lineFeed = 0x0a;
const sampleRecords = 20;

/** What opening a delimited text needs: how it is stored, its first bytes as UTF-8, and what the caller knows. */
export interface CsvInput {
  readonly form: TextForm;
  readonly size: number;
  readonly start: { readonly text: Buffer; readonly whole: boolean };
  readonly batchBytes: number;
  readonly delimiter?: string | undefined;
}

/** Delimited text (CSV, TSV) as records. */
export function csvSource(input: CsvInput): Source {
  const { form, size } = input;
  const start = input.start.whole ? withLineEnd(input.start.text) : input.start.text;
  const body = bodyStart(start);
  const delimiter = input.delimiter ?? detectDelimiter(start.subarray(body.at), input.start.whole);
  const scanner = new RecordScanner(start, delimiter, input.start.whole);
  const header = headerOf(scanner, start, body.at, delimiter, basename(form.path));
  const columns = nameColumns(header);
  const first = { at: header.length === 0 ? body.at : scanner.end, line: body.line + scanner.lines };
  const sample = recordsAfter(scanner, first.at, start.length, columns.length);
  return {
    format: 'csv',
    encoding: form.encoding,
    compressed: form.compressed,
    size,
    columns,
    sample,
    delimiter,
    batches: () => batchesOf({ ...input, columns, delimiter, first }),
  };
}

interface CsvBody extends CsvInput {
  readonly columns: readonly string[];
  readonly delimiter: string;
  readonly first: { readonly at: number; readonly line: number };
}

async function* batchesOf(body: CsvBody): AsyncGenerator<Batch> {
  if (body.columns.length === 0) return;
  const file = openText(body.form);
  try {
    await file.fill(Buffer.allocUnsafe(body.first.at), 0);
    yield* cutFile(file, body);
    const fault = file.fault();
    if (fault !== undefined) throw fault;
  } finally {
    await file.close();
  }
}

async function* cutFile(file: TextFile, body: CsvBody): AsyncGenerator<Batch> {
  let carried: Uint8Array = new Uint8Array(0);
  let room = body.batchBytes;
  let line = body.first.line;
  for (let whole = false; !whole; ) {
    const buffer = Buffer.allocUnsafeSlow(Math.max(room, carried.length + 1));
    buffer.set(carried);
    const filled = carried.length + (await file.fill(buffer, carried.length));
    whole = filled < buffer.length;
    const text = whole ? withLineEnd(buffer.subarray(0, filled)) : buffer;
    const place = { columns: body.columns, delimiter: body.delimiter, line, position: file.position(), whole };
    const { batch, used, lines } = cutRecords(text, place);
    if (batch.rows + batch.broken.length > 0) yield batch;
    carried = text.subarray(used);
    line += lines;
    room = used === 0 ? buffer.length * 2 : body.batchBytes;
  }
}

/** A text whose last record ends in a line feed. */
function withLineEnd(text: Buffer): Buffer {
  if (text.length === 0 || text.at(-1) === lineFeed) return text;
  return Buffer.concat([text, Uint8Array.of(lineFeed)]);
}

/** Where a text's first record stands: after a byte order mark and blank lines. */
function bodyStart(text: Uint8Array): { at: number; line: number } {
  let at = text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf ? 3 : 0;
  let line = 1;
  for (; text[at] === lineFeed || (text[at] === 0x0d && text[at + 1] === lineFeed); line += 1) {
    at += text[at] === lineFeed ? 1 : 2;
  }
  return { at, line };
}

/** Fields of the first record; none for a text without one. */
function headerOf(scanner: RecordScanner, text: Buffer, at: number, delimiter: string, name: string): string[] {
  if (at >= text.length) return [];
  const found = scanner.find(at);
  if (found === 'record') return scanner.texts();
  if (found === 'unclosed') return text.toString('utf8', at, scanner.textEnd).split(delimiter);
  throw new InputError(
    'header',
    `${name} has no line end in its first ${text.length} bytes, so it has no header that could be read. Check that it is a text file with one record a line.`,
  );
}

function recordsAfter(scanner: RecordScanner, start: number, length: number, width: number): string[][] {
  const records: string[][] = [];
  for (let at = start; at < length && records.length < sampleRecords; at = scanner.end) {
    const found = scanner.find(at);
    if (found === 'incomplete') break;
    if (found === 'record' && scanner.fields === width && scanner.textEnd > at) records.push(scanner.texts());
  }
  return records;
}
