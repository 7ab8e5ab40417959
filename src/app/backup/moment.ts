import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sql } from '../../warehouse/sql.ts';
import type { Holder, Row } from '../../warehouse/warehouse.ts';
import type { Installation } from '../installation.ts';
import { type Copies, copyTables } from './copies.ts';
import { type HomeFile, keepFiles } from './homeFiles.ts';
import { atOneMoment, RegistrySum, registryPages, registryTables, type Sequence, sequencesOf } from './registryRows.ts';
import { type Sum, type Table, tablesOf } from './tables.ts';

/** Everything of a home as it was at one moment, while the home goes on. */
export interface Moment {
  /** Every table of the warehouse; of those that are empty there is no copy. */
  readonly tables: readonly Table[];
  readonly copies: Copies;
  readonly registry: readonly RegistryTable[];
  readonly sequences: readonly Sequence[];
  readonly files: readonly HomeFile[];
  /** Where a file of the home was kept. */
  kept(path: string): string;
  end(): Promise<void>;
}

/** A table of the registry, kept in a file: a row a line. */
export interface RegistryTable extends Sum {
  readonly name: string;
  readonly file: string;
}

/** Holds a home still for as long as it takes to note what it is: nothing is written and nothing asked meanwhile. */
export async function momentOf({ home, context }: Installation): Promise<Moment> {
  const { warehouse, registry, gate } = context;
  const folder = join(home.dir, 'backup.new');
  const clear = () => rm(folder, { recursive: true, force: true });
  const noted = async (): Promise<Moment> => {
    await clear();
    await mkdir(folder, { mode: 0o700 });
    const tables = await tablesOf(warehouse);
    const filled = await filledOn(warehouse.holders);
    const isFilled = ({ name }: Table) => filled.has(name);
    const copies = await copyTables(warehouse, tables.filter(isFilled));
    const end = async () => {
      await copies.end();
      await clear();
    };
    try {
      const sequences = await sequencesOf(registry);
      const rows = await keepRegistry(registry, folder);
      const files = await keepFiles(home.dir, folder);
      return { tables, copies, registry: rows, sequences, files, kept: (path) => join(folder, path), end };
    } catch (error) {
      await end();
      throw error;
    }
  };
  return registry.locks.alone('writer', () => registry.locks.alone('live', () => gate.alone(noted)));
}

/** Tables that have rows, by the name they bear where questions are put. */
async function filledOn(holders: readonly Holder[]): Promise<Set<string>> {
  const names = new Set<string>();
  for (const holder of holders) {
    const rows = await holder.rows<{ name: string } & Row>(
      sql`SELECT DISTINCT table AS name FROM system.parts WHERE active AND rows > 0 AND database = currentDatabase()`,
    );
    for (const { name } of rows) names.add(name.replace(/_local$/, ''));
  }
  return names;
}

function keepRegistry(registry: Installation['context']['registry'], folder: string): Promise<RegistryTable[]> {
  return atOneMoment(registry, async (transaction) => {
    const kept: RegistryTable[] = [];
    for (const name of await registryTables(transaction)) {
      const sum = new RegistrySum();
      const file = join(folder, `${name}.jsonl`);
      const lines = async function* () {
        for await (const page of registryPages(transaction, name)) {
          sum.add(page);
          yield `${page.join('\n')}\n`;
        }
      };
      await pipeline(Readable.from(lines()), createWriteStream(file, { mode: 0o600 }));
      kept.push({ name, file, ...sum.sum });
    }
    return kept;
  });
}

/** The bytes of a kept file, as many as belonged to it at the moment. */
export function bytesOf(path: string, size: number): AsyncIterable<Buffer> {
  return size === 0 ? Readable.from([]) : createReadStream(path, { end: size - 1, highWaterMark: 2 ** 20 });
}
