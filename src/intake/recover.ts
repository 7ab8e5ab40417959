import { id, sql } from '../warehouse/sql.ts';
import { commitFile, finishRetract, retractFile } from './commit.ts';
import type { Context, StagedFile } from './context.ts';
import { finishCuts } from './cuts.ts';
import { filesInHand } from './inHand.ts';
import { filesIn, type LedgerFile, updateFile } from './ledger.ts';
import { dropStage, stagedColumns } from './stage.ts';

/** Ends what work that failed had begun, and leaves alone what else is under way. Call it alone in the gate. */
export async function mend(context: Context): Promise<void> {
  await finishCuts(context);
  await finishRetract(context);
  const files = await filesInHand(context.registry);
  for (const file of await filesIn(context.registry, ['committing']))
    if (!files.has(file.id)) await finishFile(context, file);
  await dropStrays(context, files);
}

/** Ends what a killed process had begun: facts on the move, and files whose rows were all read. */
export async function recover(context: Context): Promise<void> {
  await mend(context);
  await context.registry.rows(`UPDATE import SET status = 'failed', finished_at = $1 WHERE status = 'running'`, [
    context.now(),
  ]);
}

async function finishFile(context: Context, file: LedgerFile): Promise<void> {
  const columns = await stagedColumns(context.warehouse, file.id);
  if (columns.length === 0) return giveUpFile(context, file);
  const staged: StagedFile = {
    id: file.id,
    entity: file.entity,
    source: file.source,
    columns,
    headless: file.mapping.headless === true,
    rows: file.accepted,
  };
  const counts = await commitFile(context, staged);
  await updateFile(context.registry, file.id, {
    status: 'done',
    accepted: file.accepted - counts.duplicate,
    duplicate: counts.duplicate,
    unidentified: counts.unidentified,
    finished_at: context.now(),
  });
  await dropStage(context.warehouse, file.id);
}

/**
 * A file whose staged rows are gone: it was begun anew, and its process ended before that was noted. Whatever of it came
 * among the facts is taken out, for the next import of it to read it from its beginning.
 */
async function giveUpFile(context: Context, file: LedgerFile): Promise<void> {
  await retractFile(context, file);
  await updateFile(context.registry, file.id, { status: 'failed', read: 0, accepted: 0, rejected: 0 });
}

/** Tables that only a running import needs: all, but the stages of files that can be gone on with. */
async function dropStrays({ warehouse, registry }: Context, inHand: ReadonlySet<number>): Promise<void> {
  const begun = await filesIn(registry, ['reading', 'staged', 'committing']);
  const needed = new Set(begun.map((file) => `stage_${file.id}`));
  const rows = await warehouse.rows<{ name: string }>(sql`SELECT name FROM system.tables
    WHERE database = currentDatabase() AND match(name, '^((turned|stage|fate)_[0-9]|moving_|identity_|doomed$)')`);
  const isInHand = (name: string) => inHand.has(Number(/^(?:turned|stage|fate)_(\d+)/.exec(name)?.[1]));
  for (const { name } of rows)
    if (!needed.has(name) && !isInHand(name)) await warehouse.run(sql`DROP TABLE IF EXISTS ${id(name)} SYNC`);
}
