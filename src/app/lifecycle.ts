import type { Context } from '../intake/context.ts';
import { readState, writeState } from '../intake/journal.ts';
import { areKept, type Kept, keepSpans, type Memory } from '../lifecycle/keep.ts';
import { type RuleSet, rulesKey } from '../model/rules/ruleSet.ts';

/** Brings the lifecycle under a rule set up to the last change of facts. */
export async function keepUp(context: Context, rules: RuleSet): Promise<void> {
  await keepSpans(context.warehouse, memoryOf(context), rules, { own: context.brands }, context.watch);
}

/** Whether the lifecycle under a rule set is up to the last change of facts. */
export function isUp(context: Context, rules: RuleSet): Promise<boolean> {
  return areKept(context.warehouse, memoryOf(context), rules);
}

/** Whether the lifecycle under a rule set has been kept, up to whatever change of facts. */
export async function stagesKept(context: Context, rules: RuleSet): Promise<boolean> {
  return ((await memoryOf(context).read(rulesKey(rules)))?.batch ?? 0) > 0;
}

/** Spans are kept for the workspace's own brands; where those have changed since, nothing is kept. */
function memoryOf({ registry, brands }: Context): Memory {
  const own = JSON.stringify([...brands].sort());
  return {
    read: async (rules) => {
      const state = await readState<Kept & { own: string }>(registry, `lifecycle ${rules}`);
      if (state?.own !== own) return undefined;
      const { own: _, ...kept } = state;
      return kept;
    },
    alone: (work) => registry.locks.alone('spans', work),
    write: (rules, kept) => writeState(registry, `lifecycle ${rules}`, { ...kept, own }),
  };
}
