import { isDeepStrictEqual } from 'node:util';
import { openTaxonomy } from '../../audiences/crowds/read.ts';
import { areKept, forgetTags, keepTags, keepTagsAgain, type Making, tagsKept } from '../../audiences/tags/keep.ts';
import { fewTouched } from '../../audiences/touched.ts';
import type { Context } from '../../intake/context.ts';
import { readState, writeState } from '../../intake/journal.ts';
import type { KeptTags } from '../../lifecycle/kept.ts';
import { type RuleSet, rulesKey } from '../../model/rules/ruleSet.ts';
import { digest } from '../answers/state.ts';
import { ownCityTiers } from '../crowds/cityTiers.ts';
import { spendStepsOn } from '../crowds/given.ts';
import { crowdsState, latestOf, taxonomyVersions } from '../crowds/taxonomies.ts';
import { productVersion } from '../version.ts';

/** Days whose values are kept at once. */
const MOST_RUNS = 3;

/** Values of tags as they were found for the end of a day. */
interface KeptRun {
  readonly run: number;
  readonly on: string;
  /** Changes of facts up to this commit are in. */
  readonly commit: number;
  /** All else they were found from, but the bounds between spend levels. */
  readonly ground: string;
  readonly steps: readonly number[];
  /** Names of the home's own tags. */
  readonly tags: readonly string[];
}

/** What tags are asked for. */
export interface Wanted {
  readonly on: string;
  readonly rules: RuleSet;
}

/** The tags as of a day where they are kept and the facts have not changed; for what a question is likely to cost. */
export async function tagsAsKept(context: Context, { on, rules }: Wanted): Promise<KeptTags | undefined> {
  const known = (await runsOf(context)).find((each) => each.on === on && each.ground.startsWith(rulesKey(rules)));
  return known && { on, table: tagsKept(known.run) };
}

/** The tags of all consumers as of the end of a day, brought up to the last change of facts; the lifecycle is up to date. */
export async function tagsUpToDate(context: Context, wanted: Wanted): Promise<KeptTags> {
  const ground = await groundOf(context, wanted);
  const run =
    (await freshRun(context, wanted, ground)) ??
    (await context.registry.locks.alone(
      'tags',
      async () => (await freshRun(context, wanted, ground)) ?? keep(context, wanted, ground),
    ));
  return { on: wanted.on, table: tagsKept(run) };
}

/** Number of the values that are those of the facts as they stand. */
async function freshRun(context: Context, { on }: Wanted, ground: string): Promise<number | undefined> {
  const commit = await commitOf(context);
  const known = (await runsOf(context)).find(
    (each) => each.on === on && each.ground === ground && each.commit === commit,
  );
  return known && (await areKept(context.warehouse, known.run)) ? known.run : undefined;
}

/** Finds the values of the facts as they stand, and notes where they are. */
async function keep(context: Context, wanted: Wanted, ground: string): Promise<number> {
  const commit = await commitOf(context);
  const making = await makingOf(context, wanted);
  const runs = await runsOf(context);
  const steps = making.spendSteps ?? [];
  // Note: where the bounds between spend levels have moved, levels of consumers who did nothing have moved too.
  const before = runs.find(
    (each) => each.on === wanted.on && each.ground === ground && isDeepStrictEqual(each.steps, steps),
  );
  const isThere = before !== undefined && (await areKept(context.warehouse, before.run));
  const found = await find(context, making, isThere ? before : undefined);
  await note(context, { ...found, on: wanted.on, commit, ground, steps }, runs);
  return found.run;
}

/** Number of the last change of facts. */
export const commitOf = async ({ registry }: Context): Promise<number> =>
  (await readState<number>(registry, 'commit')) ?? 0;

async function runsOf({ registry }: Context): Promise<readonly KeptRun[]> {
  return (await readState<{ runs: readonly KeptRun[] }>(registry, 'tags'))?.runs ?? [];
}

/** What tags are made of as of a day. */
export async function makingOf(context: Context, { on, rules }: Wanted): Promise<Making> {
  const { registry, brands } = context;
  const versions = latestOf(await taxonomyVersions(registry));
  const cityTiers = await ownCityTiers(registry);
  return {
    on,
    lens: { rules, scope: { own: brands }, kept: true },
    audiences: new Map(),
    taxonomies: versions.filter(({ isExample }) => !isExample).map(openTaxonomy),
    spendSteps: await spendStepsOn(context, on),
    ...(cityTiers ? { cityTiers } : {}),
  };
}

/** All that values are found from but the facts. */
export async function groundOf({ registry, brands, zone }: Context, { rules }: Pick<Wanted, 'rules'>): Promise<string> {
  return `${rulesKey(rules)} ${digest(productVersion, [...brands].sort(), zone, await crowdsState(registry))}`;
}

/** Finds the values under a new number: of everybody, or of those of whom something has changed. */
async function find(
  context: Context,
  making: Making,
  before: KeptRun | undefined,
): Promise<Pick<KeptRun, 'run' | 'tags'>> {
  const { warehouse } = context;
  const run = await nextTagRun(context);
  const touched = before && (await fewTouched(warehouse, before.commit));
  return {
    run,
    tags: touched
      ? await keepTagsAgain(warehouse, run, making, { run: before.run, tags: before.tags, touched })
      : await keepTags(warehouse, run, making),
  };
}

/** A number to keep values under, with nothing under it. */
export async function nextTagRun({ registry, warehouse }: Context): Promise<number> {
  const [next] = await registry.rows<{ run: number }>(`SELECT nextval('tag_run')::int AS run`);
  const run = next?.run ?? 0;
  await forgetTags(warehouse, [run]);
  return run;
}

/** Notes a run. Note: a question that began before may still read the one it replaces; those before are forgotten. */
async function note({ registry, warehouse }: Context, kept: KeptRun, runs: readonly KeptRun[]): Promise<void> {
  const rest = runs.filter((each) => each.run !== kept.run);
  const stay = [kept, ...rest].slice(0, MOST_RUNS);
  await writeState(registry, 'tags', { runs: stay });
  await forgetTags(
    warehouse,
    rest.filter((each) => !stay.includes(each)).map(({ run }) => run),
  );
}
