import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { InputError } from '../base/errors.ts';
import { copyFolder } from '../base/folders.ts';
import { makeWhole, templatePath } from '../base/template.ts';
import type { Driver, Send } from './driver.ts';
import { registryFault } from './faults.ts';
import { migrations } from './migrate.ts';
import { SyncedFolder } from './syncedFolder.ts';
import { readerOf, readers } from './values.ts';

/**
 * PGlite's own start, but with 16 MB of buffers where PostgreSQL's 128 MB would stay resident for a few small tables, and
 * with fsync, which PGlite turns off by `-F`. Note: of the ways to sync the journal, its WebAssembly knows this one only.
 */
const startParams = [
  ...PGlite.defaultStartParams.filter((each) => each !== '-F'),
  ...['-c', 'shared_buffers=16MB', '-c', 'wal_sync_method=fsync'],
];

const isMade = (dir: string) => existsSync(join(dir, 'PG_VERSION'));

async function start(dir: string): Promise<PGlite> {
  const db = await PGlite.create({ fs: new SyncedFolder(dir), startParams });
  for (const type of Object.keys(db.serializers)) db.serializers[type] = String;
  for (const type of [...Object.keys(db.parsers), ...readers.keys()]) db.parsers[type] = readerOf(Number(type));
  return db;
}

/** A copy of the template, which spares a new home most of its start; the folder as PostgreSQL makes it where there is none. */
async function makeDataFolder(dir: string, fromTemplate: boolean): Promise<void> {
  const template = templatePath('registry', migrations);
  await mkdir(dirname(dir), { recursive: true });
  await makeWhole(dir, async (fresh) => {
    if (fromTemplate && existsSync(template)) copyFolder(template, fresh);
    else await (await start(fresh)).close();
  });
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
 * PostgreSQL inside this process: what it acknowledged outlives a killed process and a power cut. Note: PGlite takes no
 * lock of its own, so the home's lock is taken first.
 */
export async function pgliteDriver(dir: string, fromTemplate = true): Promise<Driver> {
  if (!isMade(dir)) {
    await requireEmpty(dir);
    await makeDataFolder(dir, fromTemplate);
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
