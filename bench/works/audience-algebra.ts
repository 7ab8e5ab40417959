import { countAudience } from '../../src/app/audiences/audiences.ts';
import { timed, warmMedian } from '../clock.ts';
import { algebra, saveAudiences, saved } from '../data/audiences.ts';
import { consumersOf } from '../data/event-files.ts';
import { worldDay } from '../data/world.ts';
import { algebraOf, keepMembers } from '../duckdb/audiences.ts';
import { MOST_COPIED, ready, withDuckDb } from '../duckdb/database.ts';
import { withHome } from '../home.ts';
import { mustAgree, rowOf, type Side, type Work } from '../work.ts';
import { madeInside, worldHome } from '../world.ts';

/** Saves the twenty audiences; `portrait` reads them too. */
export const saving: Readonly<Record<string, Side>> = {
  'audience/saved': (plan) => withHome(worldHome(plan), (context) => timed(() => saveAudiences(context))),
  'audience/kept-in-duckdb': (plan) => withDuckDb(plan, (run) => timed(() => keepMembers(run, worldDay))),
};

/** Union, intersection and difference of twenty saved audiences, counted. */
export const audienceAlgebra: Work = {
  name: 'audience-algebra',
  sides: {
    ...saving,
    'audience-algebra/product': (plan) =>
      withHome(worldHome(plan), async (context) => {
        const { seconds, result } = await warmMedian(() => countAudience(context, { rule: algebra, on: worldDay }));
        return { seconds, consumers: consumersOf(plan), answer: result.consumers };
      }),
    'audience-algebra/duckdb': (plan) =>
      withDuckDb(plan, async (run) => {
        const { seconds, result } = await warmMedian(() => run(algebraOf));
        return { seconds, answer: result[0]?.consumers };
      }),
  },
  run: async (bench) => {
    await bench.once('world');
    await bench.once('audience/saved');
    const product = await bench.measure('audience-algebra/product');
    const note = `${madeInside}; ${saved.length} audiences saved before, ${product.answer} consumers; median of 5 warm`;
    if (bench.plan.events > MOST_COPIED) return [rowOf('audience-algebra', bench.plan, product, undefined, note)];
    await ready(bench);
    await bench.once('audience/kept-in-duckdb');
    const duckdb = await bench.measure('audience-algebra/duckdb');
    mustAgree('audience-algebra', product.answer, duckdb.answer);
    const name = `DuckDB SQL (peak ${duckdb.peakMb ?? '?'} MB)`;
    return [
      rowOf(
        'audience-algebra',
        bench.plan,
        product,
        { name, seconds: duckdb.seconds },
        `${note}; DuckDB: a sorted table each; answers equal`,
      ),
    ];
  },
};
