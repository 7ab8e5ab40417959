import { answer } from '../../src/app/asking.ts';
import { showConsumer } from '../../src/app/consumer.ts';
import { warmMedian } from '../clock.ts';
import { consumersOf } from '../data/event-files.ts';
import { month } from '../data/month.ts';
import { dayAfter, worldDay } from '../data/world.ts';
import { MOST_COPIED, ready, withDuckDb } from '../duckdb/database.ts';
import { type Asked, comparable, consumerOf, duckDbQuestions } from '../duckdb/questions.ts';
import { withHome } from '../home.ts';
import { type Bench, lineOr, mustAgree, type Plan, type Row, rowOf, type Side, type Work } from '../work.ts';
import { madeInside, worldHome } from '../world.ts';

/** Both engines' side of a question about a month: seconds warm, and the answer in a form that compares. */
export function duckDbSides(id: string, asked: Asked): Readonly<Record<string, Side>> {
  return {
    [`${id}-duckdb/product`]: (plan) =>
      withHome(worldHome(plan), async (context) => {
        const { seconds, result } = await warmMedian(() => answer(context, id, month(id, worldDay)));
        return { seconds, consumers: consumersOf(plan), answer: comparable(result.rows, asked, 'major') };
      }),
    [`${id}-duckdb/duckdb`]: (plan) =>
      withDuckDb(plan, async (run) => {
        const { seconds, result } = await warmMedian(() => run(asked.sql(worldDay)));
        return { seconds, answer: comparable(result, asked, 'minor') };
      }),
  };
}

/** The row of a question asked of both engines, whose answers must be equal. */
export async function besideDuckDb(bench: Bench, id: string, row: string, about: string): Promise<Row> {
  const product = await bench.measure(`${id}-duckdb/product`);
  const duckdb = await bench.measure(`${id}-duckdb/duckdb`);
  mustAgree(row, product.answer, duckdb.answer);
  if (Array.isArray(product.answer) && product.answer.length === 0)
    throw new Error(`${row}: both sides answered nothing`);
  const note = `${madeInside}; ${about}, median of 5 warm; DuckDB: 2 threads, table sorted by consumer and day, from the facts; answers equal`;
  const name = `DuckDB SQL (peak ${duckdb.peakMb ?? '?'} MB)`;
  return rowOf(row, bench.plan, product, { name, seconds: duckdb.seconds }, note);
}

/** A consumer in the middle of all, with a few touches. */
const middle = (plan: Plan): number => Math.ceil(consumersOf(plan) / 2);

/** How many moments of each kind a page shows, later days than the world's own left out. */
function told(moments: readonly { readonly entity: string; readonly at?: string }[]): string[] {
  const seen = moments.filter(({ entity, at = '' }) => entity !== 'events' || at < dayAfter(worldDay));
  return seen.map(({ entity }) => entity).sort();
}

const consumerSides: Readonly<Record<string, Side>> = {
  'consumer-duckdb/product': (plan) =>
    withHome(worldHome(plan), async (context) => {
      const { seconds, result } = await warmMedian(() => showConsumer(context, `#${middle(plan)}`));
      return { seconds, consumers: consumersOf(plan), answer: told(result.timeline) };
    }),
  'consumer-duckdb/duckdb': (plan) =>
    withDuckDb(plan, async (run) => {
      const { seconds, result } = await warmMedian(async () => {
        await run(`SELECT * FROM profiles WHERE consumer = ${middle(plan)}`);
        return run(consumerOf(middle(plan), worldDay));
      });
      return { seconds, answer: told(result.map(({ entity }) => ({ entity: String(entity) }))) };
    }),
};

const ids = Object.keys(duckDbQuestions).filter((id) => id !== 'aipl-stock');

/** The questions about a month that DuckDB can answer too, each by its best SQL known to us. */
export const questionsDuckDb: Work = {
  name: 'questions-duckdb',
  sides: Object.assign(
    { ...consumerSides },
    ...ids.map((id) => duckDbSides(id, duckDbQuestions[id] ?? { sql: () => '', columns: [] })),
  ),
  run: async (bench) => {
    if (bench.plan.events > MOST_COPIED) return [];
    await ready(bench);
    const rows: Row[] = [];
    for (const id of ids)
      rows.push(await lineOr(`${id}-duckdb`, bench.plan, () => besideDuckDb(bench, id, `${id}-duckdb`, 'a month')));
    const about =
      'the page of one consumer; DuckDB gives its rows and its profile, not its identifiers, links and stages';
    rows.push(await besideDuckDb(bench, 'consumer', 'consumer-duckdb', about));
    return rows;
  },
};
