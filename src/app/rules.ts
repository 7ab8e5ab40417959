import { NotFoundError } from '../base/errors.ts';
import type { Context } from '../intake/context.ts';
import { type RuleSet, ruleSet } from '../model/rules/ruleSet.ts';
import type { Row } from '../warehouse/warehouse.ts';

/** Rule sets of the home, each with its versions; titles in both languages. */
export async function listRules({ registry }: Context): Promise<Row[]> {
  const rows = await registry.rows<{ name: string; version: number; origin: string; adopted: boolean; body: RuleSet }>(
    'SELECT name, version, origin, adopted, body FROM rule_set ORDER BY name, version',
  );
  return rows.map(({ body, ...row }) => ({
    ...row,
    title: body.title,
    stages: body.stages.map((each) => each.code).join(' '),
  }));
}

/** The rule set of a key `name` (its latest version) or `name@version`; without one, the adopted. */
export async function ruleSetOf({ registry }: Context, key?: string): Promise<RuleSet> {
  const [name, version] = (key ?? '').split('@');
  const rows = await registry.rows<{ body: unknown; version: number }>(
    key === undefined
      ? 'SELECT body, version FROM rule_set WHERE adopted'
      : 'SELECT body, version FROM rule_set WHERE name = $1 ORDER BY version DESC',
    key === undefined ? [] : [name],
  );
  const row = version === undefined ? rows[0] : rows.find((each) => String(each.version) === version);
  if (!row) throw new NotFoundError('rules', `There is no rule set ${key}: see rules list.`);
  return ruleSet.parse(row.body);
}

/** Makes a rule set the one that questions use unless they name another. */
export async function adoptRules(context: Context, key: string): Promise<void> {
  const set = await ruleSetOf(context, key);
  await context.registry.transaction(async (registry) => {
    await registry.rows('UPDATE rule_set SET adopted = (name = $1 AND version = $2)', [set.name, set.version]);
    await registry.rows(`INSERT INTO audit (actor, action, detail) VALUES ('cli', 'rules.adopt', $1)`, [
      { name: set.name, version: set.version },
    ]);
  });
}
