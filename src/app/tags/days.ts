import { areKept, forgetTags, isOfDay, keepTagOfDay, tagsKept } from '../../audiences/tags/keep.ts';
import type { Context } from '../../intake/context.ts';
import { readState, writeState } from '../../intake/journal.ts';
import type { KeptTags } from '../../lifecycle/kept.ts';
import type { RuleSet } from '../../model/rules/ruleSet.ts';
import { commitOf, groundOf, makingOf, nextTagRun } from './tags.ts';

/** Days of tags that are kept at once, those asked for last: several questions' worth. */
const MOST_RUNS = 124;

/** Values of one tag as they were found for the end of a day. */
interface KeptDay {
  readonly run: number;
  readonly tag: string;
  readonly on: string;
  /** Changes of facts up to this commit are in. */
  readonly commit: number;
  /** All else they were found from. */
  readonly ground: string;
}

interface Wanted {
  readonly tag: string;
  readonly days: readonly string[];
  readonly rules: RuleSet;
  /** The tags as of the last day of the data. */
  readonly now: KeptTags;
}

/** One tag of all consumers as of the end of each day, found from the facts as they stand; the lifecycle is up to date. */
export async function tagOnDays(context: Context, wanted: Wanted): Promise<ReadonlyMap<string, KeptTags>> {
  const { tag, days, now } = wanted;
  if (!isOfDay(tag)) return new Map(days.map((on) => [on, { on, table: now.table }]));
  const runs =
    (await freshRuns(context, wanted)) ??
    (await context.registry.locks.alone('tags', async () => {
      for (const on of days) await keepDay(context, wanted, on);
      return freshRuns(context, wanted);
    }));
  return new Map(runs?.map(({ on, run }) => [on, { on, table: tagsKept(run) }]));
}

/** The days of which values are kept that are those of the facts as they stand; undefined where one of them is not. */
async function freshRuns(context: Context, wanted: Wanted): Promise<KeptDay[] | undefined> {
  const isFresh = await freshness(context, wanted);
  const kept = await runsOf(context);
  const found = wanted.days.flatMap((on) => kept.find((each) => each.on === on && isFresh(each)) ?? []);
  const areThere = await Promise.all(found.map(({ run }) => areKept(context.warehouse, run)));
  return found.length === wanted.days.length && areThere.every(Boolean) ? found : undefined;
}

async function freshness(context: Context, { tag, rules }: Wanted): Promise<(kept: KeptDay) => boolean> {
  const commit = await commitOf(context);
  const ground = await groundOf(context, { rules });
  return (kept) => kept.tag === tag && kept.commit === commit && kept.ground === ground;
}

async function runsOf({ registry }: Context): Promise<readonly KeptDay[]> {
  return (await readState<{ runs: readonly KeptDay[] }>(registry, 'tag days'))?.runs ?? [];
}

/** Finds the values of a day where they are not kept, and puts it before those that were asked for longer ago. */
async function keepDay(context: Context, wanted: Wanted, on: string): Promise<void> {
  const { warehouse, registry } = context;
  const isFresh = await freshness(context, wanted);
  const runs = await runsOf(context);
  const known = runs.find((each) => each.on === on && isFresh(each));
  const isThere = known !== undefined && (await areKept(warehouse, known.run));
  const kept = isThere ? known : await find(context, wanted, on);
  const all = [kept, ...runs.filter((each) => each.run !== kept.run)];
  await writeState(registry, 'tag days', { runs: all.slice(0, MOST_RUNS) });
  await forgetTags(
    warehouse,
    all.slice(MOST_RUNS).map(({ run }) => run),
  );
}

async function find(context: Context, { tag, rules }: Wanted, on: string): Promise<KeptDay> {
  const commit = await commitOf(context);
  const ground = await groundOf(context, { rules });
  const run = await nextTagRun(context);
  await keepTagOfDay(context.warehouse, run, tag, await makingOf(context, { on, rules }));
  return { run, tag, on, commit, ground };
}
