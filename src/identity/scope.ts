import { type Fragment, id, sql } from '../warehouse/sql.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { isWhole, type Severed } from './cuts.ts';
import { inParts } from './parts.ts';
import { people } from './people.ts';
import { closedIdents, numbers, sever, severedTable } from './sever.ts';
import type { IdentityRules } from './types.ts';

/** The cards a change is about, each with the identifiers it links: `open`. */
export const scopeTable = 'identity_scope';
const metTable = 'identity_met';
const reachTable = 'identity_reach';

/** Identifiers that a change of cards, or of cuts, may have re-joined: `seeds` is a table of `ident`. */
export interface Change {
  readonly seeds: Fragment;
  /** How many they are, where that is known. */
  readonly size?: number;
  /** Each of them stands on a card beside others. */
  readonly areLinked?: boolean;
  readonly version: number;
  readonly rules: IdentityRules;
  readonly severed: Severed;
  /** Cut identifiers whose cut begins or ends with this change. */
  readonly turned: readonly string[];
}

export async function makeScope(warehouse: Warehouse, change: Change): Promise<void> {
  await make(warehouse, scopeTable, sql`(who UInt64, open Array(UInt64)) ENGINE = MergeTree ORDER BY who`);
  if (!isWhole(change.severed)) await makeSeveredScope(warehouse, change);
  else if ((change.size ?? 0) > MOST_AT_ONCE) await makeLargeScope(warehouse, change, change.size ?? 0);
  else await makeWholeScope(warehouse, change);
}

/** Seeds beyond which cards are taken part by part: a statement over all would not fit into its memory. */
const MOST_AT_ONCE = 1_000_000;

export async function forgetScope(warehouse: Warehouse): Promise<void> {
  await warehouse.run(sql`DROP TABLE IF EXISTS ${id(scopeTable)} SYNC`);
}

async function make(warehouse: Warehouse, table: string, layout: Fragment): Promise<void> {
  await warehouse.run(sql`DROP TABLE IF EXISTS ${id(table)} SYNC`);
  await warehouse.run(sql`CREATE TABLE ${id(table)} ${layout}`);
}

/**
 * One row a card in reach: `open` are its identifiers that are not shared. In reach are the cards of the seeds that are
 * not shared, or have just become so or ceased to be, and every card of the consumers those belong to.
 */
async function makeWholeScope(warehouse: Warehouse, { seeds, version }: Change): Promise<void> {
  const settled = settledBefore(version);
  const direct = sql`SELECT who FROM links WHERE ident IN (SELECT ident FROM ${seeds} WHERE ident NOT IN (${settled}))`;
  const met = sql`SELECT ident FROM links WHERE who IN (${direct}) AND ident NOT IN (${settled})
    UNION ALL SELECT ident FROM ${seeds}`;
  const reached = sql`${direct} UNION DISTINCT ${alongWith(met)}`;
  await warehouse.run(sql`INSERT INTO ${id(scopeTable)} ${cardsIn(seeds, reached, sql`1`)}`);
}

/** The same of very many seeds: each step is written down, and the cards are taken in parts by their numbers. */
async function makeLargeScope(warehouse: Warehouse, change: Change, size: number): Promise<void> {
  const [row] = await warehouse.rows<{ known: number }>(sql`SELECT count() AS known FROM people`);
  const put = (cards: Fragment) => warehouse.run(sql`INSERT INTO ${id(scopeTable)} ${cards}`);
  if (change.areLinked && size > (row?.known ?? 0)) return put(everyCard);
  await writeReach(warehouse, change);
  await inParts(size, sql`who`, (which) =>
    put(cardsIn(change.seeds, sql`SELECT who FROM ${id(reachTable)} WHERE ${which}`, which)),
  );
  for (const table of [metTable, reachTable]) await warehouse.run(sql`DROP TABLE IF EXISTS ${id(table)} SYNC`);
}

/** Writes down the cards in reach of very many seeds, step by step: a statement would not fit into its memory. */
async function writeReach(warehouse: Warehouse, { seeds, version }: Change): Promise<void> {
  const settled = settledBefore(version);
  await make(warehouse, reachTable, sql`(who UInt64) ENGINE = MergeTree ORDER BY who`);
  await warehouse.run(sql`INSERT INTO ${id(reachTable)}
    SELECT who FROM links WHERE ident IN (SELECT ident FROM ${seeds} WHERE ident NOT IN (${settled}))`);
  await make(warehouse, metTable, sql`(ident UInt64) ENGINE = MergeTree ORDER BY ident`);
  await warehouse.run(sql`INSERT INTO ${id(metTable)} SELECT ident FROM ${seeds} UNION ALL
    SELECT ident FROM links WHERE who IN (SELECT who FROM ${id(reachTable)}) AND ident NOT IN (${settled})`);
  await warehouse.run(sql`INSERT INTO ${id(reachTable)} ${alongWith(sql`SELECT ident FROM ${id(metTable)}`)}`);
}

