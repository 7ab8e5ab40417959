import { statfsSync } from 'node:fs';
import type { Text } from '../base/text.ts';
import { entities } from '../model/entities.ts';
import { id, sql } from '../warehouse/sql.ts';
import {
  asideFound,
  clockFound,
  type Finding,
  found,
  leftoversFound,
  memoryFound,
  partsFound,
  shapeFound,
  versionsFound,
} from './doctorEngines.ts';
import type { Installation } from './installation.ts';

/** One thing of an installation that was looked at: whether it is as it should be, and what was found. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** The finding in English. */
  readonly detail: string;
  readonly text: Text;
}

const GIB = 2 ** 30;

const kinds: Readonly<Record<string, string>> = { embedded: '内置', server: '独立服务器', cluster: '集群' };

function checked(name: string, ok: boolean, text: Text): Check {
  return { name, ok, detail: text.en, text };
}

/** Looks an installation over: what runs, what it holds, and whether its books balance. */
export async function examine(installation: Installation): Promise<Check[]> {
  const seen = async (name: string, look: () => Promise<Finding> | Finding): Promise<Check> => {
    const { ok, text } = await found(look);
    return checked(name, ok, text);
  };
  return [
    nodeCheck(process.versions.node),
    diskCheck(installation),
    await seen('memory', memoryFound),
    await seen('warehouse', () => warehouseFound(installation)),
    await seen('registry', () => registryFound(installation)),
    await seen('schema', () => shapeFound(installation)),
    await seen('clock', () => clockFound(installation)),
    await seen('parts', () => partsFound(installation)),
    await seen('leftovers', () => leftoversFound(installation)),
    await seen('aside', () => asideFound(installation)),
    ...(await booksLooked(installation)),
  ];
}

/** The books can only be held against facts that answer. */
async function booksLooked(installation: Installation): Promise<Check[]> {
  let checks: Check[] = [];
  const { ok, text } = await found(async () => {
    checks = await bookChecks(installation);
    return { ok: true, text: { zh: '', en: '' } };
  });
  return ok ? checks : [checked('facts', ok, text)];
}

function nodeCheck(version: string): Check {
  return checked('node', Number(version.split('.')[0]) >= 20, { zh: `Node.js ${version}`, en: version });
}

function diskCheck({ home: { dir } }: Installation): Check {
  const { bavail, bsize } = statfsSync(dir);
  const free = (bavail * bsize) / GIB;
  const gib = free.toFixed(1);
  return checked('disk', free > 2, { zh: `剩余 ${gib} GiB，数据目录 ${dir}`, en: `${gib} GiB free at ${dir}` });
}

async function warehouseFound(installation: Installation): Promise<Finding> {
  const { kind, holders } = installation.context.warehouse;
  const { ok, text, version } = await versionsFound(installation);
  const engine = engineText(kind, `ClickHouse ${version}`);
  if (!ok) return { ok, text: { zh: `${engine.zh}；${text.zh}`, en: `${engine.en}; ${text.en}` } };
  const shards =
    kind === 'cluster' ? { zh: `，${holders.length} 个分片`, en: `, ${holders.length} shards` } : undefined;
  return { ok, text: { zh: engine.zh + (shards?.zh ?? ''), en: engine.en + (shards?.en ?? '') } };
}

async function registryFound({ context: { registry } }: Installation): Promise<Finding> {
  const [row] = await registry.rows<{ version: string }>('SELECT version() AS version');
  const version = String(row?.version.split(' ').slice(0, 2).join(' '));
  return { ok: row !== undefined, text: engineText(registry.kind, version) };
}

function engineText(kind: string, version: string): Text {
  return { zh: `${kinds[kind] ?? kind}，${version}`, en: `${kind}, ${version}` };
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
    files: number;
  }>(`SELECT entity, id, read, accepted, duplicate, rejected, files FROM import_file WHERE status = 'done'`);
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
  const all = files.reduce((sum, each) => sum + each.files, 0);
  return [
    checked('books', unbalanced.length === 0, {
      zh: `${all} 个文件，${unbalanced.length} 个不平`,
      en: `${all} files, ${unbalanced.length} out of balance`,
    }),
    checked('facts', missing === 0, factsText(missing)),
    checked('imports', begun.length === 0, importsText(begun.length)),
  ];
}

function factsText(missing: number): Text {
  if (missing === 0) return { zh: '收下的行都在', en: 'every taken row is kept' };
  return { zh: `有 ${missing} 行与账目不符`, en: `${missing} rows differ from the books` };
}

function importsText(begun: number): Text {
  if (begun === 0) return { zh: '没有', en: 'none cut short' };
  return { zh: `${begun} 个文件导入到一半：请再导入一次`, en: `${begun} files cut short: import them again` };
}
