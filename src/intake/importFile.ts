import { isDeepStrictEqual } from 'node:util';
import { InputError } from '../base/errors.ts';
import { steady } from '../base/progress.ts';
import type { EntityName } from '../model/entities.ts';
import type { Mapping } from '../sources/mapping.ts';
import type { Source } from '../sources/read/batch.ts';
import { commitFile, retractFile } from './commit.ts';
import type { Context, StagedFile } from './context.ts';
import { fingerprint, hashOf } from './fingerprint.ts';
import { inHand } from './inHand.ts';
import { addFile, failedTwins, filesOf, findTwin, type LedgerFile, updateFile } from './ledger.ts';
import { type Read, readFile } from './read.ts';
import { countRejects, forgetRejects } from './rejects.ts';
import type { FileReport } from './report.ts';
import { dropStage } from './stage.ts';

/** A recognised file on its way in. */
export interface Incoming {
  readonly importId: number;
  readonly name: string;
  readonly path: string;
  /** Where the ledger says that the file lies; its path when absent. */
  readonly place?: string;
  readonly preset: string;
  readonly mapping: Mapping;
  readonly source: string;
  readonly content: Source;
  /** Nothing of the file is taken when a row of it cannot be. */
  readonly strict: boolean;
  /** Where the rows stood first, if this is not the file they came with: equal rows of two places are two rows. */
  readonly origin?: string;
  /** Name of the content, where it is known without reading a file: the same name is the same rows. */
  readonly sha256?: string;
}

/** Takes a file in; the same content of the same source a second time is all duplicates, a begun one goes on. */
export async function importFile(context: Context, file: Incoming): Promise<FileReport> {
  const started = Date.parse(context.now());
  const sha256 = file.sha256 ?? (await contentOf(context, file));
  const twin = await findRecognised(context, file.source, sha256);
  if (twin?.status === 'done') return repeated(context, file, twin, sha256);
  const id = twin?.id ?? (await begin(context, file, sha256));
  return inHand(context.registry, id, async () => {
    if (twin) await updateFile(context.registry, id, { import_id: file.importId });
    const read = await stage(context, file, id, twin);
    const staged = stagedFile(id, file.mapping.entity, file, read);
    const done = await context.gate.alone(() => finish(context, staged, read, started));
    await dropStage(context.warehouse, id);
    return report(file, done, done.seconds, read.unmapped, cutMessage(file, read.cut) ?? undefined);
  });
}

/** SHA-256 of the file's content, and of the place its rows had first where that is another. */
async function contentOf(context: Context, { name, path, content, origin }: Incoming): Promise<string> {
  const own = await fingerprint(path, content.compressed, content.size, (each) =>
    context.watch({ ...each, step: name }),
  );
  return origin === undefined ? own : hashOf(`${own} ${origin}`);
}

function cutMessage({ importId }: Incoming, cut: string | undefined): string | null {
  if (cut === undefined) return null;
  return `${cut} When the whole file is here, take this import back first: import undo ${importId}.`;
}

/** An earlier file of the same content; one that nothing recognised then gives way to what is known of it now. */
async function findRecognised(context: Context, source: string, sha256: string): Promise<LedgerFile | undefined> {
  const twin = await findTwin(context.registry, source, sha256);
  if (twin?.preset !== 'unknown') return twin;
  const replayed = twin.status === 'done' && (await countRejects(context, twin.id)) < twin.rejected;
  if (replayed) return twin;
  await retractFile(context, twin);
  return undefined;
}

async function begin(context: Context, file: Incoming, sha256: string): Promise<number> {
  const { importId: import_id, name, preset, source, mapping } = file;
  const path = file.place ?? file.path;
  for (const failed of await failedTwins(context.registry, source, sha256)) await forgetRejects(context, failed, 0);
  const entity = mapping.entity;
  const added = {
    import_id,
    name,
    path,
    sha256,
    preset,
    source,
    mapping,
    entity,
    status: 'reading',
    unmapped: [],
  } as const;
  const id = await addFile(context.registry, added);
  await updateFile(context.registry, id, { header: file.content.columns, delimiter: file.content.delimiter ?? null });
  return id;
}

