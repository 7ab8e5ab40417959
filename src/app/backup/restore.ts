import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, readdirSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { InputError } from '../../base/errors.ts';
import { sync, syncAll } from '../../base/folders.ts';
import type { Watch } from '../../base/progress.ts';
import { type Environment, readConfig } from '../config.ts';
import { takeLock } from '../lock.ts';
import { placesOf } from '../places.ts';
import { keyMark } from '../settings.ts';
import { rowsIn } from './backup.ts';
import { checkSame, prepareTables, putRows } from './fill.ts';
import { isOwnPath } from './homeFiles.ts';
import type { Manifest } from './manifest.ts';
import { placeAt } from './place.ts';
import { type Part, type Reading, readBackup } from './reading.ts';
import { fillRegistry } from './registryRows.ts';
import { openTarget, type Target } from './target.ts';

export interface RestoreOptions {
  /** A path, or `s3://bucket/key`. */
  readonly from: string;
  /** The home to be made. */
  readonly dir: string;
  readonly env: Environment;
  readonly now: () => Date;
}

/** What a restored home holds. */
export interface Restored {
  readonly home: string;
  /** Rows of both stores, each table's count and hash checked. */
  readonly rows: number;
  /** When the backup was made. */
  readonly at: string;
}

/** What a folder may hold that is to become a home: how it is told to keep its data, and the key of a backup without it. */
const given = ['config.yaml', 'key'];

/** Makes a home of a backup: whole, and checked against what the backup says of itself, or not at all. */
export async function restore({ from, dir, env, now }: RestoreOptions, watch: Watch): Promise<Restored> {
  requireFresh(dir);
  await mkdir(dirname(dir), { recursive: true });
  const lock = await takeLock(`${dir}.restoring.lock`, now());
  const fresh = `${dir}.restoring`;
  try {
    await beginFolder(dir, fresh);
    const allow = configIn(fresh, env)?.outbound_allow ?? [];
    const place = placeAt(from, { env, allow, now });
    const manifest = await readBackup(place, (reading) => restoreInto(fresh, reading, { env, watch }));
    await putInPlace(fresh, dir);
    await rm(journalOf(fresh), { force: true });
    return { home: dir, rows: rowsIn(manifest), at: manifest.at };
  } finally {
    await rm(fresh, { recursive: true, force: true });
    lock.release();
  }
}

/** The configuration that stands in the folder already; the backup's own is read when it has come. */
function configIn(dir: string, env: Environment) {
  return existsSync(join(dir, 'config.yaml')) ? readConfig(dir, env) : undefined;
}

function requireFresh(dir: string): void {
  const names = existsSync(dir) ? readdirSync(dir) : [];
  if (names.every((name) => given.includes(name))) return;
  throw new InputError(
    'restore_not_fresh',
    `${dir} holds something already: give another --home, or move that folder away. A folder that is to become a home may hold config.yaml and key, nothing else.`,
  );
}

async function beginFolder(dir: string, fresh: string): Promise<void> {
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { mode: 0o700 });
  for (const name of given) if (existsSync(join(dir, name))) await copyFile(join(dir, name), join(fresh, name));
}

/** One rename makes it a home, so that there is a whole one or none. */
async function putInPlace(fresh: string, dir: string): Promise<void> {
  await syncAll(fresh);
  await rm(dir, { recursive: true, force: true });
  await rename(fresh, dir);
  await sync(dirname(dir));
}

interface Restoring {
  readonly env: Environment;
  readonly watch: Watch;
}

async function restoreInto(fresh: string, { manifest, parts }: Reading, { env, watch }: Restoring): Promise<Manifest> {
  const all = parts[Symbol.asyncIterator]();
  let next = await all.next();
  for (; !next.done && !next.value.name.includes('/'); next = await all.next()) await keepOwn(fresh, next.value);
  await requireKey(fresh, manifest, env);
  const target = await openFor(fresh, manifest, env);
  try {
    await prepareTables(target.warehouse, manifest.warehouse.tables);
    const rest = async function* () {
      for (; !next.done; next = await all.next()) yield next.value;
    };
    await fill(fresh, target, manifest, rest(), watch);
    watch({ step: 'check', done: 0, unit: 'rows' });
    await checkSame(target, { warehouse: manifest.warehouse.tables, registry: manifest.registry.tables });
    await endJobs(target);
    await target.close();
    return manifest;
  } catch (error) {
    await target.undo();
    await rm(journalOf(fresh), { force: true });
    throw error;
  }
}

