import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWarehouse } from '../warehouse/open.ts';
import { id, sql } from '../warehouse/sql.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { nothingSevered } from './cuts.ts';
import { makeScope, scopeTable } from './scope.ts';
import { defaultIdentity } from './types.ts';

const folder = mkdtempSync(join(tmpdir(), 'qiancheng-scope-'));
let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openWarehouse({ kind: 'embedded', dir: join(folder, 'facts') });
  await warehouse.run(sql`INSERT INTO links (who, ident, file) SELECT who, arrayJoin(idents), 1 FROM values(
    'who UInt64, idents Array(UInt64)', (101, [1, 2]), (102, [2, 3]), (103, [4, 5]), (104, [5, 9]), (105, [6, 7]))`);
  await warehouse.run(sql`INSERT INTO cards (who, idents, file, line, rows) SELECT who, groupUniqArray(ident), file, 1, 1
    FROM links GROUP BY who, file`);
  await warehouse.run(sql`INSERT INTO people (who, consumer, version) VALUES
    (1, 1, 1), (2, 1, 1), (101, 1, 1), (4, 2, 1), (5, 2, 1), (103, 2, 1), (6, 3, 1), (7, 3, 1), (105, 3, 1)`);
  await warehouse.run(sql`INSERT INTO people SELECT 1000 + number, 1000 + number, 1 FROM numbers(3000000)`);
  await warehouse.run(sql`INSERT INTO shared (ident, type, people, version) VALUES (9, 'phone', 40, 1)`);
  await warehouse.run(sql`CREATE TABLE seeds (ident UInt64) ENGINE = MergeTree ORDER BY ident`);
  await warehouse.run(sql`INSERT INTO seeds VALUES (3), (5), (9)`);
});
afterAll(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Who is reached by 3, which is new beside 2, by 5 of the second consumer, and by 9, which many share: all but the third consumer. */
const reached = {
  3: [3],
  5: [5],
  9: [],
  101: [1, 2],
  102: [2, 3],
  103: [4, 5],
  104: [5],
};

/** Cards only: the seeds stand on them. */
const everyCard = { 101: [1, 2], 102: [2, 3], 103: [4, 5], 104: [5], 105: [6, 7] };

test.each([
  ['in one statement', 3, reached],
  ['in two parts, where seeds are very many', 2_600_000, reached],
  ['among all cards, where seeds are most of all there is', 7_000_000, everyCard],
])('cards in reach are found %s', async (_, size, expected) => {
  const areLinked = expected === everyCard;
  const change = {
    seeds: id('seeds'),
    size,
    areLinked,
    version: 2,
    rules: defaultIdentity,
    severed: nothingSevered,
    turned: [],
  };
  await makeScope(warehouse, change);
  const rows = await warehouse.rows<{ who: number; open: number[] }>(
    sql`SELECT toUInt32(who) AS who, arraySort(open) AS open FROM ${id(scopeTable)} ORDER BY who`,
  );
  expect(Object.fromEntries(rows.map(({ who, open }) => [who, open]))).toEqual(expected);
});
