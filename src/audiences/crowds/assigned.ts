import { type Fragment, join, sql } from '../../warehouse/sql.ts';
import type { Asking } from '../asking.ts';
import { flagOf } from '../rule.ts';
import type { Taxonomy } from './taxonomy.ts';

/** The place of a consumer's crowd in its taxonomy, from 1, over the measures of a plan; 0 is no crowd. */
export interface Assigned {
  readonly place: Fragment;
  /** The place of a consumer of whom nothing is known. */
  readonly empty: number;
}

export function assigned({ crowds }: Taxonomy, asking: Asking): Assigned {
  const flags = crowds.map(({ rule }) => flagOf(rule, asking));
  const cases = flags.map(({ test }, at) => sql`(${test}), toUInt8(${at + 1})`);
  return {
    place: sql`multiIf(${join([...cases, sql`toUInt8(0)`], ', ')})`,
    empty: flags.findIndex(({ empty }) => empty) + 1,
  };
}
