import { movesTable } from '../identity/resolve.ts';
import { entities } from '../model/entities.ts';
import { type Fragment, id, join, sql } from '../warehouse/sql.ts';
import type { Context } from './context.ts';
import { clearState, readState, writeState } from './journal.ts';

/** Tables whose rows belong to a consumer. */
export const personalTables: readonly string[] = Object.values(entities)
  .filter((entity) => entity.personal)
  .map((entity) => entity.table);

interface Journal {
  /** Tables whose moving rows are safe in a copy: from there on the copy is the truth. */
  readonly copied: readonly string[];
  readonly finished: readonly string[];
}

const STATE = 'move';

/**
 * Gives the facts of moved cards to their new consumers. Rows are copied, taken out, and put back, table by table; the
 * journal says how far, so that a kill at any moment is made good by calling this again.
 */
export async function moveFacts(context: Context): Promise<void> {
  let journal = (await readState<Journal>(context.registry, STATE)) ?? { copied: [], finished: [] };
  const moving = await tablesMoving(context);
  for (const table of personalTables) {
    if (journal.finished.includes(table)) continue;
    if (!journal.copied.includes(table)) {
      if (!moving.has(table)) continue;
      await copyOut(context, table);
      journal = { ...journal, copied: [...journal.copied, table] };
      await writeState(context.registry, STATE, journal);
    }
    await putBack(context, table);
    journal = { ...journal, finished: [...journal.finished, table] };
    await writeState(context.registry, STATE, journal);
  }
  // Note: a copy goes only when the journal no longer asks for it.
  for (const table of personalTables) await context.warehouse.run(sql`DROP TABLE IF EXISTS ${copyOf(table)} SYNC`);
  await clearState(context.registry, STATE);
}

/** Rows of facts whose card has another consumer now. */
export async function countMoving(context: Context): Promise<number> {
  return (await moving(context)).reduce((sum, { rows }) => sum + rows, 0);
}

/** Tables with rows whose card has another consumer now. */
async function tablesMoving(context: Context): Promise<Set<string>> {
  return new Set((await moving(context)).map(({ name }) => name));
}

async function moving({ warehouse }: Context): Promise<Array<{ name: string; rows: number }>> {
  const counts = personalTables.map((table) => sql`SELECT ${table} AS name, count() AS rows FROM ${movingOf(table)}`);
  return warehouse.rows<{ name: string; rows: number }>(
    sql`SELECT name, rows FROM (${join(counts, ' UNION ALL ')}) WHERE rows > 0`,
  );
}

/** The rows of a table that move, and where to: `m.new`. */
const movingOf = (table: string): Fragment => sql`${id(table)} AS t INNER JOIN ${id(movesTable)} AS m ON m.who = t.who
    WHERE t.consumer IN (SELECT old FROM ${id(movesTable)}) AND t.who IN (SELECT who FROM ${id(movesTable)})`;

const copyName = (table: string) => `moving_${table}`;

const copyOf = (table: string) => id(copyName(table));

async function copyOut({ warehouse }: Context, table: string): Promise<void> {
  await warehouse.run(sql`DROP TABLE IF EXISTS ${copyOf(table)} SYNC`);
  await warehouse.run(sql`CREATE TABLE ${copyOf(table)} AS ${id(table)} ENGINE = MergeTree ORDER BY who`);
  await warehouse.run(sql`INSERT INTO ${copyOf(table)} SELECT t.* REPLACE (m.new AS consumer) FROM ${movingOf(table)}`);
}

async function putBack({ warehouse }: Context, table: string): Promise<void> {
  const [row] = await warehouse.rows<{ rows: number }>(sql`SELECT count() AS rows FROM ${copyOf(table)}`);
  if ((row?.rows ?? 0) > 0) {
    const copied = (part: Fragment) => sql`DELETE FROM ${part} WHERE who IN (SELECT who FROM ${copyOf(table)})`;
    await warehouse.onParts(table, copied, { reading: [{ table: copyName(table), columns: ['who'] }] });
    await warehouse.run(sql`INSERT INTO ${id(table)} SELECT * FROM ${copyOf(table)}`);
  }
}
