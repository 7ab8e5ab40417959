import type { RuleExplained, RuleQuestion } from '../../api/audiences.ts';
import { type Asked, lookedAt } from '../../audiences/asking.ts';
import { looksAtOthers, rangesTo } from '../../audiences/compile.ts';
import { type Condition, conditionsOf, countingFlags } from '../../audiences/explain.ts';
import { Plan } from '../../audiences/plan.ts';
import { readRule } from '../../audiences/read.ts';
import { type Rule, sentenceOf } from '../../audiences/rule.ts';
import type { Context } from '../../intake/context.ts';
import { type Fragment, sql } from '../../warehouse/sql.ts';
import { CAPS } from '../asking.ts';
import { askedOf, dayOf } from './members.ts';

/** A rule condition by condition: how many meet each, and how many are left of an `all` after it. */
export function explainRule(context: Context, asked: RuleQuestion): Promise<RuleExplained> {
  return context.gate.shared(async () => {
    const rule = readRule(asked.rule);
    const on = asked.on ?? (await dayOf(context));
    const against = await askedOf(context, { rule }, on);
    const { conditions, counts } = await counted(context, rule, against);
    let flag = 0;
    const next = () => counts[flag++] ?? 0;
    const told = conditions.map(({ place, rule: part, after }) => ({
      place: place.map((step) => (typeof step === 'number' ? step : String(step))),
      sentence: sentenceOf(part),
      consumers: next(),
      remaining: after ? next() : null,
    }));
    return { on, consumers: told[0]?.consumers ?? 0, sentence: sentenceOf(rule), conditions: told };
  });
}

/** How many consumers meet each condition, and, where it stands in an `all`, it and those before it. */
async function counted(
  { warehouse }: Context,
  rule: Rule,
  asked: Asked,
): Promise<{ readonly conditions: readonly Condition[]; readonly counts: readonly number[] }> {
  const ranges: (Fragment | undefined)[] = looksAtOthers(rule, asked) ? [undefined] : await rangesOf(warehouse);
  const counts: number[] = [];
  let conditions: readonly Condition[] = [];
  for (const only of ranges) {
    const some = { ...asked, ...(only ? { only } : {}) };
    const plan = new Plan(asked.on, lookedAt(some));
    conditions = conditionsOf(rule, some, plan);
    const flags = conditions.flatMap(({ flag, after }) => (after ? [flag, after] : [flag]));
    const [row = {}] = await warehouse.rows<Record<string, number>>(countingFlags(flags, plan, some), CAPS);
    for (const i of flags.keys()) counts[i] = (counts[i] ?? 0) + Number(row[`f${i}`] ?? 0);
  }
  return { conditions, counts };
}

async function rangesOf(warehouse: Context['warehouse']): Promise<Fragment[]> {
  const [row] = await warehouse.rows<{ last: number }>(sql`SELECT max(consumer) AS last FROM people`);
  return rangesTo(row?.last ?? 0);
}
