import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { answer, ask } from '../../src/app/asking.ts';
import { importPath } from '../../src/app/importing.ts';
import type { Context } from '../../src/intake/context.ts';
import { clearState } from '../../src/intake/journal.ts';
import { rulesKey } from '../../src/model/rules/ruleSet.ts';
import { sql } from '../../src/warehouse/sql.ts';
import { timed } from '../clock.ts';
import { consumersOf } from '../data/event-files.ts';
import { FileWriter } from '../data/file-writer.ts';
import { Random } from '../data/random.ts';
import { dayAfter, worldDays } from '../data/world.ts';
import { withHome } from '../home.ts';
import { mustAgree, type Plan, rowOf, type Work } from '../work.ts';
import { madeInside, worldHome } from '../world.ts';

const behaviors = ['item_view', 'item_view', 'impression', 'search', 'cart', 'favorite', 'pay', 'follow'];

/** One more day of touches by the world's own consumers. */
function writeDay(path: string, plan: Plan, day: string): void {
  const random = new Random(Date.parse(day) / 86_400_000);
  const file = new FileWriter(path);
  file.text('event_time,behavior,id_user,item_id\n');
  for (let n = 0; n < plan.events / worldDays; n += 1) {
    file.text(`${day} 12:00:00,${behaviors[random.below(behaviors.length)]},`);
    file.number(1 + random.skewed(consumersOf(plan)));
    file.text(',');
    file.number(1 + random.below(500_000));
    file.text('\n');
  }
  file.close();
}

async function lastDay({ warehouse }: Context): Promise<string> {
  const [row] = await warehouse.rows<{ day: string }>(sql`SELECT max(day) AS day FROM events`);
  if (!row) throw new Error('the world has no events');
  return row.day;
}

/** Brings the spans up to the facts, as every question does first; `takenBack` are the rows a refresh has reversed. */
async function refreshed(context: Context, plan: Plan) {
  const on = await lastDay(context);
  const { seconds } = await timed(() => ask(context, 'aipl-stock', { on }));
  const { rows } = await answer(context, 'aipl-stock', { on });
  const [row] = await context.warehouse.rows<{ rows: number }>(
    sql`SELECT count() AS rows FROM stage_spans WHERE sign < 0`,
  );
  return { seconds, consumers: consumersOf(plan), answer: rows, takenBack: row?.rows ?? 0 };
}

/** The stage spans after one more day, touched consumers only, against all of them anew. */
export const aiplIncrement: Work = {
  name: 'aipl-increment',
  sides: {
    'aipl-increment/day': (plan) =>
      withHome(worldHome(plan), async (context) => {
        const path = join(plan.folder, 'events-day.csv');
        writeDay(path, plan, dayAfter(await lastDay(context)));
        const { seconds, result } = await timed(() => importPath(context, path, {}));
        rmSync(path);
        if (result.consumers !== consumersOf(plan))
          throw new Error('the day brought consumers the world does not know');
        return { seconds, consumers: result.consumers };
      }),
    'aipl-increment/product': (plan) =>
      withHome(worldHome(plan), async (context) => {
        const done = await refreshed(context, plan);
        if (done.takenBack === 0) throw new Error('aipl-increment: the spans were built anew, not refreshed');
        return done;
      }),
    'aipl-increment/build': (plan) =>
      withHome(worldHome(plan), async (context) => {
        const { lens } = await ask(context, 'aipl-stock', { on: await lastDay(context) });
        await clearState(context.registry, `lifecycle ${rulesKey(lens.rules)}`);
        const done = await refreshed(context, plan);
        if (done.takenBack > 0) throw new Error('aipl-increment: the spans were refreshed, not built anew');
        return done;
      }),
  },
  run: async (bench) => {
    await bench.once('world');
    const day = await bench.measure('aipl-increment/day');
    const product = await bench.measure('aipl-increment/product');
    const build = await bench.measure('aipl-increment/build');
    mustAgree('aipl-increment', product.answer, build.answer);
    const note = `${madeInside}; the day, a ${worldDays}th of the events, imported before; answers equal`;
    const name = `full build (peak ${build.peakMb ?? '?'} MB)`;
    const imported = `${madeInside}; a file of a ${worldDays}th of the events, imported into the world`;
    return [
      rowOf('import-day', bench.plan, day, undefined, imported),
      rowOf('aipl-increment', bench.plan, product, { name, seconds: build.seconds }, note),
    ];
  },
};
