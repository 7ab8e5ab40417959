import { z } from 'zod';
import type { Text } from '../base/text.ts';
import type { Lens } from '../lifecycle/kept.ts';
import { calendarDay as day } from '../model/calendarDay.ts';
import type { Origin, RuleSet } from '../model/rules/ruleSet.ts';
import type { Fragment } from '../warehouse/sql.ts';

export { calendarDay as day } from '../model/calendarDay.ts';

/** What the console, the terminal and the docs draw; columns are checked against `row`. */
export type Chart<C extends string> =
  /** `sets`: the column, also `x`, whose values name the sets that a row is in, `|` between; drawn as an upset plot. */
  | { readonly kind: 'bar' | 'line'; readonly x: C; readonly y: C; readonly series?: C; readonly sets?: C }
  | { readonly kind: 'matrix'; readonly x: C; readonly y: C; readonly value: C }
  | { readonly kind: 'flow'; readonly from: C; readonly to: C; readonly value: C }
  | { readonly kind: 'table' };

/** A range of days, both included. */
export const rangeParams = {
  from: day().describe('first day of the range | 起始日（含）'),
  to: day().describe('last day of the range | 截止日（含）'),
};

/** Refuses a range that ends before it begins; an empty answer would look like a finding. */
export const rangeInOrder: [
  (range: { readonly from: string; readonly to: string }) => boolean,
  { path: PropertyKey[]; message: string },
] = [
  ({ from, to }) => from <= to,
  { path: ['to'], message: '`to` lies before `from`: swap them | 截止日早于起始日，请对调' },
];

/** Parameters of every question on consumers; absent, the workspace's own brands and all categories. */
export const scopeParams = {
  brand: z.string().min(1).optional().describe('rows of this brand only | 只看该品牌'),
  category: z.string().min(1).optional().describe('rows of this category only | 只看该类目'),
  audience: z.string().min(1).optional().describe('consumers of this saved audience only | 只看该人群'),
  rules: z.string().min(1).optional().describe('rule set, as name or name@version | 规则集'),
};

/** What the values of a column of codes are called; those of stages come from the rules. */
export type Words = Readonly<Record<string, Text>> | ((rules: RuleSet) => Readonly<Record<string, Text>>);

/** What a number counts where its column does not say it for all rows. */
export type Unit = 'count' | 'rate' | 'money';

/** The unit of a column's values by the value of another column of the row. */
export interface UnitBy<C extends string> {
  readonly by: C;
  readonly of: Readonly<Record<string, Unit>>;
}

/** One question a brand asks, with everything needed to answer it on any surface. */
export interface Analysis<
  P extends z.ZodObject = z.ZodObject,
  R extends z.ZodObject = z.ZodObject,
  Q extends z.ZodObject = R,
> {
  readonly id: string;
  /** The page beside it that defines it, with its limits. */
  readonly doc: URL;
  readonly title: Text;
  /** The question in the reader's words. */
  readonly question: Text;
  /** Where the definition comes from; a proposed one is never shown as official. */
  readonly origin: Origin;
  readonly params: P;
  /** Parameters that name saved audiences, one or several; the members of each come in the lens. Such a question has no other scope. */
  readonly audiences?: readonly Extract<keyof z.infer<P>, string>[];
  /** What it reads that is kept beside the lifecycle. */
  readonly reads?: 'tags';
  /** Where it follows days: which, and the tag whose values it reads of each. The lens has the members and the tag of each day. */
  readonly days?: {
    of(params: z.infer<P>): readonly string[];
    tag(params: z.infer<P>): string;
  };
  readonly row: R;
  /** Column titles, for tables. */
  readonly columns: Readonly<Record<Extract<keyof z.infer<R>, string>, Text>>;
  /** Shape the warehouse returns, when `refine` changes it. */
  readonly raw?: Q;
  /** Pure: parameters in, SQL out. */
  query(params: z.infer<P>, lens: Lens): Fragment;
  /** Pure arithmetic that SQL says badly. */
  refine?(rows: readonly z.infer<Q>[], params: z.infer<P>, lens: Lens): z.infer<R>[];
  /** The consumers behind a row (column `consumer`), so that any number opens into its people. */
  people(row: z.infer<R>, params: z.infer<P>, lens: Lens): Fragment;
  readonly chart: Chart<Extract<keyof z.infer<R>, string>>;
  /** Columns that are shares 0..1, shown as percent on screen only. */
  readonly rates?: readonly Extract<keyof z.infer<R>, string>[];
  /** Columns in the currency's major unit. */
  readonly money?: readonly Extract<keyof z.infer<R>, string>[];
  /** Columns whose rows differ in unit. */
  readonly units?: Readonly<
    Partial<Record<Extract<keyof z.infer<R>, string>, UnitBy<Extract<keyof z.infer<R>, string>>>>
  >;
  /** Names of a column's values in both languages; a value that is not among them is shown as it stands. */
  readonly words?: Readonly<Partial<Record<Extract<keyof z.infer<R>, string>, Words>>>;
}

/** Unit of a column's value in a row; undefined where the column's numbers are of no unit. */
export function unitOf(
  { rates, money, units }: Pick<Analysis, 'rates' | 'money' | 'units'>,
  column: string,
  row: Readonly<Record<string, unknown>>,
): Unit | undefined {
  const own = units?.[column];
  if (own) return own.of[String(row[own.by])];
  if (rates?.includes(column)) return 'rate';
  return money?.includes(column) ? 'money' : undefined;
}

/** Checks the parts of an analysis against each other; adds nothing at run time. */
export function defineAnalysis<P extends z.ZodObject, R extends z.ZodObject, Q extends z.ZodObject = R>(
  analysis: Analysis<P, R, Q>,
): Analysis<P, R, Q> {
  return analysis;
}
