import { as, type Fragment, id, sql } from '../warehouse/sql.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { lostToPairs, type Severed } from './cuts.ts';
import { strengthColumn } from './strength.ts';
import type { IdentityRules } from './types.ts';

/** Cards and identifiers that stand on them without linking there. */
export const severedTable = 'identity_severed';

/** Identifiers that nothing may link by: the shared ones, and the cut ones. */
export function closedIdents({ idents }: Severed): Fragment {
  return sql`SELECT ident FROM shared FINAL WHERE people > 0 UNION ALL ${numbers(idents)}`;
}

/** A table of `ident` from numbers in decimal. */
export function numbers(idents: readonly string[]): Fragment {
  return sql`SELECT toUInt64(arrayJoin(${[...idents]})) AS ident`;
}

/** A table of `file` from numbers. */
export function fileNumbers(files: readonly number[]): Fragment {
  return sql`SELECT toUInt32(arrayJoin(${as([...files], 'Array(UInt32)')})) AS file`;
}

/**
 * Notes down, for the cards of `reach` (a question for `who`), which identifiers each has lost: to a cut pair the weaker
 * one; where no believed file shows the card, all but the strongest.
 */
export async function sever(
  warehouse: Warehouse,
  { severed, rules, reach }: { severed: Severed; rules: IdentityRules; reach: Fragment },
): Promise<void> {
  await make(warehouse, severedTable, sql`(who UInt64, ident UInt64)`);
  if (severed.files.length > 0) {
    const closed = sql`SELECT who FROM cards WHERE who IN (${reach}) AND length(idents) > 1
      GROUP BY who HAVING countIf(file NOT IN (${fileNumbers(severed.files)})) = 0`;
    await warehouse.run(sql`INSERT INTO ${id(severedTable)} SELECT who, arrayJoin(arraySlice(ordered, 2))
      FROM (${strongestFirst(closed, { severed, rules })})`);
  }
  if (severed.pairs.length > 0) await severPairs(warehouse, { severed, rules, reach });
}

async function severPairs(
  warehouse: Warehouse,
  { severed, rules, reach }: { severed: Severed; rules: IdentityRules; reach: Fragment },
): Promise<void> {
  const paired = sql`SELECT who FROM links WHERE who IN (${reach}) AND ident IN (${numbers(severed.pairs.flat())})
    GROUP BY who HAVING uniqExact(ident) > 1`;
  const cards = await warehouse.rows<{ who: string; ordered: string[] }>(
    sql`SELECT toString(who) AS who, arrayMap(x -> toString(x), ordered) AS ordered FROM (${strongestFirst(paired, { severed, rules })})`,
  );
  const lost = cards.flatMap(({ who, ordered }) =>
    lostToPairs(ordered, severed.pairs).map((each): [string, string] => [who, each]),
  );
  if (lost.length === 0) return;
  const bytes = new Uint8Array(BigUint64Array.from(lost.flat().map(BigInt)).buffer);
  await warehouse.insert({ table: severedTable, columns: ['who', 'ident'], format: 'RowBinary', bytes });
}

/** One row a card of `cards`: `ordered` are the identifiers it could link, the strongest first, equals by number. */
function strongestFirst(cards: Fragment, { severed, rules }: { severed: Severed; rules: IdentityRules }): Fragment {
  const open = sql`SELECT DISTINCT who, ident FROM links WHERE who IN (${cards}) AND ident NOT IN (${closedIdents(severed)})`;
  const types = sql`SELECT ident, min(${strengthColumn(rules, sql`type`)}) AS strength FROM identifiers
    WHERE ident IN (SELECT ident FROM (${open})) GROUP BY ident`;
  return sql`SELECT o.who AS who, arrayMap(x -> x.2, arraySort(groupArray((t.strength, o.ident)))) AS ordered
    FROM (${open}) AS o LEFT JOIN (${types}) AS t ON t.ident = o.ident GROUP BY o.who`;
}

async function make(warehouse: Warehouse, table: string, columns: Fragment): Promise<void> {
  await warehouse.run(sql`DROP TABLE IF EXISTS ${id(table)} SYNC`);
  await warehouse.run(sql`CREATE TABLE ${id(table)} ${columns} ENGINE = MergeTree ORDER BY who`);
}
