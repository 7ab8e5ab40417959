import { adopt, forgetWork as forgetLabels, movesTable, numberNewSingles, resolve } from '../identity/resolve.ts';
import { type Fragment, id, sql } from '../warehouse/sql.ts';
import type { Context, StagedFile } from './context.ts';
import { keepPlain } from './identifiers.ts';
import { readState, writeState } from './journal.ts';
import { moveFacts } from './move.ts';
import { removeFile, removeRows } from './remove.ts';
import { stageTable } from './stage.ts';

const SEEDS = 'identity_seeds';

/** Gives every card of a staged file a consumer, and re-joins those of earlier files that cards not met before link. */
export async function identify(context: Context, file: StagedFile, commit: number): Promise<void> {
  if (!file.columns.includes('who')) return;
  const { warehouse } = context;
  await forgetCards(context, file.id);
  const stage = stageTable(file.id);
  await keepPlain(warehouse, stage, file.columns, context.keys, file.source);
  const idents = file.columns.includes('idents') ? sql`any(idents)` : sql`[who]`;
  await warehouse.run(sql`INSERT INTO cards (who, idents, file, line, rows)
    SELECT who, ${idents}, toUInt32(${file.id}), min(line), count() FROM ${stage} WHERE who != 0 GROUP BY who`);
  await warehouse.run(sql`INSERT INTO links (ident, who, file)
    SELECT arrayJoin(idents), who, file FROM cards WHERE file = ${file.id} AND length(idents) > 1`);
  const known = sql`SELECT who FROM people WHERE who IN (SELECT who FROM links WHERE file = ${file.id})`;
  await seed(context, sql`SELECT DISTINCT ident FROM links WHERE file = ${file.id} AND who NOT IN (${known})`);
  await rejoin(context, commit);
  await numberNewSingles(warehouse, file.id, commit);
}

/** Notes down the cards that stand on this file only. */
export async function findOrphans({ warehouse }: Context, file: number): Promise<void> {
  const whos = sql`SELECT who FROM cards WHERE file = ${file}`;
  const orphans = sql`SELECT who FROM (${whos}) WHERE who NOT IN (SELECT who FROM cards WHERE file != ${file} AND who IN (${whos}))`;
  await warehouse.run(sql`DROP TABLE IF EXISTS identity_orphans SYNC`);
  await warehouse.run(
    sql`CREATE TABLE identity_orphans (who UInt64, idents Array(UInt64)) ENGINE = MergeTree ORDER BY who`,
  );
  await warehouse.run(sql`INSERT INTO identity_orphans SELECT who, any(idents) FROM cards
    WHERE file = ${file} AND who IN (${orphans}) GROUP BY who`);
}

/** Takes a file's cards back once its orphans are noted down; what they linked is found anew. */
export async function unidentify(context: Context, file: number, commit: number): Promise<void> {
  const linked = sql`SELECT DISTINCT arrayJoin(idents) AS ident FROM identity_orphans WHERE length(idents) > 1`;
  await forgetCards(context, file);
  await seed(context, sql`SELECT ident FROM (${linked}) WHERE ident IN (${aliveOf(linked)})`);
  await forgetOrphans(context);
  await rejoin(context, commit);
}

export async function forgetWork({ warehouse }: Context): Promise<void> {
  await warehouse.run(sql`DROP TABLE IF EXISTS identity_orphans SYNC`);
}

/** Those of some identifiers that still stand on a card. */
function aliveOf(idents: Fragment): Fragment {
  return sql`SELECT DISTINCT ident FROM (SELECT arrayJoin(idents) AS ident FROM cards) WHERE ident IN (${idents})`;
}

/** Cards, and identifiers that stand on no card any more, are forgotten with what was known of them. */
async function forgetOrphans({ warehouse }: Context): Promise<void> {
  const gone = sql`SELECT DISTINCT arrayJoin(idents) AS ident FROM identity_orphans`;
  const dead = sql`SELECT ident FROM (${gone}) WHERE ident NOT IN (${aliveOf(gone)})`;
  await removeRows(warehouse, ['identifiers', 'digests', 'shared'], ['ident'], dead);
  const whos = sql`SELECT ident AS who FROM (${dead}) UNION DISTINCT SELECT who FROM identity_orphans WHERE length(idents) > 1`;
  await removeRows(warehouse, ['people'], ['who'], whos);
}

async function forgetCards({ warehouse }: Context, file: number): Promise<void> {
  await removeFile(warehouse, 'cards', file);
  await removeFile(warehouse, 'links', file);
}

async function seed({ warehouse }: Context, idents: ReturnType<typeof sql>): Promise<void> {
  await warehouse.run(sql`DROP TABLE IF EXISTS ${id(SEEDS)} SYNC`);
  await warehouse.run(sql`CREATE TABLE ${id(SEEDS)} (ident UInt64) ENGINE = MergeTree ORDER BY ident`);
  await warehouse.run(sql`INSERT INTO ${id(SEEDS)} ${idents}`);
}

async function rejoin(context: Context, commit: number): Promise<void> {
  const { warehouse, registry, keys } = context;
  const [row] = await warehouse.rows<{ seeds: number }>(sql`SELECT count() AS seeds FROM ${id(SEEDS)}`);
  if ((row?.seeds ?? 0) > 0) {
    const moves = await resolve(warehouse, { seeds: id(SEEDS), version: commit, rules: keys.identity });
    await writeState(registry, 'rejoin', { commit, moves });
    await finishRejoin(context);
  }
  await warehouse.run(sql`DROP TABLE IF EXISTS ${id(SEEDS)} SYNC`);
}

/** Moves facts and adopts the labels; called again after a kill, it goes on where it was. */
export async function finishRejoin(context: Context): Promise<void> {
  const pending = await readState<{ commit: number; moves: number }>(context.registry, 'rejoin');
  if (!pending) return;
  const { warehouse, registry } = context;
  if (pending.moves > 0) {
    await warehouse.run(sql`INSERT INTO touched (commit, consumer, day)
      SELECT toUInt32(${pending.commit}), arrayJoin([old, new]) AS consumer, toDate(0) FROM ${id(movesTable)} WHERE consumer != 0`);
    await moveFacts(context);
  }
  await adopt(warehouse, pending.commit);
  await registry.rows(`DELETE FROM derivation WHERE name = 'rejoin'`);
  await forgetLabels(warehouse);
}
