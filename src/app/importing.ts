import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InputError, NotFoundError } from '../base/errors.ts';
import { CancelledError } from '../base/progress.ts';
import type { Context } from '../intake/context.ts';
import { giveUpReading, importFile } from '../intake/importFile.ts';
import {
  addFile,
  endImport,
  filesOf,
  type LedgerFile,
  resumeImport,
  startImport,
  updateFile,
} from '../intake/ledger.ts';
import { refuseFile } from '../intake/refuse.ts';
import { type FileReport, reportOf } from '../intake/report.ts';
import { columnsRead, type Mapping } from '../sources/mapping.ts';
import type { Source } from '../sources/read/batch.ts';
import { openSource } from '../sources/read/open.ts';
import { mappingFor, readMapping, recognise } from '../sources/recognise.ts';
import { sql } from '../warehouse/sql.ts';
import type { ImportReport } from './reports.ts';

export interface ImportOptions {
  readonly preset?: string;
  /** Path of a mapping file. */
  readonly mapping?: string;
  /** Mappings themselves, in place of a file of them. */
  readonly mappings?: readonly Mapping[];
  /** Name the rows are filed under; rows of two sources are never one row. */
  readonly source?: string;
  /** Take all rows of a file or none. */
  readonly strict?: boolean;
  /** An import that was cut short and goes on: its finished files are not read again. */
  readonly resume?: number;
  /** Told the import's number before its first file. */
  began?(id: number): Promise<void>;
}

/** A file to import: where it is read, what it is called, and where the ledger says that it lies. */
export interface NamedFile {
  readonly path: string;
  readonly name: string;
  readonly place: string;
}

const SOURCE = 'files';
const dataFile = /\.(csv|tsv|txt|jsonl|ndjson|json|parquet|xlsx)(\.gz)?$/i;

/** Imports a file, or every data file below a folder in the order of their names. */
export async function importPath(context: Context, path: string, options: ImportOptions): Promise<ImportReport> {
  const files = filesBelow(path).map((each) => ({ path: each, name: basename(each), place: each }));
  return importFiles(context, path, files, options);
}

/** Imports files one after another; `title` is what the ledger calls them together. */
export async function importFiles(
  context: Context,
  title: string,
  files: readonly NamedFile[],
  options: ImportOptions,
): Promise<ImportReport> {
  const mappings = options.mappings ?? (options.mapping === undefined ? [] : readMapping(options.mapping));
  const { id, known } = await beginImport(context, title, options);
  const reports: FileReport[] = [];
  try {
    const among = { importId: id, options, mappings, files: files.length };
    for (const [done, file] of files.entries()) {
      context.watch({ step: file.name, done, total: files.length, unit: 'files' });
      const earlier = known.find((each) => each.path === file.place && finished.has(each.status));
      reports.push(earlier ? reportOf(earlier) : await importOrTell(context, file, among));
    }
  } catch (error) {
    await giveUpCancelled(context, id, error);
    await endImport(context.registry, id, 'failed', context.now(), { files: reports });
    throw error;
  }
  const report = { import: id, files: reports, ...(await totals(context)) };
  await endImport(context.registry, id, 'done', context.now(), report);
  return report;
}

const finished: ReadonlySet<LedgerFile['status']> = new Set(['done', 'same', 'skipped']);

/** Opens an import in the ledger, or one that was cut short again, with the files it has had so far. */
export async function beginImport(
  { registry, now }: Context,
  title: string,
  { resume, source, began }: Pick<ImportOptions, 'resume' | 'source' | 'began'>,
): Promise<{ id: number; known: readonly LedgerFile[] }> {
  if (resume !== undefined && (await resumeImport(registry, resume)))
    return { id: resume, known: await filesOf(registry, resume) };
  const id = await startImport(registry, title, source, now());
  await began?.(id);
  return { id, known: [] };
}

/** Nothing stays of the file that was being read when an import was cancelled; what was finished before stays. */
export async function giveUpCancelled(context: Context, importId: number, error: unknown): Promise<void> {
  if (error instanceof CancelledError && !error.resumes)
    await giveUpReading(context, importId, 'The import was cancelled in this file: nothing of it was taken.');
}