async function stage(context: Context, file: Incoming, id: number, twin: LedgerFile | undefined): Promise<Read> {
  const same = twin?.status === 'reading' && isDeepStrictEqual(twin.mapping, file.mapping);
  if (!same) await dropStage(context.warehouse, id);
  const from = same
    ? {
        batches: twin.batches,
        lastLine: twin.last_line,
        sums: { read: twin.read, accepted: twin.accepted, rejected: twin.rejected },
      }
    : { batches: 0, lastLine: 0, sums: { read: 0, accepted: 0, rejected: 0 } };
  const { mapping, preset } = file;
  const anew = { status: 'reading', batches: 0, last_line: 0, ...nothing, entity: mapping.entity, mapping, preset };
  if (!same) await updateFile(context.registry, id, anew);
  const read = await readFile(
    context,
    { id, name: file.name, source: file.source, mapping: file.mapping, from },
    file.content,
  );
  if (file.strict && read.rejected > 0) await giveUp(context, file, id, read);
  const { read: rows, accepted, rejected, unmapped, cut } = read;
  const message = cutMessage(file, cut);
  await updateFile(context.registry, id, { status: 'committing', read: rows, accepted, rejected, unmapped, message });
  return read;
}

function stagedFile(id: number, entity: EntityName, file: Incoming, read: Read): StagedFile {
  return {
    id,
    entity,
    source: file.source,
    columns: read.columns,
    headless: file.mapping.headless === true,
    rows: read.accepted,
  };
}

/** Makes the staged rows facts. Note: from here on there is no way back, so a watch that would end the work is not heard. */
async function finish(given: Context, staged: StagedFile, read: Read, started: number) {
  const context = { ...given, watch: steady(given.watch) };
  context.watch({ step: 'identity', done: 0, total: staged.rows, unit: 'rows' });
  const { duplicate, unidentified } = await commitFile(context, staged);
  const accepted = read.accepted - duplicate;
  const seconds = (Date.parse(context.now()) - started) / 1000;
  const finished_at = context.now();
  await updateFile(context.registry, staged.id, {
    status: 'done',
    accepted,
    duplicate,
    unidentified,
    seconds,
    finished_at,
  });
  context.watch({ step: 'identity', done: staged.rows, total: staged.rows, unit: 'rows' });
  return { ...read, accepted, duplicate, seconds };
}

/** Files of an import that cannot or shall not be read to their end leave nothing behind but their names and why. */
export async function giveUpReading(context: Context, importId: number, message: string): Promise<void> {
  const begun = (await filesOf(context.registry, importId)).filter((each) => each.status === 'reading');
  for (const { id } of begun) {
    await dropStage(context.warehouse, id);
    await forgetRejects(context, id, 0);
    await updateFile(context.registry, id, { ...nothing, status: 'failed', message });
  }
}

const nothing = { read: 0, accepted: 0, rejected: 0 } as const;

async function giveUp(context: Context, file: Incoming, id: number, read: Read): Promise<never> {
  await dropStage(context.warehouse, id);
  await updateFile(context.registry, id, { status: 'failed', accepted: 0, message: 'strict' });
  throw new InputError(
    'strict',
    `${file.name}: ${read.rejected} of ${read.read} rows cannot be taken, and --strict takes all or nothing. See them with: rejects list.`,
  );
}

async function repeated(context: Context, file: Incoming, twin: LedgerFile, sha256: string): Promise<FileReport> {
  const { importId: import_id, name, preset, source, mapping } = file;
  const id = await addFile(context.registry, {
    import_id,
    name,
    path: file.place ?? file.path,
    sha256,
    preset,
    source,
    mapping,
    entity: twin.entity,
    status: 'same',
    unmapped: twin.unmapped,
  });
  const rejected = await countRejects(context, twin.id);
  const counts = { read: twin.read, accepted: 0, duplicate: twin.read - rejected, rejected };
  const changed = !isDeepStrictEqual(twin.mapping, mapping);
  const hint = changed ? ` To take it with another mapping, first: import undo ${twin.import_id}.` : '';
  const message = `The same content came with import ${twin.import_id} as ${twin.name}.${hint}`;
  await updateFile(context.registry, id, { ...counts, same_as: twin.id, message, finished_at: context.now() });
  return report(file, counts, 0, twin.unmapped, message);
}

function report(
  file: Incoming,
  counts: { read: number; accepted: number; duplicate: number; rejected: number },
  seconds: number,
  unmapped: readonly string[],
  message?: string,
): FileReport {
  const { read, accepted, duplicate, rejected } = counts;
  return {
    file: file.name,
    entity: file.mapping.entity,
    preset: file.preset,
    read,
    accepted,
    duplicate,
    rejected,
    unmapped_columns: unmapped.length,
    seconds,
    unmapped,
    ...(message === undefined ? {} : { message }),
  };
}
