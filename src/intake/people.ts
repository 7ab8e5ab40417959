import { isWhole, type Severed } from '../identity/cuts.ts';
import { inParts } from '../identity/parts.ts';
import { isUnpeopled, numberNewSingles, people } from '../identity/people.ts';
import { adopt, forgetWork as forgetLabels, movesTable, resolve } from '../identity/resolve.ts';
import { closedIdents, fileNumbers } from '../identity/sever.ts';
import { type Fragment, id, join, sql } from '../warehouse/sql.ts';
import type { Context, StagedFile } from './context.ts';
import { severedNow } from './cutLedger.ts';
import { keepPlain } from './identifiers.ts';
import { readState, writeState } from './journal.ts';
import { moveFacts } from './move.ts';
import { removeFile, removeRows } from './remove.ts';
import { stageTable } from './stage.ts';

/** Identifiers a change begins with. */
export const SEEDS = 'identity_seeds';

/** Gives every card of a staged file a consumer, and re-joins those of earlier files that cards not met before link. */
export async function identify(context: Context, file: StagedFile, commit: number): Promise<void> {
  if (!file.columns.includes('who')) return;
  const { warehouse } = context;
  await forgetCards(context, file.id);
  const stage = stageTable(file.id);
  await keepPlain(context, file, stage);
  const idents = file.columns.includes('idents') ? sql`any(idents)` : sql`[who]`;
  const cards = (which: Fragment) => sql`INSERT INTO cards (who, idents, file, line, rows)
    SELECT who, ${idents}, toUInt32(${file.id}), min(line), count() FROM ${stage} WHERE who != 0 AND ${which} GROUP BY who`;
  await inParts(file.rows, sql`who`, (which) => warehouse.run(cards(which)));
  await warehouse.run(sql`INSERT INTO links (ident, who, file)
    SELECT arrayJoin(idents), who, file FROM cards WHERE file = ${file.id} AND length(idents) > 1`);
  const severed = await severedNow(context.registry);
  const fresh = await freshlyLinked(context, file.id);
  await seed(context, isWhole(severed) ? fresh : join([fresh, ...awakenedBy(file.id, severed)], ' UNION ALL '));
  await rejoin(context, { commit, severed, areLinked: isWhole(severed) });
  await numberNewSingles(warehouse, { file: file.id, version: commit, cut: severed.idents });
}

/** Identifiers on cards of two or more that no file before has shown. */
async function freshlyLinked({ warehouse }: Context, file: number): Promise<Fragment> {
  const linked = sql`FROM links WHERE file = ${file}`;
  const known = sql`SELECT who FROM people WHERE who IN (SELECT who ${linked})`;
  const isFresh = (await isUnpeopled(warehouse)) ? sql`1` : sql`who NOT IN (${known})`;
  return sql`SELECT ident ${linked} AND ${isFresh} GROUP BY ident`;
}

/** Identifiers that a file's cards make link where cuts had kept them from it: as no file before is believed, or as lost. */
function awakenedBy(file: number, severed: Severed): Fragment[] {
  const alone = sql`SELECT who FROM cards WHERE file = ${file} AND length(idents) = 1`;
  const nobody = sql`SELECT who AS ident FROM ${people} WHERE consumer = 0 AND who IN (${alone})
    AND who NOT IN (${closedIdents(severed)})`;
  return [nobody, ...(severed.files.includes(file) ? [] : [standingOn(file, severed)])];
}

/** Identifiers on cards that this file, and no other that is believed, shows beside others. */
function standingOn(file: number, { files }: Severed): Fragment {
  const cards = sql`SELECT who FROM cards WHERE file = ${file} AND length(idents) > 1`;
  const others = sql`SELECT who FROM cards WHERE who IN (${cards}) AND file != ${file}
    GROUP BY who HAVING countIf(file NOT IN (${fileNumbers(files)})) = 0`;
  return sql`SELECT DISTINCT ident FROM links WHERE file = ${file} AND who IN (${others})`;
}

