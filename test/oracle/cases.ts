import type { Day } from '../../src/base/day.ts';
import { answerCases } from './cases/answers.ts';
import { growCases } from './cases/grow.ts';
import { guardCases, identityCases } from './cases/identity.ts';
import { purchaseCases } from './cases/purchase.ts';
import { scopeCases } from './cases/scope.ts';
import { stageCases } from './cases/stage.ts';
import type { Scope } from './paid.ts';
import type { Stage } from './stage.ts';
import type { Rows } from './world.ts';

/** One answer of one analysis: the params of `run ID`, the rows of contract §3 (null = absent, yuan as numbers). */
export interface Answer {
  readonly analysis: 'aipl-stock' | 'aipl-trend' | 'aipl-flow' | 'fast' | 'grow' | 'rfm' | 'repurchase' | 'retention';
  readonly params: Readonly<Record<string, string | number>>;
  /** In order. Rates and GROW values hold to 0.005; rows that count nobody are left out of stock and trend. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** What must come out; a case may expect more than one kind. */
export interface Expectation {
  /** Stage as of `on` of the consumer that holds this `id_user`. */
  readonly stages?: Readonly<Record<string, Stage | 'none'>>;
  /** Each list holds all `id_user`s of one consumer; no consumer is unnamed. */
  readonly consumers?: readonly (readonly string[])[];
  /** Rows that belong to no consumer. */
  readonly unidentified?: number;
  readonly answers?: readonly Answer[];
}

/** Raw canonical rows of one source, a day, and what the contract makes of them. */
export interface Case {
  readonly name: string;
  readonly rows: Partial<Rows>;
  readonly on: Day;
  readonly scope?: Scope;
  readonly expect: Expectation;
}

/**
 * Cases whose rows may lie in one home together: they ask for stages without scope as of one day, and share no
 * identifier, order or item.
 */
export const togetherCases: readonly Case[] = [...stageCases, ...purchaseCases, ...identityCases];

/** Every case; those not in `togetherCases` need a home of their own. */
export const cases: readonly Case[] = [...togetherCases, ...guardCases, ...scopeCases, ...answerCases, ...growCases];

/** The rows of several cases as one. */
export function rowsOf(several: readonly { readonly rows: Partial<Rows> }[]): Rows {
  const all = (entity: keyof Rows) => several.flatMap((one) => one.rows[entity] ?? []);
  return {
    events: all('events'),
    orders: all('orders'),
    items: all('items'),
    members: all('members'),
    reviews: all('reviews'),
  };
}
