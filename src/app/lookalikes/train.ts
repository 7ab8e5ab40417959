import { setImmediate as turn } from 'node:timers/promises';
import { writeAudit } from '../../accounts/audit.ts';
import type { Lookalike, NewLookalike } from '../../api/lookalikes.ts';
import { readRule } from '../../audiences/read.ts';
import { addDays } from '../../base/day.ts';
import { InputError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import { people } from '../../identity/people.ts';
import type { Context } from '../../intake/context.ts';
import type { Feature } from '../../lookalike/feature.ts';
import { learn, type Sampled } from '../../lookalike/model.ts';
import { vocabulary } from '../../lookalike/vocabulary.ts';
import { type Known, titleOf } from '../../lookalike/words.ts';
import { rulesKey } from '../../model/rules/ruleSet.ts';
import { type Fragment, join, sql } from '../../warehouse/sql.ts';
import { dayOf, lensOf, questionOf } from '../audiences/members.ts';
import { storedAudience } from '../audiences/stored.ts';
import { namesOfCategories } from '../dataState.ts';
import { keepUp } from '../lifecycle.ts';
import { draw, drawn, forgetSample, type Sizes } from './sample.ts';
import { findLookalike, insertLookalike, nextLookalike, storedLookalike } from './stored.ts';

/** Fewer seeds than this tell too little. Proposed. */
const FEWEST_SEEDS = 100;

/** Who trains, and what of an earlier start is known that was killed or stopped. */
export interface Training {
  readonly by: string;
  /** Number that the earlier start took. */
  readonly began?: number | undefined;
  /** Told the number of the model before anything is kept under it. */
  begins?(model: number): Promise<void>;
}

/** Refuses at once a seed that cannot be looked at, before long work begins. */
export async function checkTraining(context: Context, { seed, on, exclude = [] }: NewLookalike): Promise<void> {
  await requireKnown(context, seed, on ?? (await dayOf(context)));
  for (const name of exclude) await storedAudience(context.registry, name);
}

/** Learns what the members of an audience have in common, and keeps the model with what it is worth. */
export async function trainLookalike(context: Context, given: NewLookalike, training: Training): Promise<Lookalike> {
  const { registry } = context;
  const { by, began } = training;
  const done = began === undefined ? undefined : await findLookalike(registry, began);
  if (done) return done.shown;
  const id = began ?? (await nextLookalike(registry));
  await training.begins?.(id);
  await forget(context, id);
  try {
    const { consumers, features, sizes, known, ...about } = await measured(context, given, id);
    const learned = await learn({ features, consumers, ...sizes }, async (fits, total) => {
      context.watch({ step: 'lookalike.learn', done: fits, total, unit: 'steps' });
      await turn();
    });
    if (!learned) throw tooFew(about.seed, sizes, about.features_on);
    const shown = { id, ...about, ...sizes, report: reportOf(learned.report, known), created_by: by };
    await insertLookalike(registry, { shown, model: learned.model });
  } catch (error) {
    await forget(context, id);
    throw error;
  }
  await forgetSample(context, id);
  await writeAudit(registry, by, 'lookalike.train', { id });
  return (await storedLookalike(registry, id)).shown;
}

/** Takes away what an earlier start, or this one, left under a number. */
async function forget(context: Context, id: number): Promise<void> {
  await forgetSample(context, id);
  await context.warehouse.run(sql`DELETE FROM lookalike_out WHERE model = ${id}`);
}

/** Parts of the work on facts, in their order. */
const PARTS = ['members', 'sample', 'features', 'measure'] as const;

/** What a model is learned from: read at one state of the facts, so that none changes meanwhile. */
interface Measured extends Pick<Lookalike, 'seed' | 'on' | 'features_on' | 'rules' | 'exclude'> {
  readonly sizes: Sizes;
  readonly features: readonly Feature[];
  readonly consumers: readonly Sampled[];
  readonly known: Known;
}

function measured(context: Context, given: NewLookalike, id: number): Promise<Measured> {
  const { seed, ahead = 0, exclude = [] } = given;
  const begin = (part: (typeof PARTS)[number]) =>
    context.watch({ step: `lookalike.${part}`, done: PARTS.indexOf(part), total: PARTS.length, unit: 'steps' });
  return context.gate.shared(async () => {
    begin('members');
    const on = given.on ?? (await dayOf(context));
    await requireKnown(context, seed, on);
    const lens = await lensOf(context, undefined);
    const asOf = { on: addDays(on, -ahead), lens };
    const seeds = await membersOf(context, seed, on);
    const out = [seeds, ...(await Promise.all(exclude.map((name) => membersOf(context, name, on))))];
    await keepUp(context, lens.rules);
    begin('sample');
    const sizes = await draw(context, id, seeds, asOf);
    requireSeeds(seed, sizes, asOf.on);
    begin('features');
    const features = await vocabulary(context.warehouse, asOf);
    begin('measure');
    const consumers = await drawn(context, id, features, asOf);
    await leaveOut(context, id, out);
    const about = { seed, on, features_on: asOf.on, rules: rulesKey(lens.rules), exclude: [...exclude] };
    const categories = new Map(Object.entries(await namesOfCategories(context)));
    return { ...about, sizes, features, consumers, known: { rules: lens.rules, categories } };
  });
}

async function membersOf(context: Context, name: string, on: string): Promise<Fragment> {
  return (await questionOf(context, { rule: readRule({ audience: name }) }, on)).consumers;
}

/** Members that were fixed later than the day asked would tell the model what nobody knew then. */
async function requireKnown({ registry }: Context, seed: string, on: string): Promise<void> {
  const { kind, name, lastDay } = await storedAudience(registry, seed);
  if (kind === 'static' && lastDay !== null && lastDay > on)
    throw new InputError('lookalike_static', say('lookalike.static', { seed: name, from: lastDay, on }));
}

function requireSeeds(seed: string, sizes: Sizes, on: string): void {
  if (sizes.seeds < FEWEST_SEEDS || sizes.others < FEWEST_SEEDS) throw tooFew(seed, sizes, on);
}

const tooFew = (seed: string, { seeds, others }: Sizes, on: string) =>
  new InputError('lookalike_seed', say('lookalike.seed', { seed, seeds, others, fewest: FEWEST_SEEDS, on }));

/** Keeps whom the model never proposes: the seed, and all that are to be left out. */
async function leaveOut({ warehouse }: Context, model: number, out: readonly Fragment[]): Promise<void> {
  const consumers = join(
    out.map((members) => sql`SELECT consumer FROM (${members})`),
    ' UNION ALL ',
  );
  await warehouse.run(sql`INSERT INTO lookalike_out (model, who)
    SELECT toUInt32(${model}), min(who) FROM ${people} WHERE consumer IN (${consumers}) GROUP BY consumer`);
}

type Learned = NonNullable<Awaited<ReturnType<typeof learn>>>;

function reportOf(
  { lift, calibration, curve, features, ...rest }: Learned['report'],
  known: Known,
): Lookalike['report'] {
  const told = features.map(({ feature, weight }) => {
    const { zh, en, data } = titleOf(feature, known);
    return { zh, en, data: [...data], weight };
  });
  return { ...rest, lift: [...lift], calibration: [...calibration], curve: [...curve], features: told };
}
