import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from '../../src/app/asking.ts';
import { countAudience } from '../../src/app/audiences/audiences.ts';
import { importPath } from '../../src/app/importing.ts';
import type { Context } from '../../src/intake/context.ts';
import { sql } from '../../src/warehouse/sql.ts';
import { median, timed } from '../clock.ts';
import { fiveConditions, saveOnce } from '../data/audiences.ts';
import { consumersOf } from '../data/event-files.ts';
import { FileWriter } from '../data/file-writer.ts';
import { Random } from '../data/random.ts';
import { dayAfter, worldDay } from '../data/world.ts';
import { withHome } from '../home.ts';
import { mustAgree, type Plan, rowOf, type Work } from '../work.ts';
import { madeInside, worldHome } from '../world.ts';

const ROWS = 1000;
const ROUNDS = 5;
const name = 'bench-five';
const behaviors = ['cart', 'cart', 'item_view', 'item_view', 'favorite', 'pay'];

/** A few rows of the last day by the world's own consumers, other ones with each seed. */
function writeRows(path: string, plan: Plan, day: string, seed: number): void {
  const random = new Random(seed);
  const file = new FileWriter(path);
  file.text('event_time,behavior,id_user,item_id,category_id\n');
  for (let n = 0; n < ROWS; n += 1) {
    file.text(`${day} 13:00:00,${behaviors[random.below(behaviors.length)]},`);
    file.number(1 + random.skewed(consumersOf(plan)));
    file.text(`,${1 + random.below(500_000)},${1 + random.below(2000)}\n`);
  }
  file.close();
}

async function standing({ warehouse }: Context): Promise<{ day: string; rows: number }> {
  const [row] = await warehouse.rows<{ day: string; rows: number }>(
    sql`SELECT max(day) AS day, count() AS rows FROM events`,
  );
  if (!row) throw new Error('the world has no events');
  return row;
}

/** Imports a few rows of a day. */
async function importFew(context: Context, plan: Plan, day: string): Promise<void> {
  const { rows } = await standing(context);
  const path = join(plan.folder, 'events-few.csv');
  writeRows(path, plan, day, rows);
  await importPath(context, path, {});
  rmSync(path);
}

/**
 * Imports a few rows and asks how many members the audience has now, and the same of its rule, found anew; then, after a
 * few rows more, once the stages have been brought up, as a served home does by itself.
 */
async function round(context: Context, plan: Plan) {
  const { day } = await standing(context);
  const count = () => timed(() => countAudience(context, { name: `${name} ${day}` }));
  const taken = await timed(() => importFew(context, plan, day));
  const refreshed = await count();
  if (refreshed.result.consumers === 0) throw new Error('audience-refresh: nobody is in the audience');
  const stages = await timed(() => ask(context, 'aipl-stock', { on: day }));
  const anew = await timed(() => countAudience(context, { rule: fiveConditions, on: refreshed.result.on }));
  mustAgree('audience-refresh', refreshed.result, anew.result);
  await importFew(context, plan, day);
  await ask(context, 'aipl-stock', { on: day });
  const ready = await count();
  return {
    taken: taken.seconds,
    refreshed: refreshed.seconds,
    stages: stages.seconds,
    anew: anew.seconds,
    ready: ready.seconds,
  };
}

/** A saved audience brought up to the facts right after a small import, against finding it anew. */
export const audienceRefresh: Work = {
  name: 'audience-refresh',
  sides: {
    'audience-refresh/product': (plan) =>
      withHome(worldHome(plan), async (context) => {
        // the world's own days stay as other works know them
        if ((await standing(context)).day === worldDay) await importFew(context, plan, dayAfter(worldDay));
        // Note: memberships of the world end after its last day, and an audience without a day would be asked for their end
        const { day } = await standing(context);
        await saveOnce(context, `${name} ${day}`, fiveConditions, day);
        const rounds: Awaited<ReturnType<typeof round>>[] = [];
        for (let n = 0; n < ROUNDS; n += 1) rounds.push(await round(context, plan));
        const middle = (of: keyof Awaited<ReturnType<typeof round>>) => median(rounds.map((each) => each[of]));
        const answer = {
          anew: middle('anew'),
          taken: middle('taken'),
          stages: middle('stages'),
          ready: middle('ready'),
        };
        return { seconds: middle('refreshed'), consumers: consumersOf(plan), answer };
      }),
  },
  run: async (bench) => {
    await bench.once('world');
    await bench.once('world/profiles');
    const product = await bench.measure('audience-refresh/product');
    const { anew, taken, stages, ready } = product.answer as Record<'anew' | 'taken' | 'stages' | 'ready', number>; // as: the side above
    const note = `${madeInside}; after ${ROWS} rows imported (${taken.toFixed(2)} s), median of ${ROUNDS} imports; ${ready.toFixed(2)} s where the stages of all have been brought up before (${stages.toFixed(2)} s); answers equal`;
    return [rowOf('audience-refresh', bench.plan, product, { name: 'its rule asked anew', seconds: anew }, note)];
  },
};
