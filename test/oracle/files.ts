import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Row, Rows } from './world.ts';

/** Contract §1, required columns: a file has them even where no row fills them. */
const required: Readonly<Record<keyof Rows, readonly string[]>> = {
  events: ['event_time', 'behavior'],
  orders: ['order_id', 'order_time', 'amount'],
  items: ['item_id'],
  members: ['join_time'],
  reviews: ['review_time'],
};

/** Writes the rows as canonical CSV files, one an entity that has rows, and gives their paths. */
export async function toFiles(rows: Partial<Rows>, dir: string): Promise<string[]> {
  await mkdir(dir, { recursive: true });
  const full = (Object.keys(required) as (keyof Rows)[]).filter((entity) => (rows[entity] ?? []).length > 0);
  return Promise.all(
    full.map(async (entity) => {
      const path = join(dir, `${entity}.csv`);
      await writeFile(path, toCsv(rows[entity] ?? [], required[entity]));
      return path;
    }),
  );
}

/** The rows under one header of all their columns. */
export function toCsv(rows: readonly Row[], columns: readonly string[] = []): string {
  const header = [...new Set([...columns, ...rows.flatMap((row) => Object.keys(row))])];
  const lines = [header, ...rows.map((row) => header.map((column) => row[column] ?? ''))];
  return lines.map((cells) => `${cells.map(quoted).join(',')}\n`).join('');
}

function quoted(cell: string): string {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
