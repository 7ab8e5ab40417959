import { basename } from 'node:path';
import { asyncBufferFromFile, type FileMetaData, parquetMetadataAsync, parquetRead, parquetSchema } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { InputError } from '../../base/errors.ts';
import type { Batch, Source } from './batch.ts';
import { nameColumns } from './header.ts';
import { momentText, type TextOf, textOfColumn } from './parquet-text.ts';
import { rowBatch, rowSize } from './row-batch.ts';

const sampleRecords = 20;
/** Records decoded at a time, so that a row group of millions is never held whole. */
const sliceRecords = 65_536;

/** A Parquet file as records, row group by row group; record `i` stands on "line" `i + 2`, as under a header. */
export async function parquetSource(path: string, size: number, batchBytes: number): Promise<Source> {
  const table = await guarded(path, () => openTable(path));
  const sample = await guarded(path, () => table.records(0, Math.min(sampleRecords, table.count)));
  return {
    format: 'parquet',
    encoding: 'binary',
    compressed: false,
    size,
    columns: table.columns,
    sample,
    batches: () => batchesOf(path, size, batchBytes),
  };
}

interface Table {
  readonly columns: readonly string[];
  readonly count: number;
  readonly groups: FileMetaData['row_groups'];
  records(start: number, end: number): Promise<string[][]>;
}

async function openTable(path: string): Promise<Table> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  const schema = parquetSchema(metadata);
  const columns = nameColumns(schema.children.map(({ element }) => element.name));
  const texts = schema.children.map(textOfColumn);
  async function records(rowStart: number, rowEnd: number): Promise<string[][]> {
    let rows: string[][] = [];
    const onComplete = (values: unknown[][]) => {
      rows = values.map((value) => texts.map((text, i) => text(value[i])));
    };
    const options = { file, metadata, compressors, parsers, utf8: false, useOffsetIndex: true };
    if (rowEnd > rowStart) await parquetRead({ ...options, rowStart, rowEnd, onComplete });
    return rows;
  }
  return { columns, count: Number(metadata.num_rows), groups: metadata.row_groups, records };
}

/** Values that keep their annotation, within records and lists of them, as text. */
const parsers = {
  timestampFromMilliseconds: (count: bigint) => `${momentText(BigInt(count), 1_000n)}Z`,
  timestampFromMicroseconds: (count: bigint) => `${momentText(BigInt(count), 1_000_000n)}Z`,
  timestampFromNanoseconds: (count: bigint) => `${momentText(BigInt(count), 1_000_000_000n)}Z`,
  dateFromDays: (days: number) => momentText(BigInt(days) * 86_400n, 1n).slice(0, 10),
  jsonFromBytes: (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8'),
} satisfies Record<string, (value: never) => string> as Record<string, TextOf>;

async function* batchesOf(path: string, size: number, batchBytes: number): AsyncGenerator<Batch> {
  const table = await guarded(path, () => openTable(path));
  let rows: string[][] = [];
  let bytes = 0;
  let done = 0;
  const cut = () => {
    const position = Math.floor((size * (done + rows.length)) / table.count);
    const batch = rowBatch({ columns: table.columns, rows, lines: done + 2, broken: [], position });
    done += rows.length;
    rows = [];
    bytes = 0;
    return batch;
  };
  for (const [start, end] of slicesOf(table)) {
    for (const row of await guarded(path, () => table.records(start, end))) {
      rows.push(row);
      bytes += rowSize(row);
      if (bytes >= batchBytes) yield cut();
    }
  }
  if (rows.length > 0) yield cut();
}

/** Runs of records that lie in one row group. */
function slicesOf(table: Table): [number, number][] {
  const slices: [number, number][] = [];
  let start = 0;
  for (const group of table.groups) {
    const end = start + Number(group.num_rows);
    for (; start < end; start += sliceRecords) slices.push([start, Math.min(end, start + sliceRecords)]);
    start = end;
  }
  return slices;
}

/** What the Parquet library refuses is a fault of the file. */
async function guarded<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(
      'corrupt',
      `${basename(path)} cannot be read as Parquet (${why}). Check that the whole file arrived, or export it again.`,
      { cause },
    );
  }
}
