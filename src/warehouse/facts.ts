import { Fragment } from './sql.ts';
import type { FactsTable } from './warehouse.ts';

/** A step of a migration: a table of facts, which lies where its consumers do, or a statement about anything else. */
export type Step = string | FactsTable;

/** The statement that makes a table of facts, under its own name or another. Text of the program's own only. */
export function createFactsTable({ table, columns, layout }: FactsTable, name = table): Fragment {
  return new Fragment([`CREATE TABLE IF NOT EXISTS ${name} (${columns}) ENGINE = MergeTree ${layout}`]);
}
