import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EmbeddedWarehouse } from '../../src/warehouse/embedded.ts';
import { type Fragment, sql } from '../../src/warehouse/sql.ts';
import { Home } from '../import/home.ts';
import { CutDisk, canCut } from './torture/cutDisk.ts';
import { Dice } from './torture/dice.ts';
import { Poster } from './torture/posting.ts';
import { BULK, Scene } from './torture/scene.ts';
import { compare, faultsOf } from './torture/stored.ts';

const home = await new Home().open();
afterAll(() => home.end());
const mayCut = canCut();
const ROUNDS = Number(process.env.QIANCHENG_CUTS ?? 2);

test('both embedded stores sync what they write', async () => {
  const { warehouse, registry } = home.context;
  const merges = sql`SELECT name, value FROM system.merge_tree_settings
    WHERE name IN ('fsync_part_directory', 'min_rows_to_fsync_after_merge') ORDER BY name`;
  expect(await warehouse.rows(merges)).toEqual([
    { name: 'fsync_part_directory', value: '1' },
    { name: 'min_rows_to_fsync_after_merge', value: '1' },
  ]);
  expect(await registry.rows('show fsync')).toEqual([{ fsync: 'on' }]);
  expect(await registry.rows('show wal_sync_method')).toEqual([{ wal_sync_method: 'fsync' }]);
});

describe.skipIf(!mayCut)('after a power cut (only root may make a disk to cut the power of)', () => {
  let disk: CutDisk;
  beforeAll(() => {
    disk = new CutDisk(500);
  });
  afterAll(() => disk.close());

  test('every statement that the embedded warehouse acknowledged is done, and no other', async () => {
    const folder = `${disk.dir}/warehouse`;
    const numbers = sql`SELECT a FROM t ORDER BY a`;
    const tables = sql`SELECT name FROM system.tables WHERE database = currentDatabase() ORDER BY name`;
    const steps: ReadonlyArray<readonly [statement: Fragment, numbers: number[], tables: string[]]> = [
      [sql`INSERT INTO t SELECT 1`, [0, 1], ['t']],
      [sql`CREATE TABLE x (a UInt64) ENGINE = MergeTree ORDER BY a`, [0, 1], ['t', 'x']],
      [sql`DELETE FROM t WHERE a = 0`, [1], ['t', 'x']],
      [sql`DROP TABLE x SYNC`, [1], ['t']],
      [sql`INSERT INTO t SELECT 2`, [1, 2], ['t']],
      [sql`OPTIMIZE TABLE t FINAL`, [1, 2], ['t']],
    ];
    let warehouse = new EmbeddedWarehouse(folder);
    await warehouse.run(sql`CREATE TABLE t (a UInt64) ENGINE = MergeTree ORDER BY a`);
    await warehouse.run(sql`INSERT INTO t SELECT 0`);
    for (const [statement, left, names] of steps) {
      await warehouse.run(statement);
      await warehouse.close();
      disk.cut();
      warehouse = new EmbeddedWarehouse(folder);
      expect((await warehouse.rows<{ a: number }>(numbers)).map(({ a }) => a)).toEqual(left);
      expect((await warehouse.rows<{ name: string }>(tables)).map(({ name }) => name)).toEqual(names);
    }
    await warehouse.close();
  });

  test('every event that was acknowledged is stored once, whatever was under way', async () => {
    const scene = await new Scene({ disk: disk.dir }).open();
    try {
      const poster = new Poster(scene.keys[BULK] ?? '');
      const dice = new Dice(5);
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const until = Date.now() + dice.between(200, 4000); Date.now() < until; await pause(20))
          await poster.post(scene.serving.url, 50);
        await scene.serving.kill('tree');
        disk.cut();
        await scene.serving.start(1);
      }
      await scene.settled();
      await scene.serving.stop();
      const stored = await compare(scene.home, [poster]);
      expect(stored.flatMap(faultsOf)).toEqual([]);
      expect(stored.map((each) => each.stored)).toEqual([poster.delivered.size]);
      expect(poster.delivered.size).toBeGreaterThan(0);
    } finally {
      await scene.close();
    }
  }, 600_000);
});
