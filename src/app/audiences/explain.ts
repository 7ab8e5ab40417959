import type { RuleExplained, RuleQuestion } from '../../api/audiences.ts';
import { conditionsOf, countingFlags } from '../../audiences/explain.ts';
import { Plan } from '../../audiences/plan.ts';
import { readRule } from '../../audiences/read.ts';
import { sentenceOf } from '../../audiences/rule.ts';
import type { Context } from '../../intake/context.ts';
import { CAPS, keepUp } from '../asking.ts';
import { askedOf, dayOf } from './members.ts';

/** A rule condition by condition: how many meet each, and how many are left of an `all` after it. */
export function explainRule(context: Context, asked: RuleQuestion): Promise<RuleExplained> {
  return context.gate.shared(async () => {
    const rule = readRule(asked.rule);
    const on = asked.on ?? (await dayOf(context));
    const against = await askedOf(context, { rule }, on, keepUp);
    const plan = new Plan(on);
    const conditions = conditionsOf(rule, against, plan);
    const flags = conditions.flatMap(({ flag, after }) => (after ? [flag, after] : [flag]));
    const [row = {}] = await context.warehouse.rows<Record<string, number>>(countingFlags(flags, plan), CAPS);
    let flag = 0;
    const next = () => Number(row[`f${flag++}`] ?? 0);
    const told = conditions.map(({ place, rule: part, after }) => ({
      place: place.map((step) => (typeof step === 'number' ? step : String(step))),
      sentence: sentenceOf(part),
      consumers: next(),
      remaining: after ? next() : null,
    }));
    return { on, consumers: told[0]?.consumers ?? 0, sentence: sentenceOf(rule), conditions: told };
  });
}
