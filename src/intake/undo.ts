import { ConflictError, NotFoundError } from '../base/errors.ts';
import { retractFile } from './commit.ts';
import type { Context } from './context.ts';
import { hasCuts } from './cutLedger.ts';
import { finishCuts, turnFile } from './cuts.ts';
import { unfoldFiles } from './fold.ts';
import { filesOf, type LedgerFile, updateFile } from './ledger.ts';

export interface Undone {
  readonly import: number;
  readonly files: number;
  readonly rows: number;
}

/** Takes an import back as if it had never been. A file that a later import brought again stays, and becomes that one's. */
export async function undoImport(context: Context, id: number): Promise<Undone> {
  const [known] = await context.registry.rows<{ status: string; undone_at: string | null }>(
    'SELECT status, undone_at FROM import WHERE id = $1',
    [id],
  );
  if (!known) throw new NotFoundError('import', `There is no import ${id}: see import list.`);
  if (known.status === 'undone')
    throw new ConflictError(
      'already_undone',
      `Import ${id} was taken back at ${known.undone_at}: nothing of it is left.`,
    );
  await unfoldFiles(context.registry, id);
  const files = await filesOf(context.registry, id);
  let rows = 0;
  let taken = 0;
  for (const file of files) {
    if (file.status === 'same') await updateFile(context.registry, file.id, { status: 'undone' });
    if (!['done', 'committing', 'reading', 'staged'].includes(file.status)) continue;
    context.watch({ step: file.name, done: taken, total: files.length, unit: 'files' });
    if (await handOver(context, file)) continue;
    await retractFile(context, file);
    rows += file.accepted;
    taken += 1;
  }
  await context.registry.rows(`UPDATE import SET status = 'undone', undone_at = $2 WHERE id = $1`, [id, context.now()]);
  return { import: id, files: taken, rows };
}

/** True where another live import brought the same content: the file's rows are now that import's. */
async function handOver(context: Context, file: LedgerFile): Promise<boolean> {
  const { registry } = context;
  const [heir] = await registry.rows<{ id: number; import_id: number }>(
    `SELECT f.id, f.import_id FROM import_file f WHERE f.same_as = $1 AND f.status = 'same' AND f.import_id <> $2 ORDER BY f.id LIMIT 1`,
    [file.id, file.import_id],
  );
  if (!heir) return false;
  await updateFile(registry, heir.id, { status: 'undone' });
  await context.gate.alone(async () => {
    await registry.transaction(async (transaction) => {
      await updateFile(transaction, file.id, { import_id: heir.import_id });
      if (await hasCuts(transaction)) await turnFile(transaction, file.id);
    });
    await finishCuts(context);
  });
  return true;
}
