import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { openWarehouse } from '../../src/warehouse/open.ts';
import { Fragment, sql } from '../../src/warehouse/sql.ts';
import type { Row, Warehouse } from '../../src/warehouse/warehouse.ts';
import { startClickHouse } from '../servers/clickhouse.ts';

export interface Opened {
  readonly warehouse: Warehouse;
  end(): Promise<void>;
}

async function embedded(): Promise<Opened> {
  const folder = mkdtempSync(path(tmpdir(), 'qiancheng-warehouse-'));
  const warehouse = await openWarehouse({ kind: 'embedded', dir: path(folder, 'facts') });
  const end = async () => {
    await warehouse.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { warehouse, end };
}

async function server(): Promise<Opened> {
  const clickhouse = await startClickHouse();
  const warehouse = await openWarehouse({ kind: 'server', url: clickhouse.url });
  const end = async () => {
    await warehouse.close();
    await clickhouse.stop();
  };
  return { warehouse, end };
}

/** The server of these tests stands inside the Linux build of the npm package. */
const missing =
  process.platform === 'linux' ? undefined : 'the ClickHouse server of the npm package runs on Linux only';
export const engines = [
  { name: 'embedded warehouse', open: embedded, skip: false },
  { name: `server warehouse${missing ? ` (skipped: ${missing})` : ''}`, open: server, skip: missing !== undefined },
];

/** SQL written by a test, as it stands. */
export function plain(statement: string): Fragment {
  return new Fragment([statement]);
}

/** The error that a statement ends with; watched from its start, so that none goes unhandled. */
export function fateOf(statement: Promise<unknown>): Promise<unknown> {
  return statement.then(
    () => 'answered',
    (error: unknown) => error,
  );
}

export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds()));
}

/** Runs for ten minutes, unless somebody stops it. */
export const endless = sql`SELECT sum(sleepEachRow(0.1)) AS slept FROM numbers(6000) WHERE ${'bound'} != '' SETTINGS max_block_size = 1`;

/** One of them, from before the tests of its suite until after them. */
export function opening({ open, skip }: (typeof engines)[number]) {
  let opened: Opened | undefined;
  let tables = 0;

  beforeAll(async () => {
    if (!skip) opened = await open();
  });
  afterAll(async () => {
    await opened?.end();
  });

  function warehouse(): Warehouse {
    if (!opened) throw new Error('The warehouse did not open.');
    return opened.warehouse;
  }

  async function only(question: Fragment): Promise<Row | undefined> {
    return (await warehouse().rows(question))[0];
  }

  /** An empty table of its own for one test; `t` names it. */
  async function table(columns: string, engine = 'MergeTree ORDER BY tuple()'): Promise<{ name: string; t: Fragment }> {
    const name = `test_${++tables}`;
    const t = plain(`\`${name}\``);
    await warehouse().run(sql`CREATE TABLE ${t} ${plain(`(${columns}) ENGINE = ${engine}`)}`);
    return { name, t };
  }
  return { warehouse, only, table };
}
