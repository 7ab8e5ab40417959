import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { InputError } from '../base/errors.ts';
import type { Driver, Send } from './driver.ts';
import { registryFault } from './faults.ts';
import { readerOf, readers } from './values.ts';

/** A data folder as PostgreSQL first makes it, prepared by the build: copying it spares a new home most of its start. */
const template = fileURLToPath(new URL('../../dist/registry-template', import.meta.url));

/** PGlite's own start, but with 16 MB of buffers where PostgreSQL's 128 MB would stay resident for a few small tables. */
const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'];

const isMade = (dir: string) => existsSync(join(dir, 'PG_VERSION'));

async function start(dir: string): Promise<PGlite> {
  const db = await PGlite.create({ dataDir: dir, startParams });
  for (const type of Object.keys(db.serializers)) db.serializers[type] = String;
  for (const type of [...Object.keys(db.parsers), ...readers.keys()]) db.parsers[type] = readerOf(Number(type));
  return db;
}

/** Makes a data folder whole or not at all, so that a process killed meanwhile leaves nothing half made behind. */
export async function makeDataFolder(dir: string): Promise<void> {
  const fresh = `${dir}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(dirname(dir), { recursive: true });
  if (isMade(template)) copyFolder(template, fresh);
  else await (await start(fresh)).close();
  await rename(fresh, dir);
}

/** Note: a thousand small files; Node's own recursive copy takes thrice as long over them. */
function copyFolder(from: string, to: string): void {
  mkdirSync(to, { mode: 0o700 });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) copyFolder(source, target);
    else copyFileSync(source, target);
  }
}

async function requireEmpty(dir: string): Promise<void> {
  if (existsSync(dir) && (await readdir(dir)).length > 0)
    throw new InputError(
      'registry_foreign',
      `The folder ${dir} holds files that are not a registry. Move them away, or choose another home.`,
    );
}

function sendBy(engine: Pick<PGlite, 'query'>, place: string): Send {
  return async (text, values) => {
    try {
      return (await engine.query<Record<string, unknown>>(text, [...values])).rows;
    } catch (error) {
      throw registryFault(error, place);
    }
  };
}

/**
 * PostgreSQL inside this process. Note: PGlite takes no lock of its own, so the home's lock is taken first; and it never
 * calls fsync, so what it acknowledged outlives a killed process but may not outlive a power cut.
 */
export async function pgliteDriver(dir: string): Promise<Driver> {
  if (!isMade(dir)) {
    await requireEmpty(dir);
    await makeDataFolder(dir);
  }
  const place = `the folder ${dir}`;
  const db = await start(dir);
  let closing: Promise<void> | undefined;
  return {
    kind: 'embedded',
    send: sendBy(db, place),
    begin: (work) => db.transaction((transaction) => work(sendBy(transaction, place))),
    close: () => {
      closing ??= db.close();
      return closing;
    },
  };
}