/** Beside the folder: which stores a restore has begun to fill, so that after a kill it may fill them again. */
const journalOf = (fresh: string): string => `${fresh}.json`;

async function openFor(fresh: string, { registry, warehouse }: Manifest, env: Environment): Promise<Target> {
  const places = placesOf(fresh, readConfig(fresh, env));
  const mark = createHash('sha256').update(JSON.stringify(places)).digest('hex');
  const noted = await readFile(journalOf(fresh), 'utf8').catch(() => '');
  const shape = { registry: registry.migration, warehouse: warehouse.migration };
  const target = await openTarget(places, shape, noted === mark);
  await writeFile(journalOf(fresh), mark, { mode: 0o600, flush: true });
  return target;
}

/** `config.yaml`, `key` and `server`; what the folder held already stands. */
async function keepOwn(fresh: string, part: Part): Promise<void> {
  const isOwn = [...given, 'server'].includes(part.name) && !existsSync(join(fresh, part.name));
  if (isOwn) await writeFile(join(fresh, part.name), await part.whole(), { mode: 0o600 });
}

async function requireKey(fresh: string, { key, holdsKey }: Manifest, { QIANCHENG_KEY: told }: Environment) {
  const path = join(fresh, 'key');
  if (!existsSync(path) && told) await writeFile(path, `${told.trim().toLowerCase()}\n`, { mode: 0o600 });
  const text = existsSync(path) ? (await readFile(path, 'utf8')).trim() : '';
  if (keyMark(Buffer.from(text, 'hex')) === key) return;
  throw new InputError(
    'backup_key',
    text === '' && !holdsKey
      ? 'The backup was made without its key: put the file key of its home into the folder of --home, or set QIANCHENG_KEY.'
      : 'The key beside this backup is another one than its data were made with: put the right file key into the folder of --home, or set QIANCHENG_KEY.',
  );
}

async function fill(
  fresh: string,
  { registry, warehouse }: Target,
  manifest: Manifest,
  parts: AsyncIterable<Part>,
  watch: Watch,
): Promise<void> {
  const tables = new Map(manifest.warehouse.tables.map((table) => [table.name, table]));
  const all = parts[Symbol.asyncIterator]();
  let next = await all.next();
  const pages = async function* () {
    for (; !next.done && next.value.name.startsWith('registry/'); next = await all.next())
      yield* pagesOf(next.value, manifest);
  };
  await fillRegistry(registry, { pages, sequences: manifest.registry.sequences });
  let done = 0;
  for (; !next.done; next = await all.next()) {
    const [, kind, name = ''] = /^(warehouse|files)\/([a-z0-9_]+)/.exec(next.value.name) ?? [];
    const table = tables.get(name);
    if (kind === 'warehouse' && table) await putRows(warehouse, table, await next.value.whole());
    if (kind === 'files') await keepFile(fresh, manifest.files[Number(name)]?.path ?? '', next.value);
    done += next.value.size;
    watch({ step: 'restore', done, unit: 'bytes' });
  }
}

const PAGE_BYTES = 4 * 2 ** 20;

/** The rows of a table of the registry, some thousand at a time. */
async function* pagesOf(part: Part, { registry }: Manifest) {
  const [, name = ''] = /^registry\/([a-z_]+)\.jsonl$/.exec(part.name) ?? [];
  if (!registry.tables.some((each) => each.name === name)) return;
  let rest = Buffer.alloc(0);
  for await (const stretch of part.stretches()) {
    rest = Buffer.concat([rest, stretch]);
    const end = rest.lastIndexOf('\n');
    if (rest.length < PAGE_BYTES || end === -1) continue;
    yield { table: name, rows: linesIn(rest.subarray(0, end)) };
    rest = rest.subarray(end + 1);
  }
  if (rest.length > 0) yield { table: name, rows: linesIn(rest) };
}

const linesIn = (bytes: Buffer): string[] =>
  bytes
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');

async function keepFile(fresh: string, path: string, part: Part): Promise<void> {
  if (!isOwnPath(path)) return;
  const to = join(fresh, path);
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await pipeline(Readable.from(part.stretches()), createWriteStream(to, { mode: 0o600 }));
}

/** The backup's own job stands in it as one under way, and is not to be made again. */
async function endJobs({ registry }: Target): Promise<void> {
  await registry.rows(
    `update job set status = 'cancelled', finished_at = now() where kind = 'backup' and status in ('queued', 'running')`,
  );
}