/** Notes down the cards that stand on this file only, and the identifiers of those that nothing believed shows but it. */
export async function findOrphans(context: Context, file: number): Promise<void> {
  const { warehouse } = context;
  const whos = sql`SELECT who FROM cards WHERE file = ${file}`;
  const orphans = sql`SELECT who FROM (${whos}) WHERE who NOT IN (SELECT who FROM cards WHERE file != ${file} AND who IN (${whos}))`;
  await warehouse.run(sql`DROP TABLE IF EXISTS identity_orphans SYNC`);
  await warehouse.run(
    sql`CREATE TABLE identity_orphans (who UInt64, idents Array(UInt64)) ENGINE = MergeTree ORDER BY who`,
  );
  await warehouse.run(sql`INSERT INTO identity_orphans SELECT who, any(idents) FROM cards
    WHERE file = ${file} AND who IN (${orphans}) GROUP BY who`);
  const severed = await severedNow(context.registry);
  if (isWhole(severed)) return;
  await warehouse.run(sql`DROP TABLE IF EXISTS identity_sleepers SYNC`);
  await warehouse.run(sql`CREATE TABLE identity_sleepers (ident UInt64) ENGINE = MergeTree ORDER BY ident`);
  // Note: an identifier of a card of its own may stand on cards besides that have lost it, and is then nobody's.
  await warehouse.run(sql`INSERT INTO identity_sleepers SELECT arrayJoin(idents) FROM identity_orphans
    UNION ALL ${severed.files.includes(file) ? sql`SELECT toUInt64(0) WHERE 0` : standingOn(file, severed)}`);
}

/** Takes a file's cards back once its orphans are noted down; what they linked is found anew. */
export async function unidentify(context: Context, file: number, commit: number): Promise<void> {
  const severed = await severedNow(context.registry);
  const linked = isWhole(severed)
    ? sql`SELECT DISTINCT arrayJoin(idents) AS ident FROM identity_orphans WHERE length(idents) > 1`
    : sql`SELECT DISTINCT ident FROM identity_sleepers`;
  await forgetCards(context, file);
  await seed(context, sql`SELECT ident FROM (${linked}) WHERE ident IN (${aliveOf(linked)})`);
  await forgetOrphans(context);
  await rejoin(context, { commit, severed });
}

/** Finds anew who is one consumer among all that these identifiers, given by a question, can reach. */
export async function reconsider(
  context: Context,
  idents: Fragment,
  change: { readonly commit: number; readonly severed: Severed; readonly turned: readonly string[] },
): Promise<void> {
  await seed(context, idents);
  await rejoin(context, change);
}

export async function forgetWork({ warehouse }: Context): Promise<void> {
  for (const table of ['identity_orphans', 'identity_sleepers'])
    await warehouse.run(sql`DROP TABLE IF EXISTS ${id(table)} SYNC`);
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

/** Notes down which identifiers a change begins with. */
export async function seed({ warehouse }: Context, idents: Fragment): Promise<void> {
  await warehouse.run(sql`DROP TABLE IF EXISTS ${id(SEEDS)} SYNC`);
  await warehouse.run(sql`CREATE TABLE ${id(SEEDS)} (ident UInt64) ENGINE = MergeTree ORDER BY ident`);
  await warehouse.run(sql`INSERT INTO ${id(SEEDS)} ${idents}`);
}

interface Rejoining {
  readonly commit: number;
  readonly severed: Severed;
  readonly turned?: readonly string[];
  /** Each seed stands on a card beside others. */
  readonly areLinked?: boolean;
}

async function rejoin(context: Context, { commit, severed, turned = [], areLinked = false }: Rejoining): Promise<void> {
  const { warehouse, registry, keys } = context;
  const [row] = await warehouse.rows<{ seeds: number }>(sql`SELECT count() AS seeds FROM ${id(SEEDS)}`);
  const size = row?.seeds ?? 0;
  if (size > 0) {
    const moves = await resolve(warehouse, {
      seeds: id(SEEDS),
      size,
      version: commit,
      rules: keys.identity,
      severed,
      turned,
      areLinked,
    });
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
