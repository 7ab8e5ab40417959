import { InputError } from '../base/errors.ts';
import type { Batch, Source } from '../sources/read/batch.ts';
import { nearest } from '../sources/recognise.ts';
import type { Context } from './context.ts';
import { fingerprint } from './fingerprint.ts';
import { addFile, findTwin, updateFile } from './ledger.ts';
import { countRejects, forgetRejects, keepRejects } from './rejects.ts';
import type { FileReport } from './report.ts';

/** A file that nothing recognises. */
export interface Unknown {
  readonly importId: number;
  readonly name: string;
  readonly path: string;
  /** Where the ledger says that the file lies; its path when absent. */
  readonly place?: string;
  readonly source: string;
  readonly content: Source;
  readonly strict: boolean;
}

/** Every row of an unknown file is a reject, so that nothing is lost: once there is a mapping, they can be replayed. */
export async function refuseFile(context: Context, file: Unknown): Promise<FileReport> {
  const message = `Nothing recognises the columns ${file.content.columns.slice(0, 8).join(', ')}.${lacking(file.content.columns)} Describe them in a mapping file, then: rejects replay --mapping FILE.`;
  if (file.strict) throw new InputError('unknown_file', `${file.name}: ${message}`);
  const sha256 = await fingerprint(file.path, file.content.compressed, file.content.size, () => {});
  const twin = await findTwin(context.registry, file.source, sha256);
  if (twin?.status === 'done') return report(file, twin.read, await countRejects(context, twin.id), message);
  const id = twin?.id ?? (await begin(context, file, sha256));
  await forgetRejects(context, id, 0);
  const { rejected, cut } = await keepAll(context, file, id);
  const said = cut === undefined ? message : `${cut} ${message}`;
  await updateFile(context.registry, id, {
    import_id: file.importId,
    status: 'done',
    read: rejected,
    rejected,
    message: said,
    finished_at: context.now(),
  });
  return report(file, rejected, rejected, said);
}

/** What a file lacks of the entity that it is most like. */
export function lacking(columns: readonly string[]): string {
  const near = nearest(columns);
  return near && near.missing.length > 0 ? ` Most like ${near.entity}, it lacks ${near.missing.join(', ')}.` : '';
}

async function begin(context: Context, file: Unknown, sha256: string): Promise<number> {
  const mapping = { entity: 'other' as const, columns: {} };
  const { importId: import_id, name, source } = file;
  const path = file.place ?? file.path;
  const id = await addFile(context.registry, {
    import_id,
    name,
    path,
    sha256,
    source,
    mapping,
    entity: 'other',
    preset: 'unknown',
    status: 'reading',
    unmapped: file.content.columns,
  });
  await updateFile(context.registry, id, { header: file.content.columns, delimiter: file.content.delimiter ?? null });
  return id;
}

/** Keeps every record as a reject; `cut` says why reading ended before the end of the file. */
async function keepAll(context: Context, file: Unknown, id: number): Promise<{ rejected: number; cut?: string }> {
  let rejected = 0;
  try {
    for await (const batch of file.content.batches()) {
      rejected += await keepBatch(context, id, batch);
      const { position: done } = batch;
      context.watch({ step: file.name, done, total: file.content.size, unit: 'bytes', rows: rejected });
    }
    return { rejected };
  } catch (error) {
    if (error instanceof InputError && error.code === 'truncated') return { rejected, cut: error.message };
    throw error;
  }
}

function keepBatch(context: Context, id: number, batch: Batch): Promise<number> {
  const lines = typeof batch.lines === 'number' ? undefined : batch.lines;
  const first = typeof batch.lines === 'number' ? batch.lines : 0;
  const refused = Array.from({ length: batch.rows }, (_, i) => ({
    line: lines ? (lines[i] ?? 0) : first + i,
    why: 'unknown_entity:',
  }));
  return keepRejects(context, id, batch, refused);
}

/** Rejects that have been replayed since are rows the home has. */
function report(file: Unknown, read: number, rejected: number, message: string): FileReport {
  const { columns } = file.content;
  return {
    file: file.name,
    entity: 'unknown',
    preset: '',
    read,
    accepted: 0,
    duplicate: read - rejected,
    rejected,
    unmapped_columns: columns.length,
    seconds: 0,
    unmapped: columns,
    message,
  };
}
