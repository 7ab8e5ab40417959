/** What goes wrong between the servers of a cluster: never a smaller number, never a row lost or taken twice. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Ask } from '../../src/app/capacity/capacity.ts';
import { openWarehouse } from '../../src/warehouse/open.ts';
import { own, perConsumer, sql } from '../../src/warehouse/sql.ts';
import { freshHome } from '../product.ts';
import { type ClickHouseCluster, startClickHouseCluster } from '../servers/clickhouse.ts';

const DAY = '2026-06-30';
const PEOPLE = 300;

/** Everybody viewed an item on one day: as many of stage A. */
const events = (from: number, to: number) =>
  [
    'event_time,behavior,id_user,item_id',
    ...Array.from({ length: to - from }, (_, i) => `${DAY} 10:00:00,item_view,u${from + i},i1`),
  ].join('\n');

const refused = {
  name: 'UnavailableError',
  code: expect.stringMatching(/^(shard|warehouse)_unreachable$|^query_timeout$/),
};

describe.skipIf(process.platform !== 'linux')('a cluster of three shards', { timeout: 120_000 }, () => {
  let cluster: ClickHouseCluster | undefined;
  const home = freshHome(() => ({ clickhouse_url: cluster?.url, clickhouse_cluster: cluster?.cluster }));
  const shards = () => {
    if (!cluster) throw new Error('the cluster starts first');
    return cluster;
  };
  const again = <T>(work: () => Promise<T>) => shards().again(work);
  const inA = async () =>
    Number((await home.run('aipl-stock', { on: DAY })).find(({ stage }) => stage === 'A')?.consumers);
  const bring = (from: number, to: number) => {
    const folder = mkdtempSync(join(home.files, 'faults-'));
    const path = join(folder, 'events.csv');
    writeFileSync(path, events(from, to));
    return { path, imported: () => home.import(path) };
  };
  const warehouse = async () => (await home.product()).installation.context.warehouse;

  beforeAll(async () => {
    cluster = await startClickHouseCluster(3, { wired: true });
    await bring(0, PEOPLE).imported();
    expect(await inA()).toBe(PEOPLE);
  });
  afterEach(async () => {
    await cluster?.revive();
  });
  afterAll(async () => {
    await cluster?.revive();
    await home.close();
    await cluster?.stop();
  });

  const slow = perConsumer(
    sql`SELECT consumer, sleepEachRow(0.02) AS slept FROM ${own('stage_spans')} SETTINGS max_block_size = 1`,
  );

  const open = (urls: readonly (string | undefined)[], name = 'qiancheng') =>
    openWarehouse({ kind: 'cluster', url: urls.join(','), cluster: name });

  test('is found from one of its servers, or from one of each shard in any order', async () => {
    const [first, second, third] = shards().nodes.map(({ url }) => url);
    for (const urls of [[first], [third, first, second]]) {
      const opened = await open(urls);
      expect(await opened.rows(sql`SELECT count() AS rows FROM events`)).toEqual([{ rows: PEOPLE }]);
      await opened.close();
    }
  });

  test.each([
    ['a name that no server knows', () => open([shards().url], 'other'), /knows no cluster called other/],
    [
      'two of its three shards',
      () =>
        open(
          shards()
            .nodes.slice(0, 2)
            .map(({ url }) => url),
        ),
      /has the shards 1, 2, 3, and clickhouse_url names 1, 2/,
    ],
  ] as const)('is not opened by %s', async (_, opening, reason) => {
    await expect(opening()).rejects.toMatchObject({ name: 'InputError', code: 'cluster' });
    await expect(opening()).rejects.toThrow(reason);
  });

  test('a shard that is killed in the middle of a question fails it, and is asked again when it is back', async () => {
    const door = await warehouse();
    const asked = door.rows(sql`SELECT sum(slept) AS slept FROM ${slow}`).then(
      () => undefined,
      (error: unknown) => error,
    );
    const running = sql`SELECT count() AS n FROM clusterAllReplicas(${shards().cluster}, system.processes) WHERE query LIKE '%sleepEachRow%' AND NOT is_initial_query`;
    for (let n = 0; n === 0; ) n = Number((await door.rows(running))[0]?.n ?? 0);
    await shards().nodes[2]?.kill();
    expect(await asked).toMatchObject(refused);
    await shards().revive();
    expect(await again(inA)).toBe(PEOPLE);
  });

  test('a question that is cancelled stops on every shard, and its place is free', async () => {
    const { capacity } = await home.product();
    const door = await warehouse();
    const ask = new Ask({ analysis: 'test', asker: 'anybody', version: 'any' });
    const asked = capacity
      .ask(ask, (context) => context.warehouse.rows(sql`SELECT sum(slept) AS slept FROM ${slow}`))
      .then(
        () => undefined,
        (error: unknown) => error,
      );
    const atWork = async () => {
      const [row] = await door.rows(sql`SELECT countIf(NOT is_initial_query) AS parts, count() AS n
        FROM clusterAllReplicas(${shards().cluster}, system.processes) WHERE Settings['log_comment'] = ${ask.label}`);
      return { parts: Number(row?.parts ?? 0), n: Number(row?.n ?? 0) };
    };
    for (let parts = 0; parts < 2; ) ({ parts } = await atWork());
    await capacity.cancel(ask);
    expect(await asked).toMatchObject({ code: 'query_cancelled' });
    for (let n = 1; n > 0; ) ({ n } = await atWork());
    expect(capacity.load).toEqual({ running: 0, waiting: 0, memory: 0 });
    expect(await again(inA)).toBe(PEOPLE);
  });

  test('a shard that is away is told of, and nothing is answered without it', async () => {
    await shards().nodes[1]?.kill();
    await expect(inA()).rejects.toMatchObject(refused);
    await shards().revive();
    expect(await again(inA)).toBe(PEOPLE);
  });

  test('a network that is cut between two shards, likewise', async () => {
    shards().wires[0]?.cut();
    await expect(inA()).rejects.toMatchObject(refused);
    shards().wires[0]?.mend();
    expect(await again(inA)).toBe(PEOPLE);
  });

  test('a shard that says nothing holds a question no longer than it may take', async () => {
    const door = await warehouse();
    shards().wires[1]?.silence();
    const counted = door.rows(sql`SELECT count() AS rows FROM events`, { seconds: 2 });
    await expect(counted).rejects.toMatchObject(refused);
    shards().wires[1]?.mend();
    expect(await again(inA)).toBe(PEOPLE);
  });

  test.each([
    ['killed', () => shards().nodes[2]?.kill()],
    ['cut off', async () => shards().wires[1]?.cut()],
  ] as const)('an import whose shard is %s is refused, and taken exactly once when it comes again', async (_, harm) => {
    const before = await again(inA);
    const { imported } = bring(before, before + 100);
    await harm();
    await expect(imported()).rejects.toMatchObject(refused);
    await shards().revive();
    await again(imported);
    expect(await again(inA)).toBe(before + 100);
    const door = await warehouse();
    const [row] = await again(() => door.rows<{ rows: number }>(sql`SELECT count() AS rows FROM events`));
    expect(row?.rows).toBe(before + 100);
  });
});
