import { basename } from 'node:path';
import { InputError } from '../../base/errors.ts';
import type { Batch, Broken, Source } from './batch.ts';
import { nameColumns } from './header.ts';
import { rowBatch, rowJson, rowSize } from './row-batch.ts';
import { type Book, openBook } from './xlsx-book.ts';
import { type SheetRow, sheetRows } from './xlsx-sheet.ts';

const sampleRecords = 20;

/** The first visible sheet of a workbook that holds anything, as records; its first row is the header. */
export async function xlsxSource(path: string, size: number, batchBytes: number): Promise<Source> {
  const { part, first } = await guarded(path, () => firstSheet(path));
  const [header, ...records] = first;
  const columns = nameColumns(trimmedEnd(header?.cells ?? []));
  return {
    format: 'xlsx',
    encoding: 'binary',
    compressed: false,
    size,
    columns,
    sample: records.slice(0, sampleRecords).map(({ cells }) => columns.map((_, i) => cells[i] ?? '')),
    batches: () => batchesOf({ path, size, batchBytes, columns, part }),
  };
}

interface Sheet {
  readonly path: string;
  readonly size: number;
  readonly batchBytes: number;
  readonly columns: readonly string[];
  readonly part: string;
}

/** The part of the first visible sheet that holds anything, and its first rows. */
async function firstSheet(path: string): Promise<{ part: string; first: SheetRow[] }> {
  const book = await openBook(path);
  try {
    if (book.sheets.length === 0) throw new Error('it has no visible sheet');
    for (const part of book.sheets) {
      const first: SheetRow[] = [];
      for await (const rows of sheetRows(book.part(part), book.context)) {
        first.push(...rows);
        if (first.length > sampleRecords) break;
      }
      if (first.length > 0) return { part, first };
    }
    return { part: '', first: [] };
  } finally {
    book.close();
  }
}

async function* batchesOf(sheet: Sheet): AsyncGenerator<Batch> {
  if (sheet.columns.length === 0) return;
  const book = await guarded(sheet.path, () => openBook(sheet.path));
  try {
    const rows = sheetBatches(book, sheet);
    for (;;) {
      const next = await guarded(sheet.path, () => rows.next());
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    book.close();
  }
}

async function* sheetBatches(book: Book, { columns, part, size, batchBytes }: Sheet): AsyncGenerator<Batch> {
  const total = book.partSize(part);
  let read = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const piece of book.part(part)) {
      read += piece.length;
      yield piece;
    }
  }
  let filling = new Filling(columns);
  let header = true;
  for await (const rows of sheetRows(counted(), book.context)) {
    for (const row of header ? rows.slice(1) : rows) filling.add(row);
    header = false;
    if (filling.bytes < batchBytes) continue;
    yield filling.done(Math.floor((size * read) / total));
    filling = new Filling(columns);
  }
  if (filling.bytes > 0) yield filling.done(size);
}

/** A batch being filled. */
class Filling {
  bytes = 0;
  private readonly columns: readonly string[];
  private readonly rows: string[][] = [];
  private readonly lines: number[] = [];
  private readonly broken: Broken[] = [];

  constructor(columns: readonly string[]) {
    this.columns = columns;
  }

  add({ line, cells }: SheetRow): void {
    const { columns } = this;
    if (trimmedEnd(cells).length > columns.length) {
      this.broken.push({ line, reason: 'fields', raw: rowJson(columns, cells) });
    } else {
      this.rows.push(columns.map((_, i) => cells[i] ?? ''));
      this.lines.push(line);
    }
    this.bytes += rowSize(cells);
  }

  done(position: number): Batch {
    const { columns, rows, broken } = this;
    return rowBatch({ columns, rows, lines: Uint32Array.from(this.lines), broken, position });
  }
}

function trimmedEnd(cells: readonly string[]): readonly string[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1);
}

/** What the zip or the XML of a workbook refuses is a fault of the file. */
async function guarded<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(
      'corrupt',
      `${basename(path)} cannot be read as an XLSX workbook (${why}). Open it in a spreadsheet program and save it again as .xlsx.`,
      { cause },
    );
  }
}
