import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { literal } from '../../src/warehouse/bound.ts';
import { Fragment, sql } from '../../src/warehouse/sql.ts';
import { timed, warmMedian } from '../clock.ts';
import { worldDay } from '../data/world.ts';
import { aiplOf } from '../duckdb.ts';
import { withHome } from '../home.ts';
import { mustAgree, type Plan, rowOf, type Work } from '../work.ts';
import { madeInside, worldHome } from '../world.ts';

/** What DuckDB gets of each table; days as dates it knows. */
const exported = {
  events: sql`SELECT consumer, toDate32(day) AS day, toUnixTimestamp64Milli(at) AS moment, toString(behavior) AS behavior, value
    FROM events ORDER BY consumer, day`,
  order_lines: sql`SELECT consumer, toDate32(day) AS day, amount, refund_amount, toDate32(refund_day) AS refund_day
    FROM order_lines ORDER BY consumer, day`,
  memberships: sql`SELECT consumer, toDate32(day) AS day, toDate32(quit_day) AS quit_day FROM memberships ORDER BY consumer`,
  reviews: sql`SELECT consumer, toDate32(day) AS day, rating FROM reviews ORDER BY consumer, day`,
};

const parquet = (plan: Plan, table: string): string => join(plan.folder, `${table}.parquet`);
const database = ({ folder }: Plan): string => join(folder, 'world.duckdb');

/** Columns of a table as DuckDB does best with them: few distinct texts are an ENUM. */
const loaded = (table: string): string => (table === 'events' ? '* REPLACE (behavior::behavior AS behavior)' : '*');

async function withDuckDb<T>(plan: Plan, work: (run: (text: string) => Promise<unknown[]>) => Promise<T>): Promise<T> {
  // Note: loaded here only, so that it is in no other side's memory.
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(database(plan), { threads: '2' });
  const connection = await instance.connect();
  const result = await work(async (text) => (await connection.runAndReadAll(text)).getRowObjectsJson());
  connection.closeSync();
  instance.closeSync();
  return result;
}

/** The same day, the same answer, by the best DuckDB SQL known to us. */
export const aiplDayDuckDb: Work = {
  name: 'aipl-day-duckdb',
  sides: {
    'duckdb/export': (plan) =>
      withHome(worldHome(plan), ({ warehouse }) =>
        timed(async () => {
          for (const [table, rows] of Object.entries(exported)) {
            const path = new Fragment([literal(parquet(plan, table))]);
            await warehouse.run(sql`INSERT INTO FUNCTION file(${path}, 'Parquet') ${rows}`);
          }
        }),
      ),
    'duckdb/load': (plan) =>
      withDuckDb(plan, (run) =>
        timed(async () => {
          const events = literal(parquet(plan, 'events'));
          await run(`CREATE TYPE behavior AS ENUM (SELECT DISTINCT behavior FROM ${events} ORDER BY behavior)`);
          for (const table of Object.keys(exported)) {
            const path = parquet(plan, table);
            await run(`CREATE TABLE ${table} AS SELECT ${loaded(table)} FROM ${literal(path)}`);
            rmSync(path);
          }
        }),
      ),
    'aipl-day-duckdb/duckdb': (plan) =>
      withDuckDb(plan, async (run) => {
        const { seconds, result } = await warmMedian(() => run(aiplOf(worldDay)));
        return { seconds, answer: result };
      }),
  },
  run: async (bench) => {
    await bench.once('world');
    await bench.once('duckdb/export');
    await bench.once('duckdb/load');
    const product = await bench.measure('aipl-day/product');
    const duckdb = await bench.measure('aipl-day-duckdb/duckdb');
    mustAgree('aipl-day-duckdb', product.answer, duckdb.answer);
    const note = `${madeInside}; DuckDB: 2 threads, table sorted by consumer and day, from the facts; answers equal`;
    const name = `DuckDB SQL (peak ${duckdb.peakMb ?? '?'} MB)`;
    return [rowOf('aipl-day-duckdb', bench.plan, product, { name, seconds: duckdb.seconds }, note)];
  },
};
