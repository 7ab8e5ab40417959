import { InputError, UnavailableError } from '../base/errors.ts';
import { nothingUnderWay } from './caps.ts';
import { clusterLayout, distributedSettings, partOf } from './clusterLayout.ts';
import { nodesOf } from './clusterNodes.ts';
import { fullDisk } from './deleting.ts';
import { createFactsTable } from './facts.ts';
import { ServerWarehouse } from './server.ts';
import { as, Fragment, id, join, own, sql } from './sql.ts';
import type { Caps, FactsTable, Holder, OnParts, Payload, Row, UnderWay, Warehouse, Work } from './warehouse.ts';

/**
 * A ClickHouse cluster of shards. Facts lie with their consumer, spread by a hash of its number; the first shard holds
 * the rest (identity, items, work) and puts the questions.
 */
export class ClusterWarehouse implements Warehouse {
  readonly kind = 'cluster';
  readonly #cluster: string;
  /** The first shard, as the one that puts the questions. */
  readonly #head: ServerWarehouse;
  /** Every shard, as one that answers for its own consumers, the first first. */
  readonly #shards: readonly ServerWarehouse[];
  readonly #facts: Set<string>;

  private constructor(cluster: string, head: ServerWarehouse, shards: readonly ServerWarehouse[], facts: Set<string>) {
    this.#cluster = cluster;
    this.#head = head;
    this.#shards = shards;
    this.#facts = facts;
  }

  /** `urls` is one server, whose cluster's other servers answer at the same port, or one of each shard with commas between. */
  static async open(urls: string, cluster: string): Promise<ClusterWarehouse> {
    const facts = new Set<string>();
    const database = decodeURIComponent(new URL(urls.split(',')[0] ?? '').pathname.slice(1)) || 'default';
    const layout = clusterLayout(cluster, database, facts);
    const nodes = await nodesOf(
      urls,
      cluster,
      (url) => new ServerWarehouse(url, { settings: distributedSettings, layout: layout.shard }),
    );
    const shards = nodes.map(({ server }) => server);
    const [first] = shards;
    const head = new ServerWarehouse(first?.url ?? '', { settings: distributedSettings, layout: layout.head });
    try {
      await checkVersions(shards, cluster);
      for (const table of await distributedTables(head)) facts.add(table);
      return new ClusterWarehouse(cluster, head, shards, facts);
    } catch (error) {
      await Promise.all([head, ...shards].map((server) => server.close()));
      throw error;
    }
  }

  get holders(): readonly Holder[] {
    return this.#shards;
  }

  rows<R extends Row = Row>(question: Fragment, caps?: Caps): Promise<R[]> {
    return this.#naming(() => this.#head.rows<R>(question, caps));
  }

  stream<R extends Row = Row>(question: Fragment, caps?: Caps): AsyncIterable<R> {
    return this.#head.stream<R>(question, caps);
  }

  bytes(question: Fragment, caps?: Caps): Promise<Uint8Array> {
    return this.#naming(() => this.#head.bytes(question, caps));
  }

  run(statement: Fragment, caps?: Caps): Promise<void> {
    return this.#naming(() => this.#head.run(statement, caps));
  }

  insert(payload: Payload, caps?: Caps): Promise<void> {
    return this.#naming(() => this.#head.insert(payload, caps));
  }

  async createFacts(table: FactsTable): Promise<void> {
    const part = partOf(table.table);
    await this.everywhere(createFactsTable(table, part));
    await this.#head.run(sql`CREATE TABLE IF NOT EXISTS ${id(table.table)} AS ${id(part)}
      ENGINE = Distributed(${this.#cluster}, currentDatabase(), ${id(part)}, intHash64(consumer))`);
    this.#facts.add(table.table);
  }

  async everywhere(statement: Fragment, caps?: Caps): Promise<void> {
    await this.#naming(() => Promise.all(this.#shards.map((shard) => shard.run(statement, caps))));
  }

  async onParts(
    table: string,
    statement: (part: Fragment) => Fragment,
    { reading = [], caps }: OnParts = {},
  ): Promise<void> {
    if (!this.#facts.has(table)) return this.#head.run(statement(id(table)), caps);
    const others = this.#shards.slice(1);
    for (const work of reading) await lend(this.#head, others, work);
    await this.everywhere(statement(own(table)), caps);
    for (const work of reading) await takeBack(others, work);
  }

  /** Rows as the first shard, which puts the questions, hears of them from all; memory on the shard that takes most. */
  async underWay(label: string): Promise<UnderWay> {
    const [first, ...rest] = await Promise.all([this.#head, ...this.#shards].map((server) => server.underWay(label)));
    const memory = Math.max(...[first, ...rest].map((each) => each?.memory ?? 0));
    return { ...(first ?? nothingUnderWay), memory };
  }

  async cancel(label: string): Promise<void> {
    await Promise.all([this.#head, ...this.#shards].map((server) => server.cancel(label)));
  }

  /** Says which server's disk is full: what the first shard hears of another does not name it. */
  async #naming<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof UnavailableError) || error.code !== 'disk_full') throw error;
      const free = sql`SELECT min(free_space) AS free FROM system.disks`;
      const disks = await Promise.all(
        this.#shards.map(async (shard) => ({ shard, free: (await shard.rows<{ free: number }>(free))[0]?.free ?? 0 })),
      ).catch(() => []);
      const [fullest] = disks.toSorted((one, other) => one.free - other.free);
      throw fullest ? fullDisk(fullest.shard, fullest.free) : error;
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#head, ...this.#shards].map((server) => server.close()));
  }
}

async function checkVersions(servers: readonly ServerWarehouse[], cluster: string): Promise<void> {
  const versions = new Set(await Promise.all(servers.map(versionOf)));
  if (versions.size > 1)
    throw new InputError(
      'cluster_versions',
      `The servers of the cluster ${cluster} run different versions (${[...versions].join(', ')}): bring them to one.`,
    );
}

async function versionOf(server: ServerWarehouse): Promise<string> {
  const [row] = await server.rows<{ version: string }>(sql`SELECT version() AS version`);
  return row?.version ?? '';
}

async function distributedTables(head: ServerWarehouse): Promise<string[]> {
  const rows = await head.rows<{ name: string }>(
    sql`SELECT name FROM system.tables WHERE database = currentDatabase() AND engine = 'Distributed'`,
  );
  return rows.map(({ name }) => name);
}

/** Gives the other shards a copy of what they will read of a table of work. */
async function lend(head: ServerWarehouse, others: readonly ServerWarehouse[], work: Work): Promise<void> {
  const types = await head.rows<{ name: string; type: string }>(
    sql`SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = ${work.table}
      AND name IN ${as([...work.columns], 'Array(String)')} ORDER BY position`,
  );
  const names = types.map(({ name }) => name);
  const bytes = await head.bytes(sql`SELECT ${join(names.map(id), ', ')} FROM ${id(work.table)}`);
  await takeBack(others, work);
  const columns = join(
    types.map(({ name, type }) => sql`${id(name)} ${new Fragment([type])}`),
    ', ',
  );
  await Promise.all(
    others.map(async (node) => {
      await node.run(sql`CREATE TABLE ${id(work.table)} (${columns}) ENGINE = MergeTree ORDER BY tuple()`);
      if (bytes.length > 0) await node.insert({ table: work.table, columns: names, format: 'RowBinary', bytes });
    }),
  );
}

async function takeBack(others: readonly ServerWarehouse[], { table }: Work): Promise<void> {
  await Promise.all(others.map((node) => node.run(sql`DROP TABLE IF EXISTS ${id(table)} SYNC`)));
}
