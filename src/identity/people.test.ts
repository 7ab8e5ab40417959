import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWarehouse } from '../warehouse/open.ts';
import { type Fragment, sql } from '../warehouse/sql.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { people, thoseThere } from './people.ts';

const folder = mkdtempSync(join(tmpdir(), 'qiancheng-people-'));
let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openWarehouse({ kind: 'embedded', dir: join(folder, 'facts') });
  // cards 1 and 2 were consumer 5 and are 7; 3 was 6 and belongs to nobody; 4 is 8; 5 was 9, then 8, and is 9 again.
  // Of some the latest comes first, of some last, and no part is merged: nothing but the version tells which it is.
  await warehouse.run(sql`SYSTEM STOP MERGES people`);
  const cards = [
    [1, 7, 2],
    [2, 5, 1],
    [3, 0, 2],
    [4, 8, 1],
    [5, 9, 3],
    [5, 9, 1],
    [5, 8, 2],
    [3, 6, 1],
    [2, 7, 2],
    [1, 5, 1],
  ];
  for (const [who = 0, consumer = 0, version = 0] of cards)
    await warehouse.run(sql`INSERT INTO people (who, consumer, version) VALUES (${who}, ${consumer}, ${version})`);
});
afterAll(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

test.each([
  ['who was somebody else before is there as who it is now', [5, 7], [7]],
  ['who belongs to nobody is not there', [6, 0], []],
  ['who has one card and another that came and went', [8], [8]],
  ['who has come back', [9], [9]],
  ['nobody was ever such a consumer', [10], []],
  ['all of them', [5, 6, 7, 8, 9, 10], [7, 8, 9]],
])('of few consumers, %s', async (_, few, there) => {
  const which = sql`consumer IN ${few}`;
  const consumers = async (question: Fragment) =>
    (await warehouse.rows<{ consumer: number }>(sql`${question} ORDER BY consumer`)).map(({ consumer }) => consumer);
  expect(await consumers(thoseThere(which))).toEqual(there);
  const latest = sql`SELECT DISTINCT consumer FROM ${people} WHERE consumer != 0 AND ${which}`;
  expect(await consumers(latest)).toEqual(there);
});
