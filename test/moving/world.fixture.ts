import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Analysis } from '../../src/analyses/analysis.ts';
import { analyses } from '../../src/analyses/index.ts';
import { registrySums } from '../../src/app/backup/registryRows.ts';
import { type Sum, sumOf, tablesOf } from '../../src/app/backup/tables.ts';
import { openProduct } from '../../src/app/product.ts';
import { unwatched } from '../../src/base/progress.ts';
import { importRows, monthOf } from '../import/answers.fixture.ts';
import { smallWorld, usualSize } from '../oracle/generate.ts';
import { type Home, now, type Product } from '../product.ts';

const { end } = usualSize;
/** A home that was filled, what it answers, and what its tables hold. */
export interface Filled {
  readonly product: Product;
  readonly shelf: Map<string, unknown>;
  readonly sums: Map<string, Sum>;
}

/** A home with every entity: identities that joined over two imports, rows that lost to later ones, rejects, kept spans, a report's file. */
export async function fillHome(home: Home): Promise<Filled> {
  const rows = smallWorld(5);
  const half = Math.ceil(rows.events.length / 2);
  await importRows(home, { ...rows, events: rows.events.slice(half) });
  await home.run('aipl-stock', { on: end });
  const later = rows.members.map((row) => ({ ...row, tier: 'later' }));
  await importRows(home, { events: rows.events.slice(0, half), members: later });
  const path = join(home.files, 'faulty.csv');
  writeFileSync(path, 'event_time,behavior,id_user\nnever,click,1\n2026-06-01 10:00:00,click,1\n');
  await home.import(path);
  const product = await home.product();
  const shelf = await shelfOf(product);
  const reports = join(product.installation.home.dir, 'reports', '1');
  mkdirSync(reports, { recursive: true });
  writeFileSync(join(reports, 'a 报告.csv'), 'kept\n');
  return { product, shelf, sums: await sumsOf(product) };
}

/** The answer of every analysis. */
export async function shelfOf(product: Product): Promise<Map<string, unknown>> {
  const answers = new Map<string, unknown>();
  for (const { id, params, audiences } of analyses as readonly Analysis[]) {
    if (audiences) continue;
    const own = monthOf({ params }, end);
    answers.set(id, (await product.run(id, own, unwatched)).rows);
  }
  return answers;
}

/** Rows and hash of every table that has rows, in both stores, but of what a home notes about itself when it is asked. */
export async function sumsOf({ installation }: Product): Promise<Map<string, Sum>> {
  const { warehouse, registry } = installation.context;
  const sums = new Map<string, Sum>();
  for (const table of await tablesOf(warehouse)) sums.set(table.name, await sumOf(warehouse, table));
  for (const [name, sum] of await registrySums(registry)) sums.set(`registry ${name}`, sum);
  for (const [name, { rows }] of sums) if (rows === 0 || name === 'registry derivation') sums.delete(name);
  return sums;
}

export const openHome = (dir: string): Promise<Product> => openProduct(dir, {}, () => now);

/** Opens a home, has `work` done, and closes it. */
export async function inHome<T>(dir: string, work: (product: Product) => Promise<T>): Promise<T> {
  const product = await openHome(dir);
  try {
    return await work(product);
  } finally {
    await product.close();
  }
}
