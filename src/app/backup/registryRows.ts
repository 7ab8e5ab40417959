import { createHash } from 'node:crypto';
import type { Registry } from '../../registry/registry.ts';
import type { Sum } from './tables.ts';

/** A table of the registry, and a sequence's next number. */
export interface Sequence {
  readonly name: string;
  readonly last: number;
}

const PAGE = 2000;
const WRAP = 1n << 64n;

/** Which servers live and what they hold is no part of what a home has; its shape is that of the program. */
const passing = ['migration', 'server', 'holding'];

/** Keeps an address of a table in SQL text: the names are those of our own migrations. */
export function quoted(name: string): string {
  if (!/^[a-z_]+$/.test(name)) throw new TypeError(`not a name of the registry: ${name}`);
  return `"${name}"`;
}

/** The tables of a registry that are part of a home, by name. */
export async function registryTables(registry: Registry): Promise<string[]> {
  const rows = await registry.rows<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = current_schema()
      and table_type = 'BASE TABLE' and table_name not in (select jsonb_array_elements_text($1)) order by table_name`,
    [passing],
  );
  return rows.map(({ name }) => name);
}

/** Rows of a table of the registry as JSON texts, a page at a time. Within a transaction. */
export async function* registryPages(transaction: Registry, table: string): AsyncIterable<string[]> {
  await transaction.rows(
    `declare page_of no scroll cursor for select to_jsonb(t)::text as row from ${quoted(table)} t`,
  );
  try {
    for (;;) {
      const rows = await transaction.rows<{ row: string }>(`fetch ${PAGE} from page_of`);
      if (rows.length === 0) return;
      yield rows.map(({ row }) => row);
    }
  } finally {
    await transaction.rows('close page_of');
  }
}

/** Adds up rows of the registry: how many, and the sum of their hashes. */
export class RegistrySum {
  rows = 0;
  #hash = 0n;

  add(page: readonly string[]): void {
    this.rows += page.length;
    for (const row of page)
      this.#hash = (this.#hash + createHash('sha256').update(row).digest().readBigUInt64BE()) % WRAP;
  }

  get sum(): Sum {
    return { rows: this.rows, hash: this.#hash.toString() };
  }
}

/** All of `work` sees the registry as it was at one moment. */
export function atOneMoment<T>(registry: Registry, work: (transaction: Registry) => Promise<T>): Promise<T> {
  return registry.transaction(async (transaction) => {
    await transaction.rows('set transaction isolation level repeatable read');
    await inUtc(transaction);
    return work(transaction);
  });
}

/** Moments are written in UTC whatever the machine's zone, so that the same row has the same text. */
const inUtc = (transaction: Registry) => transaction.rows(`set local timezone to 'UTC'`);

/** Where the numbers of a registry's rows stand. */
export async function sequencesOf(registry: Registry): Promise<Sequence[]> {
  const names = await registry.rows<{ name: string }>(
    `select sequencename as name from pg_sequences where schemaname = current_schema() order by sequencename`,
  );
  const sequences: Sequence[] = [];
  for (const { name } of names) {
    const [row] = await registry.rows<{ last: number; called: boolean }>(
      `select last_value as last, is_called as called from ${quoted(name)}`,
    );
    if (row?.called) sequences.push({ name, last: row.last });
  }
  return sequences;
}

/** Rows and hash of every table of a registry. */
export function registrySums(registry: Registry): Promise<Map<string, Sum>> {
  return atOneMoment(registry, async (transaction) => {
    const sums = new Map<string, Sum>();
    for (const table of await registryTables(transaction)) {
      const sum = new RegistrySum();
      for await (const page of registryPages(transaction, table)) sum.add(page);
      sums.set(table, sum.sum);
    }
    return sums;
  });
}

/** What is to stand in a registry in place of what stands there. */
export interface RegistryRows {
  pages(): AsyncIterable<{ readonly table: string; readonly rows: readonly string[] }>;
  readonly sequences: readonly Sequence[];
}

/**
 * Puts rows in place of all that the registry holds: whole or not at all. Note: rows come in no order of who refers to
 * whom, so references are put back, and thereby checked, when all are there.
 */
export async function fillRegistry(registry: Registry, { pages, sequences }: RegistryRows): Promise<void> {
  await registry.transaction(async (transaction) => {
    await inUtc(transaction);
    const references = await transaction.rows<{ table: string; name: string; definition: string }>(
      `select c.conrelid::regclass::text as table, c.conname as name, pg_get_constraintdef(c.oid) as definition
        from pg_constraint c join pg_class t on t.oid = c.conrelid
        where c.contype = 'f' and t.relnamespace = current_schema()::regnamespace`,
    );
    for (const { table, name } of references)
      await transaction.rows(`alter table ${table} drop constraint ${quoted(name)}`);
    for (const table of await registryTables(transaction)) await transaction.rows(`delete from ${quoted(table)}`);
    for await (const { table, rows } of pages())
      await transaction.rows(
        `insert into ${quoted(table)} select * from jsonb_populate_recordset(null::${quoted(table)}, $1::jsonb)`,
        [`[${rows.join(',')}]`],
      );
    for (const { name, last } of sequences) await transaction.rows('select setval($1::regclass, $2)', [name, last]);
    for (const { table, name, definition } of references)
      await transaction.rows(`alter table ${table} add constraint ${quoted(name)} ${definition}`);
  });
}

/** Takes away all that the migrations have made. */
export async function dropRegistryTables(registry: Registry): Promise<void> {
  const names = [...passing, ...(await registryTables(registry))].map(quoted).join(', ');
  await registry.transaction(async (transaction) => {
    await transaction.rows(`drop table if exists ${names} cascade`);
    await transaction.rows('drop sequence if exists server_session');
  });
}
