import { fork } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { restore } from '../../src/app/backup/restore.ts';
import type { MoveTo } from '../../src/app/moving/goal.ts';
import { type Moved, move } from '../../src/app/moving/move.ts';
import { dropOld } from '../../src/app/moving/old.ts';
import { type Progress, unwatched } from '../../src/base/progress.ts';
import { openWarehouse } from '../../src/warehouse/open.ts';
import { sql } from '../../src/warehouse/sql.ts';
import { freshHome, now } from '../product.ts';
import {
  type ClickHouseCluster,
  type ClickHouseNode,
  startClickHouse,
  startClickHouseCluster,
} from '../servers/clickhouse.ts';
import { postgresMissing, startPostgres } from '../servers/postgres.ts';
import { type Filled, fillHome, inHome, shelfOf, sumsOf } from './world.fixture.ts';

const missing =
  process.platform === 'linux' ? undefined : 'the ClickHouse server of the npm package runs on Linux only';
const mover = fileURLToPath(new URL('mover.ts', import.meta.url));

interface Told {
  readonly progress?: Progress;
  readonly moved?: Moved;
}

describe.skipIf(missing)('a home that moves', { timeout: 300_000 }, () => {
  const home = freshHome({ brands: ['X'], outbound_allow: ['hooks.lan'] });
  let dir = '';
  let cluster: ClickHouseCluster;
  let server: ClickHouseNode;
  let before: Filled;
  const where = () => ({ dir, env: {}, now: () => now });
  const moveTo = (to: MoveTo) => move(to, where(), unwatched);
  const isWhole = (at = dir) =>
    inHome(at, async (product) => {
      expect(await sumsOf(product)).toEqual(before.sums);
      return product.installation.context.warehouse.kind;
    });

  const answersAsBefore = () => inHome(dir, async (product) => expect(await shelfOf(product)).toEqual(before.shelf));

  beforeAll(async () => {
    [cluster, server] = await Promise.all([startClickHouseCluster(3), startClickHouse()]);
    before = await fillHome(home);
    dir = before.product.installation.home.dir;
    await home.close();
  });
  afterAll(async () => {
    await Promise.all([cluster?.stop(), server?.stop()]);
  });

  test('killed in the middle of it, the home is as before; asked again, it goes on and comes to a cluster of three shards', async () => {
    await killedInMove(dir, [cluster.url, cluster.cluster]);
    expect(readFileSync(join(dir, 'config.yaml'), 'utf8')).not.toContain('clickhouse_url');
    const moved = await moveTo({ warehouse: cluster.url, cluster: cluster.cluster });
    expect(moved.already).toBeGreaterThan(0);
    expect(moved.already).toBeLessThan(moved.tables);
    expect(await isWhole()).toBe('cluster');
    await answersAsBefore();
    expect(readFileSync(join(dir, 'config.yaml'), 'utf8')).toContain('hooks.lan');
    expect(await factsOfShards(cluster)).toSatisfy(
      (rows: number[]) => rows.length === 3 && rows.every((each) => each > 0),
    );
  });

  test('a shard that does not answer is what the doctor finds', async () => {
    const last = cluster.nodes.at(-1);
    await inHome(dir, async (product) => {
      const badNow = async () => (await product.doctor()).checks.filter(({ ok }) => !ok);
      expect(await badNow()).toEqual([]);
      await last?.kill();
      expect(await badNow()).toContainEqual(
        expect.objectContaining({
          name: 'warehouse',
          detail: expect.stringMatching(/127\.0\.0\.3:\d+ does not answer/),
        }),
      );
      await cluster.revive();
      await cluster.again(async () => expect(await badNow()).toEqual([]));
    });
  });

  test('the old stores stay until they are dropped', async () => {
    expect(readdirSync(join(dir, 'warehouse')).length).toBeGreaterThan(0);
    await expect(moveTo({ warehouse: 'embedded' })).rejects.toMatchObject({ code: 'move_old_left' });
    await dropOld(where());
    expect(readdirSync(join(dir, 'warehouse'))).toEqual([]);
    await expect(dropOld(where())).rejects.toMatchObject({ code: 'move_nothing' });
  });

  test('a backup of the cluster becomes an embedded home', async () => {
    const file = join(home.files, 'cluster.qcb');
    await inHome(dir, (product) => product.backup({ to: file, withKey: true }, unwatched));
    const from = join(home.files, 'from-cluster');
    await restore({ from: file, dir: from, env: {}, now: () => now }, unwatched);
    expect(await isWhole(from)).toBe('embedded');
    const onServer = { QIANCHENG_CLICKHOUSE_URL: cluster.url, QIANCHENG_CLICKHOUSE_CLUSTER: cluster.cluster };
    const refused = restore({ from: file, dir: join(home.files, 'taken'), env: onServer, now: () => now }, unwatched);
    await expect(refused).rejects.toMatchObject({ code: 'target_not_empty' });
    expect(existsSync(join(home.files, 'taken'))).toBe(false);
  });

  test('from the cluster to one server', async () => {
    await moveTo({ warehouse: server.url });
    expect(await isWhole()).toBe('server');
    await dropOld(where());
  });

  test('a backup that breaks off leaves the cluster empty, a whole one fills it', async () => {
    const to = join(home.files, 'to-cluster');
    const file = join(home.files, 'cluster.qcb');
    const half = join(home.files, 'half.qcb');
    copyFileSync(file, half);
    truncateSync(half, Math.floor(statSync(half).size * 0.9));
    mkdirSync(to);
    const told = { brands: ['X'], clickhouse_url: cluster.url, clickhouse_cluster: cluster.cluster };
    writeFileSync(join(to, 'config.yaml'), JSON.stringify(told));
    const into = { dir: to, env: {}, now: () => now };
    await expect(restore({ from: half, ...into }, unwatched)).rejects.toMatchObject({ code: 'backup_damaged' });
    expect(await factsOfShards(cluster)).toEqual([0, 0, 0]);
    await restore({ from: file, ...into }, unwatched);
    expect(await isWhole(to)).toBe('cluster');
  });

  test('from the server back into its own folder', async () => {
    await moveTo({ warehouse: 'embedded' });
    expect(await isWhole()).toBe('embedded');
    expect((await moveTo({ warehouse: 'embedded' })).moved).toBe(false);
    await dropOld(where());
  });

  test.skipIf(postgresMissing())('its registry to PostgreSQL and back', async () => {
    const postgres = await startPostgres();
    try {
      await moveTo({ registry: postgres.url });
      expect(await inHome(dir, async (product) => product.installation.context.registry.kind)).toBe('server');
      await isWhole();
      await dropOld(where());
      await moveTo({ registry: 'embedded' });
      await isWhole();
      await answersAsBefore();
    } finally {
      await postgres.stop();
    }
  });

  test.each([
    [{}, 'move_where'],
    [{ warehouse: 'somewhere' }, 'move_where'],
    [{ cluster: 'c' }, 'move_where'],
  ])('%j is refused as %s', async (to, code) => {
    await expect(moveTo(to)).rejects.toMatchObject({ code });
  });
});

/** Kills a move once some tables are over and one is on its way. */
async function killedInMove(dir: string, to: readonly string[]): Promise<void> {
  const child = fork(mover, [dir, ...to], { execArgv: ['--import', 'tsx'] });
  const ended = once(child, 'exit');
  let told = 0;
  child.on('message', ({ progress, moved }: Told) => {
    expect(moved).toBeUndefined();
    if (progress?.step !== 'move') return;
    told += 1;
    if (told === 5) child.kill('SIGKILL');
  });
  expect((await ended)[1]).toBe('SIGKILL');
}

/** Rows of events that each shard has. */
async function factsOfShards({ url, cluster }: ClickHouseCluster): Promise<number[]> {
  const warehouse = await openWarehouse({ kind: 'cluster', url, cluster });
  const counts: number[] = [];
  for (const holder of warehouse.holders) {
    const [row] = await holder.rows<{ rows: number }>(sql`SELECT count() AS rows FROM events_local`);
    counts.push(row?.rows ?? 0);
  }
  await warehouse.close();
  return counts;
}
