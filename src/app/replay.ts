import { InputError } from '../base/errors.ts';
import type { Text } from '../base/text.ts';
import type { Context } from '../intake/context.ts';
import { importFile } from '../intake/importFile.ts';
import { endImport, type LedgerFile } from '../intake/ledger.ts';
import { dropReplayed, listRejects, type Reject } from '../intake/rejects.ts';
import { type FileReport, reportOf } from '../intake/report.ts';
import type { Mapping } from '../sources/mapping.ts';
import { fieldsOf } from '../sources/read/fields.ts';
import { openSource } from '../sources/read/open.ts';
import { mappingFor, readMapping, recognise } from '../sources/recognise.ts';
import { spill } from '../warehouse/spill.ts';
import { beginImport, giveUpCancelled, totals } from './importing.ts';
import type { ImportReport, RejectReport } from './reports.ts';

export interface RejectFilter {
  readonly import?: number;
  readonly file?: number;
  readonly limit?: number;
}

export interface ReplayOptions extends RejectFilter {
  readonly mapping?: string;
  readonly preset?: string;
  /** Mappings themselves, in place of a file of them. */
  readonly mappings?: readonly Mapping[];
  /** A CSV of `rejects list` whose `raw` column has been mended. */
  readonly from?: string;
  /** Rows mended by hand, in place of such a CSV. */
  readonly mended?: readonly MendedRow[];
  /** A replay that was cut short and goes on. */
  readonly resume?: number;
  /** Told the number of the import that the replay is, before its first file. */
  began?(id: number): Promise<void>;
}

/** A reject by its place, and the text it should have had. */
export interface MendedRow {
  readonly file_id: number;
  readonly line: number;
  readonly raw: string;
}

/** Rejects replayed at once; the rest wait for the next replay. */
const AT_ONCE = 1_000_000;

/** Bytes of mended text that an uploaded file may hold, unpacked: a job keeps them, sealed, until it is done. */
export const MOST_MENDED = 8 << 20;

export async function rejectsOf(context: Context, filter: RejectFilter): Promise<RejectReport[]> {
  const files = await filesWithRejects(context, filter, ['done', 'failed']);
  const names = new Map(files.map((file) => [file.id, file.name]));
  const rows = await listRejects(context, [...names.keys()], filter.limit ?? 1000);
  return rows.map(({ file, ...row }) => ({ file: names.get(file) ?? '', file_id: file, ...row }));
}

async function filesWithRejects(
  { registry }: Context,
  filter: RejectFilter,
  statuses: readonly LedgerFile['status'][],
): Promise<LedgerFile[]> {
  const files = await registry.rows<LedgerFile & Record<string, unknown>>(
    `SELECT * FROM import_file WHERE status IN (SELECT jsonb_array_elements_text($3)) AND rejected > 0
     AND ($1::int IS NULL OR import_id = $1::int) AND ($2::int IS NULL OR id = $2::int) ORDER BY id`,
    [filter.import ?? null, filter.file ?? null, statuses],
  );
  return files;
}

