import { setImmediate as turn } from 'node:timers/promises';
import { writeAudit } from '../../accounts/audit.ts';
import type { Lookalike, NewLookalike } from '../../api/lookalikes.ts';
import { readRule } from '../../audiences/read.ts';
import { addDays } from '../../base/day.ts';
import { InputError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import { people } from '../../identity/people.ts';
import type { Context } from '../../intake/context.ts';
import { learn } from '../../lookalike/model.ts';
import { vocabulary } from '../../lookalike/vocabulary.ts';
import { rulesKey } from '../../model/rules/ruleSet.ts';
import { type Fragment, join, sql } from '../../warehouse/sql.ts';
import { keepUp } from '../asking.ts';
import { dayOf, lensOf, questionOf } from '../audiences/members.ts';
import { storedAudience } from '../audiences/stored.ts';
import { draw, drawn, forgetSample, type Sizes } from './sample.ts';
import { insertLookalike, nextLookalike, storedLookalike } from './stored.ts';

/** Fewer seeds than this tell too little. Proposed. */
const FEWEST_SEEDS = 100;

/** Learns what the members of an audience have in common, and keeps the model with what it is worth. */
export function trainLookalike(context: Context, given: NewLookalike, actor: string): Promise<Lookalike> {
  return context.gate.shared(async () => {
    const { seed, ahead = 0, exclude = [] } = given;
    const on = given.on ?? (await dayOf(context));
    await requireKnown(context, seed, on);
    const lens = await lensOf(context, undefined);
    const asOf = { on: addDays(on, -ahead), lens };
    const seeds = await membersOf(context, seed, on);
    const out = [seeds, ...(await Promise.all(exclude.map((name) => membersOf(context, name, on))))];
    await keepUp(context, lens.rules);
    const id = await nextLookalike(context.registry);
    try {
      const sizes = await draw(context, id, seeds, asOf);
      requireSeeds(seed, sizes, asOf.on);
      const features = await vocabulary(context.warehouse, asOf);
      const consumers = await drawn(context, id, features, asOf);
      const learned = await learn({ features, consumers, ...sizes }, () => turn());
      if (!learned) throw tooFew(seed, sizes, asOf.on);
      await leaveOut(context, id, out);
      const what = { id, seed, on, features_on: asOf.on, rules: rulesKey(lens.rules), exclude, ...sizes };
      await insertLookalike(context.registry, {
        shown: { ...what, report: reportOf(learned.report), created_by: actor },
        model: learned.model,
      });
    } finally {
      await forgetSample(context, id);
    }
    await writeAudit(context.registry, actor, 'lookalike.train', { id });
    return (await storedLookalike(context.registry, id)).shown;
  });
}

async function membersOf(context: Context, name: string, on: string): Promise<Fragment> {
  return (await questionOf(context, { rule: readRule({ audience: name }) }, on, keepUp)).consumers;
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

function reportOf({ lift, calibration, curve, features, ...rest }: Learned['report']): Lookalike['report'] {
  return { ...rest, lift: [...lift], calibration: [...calibration], curve: [...curve], features: [...features] };
}