/** Consumers, and rows that belong to none, in the whole home. */
export async function totals({ warehouse }: Context): Promise<{ consumers: number; unidentified: number }> {
  const [row] = await warehouse.rows<{ consumers: number; unidentified: number }>(sql`SELECT
    (SELECT groupBitmap(consumer) FROM people FINAL WHERE consumer != 0) AS consumers,
    (SELECT count() FROM events WHERE consumer = 0) + (SELECT count() FROM order_heads WHERE consumer = 0)
      + (SELECT count() FROM memberships WHERE consumer = 0) + (SELECT count() FROM reviews WHERE consumer = 0)
      + (SELECT count() FROM profiles WHERE consumer = 0)
      + (SELECT count() FROM order_lines WHERE consumer = 0 AND isNotNull(order_at)) AS unidentified`);
  return { consumers: row?.consumers ?? 0, unidentified: row?.unidentified ?? 0 };
}

function filesBelow(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new NotFoundError('path', `There is no file or folder ${path}.`);
  if (!found.isDirectory()) return [path];
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => dataFile.test(name) && !name.split('/').some((part) => part.startsWith('.')))
    .map((name) => join(path, name))
    .filter((name) => statSync(name).isFile())
    .sort();
  if (files.length === 0)
    throw new InputError('empty_folder', `${path} has no data file (.csv .tsv .txt .jsonl .parquet .xlsx, also .gz).`);
  return files;
}

/** The import a file is part of. */
interface Among {
  readonly importId: number;
  readonly options: ImportOptions;
  readonly mappings: readonly Mapping[];
  readonly files: number;
}

/** A file among others that cannot be taken is told of and does not keep the others out, unless the import is strict. */
async function importOrTell(context: Context, file: NamedFile, among: Among): Promise<FileReport> {
  try {
    return await importOne(context, file, among);
  } catch (error) {
    if (!(error instanceof InputError) || among.files === 1 || among.options.strict) throw error;
    await giveUpReading(context, among.importId, error.message);
    return skipped(context, among.importId, file, error.message);
  }
}

async function importOne(
  context: Context,
  file: NamedFile,
  { importId, options, mappings, files }: Among,
): Promise<FileReport> {
  const { name, path, place } = file;
  const content = await openSource(path);
  if (content.columns.length === 0) return skipped(context, importId, file, 'The file is empty.');
  const found = recognise({ name, columns: content.columns }, choiceOf(options, mappings, content, files === 1));
  const strict = options.strict === true;
  if (!found) {
    const source = options.source ?? SOURCE;
    return refuseFile(context, { importId, name, path, place, source, content, strict });
  }
  const source = options.source ?? found.mapping.source ?? SOURCE;
  return importFile(context, {
    importId,
    name,
    path,
    place,
    content,
    strict,
    source,
    preset: found.preset,
    mapping: found.mapping,
  });
}

/** Of several mappings, the one whose columns the file has most of; a file that has none of any is not meant, unless alone. */
function choiceOf(options: ImportOptions, mappings: readonly Mapping[], { columns }: Source, alone: boolean) {
  if (options.preset !== undefined) return { preset: options.preset };
  const has = new Set(columns);
  const reads = (mapping: Mapping) =>
    Object.values(mapping.columns)
      .flatMap(columnsRead)
      .some((name) => has.has(name));
  const mapping = mappingFor(alone ? mappings : mappings.filter(reads), columns);
  return mapping ? { mapping } : undefined;
}

async function skipped(
  context: Context,
  import_id: number,
  { name, place: path }: NamedFile,
  message: string,
): Promise<FileReport> {
  const id = await addFile(context.registry, {
    import_id,
    name,
    path,
    sha256: '',
    entity: 'other',
    preset: '',
    source: '',
    mapping: { entity: 'other', columns: {} },
    status: 'skipped',
    unmapped: [],
  });
  await updateFile(context.registry, id, { message, finished_at: context.now() });
  const none = { read: 0, accepted: 0, duplicate: 0, rejected: 0, unmapped_columns: 0, seconds: 0 };
  return { file: name, entity: '', preset: '', ...none, unmapped: [], message };
}
