import { InputError } from '../base/errors.ts';
import type { Source } from '../sources/read/batch.ts';
import type { Context } from './context.ts';
import { fingerprint } from './fingerprint.ts';
import { addFile, findTwin, updateFile } from './ledger.ts';
import { keepRejects } from './rejects.ts';
import type { FileReport } from './report.ts';

/** A file that nothing recognises. */
export interface Unknown {
  readonly importId: number;
  readonly name: string;
  readonly path: string;
  readonly source: string;
  readonly content: Source;
  readonly strict: boolean;
}

/** Every row of an unknown file is a reject, so that nothing is lost: once there is a mapping, they can be replayed. */
export async function refuseFile(context: Context, file: Unknown): Promise<FileReport> {
  const message = `Nothing recognises the columns ${file.content.columns.slice(0, 8).join(', ')}. Describe them in a mapping file, then: rejects replay --mapping FILE.`;
  if (file.strict) throw new InputError('unknown_file', `${file.name}: ${message}`);
  const sha256 = await fingerprint(file.path, file.content.compressed, file.content.size, () => {});
  const twin = await findTwin(context.registry, file.source, sha256);
  if (twin) return report(file, twin.rejected, message);
  const mapping = { entity: 'other' as const, columns: {} };
  const { importId: import_id, name, path, source } = file;
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
  let rejected = 0;
  for await (const batch of file.content.batches()) {
    const lines = typeof batch.lines === 'number' ? undefined : batch.lines;
    const first = typeof batch.lines === 'number' ? batch.lines : 0;
    const refused = Array.from({ length: batch.rows }, (_, i) => ({
      line: lines ? (lines[i] ?? 0) : first + i,
      why: 'unknown_entity:',
    }));
    rejected += await keepRejects(context, id, batch, refused);
    context.watch({ step: name, done: batch.position, total: file.content.size, unit: 'bytes', rows: rejected });
  }
  await updateFile(context.registry, id, {
    status: 'done',
    read: rejected,
    rejected,
    message,
    finished_at: context.now(),
  });
  return report(file, rejected, message);
}

function report(file: Unknown, rejected: number, message: string): FileReport {
  const { columns } = file.content;
  return {
    file: file.name,
    entity: 'unknown',
    preset: '',
    read: rejected,
    accepted: 0,
    duplicate: 0,
    rejected,
    unmapped_columns: columns.length,
    seconds: 0,
    unmapped: columns,
    message,
  };
}