/** Takes rejects in again, as they came or mended; what can be taken now is no reject any more. */
export async function replayRejects(context: Context, options: ReplayOptions): Promise<ImportReport> {
  const mended = await mendedOf(options);
  const mappings = options.mappings ?? (options.mapping === undefined ? undefined : readMapping(options.mapping));
  const { id, known } = await beginImport(context, 'rejects', options);
  const files = (await filesWithRejects(context, options, ['done'])).filter((each) => each.import_id !== id);
  const reports: FileReport[] = [];
  try {
    for (const [done, file] of files.entries()) {
      context.watch({ step: file.name, done, total: files.length, unit: 'files' });
      const chosen = await chosenOf(context, file, mended);
      const lines = chosen.map((each) => each.line);
      const earlier = known.find((each) => each.path === placeOf(file) && each.status === 'done');
      if (earlier) reports.push(reportOf(earlier));
      else if (chosen.length > 0)
        reports.push(await replayFile(context, id, file, chosen, choiceOf(options, mappings, file)));
      if (chosen.length > 0) await dropReplayed(context, file.id, lines);
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

async function mendedOf({ from, mended }: ReplayOptions): Promise<ReadonlyMap<string, string> | undefined> {
  const rows = mended ?? (from === undefined ? undefined : await readMended(from));
  return rows && new Map(rows.map(({ file_id, line, raw }) => [keyOf(file_id, line), raw]));
}

/** Rejects of a file to be tried again, with the text to try; those whose text is forgotten cannot be. */
async function chosenOf(context: Context, file: LedgerFile, mended: ReadonlyMap<string, string> | undefined) {
  const rejects = (await listRejects(context, [file.id], AT_ONCE)).filter((each) => each.raw !== '');
  if (!mended) return rejects;
  return rejects.flatMap((each) => {
    const raw = mended.get(keyOf(file.id, each.line));
    return raw === undefined ? [] : [{ ...each, raw }];
  });
}

/** Where the ledger says that replayed rejects come from. */
const placeOf = (file: LedgerFile): string => `rejects of file ${file.id}`;

const keyOf = (file: number, line: number): string => `${file}:${line}`;

function choiceOf(options: ReplayOptions, mappings: readonly Mapping[] | undefined, file: LedgerFile) {
  const columns = file.header ?? [];
  const mapping = mappings && mappingFor(mappings, columns);
  if (mapping) return { preset: 'mapping', mapping };
  if (options.preset !== undefined) return recognise({ name: file.name, columns }, { preset: options.preset });
  if (file.preset !== 'unknown') return { preset: file.preset, mapping: file.mapping };
  return recognise({ name: file.name, columns });
}

async function replayFile(
  context: Context,
  importId: number,
  file: LedgerFile,
  rejects: readonly Reject[],
  choice: { preset: string; mapping: Mapping } | undefined,
): Promise<FileReport> {
  if (!choice)
    throw new InputError(
      'unknown_file',
      `Nothing recognises ${file.name} yet: describe its columns with --mapping FILE.`,
    );
  const lines = rejects.map((each) => each.line);
  const texts = rejects.map((each) => each.raw);
  const body = spill(Buffer.from(fileText(file, texts)));
  try {
    const content = await openSource(body.path, file.delimiter === null ? {} : { delimiter: file.delimiter });
    return await importFile(context, {
      ...choice,
      importId,
      name: `rejects of ${file.name}`,
      path: body.path,
      place: placeOf(file),
      source: file.source,
      content,
      strict: false,
      origin: `rejects of file ${file.id}: ${lines.join(' ')}`,
    });
  } finally {
    body.close();
  }
}

/** Rejected rows as a file of their own, in memory: under the header they had, or as JSON Lines. */
function fileText(file: LedgerFile, texts: readonly string[]): string {
  const lines = texts.map((text) => text.replace(/\r?\n$/, ''));
  if (file.delimiter === null) return `${lines.join('\n')}\n`;
  const header = (file.header ?? []).map((name) => `"${name.replaceAll('"', '""')}"`).join(file.delimiter);
  return `${[header, ...lines].join('\n')}\n`;
}

/** The rows of a list of rejects whose `raw` column has been mended; `name` is what a fault calls the file, its path when absent. */
export async function readMended(
  path: string,
  { name = path, most = Number.POSITIVE_INFINITY } = {},
): Promise<MendedRow[]> {
  const source = await openSource(path);
  const places = ['file_id', 'line', 'raw'].map((column) => source.columns.indexOf(column));
  const [file = -1, line = -1, raw = -1] = places;
  if (places.includes(-1)) throw new InputError('mended', columnsText(name));
  const mended: MendedRow[] = [];
  let bytes = 0;
  for await (const batch of source.batches()) {
    const [broken] = batch.broken;
    if (broken) throw new InputError('mended', brokenText(name, broken.line));
    bytes += batch.bytes.byteLength;
    if (bytes > most) throw new InputError('mended_large', largeText(name, most));
    for (const fields of fieldsOf(batch))
      mended.push({ file_id: Number(fields[file]), line: Number(fields[line]), raw: fields[raw] ?? '' });
  }
  return mended;
}

const columnsText = (name: string): Text => ({
  zh: `${name} 须有 file_id、line、raw 三列，与导出的拒收行一样。`,
  en: `${name} needs the columns file_id, line and raw, as exported rejects have them (rejects list --format csv).`,
});

const brokenText = (name: string, line: number): Text => ({
  zh: `${name} 第 ${line} 行的列数或引号不对：含逗号的原文须放在双引号里。`,
  en: `Line ${line} of ${name} is no row: a text with commas stands in quotes. Mend it and replay again.`,
});

const largeText = (name: string, most: number): Text => ({
  zh: `${name} 超过 ${most >> 20} MiB：请分成几个文件，逐个重试。`,
  en: `${name} holds more than ${most >> 20} MiB: replay it in several files.`,
});
