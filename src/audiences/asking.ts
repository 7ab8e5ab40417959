import type { Lens } from '../lifecycle/kept.ts';
import type { LookalikeModel } from '../lookalike/model.ts';
import { membersKept } from '../model/membersKept.ts';
import { type Fragment, join, sql } from '../warehouse/sql.ts';
import type { Taxonomy } from './crowds/taxonomy.ts';
import type { Plan } from './plan.ts';
import type { Rule } from './rule.ts';

/** A saved audience as a rule meets it. */
export interface Known {
  /** Its rule, under its own rule set; one whose members are fixed has none that holds today. */
  readonly rule?: Rule;
  readonly lens: Lens;
  /** Number of its members as of the day asked, where they are kept. */
  readonly run?: number;
}

/** A lookalike model as a rule meets it. */
export interface KnownLookalike {
  /** The day it was made as of; it foretells nothing of days before. */
  readonly on: string;
  readonly model: LookalikeModel;
  readonly lens: Lens;
}

/** What a rule is asked against. */
export interface Asked {
  /** The day at whose end everything is seen. */
  readonly on: string;
  readonly lens: Lens;
  /** Saved audiences by name: all that the rule names, and all that those name. */
  readonly audiences: ReadonlyMap<string, Known>;
  /** Taxonomies of crowds by name, and by name and version. */
  readonly crowds?: ReadonlyMap<string, Taxonomy>;
  /** Tier of a city or province, where the home has a table of its own. */
  readonly cityTiers?: ReadonlyMap<string, number>;
  /** Bounds between the fifths of buyers by the net spend of a year, in minor units; none where nobody bought. */
  readonly spendSteps?: readonly number[];
  /** Lookalike models by number. */
  readonly lookalikes?: ReadonlyMap<number, KnownLookalike>;
  /** Numbers of uploaded lists by name. */
  readonly lists?: ReadonlyMap<string, number>;
  /** Nobody else is looked at: a test by the column `consumer`. */
  readonly only?: Fragment | undefined;
  /** Those are few: what is read of their facts is little, whatever is asked. */
  readonly isFew?: true;
  /** Those, as `consumer`, one row each, where all of them are known to be people there are. */
  readonly sure?: Fragment | undefined;
  /** Nobody else is looked at than those who are kept under this number; all of them are people there are. */
  readonly candidates?: number | undefined;
  /** Number of those who are in no audience, kept like members; absent where there are none. */
  readonly withheld?: number;
}

/** What says who is looked at. */
export type Among = Pick<Asked, 'only' | 'isFew' | 'sure' | 'candidates' | 'withheld'>;

/** Who is looked at, as a test by the column `consumer`; absent where everybody is. */
export function lookedAt({ only, candidates, withheld }: Among): Fragment | undefined {
  const rest = withheld === undefined ? [] : [sql`consumer NOT IN (${membersKept(withheld)})`];
  const some = candidates === undefined ? [] : [sql`consumer IN (${membersKept(candidates)})`];
  const tests = [...(only ? [only] : []), ...some, ...rest];
  return tests.length === 0 ? undefined : join(tests, ' AND ');
}

/** A rule being compiled: what it measures goes to the plan. */
export interface Asking extends Asked {
  readonly plan: Plan;
  /** Saved audiences that the rule stands in, the outermost first. */
  readonly within: readonly string[];
}
