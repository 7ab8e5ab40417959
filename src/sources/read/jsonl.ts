import type { Batch, Broken, Source } from './batch.ts';
import { jsonFields } from './json-fields.ts';
import { fieldText } from './tab-separated.ts';
import { openText, type TextFile, type TextForm } from './text-file.ts';

const lineFeed = 0x0a;
const sampleRecords = 20;
const byteOrderMark = '\ufeff';

/** What opening JSON Lines needs: how the file is stored, and its first bytes as UTF-8. */
export interface JsonLinesInput {
  readonly form: TextForm;
  readonly size: number;
  readonly start: { readonly text: Buffer; readonly whole: boolean };
  readonly batchBytes: number;
}

/** JSON Lines as records; the columns are the keys, in the order in which they first appear. */
export function jsonLinesSource(input: JsonLinesInput): Source {
  const { form, size, start } = input;
  const lines = start.text.toString('utf8').replace(byteOrderMark, '').split('\n');
  if (!start.whole) lines.pop();
  const records = lines.map((line) => jsonFields(line)).filter((fields) => fields !== undefined);
  const columns = [...new Set(records.flatMap((fields) => [...fields.keys()]))];
  const sample = records.slice(0, sampleRecords).map((fields) => columns.map((name) => fields.get(name) ?? ''));
  return {
    format: 'jsonl',
    encoding: form.encoding,
    compressed: form.compressed,
    size,
    columns,
    sample,
    batches: () => batchesOf(input, columns),
  };
}

async function* batchesOf(input: JsonLinesInput, columns: readonly string[]): AsyncGenerator<Batch> {
  const file = openText(input.form);
  try {
    yield* cutFile(file, input.batchBytes, columns);
    const fault = file.fault();
    if (fault !== undefined) throw fault;
  } finally {
    await file.close();
  }
}

async function* cutFile(file: TextFile, batchBytes: number, known: readonly string[]): AsyncGenerator<Batch> {
  const columns = new Map(known.map((name, i) => [name, i]));
  let carried: Uint8Array = new Uint8Array(0);
  let room = batchBytes;
  let line = 1;
  for (let whole = false; !whole; ) {
    const buffer = Buffer.allocUnsafeSlow(Math.max(room, carried.length + 1));
    buffer.set(carried);
    const filled = carried.length + (await file.fill(buffer, carried.length));
    whole = filled < buffer.length;
    const used = whole ? filled : buffer.lastIndexOf(lineFeed) + 1;
    const lines = linesOf(buffer, used, line);
    const batch = batchOf(lines, line, columns, file.position());
    if (batch.rows + batch.broken.length > 0) yield batch;
    carried = buffer.subarray(used, filled);
    line += lines.length;
    room = used === 0 ? buffer.length * 2 : batchBytes;
  }
}

function linesOf(buffer: Buffer, used: number, line: number): string[] {
  const text = buffer.toString('utf8', 0, used);
  const lines = (line === 1 ? text.replace(byteOrderMark, '') : text).split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Objects of some lines as rows; `columns` takes in the keys that are new. */
function batchOf(texts: readonly string[], first: number, columns: Map<string, number>, position: number): Batch {
  const rows: string[][] = [];
  const lines: number[] = [];
  const broken: Broken[] = [];
  texts.forEach((text, i) => {
    if (text.trim() === '') return;
    const fields = jsonFields(text);
    if (fields === undefined) broken.push({ line: first + i, reason: 'json', raw: text.replace(/\r$/, '') });
    else {
      rows.push(rowOf(fields, columns));
      lines.push(first + i);
    }
  });
  return {
    format: 'TabSeparated',
    delimiter: '\t',
    bytes: Buffer.from(rows.map((row) => tabbed(row, columns.size)).join('')),
    rows: rows.length,
    columns: [...columns.keys()],
    lines: Uint32Array.from(lines),
    raw: (i) => (texts[(lines[i] ?? first) - first] ?? '').replace(/\r$/, ''),
    broken,
    position,
  };
}

function rowOf(fields: ReadonlyMap<string, string>, columns: Map<string, number>): string[] {
  const row: string[] = [];
  for (const [name, text] of fields) {
    const at = columns.get(name) ?? columns.size;
    columns.set(name, at);
    row[at] = fieldText(text);
  }
  return row;
}

function tabbed(row: readonly string[], width: number): string {
  return `${row.join('\t')}${'\t'.repeat(Math.max(0, width - Math.max(1, row.length)))}\n`;
}
