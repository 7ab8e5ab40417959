import type { Asked, Known } from '../../audiences/asking.ts';
import { membersOf } from '../../audiences/compile.ts';
import { bitmapsKept, fixedMembers, fixMembers, forgetRuns, keepMembers, membersKept } from '../../audiences/kept.ts';
import type { Members } from '../../audiences/members.ts';
import { namedIn, readRule } from '../../audiences/read.ts';
import type { Rule } from '../../audiences/rule.ts';
import { dayIn } from '../../base/day.ts';
import { InputError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import type { Context } from '../../intake/context.ts';
import { readState } from '../../intake/journal.ts';
import type { Lens } from '../../lifecycle/kept.ts';
import type { RuleSet } from '../../model/rules/ruleSet.ts';
import { type Fragment, sql } from '../../warehouse/sql.ts';
import { givenTo } from '../crowds/given.ts';
import { ruleSetOf } from '../rules.ts';
import { type KeptDay, keptDay, nextRun, noteDay } from './days.ts';
import { groundOf } from './ground.ts';
import { lastDayOf } from './lastDay.ts';
import { keepAgain } from './refresh.ts';
import { type StoredAudience, storedAudience } from './stored.ts';

/** Brings the lifecycle under a rule set up to the last change of facts. */
export type KeepUp = (context: Context, rules: RuleSet) => Promise<void>;

/** A rule that may not be saved yet, and the rule set of its stages; none is the adopted one. */
export interface Asks {
  readonly rule: Rule;
  readonly rules?: string;
  /** Nobody else is looked at: a question, `consumer`. */
  readonly only?: Fragment;
  /** Who asks keeps members already, so that none of the rest may be kept meanwhile. */
  readonly isKeeping?: true;
  /** Audiences that stand on the rule, the outermost first. */
  readonly within?: readonly string[];
}

/** The consumers that a rule takes as of the end of a day, ready to be asked: what it stands on is up to date. */
export async function questionOf(context: Context, asks: Asks, on: string, keepUp: KeepUp): Promise<Members> {
  return membersOf(asks.rule, await askedOf(context, asks, on, keepUp));
}

/** What a rule is asked against as of the end of a day: the audiences it names, and lives that are up to date. */
export async function askedOf(context: Context, asks: Asks, on: string, keepUp: KeepUp): Promise<Asked> {
  const lens = await lensOf(context, asks.rules);
  const audiences = new Map<string, Known>();
  await gather(context, asks, on, audiences, keepUp);
  const others = [...audiences.values()].flatMap(({ rule }) => (rule ? [rule] : []));
  const given = await givenTo(context, [asks.rule, ...others], on);
  const asked: Asked = { on, lens, audiences, ...given, ...(asks.only ? { only: asks.only } : {}) };
  for (const each of lensesNeeded(asks.rule, asked)) await keepUp(context, each.rules);
  return asked;
}

export async function lensOf(context: Context, rules: string | undefined): Promise<Lens> {
  return { rules: await ruleSetOf(context, rules), scope: { own: context.brands }, kept: true };
}

/** Adds the audiences that a rule names, and all that those name; members that are kept for the day are not found twice. */
async function gather(
  context: Context,
  asks: Asks,
  on: string,
  into: Map<string, Known>,
  keepUp: KeepUp,
): Promise<void> {
  const { within = [] } = asks;
  for (const name of namedIn(asks.rule)) {
    if (within.includes(name))
      throw new InputError('audience_cycle', say('audience.cycle', { way: [...within, name].join(' → ') }));
    if (into.has(name)) continue;
    const stored = await storedAudience(context.registry, name);
    const inner = { ...asks, within: [...within, name] };
    const kept = await keptFor(context, stored, on, inner, keepUp);
    const lens = await lensOf(context, stored.rules);
    const rule = stored.kind === 'dynamic' ? readRule(JSON.parse(stored.rule)) : undefined;
    into.set(name, { lens, ...(rule ? { rule } : {}), ...(kept ? { run: kept.run } : {}) });
    if (rule) await gather(context, { ...inner, rule }, on, into, keepUp);
  }
}

/** The kept members of an audience that another stands on: of a fixed one always, of another where it is asked as of its own day. */
async function keptFor(
  context: Context,
  stored: StoredAudience,
  on: string,
  { isKeeping, within = [] }: Asks,
  keepUp: KeepUp,
): Promise<KeptDay | undefined> {
  if (stored.kind === 'static') return upToDate(context, stored, keepUp, { isKeeping, within });
  const own = stored.onDay ?? (await dayOf(context));
  return own === on ? upToDate(context, stored, keepUp, { isKeeping, within, on }) : undefined;
}

/** Rule sets whose stages a rule asks for, its own and those of the audiences it stands on. */
function lensesNeeded(rule: Rule, { lens, audiences }: Asked): Lens[] {
  const others = [...audiences.values()].flatMap((known) =>
    known.rule ? [{ rule: known.rule, lens: known.lens }] : [],
  );
  return [{ rule, lens }, ...others].filter((each) => namesStages(each.rule)).map((each) => each.lens);
}

function namesStages({ kind, parts }: Rule): boolean {
  return ['stage', 'moved', 'stayed', 'crowd'].includes(kind.name) || parts.some(namesStages);
}

/** The day that an audience is asked for where none is given. */
export async function dayOf(context: Context, stored?: StoredAudience): Promise<string> {
  if (stored?.onDay) return stored.onDay;
  return lastDayOf(context.warehouse, dayIn(context.zone, new Date(context.now())));
}

interface Keeping {
  /** The day asked; the audience's own where it is absent. */
  readonly on?: string;
  readonly isKeeping?: true | undefined;
  readonly within?: readonly string[];
}

/** The members of an audience kept for a day, those of the facts as they stand; they are found where they are not. */
export async function upToDate(
  context: Context,
  stored: StoredAudience,
  keepUp: KeepUp,
  { on, isKeeping, within = [stored.name] }: Keeping = {},
): Promise<KeptDay> {
  const day = (stored.kind === 'static' ? stored.lastDay : null) ?? on ?? (await dayOf(context, stored));
  const fresh = async (): Promise<KeptDay | undefined> => {
    const kept = await keptDay(context.registry, stored.id, day);
    if (kept?.commit !== (await commitOf(context))) return undefined;
    return kept.ground === (await groundOf(context, stored)).digest ? kept : undefined;
  };
  const keep = async () => (await fresh()) ?? found(context, stored, { day, within }, keepUp);
  return (await fresh()) ?? (isKeeping ? keep() : context.registry.locks.alone('audiences', keep));
}

/** Number of the last change of facts. */
async function commitOf({ registry }: Context): Promise<number> {
  return (await readState<number>(registry, 'commit')) ?? 0;
}

async function found(
  context: Context,
  stored: StoredAudience,
  { day, within }: { readonly day: string; readonly within: readonly string[] },
  keepUp: KeepUp,
): Promise<KeptDay> {
  const { registry, warehouse } = context;
  const [before, commit, ground] = [
    await keptDay(registry, stored.id, day),
    await commitOf(context),
    await groundOf(context, stored),
  ];
  const run = await nextRun(registry);
  const isFixed = stored.kind === 'static' && before !== undefined;
  const asks = { rules: stored.rules, isKeeping: true as const, within };
  const rule = () => readRule(JSON.parse(stored.rule));
  const again =
    before && !isFixed && before.ground === ground.digest && !ground.isRelative
      ? await keepAgain(context, run, before, (only) =>
          questionOf(context, { ...asks, rule: rule(), only }, day, keepUp),
        )
      : undefined;
  const members = isFixed
    ? { consumers: fixedMembers(stored.id) }
    : again === undefined && (await questionOf(context, { ...asks, rule: rule() }, day, keepUp));
  const consumers = again ?? (members ? await keepMembers(warehouse, run, members) : 0);
  if (stored.kind === 'static' && !isFixed) await fixMembers(warehouse, stored.id, run);
  const kept = { on: day, run, commit, ground: ground.digest, consumers };
  await noteDay(registry, stored.id, kept);
  // Note: a question that began before may still read the members of before; those before them nobody reads.
  if (before?.runBefore) await forgetRuns(warehouse, [before.runBefore]);
  return { ...kept, runBefore: before?.run ?? null };
}

/** Members that are kept, ready to be asked for. */
export function membersIn({ run }: Pick<KeptDay, 'run'>): Members {
  return { consumers: membersKept(run), bitmaps: sql`(${bitmapsKept(run)})` };
}

/** Number under which the members of an audience are kept, for the scope of a question. */
export async function membersRun(context: Context, name: string, keepUp: KeepUp): Promise<number> {
  return (await upToDate(context, await storedAudience(context.registry, name), keepUp)).run;
}
