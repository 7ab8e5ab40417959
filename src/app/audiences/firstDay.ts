import { namedIn } from '../../audiences/read.ts';
import { fixedDaysOf, type Rule } from '../../audiences/rule.ts';
import type { Context } from '../../intake/context.ts';
import { lookalikesFor } from '../lookalikes/lookalikes.ts';
import { ruleOf } from './book.ts';
import { allAudiences, type StoredAudience } from './stored.ts';

/**
 * The first day that a dynamic audience can be asked for: it, and all that it stands on, may look at stages of a fixed day
 * and score by models that have learned from all before their own; undefined where it can be asked for any.
 */
export async function firstDayOf(context: Context, stored: StoredAudience): Promise<string | undefined> {
  if (stored.kind === 'static') return undefined;
  const rules = await standingOn(context, stored);
  const models = await lookalikesFor(context, rules);
  const days = [...rules.flatMap(fixedDaysOf), ...[...models.values()].map(({ on }) => on)];
  return days.toSorted().at(-1);
}

/** Its rule, and those of the dynamic audiences that it stands on. */
async function standingOn({ registry }: Context, stored: StoredAudience): Promise<Rule[]> {
  const rule = ruleOf(stored.rule);
  if (namedIn(rule).length === 0) return [rule];
  const known = new Map((await allAudiences(registry)).map((each) => [each.name, each]));
  const found = new Map([[stored.name, rule]]);
  const add = (names: readonly string[]): void => {
    for (const each of names.flatMap((name) => known.get(name) ?? [])) {
      if (found.has(each.name) || each.kind === 'static') continue;
      found.set(each.name, ruleOf(each.rule));
      add(namedIn(ruleOf(each.rule)));
    }
  };
  add(namedIn(rule));
  return [...found.values()];
}
