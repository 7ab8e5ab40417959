import { statfsSync } from 'node:fs';
import { entities } from '../model/entities.ts';
import { id, sql } from '../warehouse/sql.ts';
import type { Installation } from './installation.ts';

export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

const GIB = 2 ** 30;

/** Looks an installation over: what runs, what it holds, and whether its books balance. */
export async function examine(installation: Installation): Promise<Check[]> {
  return [
    { name: 'node', ok: Number(process.versions.node.split('.')[0]) >= 20, detail: process.versions.node },
    diskCheck(installation),
    await warehouseCheck(installation),
    await registryCheck(installation),
    ...(await bookChecks(installation)),
  ];
}

function diskCheck({ home }: Installation): Check {
  const { bavail, bsize } = statfsSync(home.dir);
  const free = (bavail * bsize) / GIB;
  return { name: 'disk', ok: free > 2, detail: `${free.toFixed(1)} GiB free at ${home.dir}` };
}

async function warehouseCheck({ context: { warehouse } }: Installation): Promise<Check> {
  const [row] = await warehouse.rows<{ version: string }>(sql`SELECT version() AS version`);
  return { name: 'warehouse', ok: row !== undefined, detail: `${warehouse.kind}, ClickHouse ${row?.version}` };
}

async function registryCheck({ context: { registry } }: Installation): Promise<Check> {
  const [row] = await registry.rows<{ version: string }>('SELECT version() AS version');
  return {
    name: 'registry',
    ok: row !== undefined,
    detail: `${registry.kind}, ${row?.version.split(' ').slice(0, 2).join(' ')}`,
  };
}

/** Every file's rows are where its report says: `read = accepted + duplicate + rejected`, and the facts are there. */
async function bookChecks({ context: { warehouse, registry } }: Installation): Promise<Check[]> {
  const files = await registry.rows<{
    entity: keyof typeof entities;
    id: number;
    read: number;
    accepted: number;
    duplicate: number;
    rejected: number;
  }>(`SELECT entity, id, read, accepted, duplicate, rejected FROM import_file WHERE status = 'done'`);
  const unbalanced = files.filter((each) => each.read !== each.accepted + each.duplicate + each.rejected);
  let missing = 0;
  for (const table of new Set(files.map((each) => entities[each.entity].table))) {
    const own = files.filter((each) => entities[each.entity].table === table);
    const [row] = await warehouse.rows<{ rows: number }>(sql`SELECT
      (SELECT count() FROM ${id(table)}) + (SELECT count() FROM ${id(`${table}_past`)}) AS rows`);
    const expected = own.reduce((sum, each) => sum + each.accepted + each.duplicate, 0);
    if ((row?.rows ?? 0) !== expected) missing += Math.abs(expected - (row?.rows ?? 0));
  }
  const begun = await registry.rows(`SELECT id FROM import_file WHERE status IN ('reading', 'staged', 'committing')`);
  return [
    {
      name: 'books',
      ok: unbalanced.length === 0,
      detail: `${files.length} files, ${unbalanced.length} out of balance`,
    },
    {
      name: 'facts',
      ok: missing === 0,
      detail: missing === 0 ? 'every taken row is kept' : `${missing} rows differ from the books`,
    },
    {
      name: 'imports',
      ok: begun.length === 0,
      detail: begun.length === 0 ? 'none cut short' : `${begun.length} files cut short: import them again`,
    },
  ];
}
