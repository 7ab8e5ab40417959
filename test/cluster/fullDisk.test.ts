/** The disk of one shard is full: told by its name, nothing counted twice, and all goes on once there is room. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../src/warehouse/sql.ts';
import { dice } from '../oracle/dice.ts';
import { freshHome } from '../product.ts';
import { type ClickHouseCluster, startClickHouseCluster } from '../servers/clickhouse.ts';
import { diskMissing, makeTinyDisk, type TinyDisk } from '../servers/tinyDisk.ts';

const DAY = '2026-06-30';
const FEW = 3000;
const MANY = 60_000;
const missing =
  process.platform === 'linux' ? diskMissing() : 'the ClickHouse server of the npm package runs on Linux only';

const luck = dice(7);
const name = () => Array.from({ length: 5 }, () => luck.int(2 ** 31).toString(36)).join('');

/** Everybody viewed an item of a name that does not compress. */
const events = (from: number, rows: number) =>
  [
    'event_time,behavior,id_user,item_id',
    ...Array.from({ length: rows }, (_, i) => `${DAY} 10:00:00,item_view,u${from + i},${name()}`),
  ].join('\n');

describe.skipIf(missing)(`a shard whose disk is full${missing ? `: ${missing}` : ''}`, { timeout: 60_000 }, () => {
  let disk: TinyDisk | undefined;
  let cluster: ClickHouseCluster | undefined;
  const home = freshHome(() => ({ clickhouse_url: cluster?.url, clickhouse_cluster: cluster?.cluster }));
  const bring = (from: number, rows: number) => {
    const path = join(mkdtempSync(join(home.files, 'disk-')), 'events.csv');
    writeFileSync(path, events(from, rows));
    return () => home.import(path);
  };
  const inA = async () =>
    Number((await home.run('aipl-stock', { on: DAY })).find(({ stage }) => stage === 'A')?.consumers);
  const wrong = async () => (await (await home.product()).doctor()).checks.filter(({ ok }) => !ok);

  beforeAll(async () => {
    disk = makeTinyDisk(96);
    cluster = await startClickHouseCluster(3, { grounds: [undefined, undefined, { disk: disk.folder }] });
    await bring(0, FEW)();
    expect(await inA()).toBe(FEW);
  });
  afterAll(async () => {
    await home.close();
    await cluster?.stop();
    disk?.remove();
  });

  test('an import is refused by the name of the server, and taken exactly once when there is room', async () => {
    const third = new URL(cluster?.nodes[2]?.url ?? '').host;
    const refused = { name: 'UnavailableError', code: 'disk_full', message: expect.stringContaining(third) };
    const imported = bring(FEW, MANY);
    disk?.fill(500_000);
    expect(await inA()).toBe(FEW);
    await expect(imported()).rejects.toMatchObject(refused);
    await expect(imported()).rejects.toMatchObject(refused);
    const told = await wrong();
    expect(told.find(({ name }) => name === 'warehouse')?.detail).toContain(`${third} has 0.0 GiB of disk free`);
    disk?.makeRoom();
    await imported();
    expect(await inA()).toBe(FEW + MANY);
    const { warehouse } = (await home.product()).installation.context;
    expect(await warehouse.rows(sql`SELECT count() AS rows FROM events`)).toEqual([{ rows: FEW + MANY }]);
    expect((await wrong()).map(({ name }) => name)).toEqual(['warehouse']);
  });
});
