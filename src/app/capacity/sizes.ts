import { compile, type Fragment, sql } from '../../warehouse/sql.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import type { Reading } from './cost.ts';

/** Rows of a table and the bytes they take on disk. */
export interface Size {
  readonly rows: number;
  readonly bytes: number;
}

/** Bounds of the engine's own estimate: it is asked before every heavy question, and works out parts of some. */
const LOOK = { seconds: 3, memoryBytes: 500_000_000 };
/** A shard's own part of a table of facts is called so. */
const PART = /_local$/;

/** The sizes of all tables, read once a version of the data. */
export class Sizes {
  readonly #warehouse: Warehouse;
  #version = '';
  #read: Promise<ReadonlyMap<string, Size>> | undefined;

  constructor(warehouse: Warehouse) {
    this.#warehouse = warehouse;
  }

  /** Rows of all tables. */
  async total(version: string): Promise<number> {
    let rows = 0;
    for (const size of (await this.#tables(version)).values()) rows += size.rows;
    return rows;
  }

  /** What a question would read: as the engine's index says, or all of each table that is named in it. */
  async reading(version: string, question: Fragment): Promise<Reading> {
    const [tables, size] = [await this.#tables(version), await this.total(version)];
    const found = (await this.#byIndex(question)) ?? byName(tables, compile(question).text);
    let [rows, bytes] = [0, 0];
    for (const each of found) {
      const whole = tables.get(each.table.replace(PART, ''));
      rows += each.rows;
      bytes += whole && whole.rows > 0 ? (each.rows / whole.rows) * whole.bytes : 0;
    }
    return { rows, bytes: Math.round(bytes), size };
  }

  /** Note: the tables of other shards do not show there, so a cluster is not asked. */
  async #byIndex(question: Fragment): Promise<readonly Named[] | undefined> {
    if (this.#warehouse.kind === 'cluster') return undefined;
    const found = await this.#warehouse
      .rows<Named & Record<string, unknown>>(sql`EXPLAIN ESTIMATE ${question}`, LOOK)
      .catch(() => []);
    return found.length > 0 ? found : undefined;
  }

  #tables(version: string): Promise<ReadonlyMap<string, Size>> {
    if (this.#version !== version || !this.#read) {
      this.#version = version;
      const read = sizesIn(this.#warehouse);
      this.#read = read;
      read.catch(() => {
        if (this.#read === read) this.#read = undefined;
      });
    }
    return this.#read;
  }
}

interface Named {
  readonly table: string;
  readonly rows: number;
}

function byName(tables: ReadonlyMap<string, Size>, text: string): Named[] {
  const words = new Set(text.match(/\w+/g));
  return [...tables].filter(([table]) => words.has(table)).map(([table, { rows }]) => ({ table, rows }));
}

async function sizesIn(warehouse: Warehouse): Promise<ReadonlyMap<string, Size>> {
  const tables = new Map<string, Size>();
  for (const holder of warehouse.holders)
    for (const { table, rows, bytes } of await holder.rows<Named & Size & Record<string, unknown>>(
      sql`SELECT table, sum(rows) AS rows, sum(bytes_on_disk) AS bytes FROM system.parts
        WHERE active AND database = currentDatabase() GROUP BY table`,
    )) {
      const name = table.replace(PART, '');
      const known = tables.get(name) ?? { rows: 0, bytes: 0 };
      tables.set(name, { rows: known.rows + rows, bytes: known.bytes + bytes });
    }
  return tables;
}
