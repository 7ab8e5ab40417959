import type { Asked, Known } from '../../audiences/asking.ts';
import { membersOf } from '../../audiences/compile.ts';
import { fixedMembers, fixMembers, forgetRuns, keepMembers } from '../../audiences/kept.ts';
import { namedIn, readRule } from '../../audiences/read.ts';
import type { Rule } from '../../audiences/rule.ts';
import { dayIn } from '../../base/day.ts';
import type { Context } from '../../intake/context.ts';
import type { Lens } from '../../lifecycle/kept.ts';
import type { RuleSet } from '../../model/rules/ruleSet.ts';
import type { Fragment } from '../../warehouse/sql.ts';
import { digest, readState } from '../answers/state.ts';
import { ruleSetOf } from '../rules.ts';
import { lastDayOf } from './lastDay.ts';
import { nextRun, noteRun, type StoredAudience, storedAudience } from './stored.ts';

/** Brings the lifecycle under a rule set up to the last change of facts. */
export type KeepUp = (context: Context, rules: RuleSet) => Promise<void>;

/** A rule that may not be saved yet, and the rule set of its stages; none is the adopted one. */
export interface Asks {
  readonly rule: Rule;
  readonly rules?: string;
  /** Who asks keeps members already, so that none of the rest may be kept meanwhile. */
  readonly isKeeping?: true;
}

/** The consumers that a rule takes as of the end of a day, ready to be asked: what it stands on is up to date. */
export async function questionOf(context: Context, asks: Asks, on: string, keepUp: KeepUp): Promise<Fragment> {
  const lens = await lensOf(context, asks.rules);
  const audiences = new Map<string, Known>();
  await gather(context, asks, audiences, keepUp);
  const asked: Asked = { on, lens, audiences };
  const question = membersOf(asks.rule, asked);
  for (const each of lensesNeeded(asks.rule, asked)) await keepUp(context, each.rules);
  return question;
}

async function lensOf(context: Context, rules: string | undefined): Promise<Lens> {
  return { rules: await ruleSetOf(context, rules), scope: { own: context.brands }, kept: true };
}

/** Adds the audiences that a rule names, and all that those name. */
async function gather(context: Context, asks: Asks, into: Map<string, Known>, keepUp: KeepUp): Promise<void> {
  for (const name of namedIn(asks.rule)) {
    if (into.has(name)) continue;
    const stored = await storedAudience(context.registry, name);
    if (stored.kind === 'static') {
      const { run } = await upToDate(context, stored, keepUp, asks.isKeeping);
      into.set(name, { kind: 'static', run: run ?? 0 });
      continue;
    }
    const own = readRule(JSON.parse(stored.rule));
    into.set(name, { kind: 'dynamic', rule: own, lens: await lensOf(context, stored.rules) });
    await gather(context, { ...asks, rule: own }, into, keepUp);
  }
}

/** Rule sets whose stages a rule asks for, its own and those of the audiences it stands on. */
function lensesNeeded(rule: Rule, { lens, audiences }: Asked): Lens[] {
  const dynamic = [...audiences.values()].flatMap((known) => (known.kind === 'dynamic' ? [known] : []));
  return [{ rule, lens }, ...dynamic].filter((each) => namesStages(each.rule)).map((each) => each.lens);
}

function namesStages({ kind, parts }: Rule): boolean {
  return ['stage', 'moved'].includes(kind.name) || parts.some(namesStages);
}

/** The day that an audience is asked for where none is given. */
export async function dayOf(context: Context, stored?: StoredAudience): Promise<string> {
  if (stored?.onDay) return stored.onDay;
  return lastDayOf(context.warehouse, dayIn(context.zone, new Date(context.now())));
}

/** An audience whose kept members are those of the facts as they stand. */
export async function upToDate(
  context: Context,
  given: StoredAudience,
  keepUp: KeepUp,
  isKeeping?: true,
): Promise<StoredAudience> {
  const { facts } = await readState(context);
  if (given.run !== null && given.standsOn === standing(facts, given)) return given;
  const keep = async () => {
    const stored = await storedAudience(context.registry, given.id);
    if (stored.run !== null && stored.standsOn === standing(facts, stored)) return stored;
    return refresh(context, stored, facts, keepUp);
  };
  return isKeeping ? keep() : context.registry.locks.alone('audiences', keep);
}

const standing = (facts: string, { rules, onDay }: StoredAudience) => digest(facts, rules, onDay);

async function refresh(
  context: Context,
  stored: StoredAudience,
  facts: string,
  keepUp: KeepUp,
): Promise<StoredAudience> {
  const { registry, warehouse } = context;
  const isFixed = stored.kind === 'static' && stored.run !== null;
  const on = isFixed && stored.runOn ? stored.runOn : await dayOf(context, stored);
  const members = isFixed
    ? fixedMembers(stored.id)
    : await questionOf(
        context,
        { rule: readRule(JSON.parse(stored.rule)), rules: stored.rules, isKeeping: true },
        on,
        keepUp,
      );
  const run = await nextRun(registry);
  const consumers = await keepMembers(warehouse, run, members);
  if (stored.kind === 'static' && !isFixed) await fixMembers(warehouse, stored.id, run);
  const noted = await noteRun(registry, stored.id, { run, on, standsOn: standing(facts, stored), consumers });
  // Note: a question that began before may still read the members of before; those before them nobody reads.
  if (stored.runBefore !== null) await forgetRuns(warehouse, [stored.runBefore]);
  return noted;
}

/** Number under which the members of an audience are kept, for the scope of a question. */
export async function membersRun(context: Context, name: string, keepUp: KeepUp): Promise<number> {
  const stored = await upToDate(context, await storedAudience(context.registry, name), keepUp);
  return stored.run ?? 0;
}
