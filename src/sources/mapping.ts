import { z } from 'zod';
import { entityNames } from '../model/entities.ts';

/** When a cell's rule applies: the row's own column begins with, equals, or matches something. */
const when = z.strictObject({
  column: z.string(),
  starts: z.string().optional(),
  not_starts: z.string().optional(),
  in: z.array(z.string()).optional(),
  above: z.number().optional(),
  empty: z.boolean().optional(),
});

/** How one column of the contract comes from a file's columns. */
export const cell = z.union([
  z.string(),
  z.strictObject({
    /** Source column, or several of which the first that is not empty counts. */
    column: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
    constant: z.string().optional(),
    /** The product of two numeric columns (a quantity and a unit price). */
    multiply: z.tuple([z.string(), z.string()]).optional(),
    /** The number without its sign. */
    absolute: z.boolean().optional(),
    /** Words of the source and what they mean here; a word that is not listed stays as it is. */
    values: z.record(z.string(), z.string()).optional(),
    /** Word for an empty cell. */
    empty: z.string().optional(),
    prefix: z.string().optional(),
    when: when.optional(),
    /** Pattern of a time that the usual forms do not cover, in Joda's letters: `MM/dd/yyyy HH:mm`. */
    format: z.string().optional(),
    /** IANA zone of times without an offset, when it is not the workspace's. */
    zone: z.string().optional(),
  }),
]);
export type Cell = z.infer<typeof cell>;

/** Which columns of a file are which columns of the contract. */
export const mapping = z.strictObject({
  entity: z.enum(entityNames),
  /** Source the rows are filed under unless the caller names one. */
  source: z.string().optional(),
  /** Order lines of a file that keeps time and person apart: they take both from `order_heads` of the same order. */
  headless: z.boolean().optional(),
  columns: z.record(z.string(), cell),
});
export type Mapping = z.infer<typeof mapping>;

/** A known platform's file: recognised when every `headers` column is there. */
export const preset = mapping.extend({
  name: z.string(),
  title: z.strictObject({ zh: z.string(), en: z.string() }),
  headers: z.array(z.string()).min(1),
});
export type Preset = z.infer<typeof preset>;

/** Source columns a cell reads. */
export function columnsRead(rule: Cell): string[] {
  if (typeof rule === 'string') return [rule];
  const own = rule.column === undefined ? [] : [rule.column].flat();
  return [...own, ...(rule.multiply ?? []), ...(rule.when ? [rule.when.column] : [])];
}
