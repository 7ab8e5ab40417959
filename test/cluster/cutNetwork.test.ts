/** A network between servers of a cluster that loses everything and tells nobody, as a cable that is pulled. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unwatched } from '../../src/base/progress.ts';
import { own, perConsumer, sql } from '../../src/warehouse/sql.ts';
import { freshHome } from '../product.ts';
import { type ClickHouseCluster, startClickHouseCluster } from '../servers/clickhouse.ts';
import { type Islands, islandsMissing, makeIslands } from '../servers/islands.ts';

const DAY = '2026-06-30';
const PEOPLE = 300;
const missing =
  process.platform === 'linux' ? islandsMissing() : 'the ClickHouse server of the npm package runs on Linux only';
const refused = {
  name: 'UnavailableError',
  code: expect.stringMatching(/^(shard|warehouse)_unreachable$|^query_timeout$/),
};

/** Everybody viewed an item on one day: as many of stage A. */
const events = (from: number, rows: number) =>
  [
    'event_time,behavior,id_user,item_id',
    ...Array.from({ length: rows }, (_, i) => `${DAY} 10:00:00,item_view,u${from + i},i1`),
  ].join('\n');

describe.skipIf(missing)(
  `servers on networks of their own${missing ? `: ${missing}` : ''}`,
  { timeout: 90_000 },
  () => {
    let islands: Islands | undefined;
    let cluster: ClickHouseCluster | undefined;
    const home = freshHome(() => ({ clickhouse_url: cluster?.url, clickhouse_cluster: cluster?.cluster }));
    const bring = (from: number, rows: number) => {
      const path = join(mkdtempSync(join(home.files, 'cut-')), 'events.csv');
      writeFileSync(path, events(from, rows));
      return path;
    };
    const inA = async () =>
      Number((await home.run('aipl-stock', { on: DAY })).find(({ stage }) => stage === 'A')?.consumers);

    beforeAll(async () => {
      islands = makeIslands(3);
      cluster = await startClickHouseCluster(3, { grounds: islands.grounds });
      await home.import(bring(0, PEOPLE));
      expect(await inA()).toBe(PEOPLE);
    });
    afterAll(async () => {
      await home.close();
      await cluster?.stop();
      islands?.remove();
    });

    test('a cut in the middle of a question fails it within the time it may take; mended, it is answered whole', async () => {
      const { warehouse } = (await home.product()).installation.context;
      const slow = perConsumer(
        sql`SELECT consumer, sleepEachRow(0.02) AS slept FROM ${own('stage_spans')} SETTINGS max_block_size = 1`,
      );
      const asked = warehouse.rows(sql`SELECT sum(slept) AS slept FROM ${slow}`, { seconds: 4 }).then(
        () => undefined,
        (error: unknown) => error,
      );
      const third = warehouse.holders[2];
      const running = sql`SELECT count() AS n FROM system.processes WHERE query LIKE '%sleepEachRow%' AND NOT is_initial_query`;
      for (let n = 0; n === 0; ) n = Number((await third?.rows(running))?.[0]?.n ?? 0);
      islands?.cut(0, 2);
      expect(await asked).toMatchObject(refused);
      islands?.mend(0, 2);
      expect(await cluster?.again(inA)).toBe(PEOPLE);
    });

    test('a cut in the middle of an import refuses it; mended, it is taken exactly once', async () => {
      const path = bring(PEOPLE, 20_000);
      let isCut = false;
      const cutOnce = () => {
        if (!isCut) islands?.cut(0, 2);
        isCut = true;
      };
      const product = await home.product();
      const imported = product.importPath(path, {}, ({ rows = 0 }) => void (rows > 0 && cutOnce()));
      await expect(imported).rejects.toMatchObject(refused);
      expect(isCut).toBe(true);
      islands?.mend(0, 2);
      await cluster?.again(() => product.importPath(path, {}, unwatched));
      expect(await cluster?.again(inA)).toBe(PEOPLE + 20_000);
      const { warehouse } = product.installation.context;
      expect(await warehouse.rows(sql`SELECT count() AS rows FROM events`)).toEqual([{ rows: PEOPLE + 20_000 }]);
    });
  },
);
