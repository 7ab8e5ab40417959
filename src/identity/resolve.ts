import { as, type Fragment, id, join, sql } from '../warehouse/sql.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { Interner } from './interner.ts';
import { isUnpeopled, lastConsumer, people } from './people.ts';
import { type Change, forgetScope, makeScope, scopeTable } from './scope.ts';
import { findShared } from './shared.ts';
import { numberGroups, Union } from './union.ts';

/** Cards whose consumer has changed: their facts must follow. */
export const movesTable = 'identity_moves';
const labelTable = 'identity_labels';

/**
 * Finds anew which identifiers are one consumer, for those that `change.seeds` can reach and no others: the seeds, and
 * all that belongs to the consumers they had. Leaves the new labels and `identity_moves`; `adopt` makes them hold.
 */
export async function resolve(warehouse: Warehouse, change: Change): Promise<number> {
  await findShared(warehouse, change);
  return plan(warehouse, change);
}

/** `resolve` where no card has changed, so that nobody can have become shared. */
export async function plan(warehouse: Warehouse, change: Change): Promise<number> {
  await makeScope(warehouse, change);
  const labels = await label(warehouse);
  await make(warehouse, labelTable, sql`(who UInt64, consumer UInt32)`);
  if (labels.length > 0)
    await warehouse.insert({ table: labelTable, columns: ['who', 'consumer'], format: 'RowBinary', bytes: labels });
  await labelCards(warehouse);
  await make(warehouse, movesTable, sql`(who UInt64, old UInt32, new UInt32)`);
  if (await isUnpeopled(warehouse)) return 0;
  await warehouse.run(sql`INSERT INTO ${id(movesTable)} SELECT l.who, p.consumer, l.consumer
    FROM ${id(labelTable)} AS l INNER JOIN (SELECT who, consumer FROM ${people}
      WHERE who IN (SELECT who FROM ${id(labelTable)})) AS p ON p.who = l.who WHERE p.consumer != l.consumer`);
  const [row] = await warehouse.rows<{ moves: number }>(sql`SELECT count() AS moves FROM ${id(movesTable)}`);
  return row?.moves ?? 0;
}

/** Makes the labels hold. Safe to repeat. */
export async function adopt(warehouse: Warehouse, version: number): Promise<void> {
  const labels = id(labelTable);
  const known = sql`SELECT who, consumer FROM ${people} WHERE who IN (SELECT who FROM ${labels})`;
  const isNew = (await isUnpeopled(warehouse)) ? sql`1` : sql`(who, consumer) NOT IN (${known})`;
  await warehouse.run(sql`INSERT INTO people (who, consumer, version) SELECT who, consumer, toUInt64(${version})
    FROM ${labels} WHERE ${isNew}`);
}

export async function forgetWork(warehouse: Warehouse): Promise<void> {
  await forgetScope(warehouse);
  for (const table of [labelTable, movesTable]) await warehouse.run(sql`DROP TABLE IF EXISTS ${id(table)} SYNC`);
}

async function make(warehouse: Warehouse, table: string, columns: Fragment): Promise<void> {
  await warehouse.run(sql`DROP TABLE IF EXISTS ${id(table)} SYNC`);
  await warehouse.run(sql`CREATE TABLE ${id(table)} ${columns} ENGINE = MergeTree ORDER BY who`);
}

/** How many consumers those that a plan changes are now, and how many they would be. */
export async function countChange(warehouse: Warehouse): Promise<{ before: number; after: number }> {
  const changed = sql`SELECT arrayJoin([old, new]) AS consumer FROM ${id(movesTable)} WHERE consumer != 0`;
  const [row] = await warehouse.rows<{ before: number; after: number }>(sql`SELECT
    (SELECT uniqExact(consumer) FROM ${people} WHERE consumer IN (${changed})) AS before,
    (SELECT uniqExact(consumer) FROM ${id(labelTable)} WHERE consumer IN (${changed})) AS after`);
  return row ?? { before: 0, after: 0 };
}

/** RowBinary of (identifier, consumer) for every open identifier in reach. */
async function label(warehouse: Warehouse): Promise<Uint8Array> {
  const pairs =
    await warehouse.bytes(sql`SELECT open[1] AS a, arrayJoin(if(length(open) = 1, open, arraySlice(open, 2))) AS b
    FROM ${id(scopeTable)} WHERE notEmpty(open)`);
  const { interner, union } = unite(pairs);
  const last = await lastConsumer(warehouse);
  const known = sql`SELECT who, consumer FROM ${people} WHERE who IN (SELECT arrayJoin(open) FROM ${id(scopeTable)})`;
  const had = last === 0 ? new Uint8Array() : await warehouse.bytes(known);
  const numbers = numberGroups(union, consumersOf(interner, had), last + 1);
  return labelBytes(interner, numbers);
}

function unite(pairs: Uint8Array): { interner: Interner; union: Union } {
  const count = pairs.byteLength / 16;
  const view = new DataView(pairs.buffer, pairs.byteOffset, pairs.byteLength);
  const interner = new Interner(count);
  const ends = new Uint32Array(count * 2);
  for (let i = 0; i < count * 2; i += 1)
    ends[i] = interner.add(view.getUint32(i * 8, true), view.getUint32(i * 8 + 4, true));
  const union = new Union(interner.size);
  for (let i = 0; i < count; i += 1) union.join(ends[i * 2] as number, ends[i * 2 + 1] as number);
  return { interner, union };
}

function consumersOf(interner: Interner, had: Uint8Array): Uint32Array {
  const known = interner.size;
  const old = new Uint32Array(known);
  const view = new DataView(had.buffer, had.byteOffset, had.byteLength);
  for (let at = 0; at < had.byteLength; at += 12) {
    const ordinal = interner.add(view.getUint32(at, true), view.getUint32(at + 4, true));
    if (ordinal < known) old[ordinal] = view.getUint32(at + 8, true);
  }
  return old;
}

function labelBytes(interner: Interner, numbers: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(numbers.length * 12);
  const view = new DataView(bytes.buffer);
  numbers.forEach((consumer, i) => {
    view.setUint32(i * 12, interner.low(i), true);
    view.setUint32(i * 12 + 4, interner.high(i), true);
    view.setUint32(i * 12 + 8, consumer, true);
  });
  return bytes;
}

/** A card belongs to the consumer of any of its open identifiers; one with none, and a shared identifier, to nobody. */
async function labelCards(warehouse: Warehouse): Promise<void> {
  const labels = id(labelTable);
  const scope = id(scopeTable);
  await warehouse.run(sql`INSERT INTO ${labels} SELECT s.who, l.consumer FROM
    (SELECT who, open[1] AS first FROM ${scope} WHERE notEmpty(open) AND who != open[1]) AS s
    INNER JOIN (SELECT who, consumer FROM ${labels}) AS l ON l.who = s.first`);
  const closed = sql`SELECT who FROM ${scope} WHERE empty(open)`;
  const shared = sql`SELECT ident FROM shared FINAL WHERE people > 0`;
  const near = sql`SELECT who FROM ${scope} WHERE who IN (SELECT who FROM links WHERE ident IN (${shared}))`;
  const nobody = join(
    [
      sql`SELECT who FROM (${closed}) WHERE who NOT IN (SELECT who FROM ${labels} WHERE who IN (${closed}))`,
      sql`SELECT ident AS who FROM links WHERE ident IN (${shared}) AND who IN (${near})`,
    ],
    ' UNION ALL ',
  );
  await warehouse.run(sql`INSERT INTO ${labels} SELECT DISTINCT who, ${as(0, 'UInt32')} FROM (${nobody})`);
}
