import { mkdtempSync, writeFileSync } from 'node:fs';
import { join as path } from 'node:path';
import { questionOf } from '../../src/app/audiences/members.ts';
import type { ImportReport } from '../../src/app/reports.ts';
import { readRule } from '../../src/audiences/read.ts';
import type { Context } from '../../src/intake/context.ts';
import { type Fragment, join, sql } from '../../src/warehouse/sql.ts';
import { toCsv, toFiles } from '../oracle/files.ts';
import type { Home } from '../product.ts';
import type { Facts } from './facts.ts';

/** Imports the rows as the canonical files they would come in. */
export async function bring(home: Home, { consumers, ...rows }: Facts): Promise<ImportReport> {
  const dir = mkdtempSync(path(home.files, 'facts-'));
  await toFiles(rows, dir);
  if (consumers.length > 0) writeFileSync(path(dir, 'consumers.csv'), toCsv(consumers));
  return home.import(dir);
}

export interface Asked {
  readonly rule: unknown;
  readonly on: string;
}

/** The users that each rule takes, in order; all rules are put to the warehouse in one question. */
export async function usersOf(home: Home, asked: readonly Asked[]): Promise<string[][]> {
  const { context } = (await home.product()).installation;
  const parts: Fragment[] = [];
  for (const [i, { rule, on }] of asked.entries())
    parts.push(
      sql`SELECT toUInt32(${i}) AS place, consumer FROM (${(await questionOf(context, { rule: readRule(rule) }, on)).consumers})`,
    );
  const users = await usersByPlace(context, join(parts, ' UNION ALL '));
  return asked.map((_, i) => users.get(i) ?? []);
}

/** The users of some consumers. */
export async function usersAmong(context: Context, consumers: Fragment): Promise<string[]> {
  const users = await usersByPlace(context, sql`SELECT toUInt32(0) AS place, consumer FROM (${consumers})`);
  return users.get(0) ?? [];
}

async function usersByPlace({ warehouse }: Context, members: Fragment): Promise<ReadonlyMap<number, string[]>> {
  const rows = await warehouse.rows<{ place: number; users: string[] }>(sql`
    SELECT m.place AS place, arraySort(groupArray(u.value)) AS users FROM (${members}) AS m
    INNER JOIN (SELECT p.consumer AS consumer, i.value AS value FROM (SELECT * FROM people FINAL) AS p
      INNER JOIN (SELECT * FROM identifiers FINAL WHERE type = 'user') AS i ON i.ident = p.who) AS u ON u.consumer = m.consumer
    GROUP BY place`);
  return new Map(rows.map((row) => [row.place, row.users]));
}
