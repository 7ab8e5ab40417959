import type { Asked } from '../../audiences/asking.ts';
import { spendSteps } from '../../audiences/crowds/spend.ts';
import { Plan } from '../../audiences/plan.ts';
import type { Rule } from '../../audiences/rule.ts';
import type { Context } from '../../intake/context.ts';
import { ownCityTiers } from './cityTiers.ts';
import { openTaxonomies } from './taxonomies.ts';

/** What rules are given beside the facts of each consumer: taxonomies, tiers of cities, bounds between spend levels. */
export type Given = Pick<Asked, 'crowds' | 'cityTiers' | 'spendSteps'>;

/** What these rules need to be given as of the end of a day; nothing that none of them asks for. */
export async function givenTo(context: Context, rules: readonly Rule[], on: string): Promise<Given> {
  const { registry } = context;
  const crowds = names(rules, 'crowd') ? await openTaxonomies(registry) : undefined;
  const all = [...rules, ...[...(crowds?.values() ?? [])].flatMap((each) => each.crowds.map(({ rule }) => rule))];
  const cityTiers = names(all, 'city_tier') ? await ownCityTiers(registry) : undefined;
  return {
    ...(crowds ? { crowds } : {}),
    ...(cityTiers ? { cityTiers } : {}),
    ...(names(all, 'spend_level') ? { spendSteps: await spendStepsOn(context, on) } : {}),
  };
}

/** Bounds between the fifths of buyers by the net spend of the year that ends with a day. */
export async function spendStepsOn({ warehouse }: Context, on: string): Promise<readonly number[]> {
  const [row] = await warehouse.rows<{ steps: number[]; buyers: number }>(spendSteps(new Plan(on)));
  return row && row.buyers > 0 ? row.steps : [];
}

const names = (rules: readonly Rule[], kind: string): boolean =>
  rules.some((rule) => rule.kind.name === kind || names(rule.parts, kind));
