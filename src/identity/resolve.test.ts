import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { openWarehouse } from '../warehouse/open.ts';
import { id, sql } from '../warehouse/sql.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { nothingSevered } from './cuts.ts';
import { adopt, plan } from './resolve.ts';
import { defaultIdentity } from './types.ts';

const folder = mkdtempSync(join(tmpdir(), 'qiancheng-resolve-'));
let warehouse: Warehouse;
beforeEach(async () => {
  await warehouse?.close();
  warehouse = await openWarehouse({ kind: 'embedded', dir: mkdtempSync(join(folder, 'facts-')) });
  await warehouse.run(sql`INSERT INTO cards (who, idents, file, line, rows) VALUES (101, [1, 2], 1, 1, 1)`);
  await warehouse.run(sql`INSERT INTO links (who, ident, file) VALUES (101, 1, 1), (101, 2, 1)`);
  await warehouse.run(sql`CREATE TABLE seeds (ident UInt64) ENGINE = MergeTree ORDER BY ident`);
  await warehouse.run(sql`INSERT INTO seeds VALUES (1), (2)`);
});
afterAll(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

const change = { seeds: id('seeds'), version: 2, rules: defaultIdentity, severed: nothingSevered, turned: [] };

/** Everybody by card and identifier. */
async function people(): Promise<number[][]> {
  const rows = await warehouse.rows<{ card: number; consumer: number }>(
    sql`SELECT toUInt32(who) AS card, consumer FROM people FINAL ORDER BY who`,
  );
  return rows.map(({ card, consumer }) => [card, consumer]);
}

test.each([
  ['nobody was known: no fact stands anywhere yet', [], 0],
  ['all were known to belong to nobody: their facts follow them', [1, 2, 101], 3],
])('one consumer is found where %s', async (_, nobodys, moves) => {
  for (const who of nobodys)
    await warehouse.run(sql`INSERT INTO people (who, consumer, version) VALUES (${who}, 0, 1)`);
  expect(await plan(warehouse, change)).toBe(moves);
  await adopt(warehouse, 2);
  await adopt(warehouse, 2);
  expect(await people()).toEqual([
    [1, 1],
    [2, 1],
    [101, 1],
  ]);
});
