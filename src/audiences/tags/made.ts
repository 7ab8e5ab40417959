import { type Lens, levelsOn } from '../../lifecycle/kept.ts';
import { joinedOn } from '../../model/members.ts';
import { as, type Fragment, join, perConsumer, sql } from '../../warehouse/sql.ts';
import type { Asked } from '../asking.ts';
import { everybody } from '../compile.ts';
import { assigned } from '../crowds/assigned.ts';
import { spendLevel } from '../crowds/spend.ts';
import type { Taxonomy } from '../crowds/taxonomy.ts';
import { Plan } from '../plan.ts';

const CROWD = 'crowd:';

/** Name of the tag of a taxonomy's crowds. */
export const crowdTag = ({ name }: Pick<Taxonomy, 'name'>): string => `${CROWD}${name}`;
export const isCrowdTag = (tag: string): boolean => tag.startsWith(CROWD);

/** Values of consumers that have a stage, or are members, as of the day asked: `consumer`, `tag`, `value`. */
export function lifeValues(lens: Lens, on: string, which: Fragment): { stage: Fragment; member: Fragment } {
  const codes = lens.rules.stages.map(({ code }) => code);
  const levels = codes.map((_, at) => at + 1);
  return {
    stage: sql`(SELECT consumer, 'stage' AS tag, transform(toUInt8(level), ${levels}, ${codes}, '') AS value
      FROM ${levelsOn(lens, on)} WHERE ${which})`,
    member: sql`(SELECT DISTINCT consumer, 'member' AS tag, 'member' AS value
      FROM ${joinedOn(sql`${as(on, 'Date')}`)} WHERE ${which})`,
  };
}

/** Spend levels, and crowds of each taxonomy: `consumer`, `tag`, `value`. Undefined where nothing is measured. */
export function crowdValues(taxonomies: readonly Taxonomy[], asked: Asked): Fragment | undefined {
  const plan = new Plan(asked.on, asked.only);
  const level = spendLevel(plan, asked.spendSteps ?? []);
  const places = taxonomies.map((taxonomy) => assigned(taxonomy, { ...asked, plan, within: [] }));
  // Note: a crowd of those of whom nothing is known takes consumers that no table has a row of.
  if (places.some(({ empty }) => empty > 0)) plan.amongAll(everybody(asked));
  const crowds = taxonomies.map((taxonomy, at) => {
    const ids = ['', ...taxonomy.crowds.map(({ id }) => id)];
    return sql`(${crowdTag(taxonomy)}, arrayElement(${ids}, ${places[at]?.place ?? sql`0`} + 1))`;
  });
  const measured = plan.table();
  if (!measured) return undefined;
  const told = join([sql`('spend_level', if(${level} > 0, toString(${level}), ''))`, ...crowds], ', ');
  const question = sql`SELECT consumer, told.1 AS tag, told.2 AS value FROM (
    SELECT consumer, arrayJoin(arrayFilter(each -> each.2 != '', [${told}])) AS told FROM ${measured})`;
  return plan.isLocal ? perConsumer(question) : sql`(${question})`;
}
