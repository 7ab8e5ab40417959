import { type Asked, type Known, lookedAt } from '../../audiences/asking.ts';
import { membersOf } from '../../audiences/compile.ts';
import { bitmapsKept, fixedMembers, fixMembers, keepMembers, membersKept } from '../../audiences/kept.ts';
import type { Members } from '../../audiences/members.ts';
import { namedIn } from '../../audiences/read.ts';
import type { Rule } from '../../audiences/rule.ts';
import { dayIn } from '../../base/day.ts';
import { InputError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import { lastConsumer } from '../../identity/people.ts';
import type { Context } from '../../intake/context.ts';
import type { Lens } from '../../lifecycle/kept.ts';
import type { Some } from '../../lifecycle/some.ts';
import { sql } from '../../warehouse/sql.ts';
import { givenTo } from '../crowds/given.ts';
import { listsFor } from '../lists/lists.ts';
import { lookalikesFor } from '../lookalikes/lookalikes.ts';
import { ruleSetOf } from '../rules.ts';
import { type Book, openBook, ruleOf } from './book.ts';
import { type KeptDay, noteDay } from './days.ts';
import { areFew, membersOfFew } from './few.ts';
import { lastDayOf } from './lastDay.ts';
import { type Question, withLives } from './lives.ts';
import { narrowed } from './narrowed.ts';
import { keepAgain } from './refresh.ts';
import { takeRun } from './runs.ts';
import { type StoredAudience, storedAudience } from './stored.ts';
import { withheldRun } from './withheld.ts';

/** A rule that may not be saved yet, and the rule set of its stages; none is the adopted one. */
export interface Asks {
  readonly rule: Rule;
  readonly rules?: string;
  /** Nobody else is looked at. */
  readonly among?: Some;
  /** Who asks keeps members already, so that none of the rest may be kept meanwhile. */
  readonly isKeeping?: true;
  /** Audiences that stand on the rule, the outermost first. */
  readonly within?: readonly string[];
}

/** The consumers that a rule takes as of the end of a day, ready to be asked: what it stands on is up to date. */
export async function questionOf(context: Context, asks: Asks, on: string): Promise<Members> {
  const asked = await groundOf(context, asks, on);
  const all: Question = { rule: asks.rule, asked };
  if (areFew(asks.among, all)) return membersOfFew(context, all, asks.among);
  const last = await lastConsumer(context.warehouse);
  const left = (await narrowed(context, all, last)) ?? all;
  return left.few ? membersOfFew(context, left, left.few) : membersOf(left.rule, await withLives(context, left), last);
}

/** What a rule is asked against as of the end of a day: the audiences it names, and lives that are up to date. */
export async function askedOf(context: Context, asks: Asks, on: string): Promise<Asked> {
  return withLives(context, { rule: asks.rule, asked: await groundOf(context, asks, on) });
}

/** The same, but for lives. */
async function groundOf(context: Context, asks: Asks, on: string): Promise<Asked> {
  const lens = await lensOf(context, asks.rules);
  const audiences = new Map<string, Known>();
  await gather(context, asks, on, audiences);
  const others = [...audiences.values()].flatMap(({ rule }) => (rule ? [rule] : []));
  const all = [asks.rule, ...others];
  const withheld = await withheldRun(context);
  return {
    on,
    lens,
    audiences,
    ...(await givenTo(context, all, on)),
    lookalikes: await lookalikesFor(context, all),
    lists: await listsFor(context, all),
    ...(asks.among ? { only: asks.among.test } : {}),
    ...(withheld === undefined ? {} : { withheld }),
  };
}

export async function lensOf(context: Context, rules: string | undefined): Promise<Lens> {
  return { rules: await ruleSetOf(context, rules), scope: { own: context.brands }, kept: true };
}

/** Adds the audiences that a rule names, and all that those name; members that are kept for the day are not found twice. */
async function gather(context: Context, asks: Asks, on: string, into: Map<string, Known>): Promise<void> {
  if (namedIn(asks.rule).length === 0) return;
  const book = await openBook(context, on);
  let own: Promise<string> | undefined;
  const lenses = new Map<string, Promise<Lens>>();
  const add = async (rule: Rule, within: readonly string[]): Promise<void> => {
    for (const name of namedIn(rule)) {
      if (within.includes(name))
        throw new InputError('audience_cycle', say('audience.cycle', { way: [...within, name].join(' → ') }));
      if (into.has(name)) continue;
      const stored = book.stored(name);
      const lens = lenses.get(stored.rules) ?? lensOf(context, stored.rules);
      lenses.set(stored.rules, lens);
      own ??= dayOf(context);
      // Note: as of another day than its own an audience is found by its rule, and not kept.
      const isKept = stored.kind === 'static' || (stored.onDay ?? (await own)) === on;
      const keeping = { on, isKeeping: asks.isKeeping, within: [...within, name] };
      const kept = isKept && (book.fresh(stored) ?? (await upToDate(context, stored, keeping)));
      into.set(name, { lens: await lens, ...(kept ? { run: kept.run } : { rule: ruleOf(stored.rule) }) });
      if (!kept) await add(ruleOf(stored.rule), [...within, name]);
    }
  };
  await add(asks.rule, asks.within ?? []);
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
  { on, isKeeping, within = [stored.name] }: Keeping = {},
): Promise<KeptDay> {
  const day = (stored.kind === 'static' ? stored.lastDay : null) ?? on ?? (await dayOf(context, stored));
  const fresh = async () => {
    const book = await openBook(context, day);
    return { book, kept: book.fresh(book.stored(stored.id)) };
  };
  const keep = async () => {
    const { book, kept } = await fresh();
    return kept ?? found(context, book, { id: stored.id, day, within });
  };
  return (await fresh()).kept ?? (isKeeping ? keep() : context.registry.locks.alone('audiences', keep));
}

async function found(
  context: Context,
  book: Book,
  { id, day, within }: { readonly id: number; readonly day: string; readonly within: readonly string[] },
): Promise<KeptDay> {
  const { registry, warehouse } = context;
  const stored = book.stored(id);
  const [before, ground, run] = [book.kept(stored), book.ground(stored), await takeRun(context)];
  const isFixed = stored.kind === 'static' && before !== undefined;
  const asking = { rules: stored.rules, isKeeping: true as const, within };
  const ask = (among?: Some) =>
    questionOf(context, { ...asking, rule: ruleOf(stored.rule), ...(among ? { among } : {}) }, day);
  const isLike = before && !isFixed && before.ground === ground.digest && !ground.isRelative;
  const again = isLike ? await keepAgain(context, run, before, ask) : undefined;
  const consumers = again ?? (await keepMembers(warehouse, run, isFixed ? await fixedNow(context, id) : await ask()));
  if (stored.kind === 'static' && !isFixed) await fixMembers(warehouse, id, run);
  const kept = { on: day, run, commit: book.commit, ground: ground.digest, consumers };
  await noteDay(registry, id, kept);
  return { ...kept, runBefore: before?.run ?? null };
}

/** Whom the members of a fixed audience are now, but for those who are in no audience. */
async function fixedNow(context: Context, id: number): Promise<Members> {
  const withheld = await withheldRun(context);
  const test = lookedAt(withheld === undefined ? {} : { withheld });
  return { consumers: sql`SELECT consumer FROM (${fixedMembers(id)}) WHERE ${test ?? sql`1`}` };
}

/** Members that are kept, ready to be asked for. */
export function membersIn({ run }: Pick<KeptDay, 'run'>): Members {
  return { consumers: membersKept(run), bitmaps: sql`(${bitmapsKept(run)})` };
}

/** Number under which the members of an audience are kept, for the scope of a question; as of a day, or without one of its own. */
export async function membersRun(context: Context, name: string, on?: string): Promise<number> {
  const stored = await storedAudience(context.registry, name);
  return (await upToDate(context, stored, on === undefined ? {} : { on })).run;
}
