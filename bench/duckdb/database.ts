import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { literal } from '../../src/warehouse/bound.ts';
import { Fragment, id, join as joined, sql } from '../../src/warehouse/sql.ts';
import { timed } from '../clock.ts';
import { tags } from '../data/profiles.ts';
import { withHome } from '../home.ts';
import type { Bench, Plan, Side } from '../work.ts';
import { worldHome } from '../world.ts';

/** Events beyond which no second copy of the facts is made: neither the disk nor the hour has room for it. */
export const MOST_COPIED = 200_000_000;

/** What DuckDB gets of each table: days as dates it knows, every tag of a profile a column of its own. */
const exported = {
  events: sql`SELECT consumer, toDate32(day) AS day, toUnixTimestamp64Milli(at) AS moment, toString(behavior) AS behavior,
      toString(platform) AS platform, item_id, toString(category_id) AS category_id, value
    FROM events ORDER BY consumer, day`,
  order_lines: sql`SELECT consumer, toDate32(day) AS day, toUnixTimestamp64Milli(assumeNotNull(pay_at)) AS moment, order_id,
      toString(status) AS status, item_id, amount, refund_amount, toDate32(refund_day) AS refund_day
    FROM order_lines ORDER BY consumer, day`,
  memberships: sql`SELECT consumer, toDate32(day) AS day, toDate32(quit_day) AS quit_day FROM memberships ORDER BY consumer`,
  reviews: sql`SELECT consumer, toDate32(day) AS day, rating FROM reviews ORDER BY consumer, day`,
  profiles: sql`SELECT consumer, toString(gender) AS gender, toInt32(birth_year) AS birth_year, toString(province) AS province,
      toInt32(city_tier) AS city_tier, toInt32(spend_level) AS spend_level,
      ${joined(
        Object.keys(tags).map((tag) => sql`props[${tag}] AS ${id(tag)}`),
        ', ',
      )}
    FROM profiles ORDER BY consumer`,
};

/** Columns of a table as DuckDB does best with them: few distinct texts are an ENUM. */
const enums: Readonly<Record<string, readonly string[]>> = { events: ['behavior', 'category_id', 'platform'] };

/** Lines that are paid, and from which day on they count no more; a `pay` event is a line of no amount. */
const paid = `CREATE VIEW paid AS
  SELECT consumer, day, amount, coalesce(refund_amount, 0) AS refund, coalesce(refund_day, day) AS refund_day,
    CASE WHEN coalesce(refund_amount, 0) >= amount THEN coalesce(refund_day, day) ELSE DATE '9999-12-31' END AS until
  FROM order_lines WHERE amount > 0
  UNION ALL SELECT consumer, day, 0, 0, day, DATE '9999-12-31' FROM events WHERE behavior = 'pay'`;

const parquet = (plan: Plan, table: string): string => join(plan.folder, `${table}.parquet`);
const database = ({ folder, events }: Plan): string => join(folder, `facts-${events}.duckdb`);

/** A statement's rows: counts as numbers, wide integers as text. */
export type Run = (text: string) => Promise<Record<string, unknown>[]>;

/** Opens the copy of the facts with the threads that the product has. */
export async function withDuckDb<T>(plan: Plan, work: (run: Run) => Promise<T>): Promise<T> {
  // Note: loaded here only, so that it is in no other side's memory.
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(database(plan), { threads: '2', memory_limit: '8GB' });
  const connection = await instance.connect();
  const result = await work(async (text) => (await connection.runAndReadAll(text)).getRowObjectsJson());
  connection.closeSync();
  instance.closeSync();
  return result;
}

/** Sides that copy the facts into DuckDB, for `ready`. */
export const copying: Readonly<Record<string, Side>> = {
  'duckdb/parquet': (plan) =>
    withHome(worldHome(plan), ({ warehouse }) =>
      timed(async () => {
        for (const [table, rows] of Object.entries(exported)) {
          rmSync(parquet(plan, table), { force: true });
          const path = new Fragment([literal(parquet(plan, table))]);
          await warehouse.run(sql`INSERT INTO FUNCTION file(${path}, 'Parquet') ${rows}`);
        }
      }),
    ),
  'duckdb/tables': (plan) => {
    rmSync(database(plan), { force: true });
    return withDuckDb(plan, (run) => timed(() => load(plan, run)));
  },
};

async function load(plan: Plan, run: Run): Promise<void> {
  for (const table of Object.keys(exported)) {
    const path = literal(parquet(plan, table));
    const columns = enums[table] ?? [];
    for (const column of columns)
      await run(`CREATE TYPE ${table}_${column} AS ENUM (SELECT DISTINCT ${column} FROM ${path} ORDER BY ALL)`);
    const casts = columns.map((column) => `${column}::${table}_${column} AS ${column}`);
    const replaced = casts.length > 0 ? `REPLACE (${casts.join(', ')})` : '';
    await run(`CREATE TABLE ${table} AS SELECT * ${replaced} FROM ${path}`);
  }
  await run(paid);
  for (const table of Object.keys(exported)) rmSync(parquet(plan, table));
}

/** Makes the copy once. */
export async function ready(bench: Bench): Promise<void> {
  await bench.once('world');
  await bench.once('world/profiles');
  await bench.once('duckdb/parquet');
  await bench.once('duckdb/tables');
}
