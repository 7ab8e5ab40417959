import { Readable } from 'node:stream';
import type { Locale } from '../../base/text.ts';
import type { ShelfEntry } from '../answers/shelf.ts';
import type { Answer } from '../reports.ts';
import type { Wording } from './cells.ts';
import { csvOf, jsonLinesOf } from './text.ts';
import { aboutSheet, figureSheet, workbook } from './xlsx.ts';

/** An answer as a file to keep. */
export interface ExportFile {
  readonly name: string;
  readonly type: string;
  readonly body: ReadableStream<Uint8Array> | Buffer;
}

export const exportTypes = {
  json: 'application/json',
  jsonl: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;
export type FileFormat = Exclude<keyof typeof exportTypes, 'json'>;

/** An answer of an analysis as a file; text is made while it is sent. */
export async function fileOf(
  entry: ShelfEntry,
  answer: Answer,
  format: FileFormat,
  wording: Wording,
): Promise<ExportFile> {
  const name = `${fileName(answer)}.${format}`;
  return { name, type: exportTypes[format], body: await bodyOf(entry, answer, format, wording) };
}

async function bodyOf(
  entry: ShelfEntry,
  answer: Answer,
  format: FileFormat,
  wording: Wording,
): Promise<ExportFile['body']> {
  if (format === 'jsonl') return streamed(jsonLinesOf(answer.rows));
  if (format === 'csv') return streamed(csvOf(entry.columns, answer.rows, wording));
  const locale: Locale = wording === 'ids' ? 'en' : wording;
  const figures = {
    name: wording === 'ids' ? entry.id : entry.title[locale],
    columns: entry.columns,
    rows: answer.rows,
  };
  return workbook([figureSheet(figures, wording), aboutSheet(entry, answer, locale)]);
}

/** Texts as bytes, each made when the reader has taken the one before. */
export function streamed(texts: Iterable<string> | AsyncIterable<string>): ReadableStream<Uint8Array> {
  return Readable.toWeb(Readable.from(texts).map((text: string) => Buffer.from(text))) as ReadableStream<Uint8Array>;
}

/** Note: made of the analysis and of days only, for other parameters may hold anything. */
function fileName({ analysis, params }: Answer): string {
  const days = Object.values(params).filter((value) => /^\d{4}-\d{2}-\d{2}$/.test(String(value)));
  return [analysis, ...days].join('-').replace(/[^A-Za-z0-9_-]/g, '-');
}
