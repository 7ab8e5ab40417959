import { type Fragment, join, sql } from '../../warehouse/sql.ts';
import type { Asking } from '../asking.ts';
import type { Plan } from '../plan.ts';
import { flagOf } from '../rule.ts';
import type { Taxonomy } from './taxonomy.ts';

/** The place of a consumer's crowd in its taxonomy, from 1, over the measures of a plan; 0 is no crowd. */
export interface Assigned {
  readonly place: Fragment;
  /** The place of a consumer of whom nothing is known. */
  readonly empty: number;
}

interface Known {
  readonly taxonomy: Taxonomy;
  readonly lens: Asking['lens'];
  readonly assigned: Assigned;
}

/** What plans measure of taxonomies already: conditions on several crowds of one ask its rules once. */
const known = new WeakMap<Plan, Known[]>();

export function assigned(taxonomy: Taxonomy, asking: Asking): Assigned {
  const { plan, lens } = asking;
  const before = known.get(plan) ?? [];
  known.set(plan, before);
  const same = before.find((each) => each.taxonomy === taxonomy && each.lens === lens);
  const found = same?.assigned ?? assign(taxonomy, asking);
  if (!same) before.push({ taxonomy, lens, assigned: found });
  return found;
}

function assign({ crowds }: Taxonomy, asking: Asking): Assigned {
  const flags = crowds.map(({ rule }) => flagOf(rule, asking));
  const cases = flags.map(({ test }, at) => sql`(${test}), toUInt8(${at + 1})`);
  return {
    place: asking.plan.derived(sql`multiIf(${join([...cases, sql`toUInt8(0)`], ', ')})`),
    empty: flags.findIndex(({ empty }) => empty) + 1,
  };
}
