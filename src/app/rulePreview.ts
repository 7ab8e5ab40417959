import type { Text } from '../base/text.ts';
import type { Context } from '../intake/context.ts';
import { type Lens, levelsOn } from '../lifecycle/kept.ts';
import { type RuleSet, rulesKey } from '../model/rules/ruleSet.ts';
import { sql } from '../warehouse/sql.ts';
import { CAPS } from './asking.ts';
import { keepUp } from './lifecycle.ts';
import { changesBetween, type RuleChange } from './ruleChange.ts';
import { proposedRules, ruleSetOf } from './rules.ts';

/** A set, saved (its key) or only proposed, and the day to look at. */
export interface RulesProposal {
  readonly rules: string | Readonly<Record<string, unknown>>;
  readonly on: string;
}

/** What would change on a day if a set were adopted. */
export interface RulesPreview {
  readonly on: string;
  /** The adopted set. */
  readonly now: string;
  readonly stages: ReadonlyArray<{
    readonly code: string;
    readonly title: Text;
    readonly now: number;
    readonly next: number;
  }>;
  /** Consumers by their stage under both sets; `''` is none. */
  readonly moves: ReadonlyArray<{ readonly from: string; readonly to: string; readonly consumers: number }>;
  readonly changed: number;
  readonly changes: readonly RuleChange[];
}

/** Both sets over the same facts: the adopted one's spans as they are kept, the new one's computed for the day and kept nowhere. */
export async function previewRules(context: Context, { rules, on }: RulesProposal): Promise<RulesPreview> {
  const adopted = await ruleSetOf(context);
  const next = typeof rules === 'string' ? await ruleSetOf(context, rules) : await proposedRules(context, rules);
  await keepUp(context, adopted);
  const scope = { own: context.brands };
  const moves = await movesUnder(
    context,
    { rules: adopted, scope, kept: true },
    { rules: next, scope, kept: false },
    on,
  );
  return {
    on,
    now: rulesKey(adopted),
    stages: stagesUnder(adopted, next, moves),
    moves,
    changed: moves.reduce((sum, { from, to, consumers }) => sum + (from === to ? 0 : consumers), 0),
    changes: changesBetween(adopted, next),
  };
}

async function movesUnder({ warehouse }: Context, now: Lens, then: Lens, on: string): Promise<RulesPreview['moves']> {
  const rows = await warehouse.rows<{ was: number; next: number; consumers: number }>(
    sql`SELECT was, next, count() AS consumers
      -- one row a consumer with a stage under either set
      FROM (SELECT consumer, max(old) AS was, max(new) AS next FROM (
        SELECT consumer, level AS old, toUInt8(0) AS new FROM ${levelsOn(now, on)}
        UNION ALL SELECT consumer, toUInt8(0) AS old, toUInt8(level) AS new FROM ${levelsOn(then, on)}) GROUP BY consumer)
      GROUP BY was, next ORDER BY was, next`,
    CAPS,
  );
  const code = ({ rules }: Lens, level: number) => rules.stages[level - 1]?.code ?? '';
  return rows.map(({ was, next, consumers }) => ({ from: code(now, was), to: code(then, next), consumers }));
}

function stagesUnder(now: RuleSet, then: RuleSet, moves: RulesPreview['moves']): RulesPreview['stages'] {
  const titles = new Map([...now.stages, ...then.stages].map(({ code, title }) => [code, title]));
  const count = (side: 'from' | 'to', code: string) =>
    moves.reduce((sum, move) => sum + (move[side] === code ? move.consumers : 0), 0);
  return [...titles].map(([code, title]) => ({ code, title, now: count('from', code), next: count('to', code) }));
}