const settledBefore = (version: number): Fragment =>
  sql`SELECT ident FROM shared FINAL WHERE people > 0 AND version < ${version}`;

/** Every card of the consumers that some identifiers belong to. */
function alongWith(idents: Fragment): Fragment {
  const consumers = sql`SELECT consumer FROM ${people} WHERE consumer != 0 AND who IN (${idents})`;
  return sql`SELECT who FROM ${people} WHERE consumer IN (${consumers})`;
}

const sharedNow = sql`SELECT ident FROM shared FINAL WHERE people > 0`;

/** The cards in reach, and those that a seed is by itself, as far as `which` tests their number. */
function cardsIn(seeds: Fragment, reached: Fragment, which: Fragment): Fragment {
  const open = sql`ident NOT IN (${sharedNow}) AS open`;
  return sql`SELECT who, groupUniqArrayIf(ident, open) FROM (
      SELECT who, ident, ${open} FROM links WHERE ${which} AND who IN (${reached})
      UNION ALL SELECT ident AS who, ident, ${open} FROM ${seeds} WHERE ${which}
    ) GROUP BY who`;
}

/** Every card that links: where the seeds are most of all there is. Those out of reach come out of it as they were. */
const everyCard = sql`SELECT who, arrayFilter(each -> each NOT IN (${sharedNow}), any(idents)) FROM cards
  WHERE length(idents) > 1 GROUP BY who`;

/**
 * The same, where cuts are in force: an identifier links by a card only where the card has not lost it, and one that no
 * card keeps and that stands nowhere alone is open nowhere.
 */
async function makeSeveredScope(warehouse: Warehouse, change: Change): Promise<void> {
  const { seeds, severed, rules } = change;
  const settled = sql`SELECT ident FROM (${settledIdents(change)})`;
  const direct = sql`SELECT who FROM links WHERE ident IN (SELECT ident FROM ${seeds} WHERE ident NOT IN (${settled}))`;
  await make(warehouse, metTable, sql`(ident UInt64) ENGINE = MergeTree ORDER BY ident`);
  await warehouse.run(sql`INSERT INTO ${id(metTable)} SELECT ident FROM links WHERE who IN (${direct}) AND ident NOT IN (${settled})
    UNION DISTINCT SELECT ident FROM ${seeds}`);
  const met = sql`SELECT ident FROM ${id(metTable)}`;
  const consumers = sql`SELECT consumer FROM ${people} WHERE consumer != 0 AND who IN (${met})`;
  await make(warehouse, reachTable, sql`(who UInt64) ENGINE = MergeTree ORDER BY who`);
  await warehouse.run(sql`INSERT INTO ${id(reachTable)}
    ${direct} UNION DISTINCT SELECT who FROM ${people} WHERE consumer IN (${consumers})`);
  const reach = sql`SELECT who FROM ${id(reachTable)}`;
  await sever(warehouse, { severed, rules, reach });
  const open = sql`ident NOT IN (${closedIdents(severed)})`;
  const alone = sql`SELECT who FROM cards WHERE who IN (${met})`;
  await warehouse.run(sql`INSERT INTO ${id(scopeTable)} SELECT who, groupUniqArrayIf(ident, open) FROM (
      SELECT who, ident, ${open} AND (who, ident) NOT IN (SELECT who, ident FROM ${id(severedTable)}) AS open
        FROM links WHERE who IN (${reach})
      UNION ALL SELECT ident AS who, ident, ${open} AND ident IN (${alone}) AS open FROM ${id(metTable)}
    ) GROUP BY who`);
  for (const table of [metTable, reachTable, severedTable])
    await warehouse.run(sql`DROP TABLE IF EXISTS ${id(table)} SYNC`);
}

/** Identifiers that link nothing, and did not before the change either: nothing is found through them. */
function settledIdents({ severed, turned, version }: Change): Fragment {
  const cut = severed.idents.filter((each) => !turned.includes(each));
  return sql`SELECT ident FROM shared FINAL WHERE people > 0 AND version < ${version} UNION ALL ${numbers(cut)}`;
}
