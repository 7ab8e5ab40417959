import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { parseDocument } from 'yaml';
import type { Watch } from '../../base/progress.ts';
import type { Installation } from '../installation.ts';
import { keyMark } from '../settings.ts';
import { productVersion } from '../version.ts';
import { type Manifest, shapes } from './manifest.ts';
import { bytesOf, type Moment, momentOf } from './moment.ts';
import { type Place, placeAt, type Reaching } from './place.ts';
import type { Sum, Table } from './tables.ts';
import { ending, headerOf, padding } from './tar.ts';

export interface BackupOptions {
  /** A path, or `s3://bucket/key`. */
  readonly to: string;
  /** Whether the home's key goes into the backup; without it, the backup alone reveals no identifier. */
  readonly withKey: boolean;
}

/** What a backup came to. */
export interface Backup {
  readonly file: string;
  /** Rows of both stores. */
  readonly rows: number;
  /** Bytes written, compressed. */
  readonly bytes: number;
  readonly key: boolean;
}

/** Speed before size: the engine's rows fall to a fifth or so at the first level already. */
const LEVEL = 1;
/** Where the stores of this home are is no part of what a backup restores: it may come to lie elsewhere. */
const placeKeys = ['clickhouse_url', 'clickhouse_cluster', 'postgres_url'];

/** Writes everything of a home into one file, as it is at one moment; the home is held still for that moment only. */
export async function backUp(
  installation: Installation,
  { to, withKey }: BackupOptions,
  reaching: Reaching,
  watch: Watch,
): Promise<Backup> {
  const place = placeAt(to, reaching);
  watch({ step: 'moment', done: 0, unit: 'rows' });
  const moment = await momentOf(installation);
  try {
    const { home } = installation;
    const told = await manifestOf(moment, installation, { withKey, at: reaching.now() });
    const bytes = await packed(place, archiveOf({ moment, manifest: told, dir: home.dir, watch }));
    return { file: place.title, rows: rowsIn(told), bytes, key: withKey };
  } finally {
    await moment.end();
  }
}

async function packed(place: Place, archive: AsyncIterable<Buffer>): Promise<number> {
  const gzip = createGzip({ level: LEVEL, chunkSize: 2 ** 18 });
  let bytes = 0;
  const counted = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      yield chunk;
    }
  };
  await place.write((into) => pipeline(Readable.from(archive, { objectMode: false }), gzip, counted, into));
  return bytes;
}

export const rowsIn = ({ registry, warehouse }: Manifest): number =>
  [...registry.tables, ...warehouse.tables].reduce((total, { rows }) => total + rows, 0);

async function manifestOf(
  { tables, copies, registry, sequences, files }: Moment,
  { home }: Installation,
  { withKey, at }: { readonly withKey: boolean; readonly at: Date },
): Promise<Manifest> {
  const sums = new Map<string, Sum>();
  for (const table of copies.tables) sums.set(table.name, await copies.sum(table));
  const summed = (table: Table) => ({ ...table, ...(sums.get(table.name) ?? { rows: 0, hash: '0' }) });
  return {
    format: 1,
    program: productVersion,
    at: at.toISOString(),
    zone: home.config.zone,
    key: keyMark(home.key),
    holdsKey: withKey,
    registry: {
      migration: shapes.registry,
      tables: registry.map(({ name, rows, hash }) => ({ name, rows, hash })),
      sequences: [...sequences],
    },
    warehouse: { migration: shapes.warehouse, tables: tables.map(summed) as Manifest['warehouse']['tables'] },
    files: [...files],
  };
}

interface Archived {
  readonly moment: Moment;
  readonly manifest: Manifest;
  readonly dir: string;
  readonly watch: Watch;
}

async function* archiveOf({ moment, manifest, dir, watch }: Archived): AsyncIterable<Buffer> {
  const at = new Date(manifest.at);
  const whole = function* (name: string, bytes: Uint8Array) {
    yield headerOf({ name, size: bytes.length }, at);
    yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    yield padding(bytes.length);
  };
  const streamed = async function* (name: string, path: string, size: number) {
    yield headerOf({ name, size }, at);
    yield* bytesOf(path, size);
    yield padding(size);
  };
  yield* whole('manifest.json', Buffer.from(JSON.stringify(manifest)));
  const config = configOf(dir);
  if (config !== undefined) yield* whole('config.yaml', Buffer.from(config));
  yield* whole('server', readFileSync(join(dir, 'server')));
  if (manifest.holdsKey) yield* whole('key', readFileSync(join(dir, 'key')));
  for (const { name, file } of moment.registry) yield* streamed(`registry/${name}.jsonl`, file, statSync(file).size);
  yield* warehouseOf(moment, rowsIn(manifest), whole, watch);
  for (const [index, { path, size }] of moment.files.entries())
    yield* streamed(`files/${index}`, moment.kept(path), size);
  yield ending();
}

async function* warehouseOf(
  { copies }: Moment,
  total: number,
  whole: (name: string, bytes: Uint8Array) => Iterable<Buffer>,
  watch: Watch,
): AsyncIterable<Buffer> {
  let done = 0;
  for (const table of copies.tables) {
    let number = 0;
    for await (const { rows, bytes } of copies.pieces(table)) {
      number += 1;
      yield* whole(`warehouse/${table.name}/${number}.rows`, bytes);
      done += rows;
      watch({ step: 'backup', done, total, unit: 'rows' });
    }
  }
}

/** The home's configuration without the addresses of its stores; undefined where it has none. */
function configOf(dir: string): string | undefined {
  const text = textAt(join(dir, 'config.yaml'));
  if (text === undefined) return undefined;
  const document = parseDocument(text);
  for (const key of placeKeys) document.delete(key);
  return document.toString();
}

function textAt(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
