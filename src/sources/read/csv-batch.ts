import type { Batch, Broken } from './batch.ts';
import { RecordScanner } from './record.ts';
import { writeField, writeQuotedField } from './tab-separated.ts';

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const backslash = 0x5c;

/** Where a batch stands in its file, and how its records are written. */
export interface CsvPlace {
  readonly columns: readonly string[];
  readonly delimiter: string;
  /** Line of the file on which the text starts. */
  readonly line: number;
  readonly position: number;
  /** Whether the text runs to the end of the file; it then ends in a line feed. */
  readonly whole: boolean;
}

/** A batch, the bytes of text it took, and the lines they were. */
export interface Cut {
  readonly batch: Batch;
  readonly used: number;
  readonly lines: number;
}

/** Takes all complete records from the start of a text. */
export function cutRecords(text: Buffer, place: CsvPlace): Cut {
  return passThrough(text, place) ?? rewrite(text, place);
}

/** The bytes as they are, when the engine reads them as we do: no quotes, no blank line, every record of one width. */
function passThrough(text: Buffer, place: CsvPlace): Cut | undefined {
  const used = text.lastIndexOf(lineFeed) + 1;
  const bytes = text.subarray(0, used);
  const tabs = place.delimiter === '\t';
  if (bytes.includes(quote)) return undefined;
  if (tabs ? bytes.includes(carriageReturn) || bytes.includes(backslash) : !plainReturns(bytes)) return undefined;
  const rows = countRecords(bytes, place.delimiter.charCodeAt(0), place.columns.length);
  if (rows === -1) return undefined;
  let starts: Uint32Array | undefined;
  const raw = (i: number) => {
    starts ??= lineStarts(bytes, rows);
    return bytes.toString('utf8', starts[i], starts[i + 1]).replace(/\r?\n$/, '');
  };
  const { columns, delimiter, line, position } = place;
  const format = tabs ? 'TabSeparated' : 'CSV';
  return {
    batch: { format, delimiter, bytes, rows, columns, lines: line, raw, broken: [], position },
    used,
    lines: rows,
  };
}

/** Whether every carriage return ends a line. */
function plainReturns(bytes: Buffer): boolean {
  for (let i = bytes.indexOf(carriageReturn); i !== -1; i = bytes.indexOf(carriageReturn, i + 2)) {
    if (bytes[i + 1] !== lineFeed) return false;
    if (i === 0 || bytes[i - 1] === lineFeed) return false;
  }
  return true;
}

/** Records of a text without quotes; -1 as soon as one is blank or has not `width` fields. */
function countRecords(bytes: Uint8Array, delimiter: number, width: number): number {
  const length = bytes.length;
  const narrow = width === 1;
  let rows = 0;
  let fields = 1;
  let start = 0;
  for (let i = 0; i < length; i += 1) {
    const byte = bytes[i];
    if (byte === delimiter) fields += 1;
    else if (byte === lineFeed) {
      if (fields !== width || (narrow && i === start)) return -1;
      rows += 1;
      fields = 1;
      start = i + 1;
    }
  }
  return rows;
}

function lineStarts(bytes: Uint8Array, rows: number): Uint32Array {
  const starts = new Uint32Array(rows + 1);
  for (let row = 1; row <= rows; row += 1) starts[row] = bytes.indexOf(lineFeed, starts[row - 1]) + 1;
  return starts;
}

/** Records read one by one and written anew as `TabSeparated`; what is no record is kept as broken. */
function rewrite(text: Buffer, place: CsvPlace): Cut {
  const scanner = new RecordScanner(text, place.delimiter, place.whole);
  const rows = new Rows(text);
  const broken: Broken[] = [];
  let at = 0;
  let line = place.line;
  while (at < text.length) {
    const blank = blankEnd(text, at);
    if (blank > at) {
      at = blank;
      line += 1;
      continue;
    }
    const found = scanner.find(at);
    if (found === 'incomplete') break;
    if (found === 'record' && scanner.fields === place.columns.length) rows.add(scanner, at, line);
    else {
      const reason = found === 'record' ? 'fields' : 'quotes';
      broken.push({ line, reason, raw: text.toString('utf8', at, scanner.textEnd) });
    }
    at = scanner.end;
    line += scanner.lines;
  }
  const { columns, position } = place;
  const batch: Batch = { format: 'TabSeparated', delimiter: '\t', columns, broken, position, ...rows.done() };
  return { batch, used: at, lines: line - place.line };
}

/** Offset after a line with nothing on it; `at` itself where there is something. */
function blankEnd(text: Uint8Array, at: number): number {
  if (text[at] === lineFeed) return at + 1;
  return text[at] === carriageReturn && text[at + 1] === lineFeed ? at + 2 : at;
}

/** Records of one text as they are written anew. */
class Rows {
  private readonly text: Buffer;
  private out: Uint8Array;
  private filled = 0;
  private count = 0;
  /** Line, start and end of each record: three numbers a record. */
  private places = new Uint32Array(3 * 1024);

  constructor(text: Buffer) {
    this.text = text;
    this.out = Buffer.allocUnsafe(text.length + (text.length >> 4) + 64);
  }

  add(scanner: RecordScanner, start: number, line: number): void {
    this.reserve(2 * (scanner.end - start));
    const { text, out } = this;
    const { spans, fields } = scanner;
    let o = this.filled;
    for (let f = 0; f < fields * 3; f += 3) {
      const write = spans[f + 2] === 1 ? writeQuotedField : writeField;
      o = write(text, spans[f] as number, spans[f + 1] as number, out, o);
      out[o++] = 0x09;
    }
    out[o - 1] = lineFeed;
    this.filled = o;
    this.places[this.count * 3] = line;
    this.places[this.count * 3 + 1] = start;
    this.places[this.count * 3 + 2] = scanner.textEnd;
    this.count += 1;
  }

  done(): Pick<Batch, 'bytes' | 'rows' | 'lines' | 'raw'> {
    const { text, places, count } = this;
    const raw = (i: number) => text.toString('utf8', places[i * 3 + 1], places[i * 3 + 2]);
    return { bytes: this.out.subarray(0, this.filled), rows: count, lines: linesOf(places, count), raw };
  }

  private reserve(bytes: number): void {
    if (this.filled + bytes > this.out.length) {
      const wider = Buffer.allocUnsafe(Math.max(this.out.length * 2, this.filled + bytes));
      wider.set(this.out.subarray(0, this.filled));
      this.out = wider;
    }
    if (this.count * 3 === this.places.length) {
      const more = new Uint32Array(this.places.length * 2);
      more.set(this.places);
      this.places = more;
    }
  }
}

function linesOf(places: Uint32Array, count: number): number | Uint32Array {
  const first = places[0] ?? 0;
  const lines = new Uint32Array(count);
  for (let i = 0; i < count; i += 1) lines[i] = places[i * 3] as number;
  return lines.every((line, i) => line === first + i) ? first : lines;
}
