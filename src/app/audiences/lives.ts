import type { Asked } from '../../audiences/asking.ts';
import { looksAtStages, type Rule } from '../../audiences/rule.ts';
import type { Context } from '../../intake/context.ts';
import type { Lens } from '../../lifecycle/kept.ts';
import type { Few } from '../../lifecycle/some.ts';
import { isUp, keepUp } from '../lifecycle.ts';

/** A rule and what it is asked against. */
export interface Question {
  readonly rule: Rule;
  readonly asked: Asked;
  /** Nobody else is looked at: so few that their own facts are told from sooner than the lifecycle of all is brought up. */
  readonly few?: Few;
}

/** What a rule is asked against, with lives up to the last change of facts. */
export async function withLives(context: Context, { rule, asked, few }: Question): Promise<Asked> {
  const lenses = lensesOf(rule, asked);
  if (few) return (await areBehind(context, lenses)) ? ofThemAlone(asked, few) : asked;
  for (const { rules } of lenses) await keepUp(context, rules);
  return asked;
}

/** How the stages are looked at that a rule asks for: its own, those of the audiences it stands on and of its models. */
function lensesOf(rule: Rule, { lens, audiences, lookalikes }: Asked): Lens[] {
  const others = [...audiences.values()].flatMap((known) =>
    known.rule ? [{ rule: known.rule, lens: known.lens }] : [],
  );
  const asking = [{ rule, lens }, ...others].filter((each) => looksAtStages(each.rule));
  return [...asking, ...(lookalikes?.values() ?? [])].map((each) => each.lens);
}

async function areBehind(context: Context, lenses: readonly Lens[]): Promise<boolean> {
  for (const { rules } of lenses) if (!(await isUp(context, rules))) return true;
  return false;
}

/** The same, with no other lives than those of the consumers who are looked at, told from their facts. */
function ofThemAlone({ lens, audiences, ...rest }: Asked, { test }: Few): Asked {
  const alone = (of: Lens): Lens => ({ ...of, only: test });
  const known = [...audiences].map(([name, each]) => [name, { ...each, lens: alone(each.lens) }] as const);
  return { ...rest, lens: alone(lens), audiences: new Map(known) };
}
