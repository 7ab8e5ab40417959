import { z } from 'zod';
import { say } from '../base/faults/say.ts';
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

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const columns = z.array(z.string()).min(1);

const rule = z.strictObject({
  /** Source column, or several of which the first that is not empty counts. */
  column: z.union([z.string(), columns]).optional(),
  constant: z.string().optional(),
  /** The product of two numeric columns (a quantity and a unit price). */
  multiply: z.tuple([z.string(), z.string()]).optional(),
  /** The texts of several columns that are not empty, with `by` between (levels of a category, parts of a key). */
  join: z.strictObject({ columns, by: z.string() }).optional(),
  /** The number without its sign. */
  absolute: z.boolean().optional(),
  /** The text is dressed so that a spreadsheet keeps it as text: `="0012"`, an apostrophe before it, tabs around it. */
  undress: z.boolean().optional(),
  /** Ending that is no part of the value: `.0` of a number that a spreadsheet made of an identifier. */
  ending: z.string().optional(),
  /** Word for a text that is masked with `*` (`138****0001`): many people share one mask. */
  masked: z.string().optional(),
  /** Words of the source and what they mean here; a word that is not listed stays as it is. */
  values: z.record(z.string(), z.string()).optional(),
  /** Word for an empty cell. */
  empty: z.string().optional(),
  prefix: z.string().optional(),
  when: when.optional(),
  /** Word for the rows that `when` leaves out; the empty text when absent. */
  otherwise: z.string().optional(),
  /** Pattern of a time that the usual forms do not cover, in Joda's letters: `MM/dd/yyyy HH:mm`. */
  format: z.string().optional(),
  /** IANA zone of times without an offset, when it is not the workspace's. */
  zone: z
    .string()
    .refine(isZone, { error: say('mapping.zone').en })
    .optional(),
});

/** What a cell's rule may say, in the order the documentation explains it. */
export const cellKeys: readonly string[] = Object.keys(rule.shape);

/** How one column of the contract comes from a file's columns. */
export const cell = z.union([z.string(), rule]);
export type Cell = z.infer<typeof cell>;

/** Which columns of a file are which columns of the contract. */
export const mapping = z.strictObject({
  entity: z.enum(entityNames),
  /** Source the rows are filed under unless the caller names one. */
  source: z.string().optional(),
  /** Columns that a file must have for this mapping to be the one for it. */
  headers: columns.optional(),
  /** Order lines of a file that keeps time and person apart: they take both from `order_heads` of the same order. */
  headless: z.boolean().optional(),
  /** Columns with personal text (a name, an address, a phone) that is not kept at all. */
  withheld: z.array(z.string()).optional(),
  /** Column with a JSON object whose members go to `props`, each by its name; no rule reads it. */
  props: z.string().optional(),
  columns: z.record(z.string(), cell),
});
export type Mapping = z.infer<typeof mapping>;

/** What a mapping may say. */
export const mappingKeys: readonly string[] = Object.keys(mapping.shape);

/** A known platform's file: recognised when every `headers` column is there. */
export const preset = mapping.extend({
  name: z.string(),
  title: z.strictObject({ zh: z.string(), en: z.string() }),
  headers: columns,
  /** The file has the `headers` and no other column: for headers too common to say much by themselves. */
  exact: z.boolean().optional(),
  /** Never recognised by itself, for another preset knows the same headers: `--preset NAME` asks for it. */
  asked: z.boolean().optional(),
});
export type Preset = z.infer<typeof preset>;

/** Source columns a cell reads. */
export function columnsRead(rule: Cell): string[] {
  if (typeof rule === 'string') return [rule];
  const own = rule.column === undefined ? [] : [rule.column].flat();
  const joined = rule.join?.columns ?? [];
  return [...own, ...joined, ...(rule.multiply ?? []), ...(rule.when ? [rule.when.column] : [])];
}

/** Source columns whose text a cell takes over on every row: not those it takes on some rows only, or only looks at. */
export function columnsTaken(rule: Cell): string[] {
  return typeof rule !== 'string' && rule.when ? [] : columnsRead(rule);
}

/** The same rule over columns that are spelled otherwise. */
export function respelled(rule: Cell, spell: (column: string) => string): Cell {
  if (typeof rule === 'string') return spell(rule);
  const { column, multiply, join, when } = rule;
  return {
    ...rule,
    ...(column === undefined ? {} : { column: typeof column === 'string' ? spell(column) : column.map(spell) }),
    ...(multiply ? { multiply: [spell(multiply[0]), spell(multiply[1])] } : {}),
    ...(join ? { join: { ...join, columns: join.columns.map(spell) } } : {}),
    ...(when ? { when: { ...when, column: spell(when.column) } } : {}),
  };
}
