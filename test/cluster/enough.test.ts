/** Questions that have enough of a few rows: no server of the cluster takes the rest's going unread for a fault. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWarehouse } from '../../src/warehouse/open.ts';
import { type Fragment, own, perConsumer, sql, whole } from '../../src/warehouse/sql.ts';
import type { Warehouse } from '../../src/warehouse/warehouse.ts';
import { type ClickHouseCluster, startClickHouseCluster } from '../servers/clickhouse.ts';

const ROWS = 300_000;
const LANES = 4;
/** Servers that let connections go died within 50 of them. */
const QUESTIONS_EACH = 50;

const questions: readonly [string, Fragment][] = [
  ['of a whole table', sql`SELECT consumer FROM ${whole('seen')} LIMIT 1`],
  [
    'of what each consumer did',
    sql`SELECT consumer FROM ${perConsumer(sql`SELECT consumer FROM ${own('seen')}`)} LIMIT 1`,
  ],
  [
    'of a whole table, asked by every shard',
    sql`SELECT consumer FROM ${perConsumer(sql`SELECT consumer FROM ${whole('seen')} LIMIT 1`)} LIMIT 1`,
  ],
];

describe.skipIf(process.platform !== 'linux')('a cluster of which a little is wanted', { timeout: 120_000 }, () => {
  let cluster: ClickHouseCluster | undefined;
  let warehouse: Warehouse | undefined;

  beforeAll(async () => {
    cluster = await startClickHouseCluster(3);
    warehouse = await openWarehouse({ kind: 'cluster', url: cluster.url, cluster: cluster.cluster });
    await warehouse.createFacts({ table: 'seen', columns: 'consumer UInt32', layout: 'ORDER BY consumer' });
    await warehouse.run(sql`INSERT INTO seen SELECT toUInt32(number + 1) FROM numbers(${ROWS})`);
  });
  afterAll(async () => {
    await warehouse?.close();
    await cluster?.stop();
  });

  test.each(questions)('%s', async (_, question) => {
    const ask = async () => {
      for (let i = 0; i < QUESTIONS_EACH; i += 1) expect(await warehouse?.rows(question)).toHaveLength(1);
    };
    await Promise.all(Array.from({ length: LANES }, ask));
    expect(cluster?.nodes.map((node) => node.isAlive())).toEqual([true, true, true]);
  });
});
