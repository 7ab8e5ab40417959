import { Fragment, sql } from '../warehouse/sql.ts';
import { commitFile, finishRetract } from './commit.ts';
import type { Context, StagedFile } from './context.ts';
import { filesIn, type LedgerFile, updateFile } from './ledger.ts';
import { finishRejoin } from './people.ts';
import { dropStage, stagedColumns } from './stage.ts';

/** Ends what a killed process had begun: facts on the move, and files whose rows were all read. */
export async function recover(context: Context): Promise<void> {
  await dropStrays(context);
  await finishRejoin(context);
  await finishRetract(context);
  for (const file of await filesIn(context.registry, ['committing'])) await finishFile(context, file);
  await context.registry.rows(`UPDATE import SET status = 'failed', finished_at = $1 WHERE status = 'running'`, [
    context.now(),
  ]);
}

async function finishFile(context: Context, file: LedgerFile): Promise<void> {
  const columns = await stagedColumns(context.warehouse, file.id);
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

/** Tables of turned rows hold nothing once their process has gone. */
async function dropStrays({ warehouse }: Context): Promise<void> {
  const rows = await warehouse.rows<{ name: string }>(
    sql`SELECT name FROM system.tables WHERE database = currentDatabase() AND name LIKE 'turned\\_%'`,
  );
  for (const { name } of rows)
    if (/^turned_\d+_\d+$/.test(name)) await warehouse.run(new Fragment([`DROP TABLE IF EXISTS ${name} SYNC`]));
}
