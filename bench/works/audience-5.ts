import { countAudience } from '../../src/app/audiences/audiences.ts';
import { timed, warmMedian } from '../clock.ts';
import { fiveConditions } from '../data/audiences.ts';
import { consumersOf } from '../data/event-files.ts';
import { worldDay } from '../data/world.ts';
import { fiveOf } from '../duckdb/audiences.ts';
import { MOST_COPIED, ready, withDuckDb } from '../duckdb/database.ts';
import { withHome } from '../home.ts';
import { type Bench, mustAgree, type Plan, type Row, rowOf, type Side, type Work } from '../work.ts';
import { madeInside, worldHome } from '../world.ts';

interface Times {
  readonly first: number;
  readonly again: number;
  readonly consumers: unknown;
}

/** The first time asked, and the median of five more. */
async function times(ask: () => Promise<unknown>): Promise<Times> {
  const first = await timed(ask);
  const again = await warmMedian(ask);
  return { first: first.seconds, again: again.seconds, consumers: first.result };
}

const first: Side = (plan: Plan) =>
  withHome(worldHome(plan), async (context) => {
    const done = await times(
      async () => (await countAudience(context, { rule: fiveConditions, on: worldDay })).consumers,
    );
    return { seconds: done.first, consumers: consumersOf(plan), answer: done };
  });

const duckdb: Side = (plan: Plan) =>
  withDuckDb(plan, async (run) => {
    const done = await times(async () => (await run(fiveOf(worldDay)))[0]?.consumers);
    return { seconds: done.first, answer: done };
  });

/** An audience of five conditions, the first question to a home just opened, and asked again; DuckDB likewise. */
export const audienceFive: Work = {
  name: 'audience-5',
  sides: { 'audience-5/product': first, 'audience-5/duckdb': duckdb },
  run: async (bench) => {
    await bench.once('world');
    await bench.once('world/profiles');
    const product = await bench.measure('audience-5/product');
    const { first: firstSeconds, again, consumers } = product.answer as Times; // as: the side above
    const other = await copyOf(bench, consumers);
    const note = `${madeInside}; ${consumers} consumers; ${other?.note ?? 'DuckDB was not asked: no room for its copy'}`;
    const row = (name: string, seconds: number, by: number | undefined, how: string): Row =>
      rowOf(
        name,
        bench.plan,
        { ...product, seconds },
        by === undefined ? undefined : { name: other?.name ?? '', seconds: by },
        `${note}; ${how}`,
      );
    return [
      row('audience-5', firstSeconds, other?.first, 'the first question to a home just opened, DuckDB’s too'),
      row('audience-5-again', again, other?.again, 'median of 5 more'),
    ];
  },
};

async function copyOf(bench: Bench, consumers: unknown) {
  if (bench.plan.events > MOST_COPIED) return undefined;
  await ready(bench);
  const { answer, peakMb } = await bench.measure('audience-5/duckdb');
  const { first: firstSeconds, again, consumers: counted } = answer as Times; // as: the side above
  mustAgree('audience-5', consumers, counted);
  return { first: firstSeconds, again, name: `DuckDB SQL (peak ${peakMb ?? '?'} MB)`, note: 'answers equal' };
}
