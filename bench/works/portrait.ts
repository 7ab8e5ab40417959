import { analyses } from '../../src/analyses/index.ts';
import { answer } from '../../src/app/asking.ts';
import { timed, warmMedian } from '../clock.ts';
import { consumersOf } from '../data/event-files.ts';
import { tags } from '../data/profiles.ts';
import { worldDay } from '../data/world.ts';
import { portraitOf } from '../duckdb/audiences.ts';
import { MOST_COPIED, ready, withDuckDb } from '../duckdb/database.ts';
import { withHome } from '../home.ts';
import { type Measured, mustAgree, rowOf, type Work } from '../work.ts';
import { madeInside, worldHome } from '../world.ts';

const audience = 'bench-1';

/** Members by tag and value, of the tags that are plain numbers on both sides. */
function counted(rows: readonly Readonly<Record<string, unknown>>[]): string[] {
  return rows
    .filter(({ tag, value }) => String(tag) in tags && /^\d+$/.test(String(value)))
    .map(({ tag, value, consumers }) => `${tag} ${value} ${consumers}`)
    .sort();
}

/** Thirty tags of a saved audience against all consumers. */
export const portrait: Work = {
  name: 'portrait',
  sides: {
    'portrait/product': (plan) =>
      withHome(worldHome(plan), async (context) => {
        const ask = () => answer(context, 'portrait', { audience, on: worldDay });
        const first = await timed(ask);
        const { seconds, result } = await warmMedian(ask);
        return {
          seconds,
          consumers: consumersOf(plan),
          answer: { first: first.seconds, counted: counted(result.rows) },
        };
      }),
    'portrait/duckdb': (plan) =>
      withDuckDb(plan, async (run) => {
        const { seconds, result } = await warmMedian(() => run(portraitOf(audience)));
        return { seconds, answer: counted(result) };
      }),
  },
  run: async (bench) => {
    if (!analyses.some(({ id }) => id === 'portrait')) {
      process.stderr.write('bench: portrait is left out, for the shelf has no such analysis\n');
      return [];
    }
    await bench.once('world');
    await bench.once('world/profiles');
    await bench.once('audience/saved');
    const product = await bench.measure('portrait/product');
    const { first, counted: values } = product.answer as { first: number; counted: string[] }; // as: the side above
    let duckdb: Measured | undefined;
    if (bench.plan.events <= MOST_COPIED) {
      await ready(bench);
      await bench.once('audience/kept-in-duckdb');
      duckdb = await bench.measure('portrait/duckdb');
      mustAgree('portrait', values, duckdb.answer);
    }
    const note = `${madeInside}; thirty tags of a saved audience against everybody`;
    const baseline = duckdb && { name: `DuckDB SQL (peak ${duckdb.peakMb ?? '?'} MB)`, seconds: duckdb.seconds };
    return [
      rowOf('portrait', bench.plan, product, baseline, `${note}; median of 5 warm; members by value equal`),
      rowOf(
        'portrait-first',
        bench.plan,
        { ...product, seconds: first },
        undefined,
        `${note}; the first ask, which keeps the tags`,
      ),
    ];
  },
};
