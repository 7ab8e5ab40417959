import { analyses } from '../../src/analyses/index.ts';
import { answer } from '../../src/app/asking.ts';
import { showConsumer } from '../../src/app/consumer.ts';
import { sql } from '../../src/warehouse/sql.ts';
import { warmMedian } from '../clock.ts';
import { consumersOf } from '../data/event-files.ts';
import { monthOf } from '../data/month.ts';
import { worldDay } from '../data/world.ts';
import { withHome } from '../home.ts';
import { type Bench, type Plan, type Row, rowOf, type Side, type Work } from '../work.ts';
import { madeInside, worldHome } from '../world.ts';

/** Reads the columns that a question about behaviours or money cannot do without. */
const scan = sql`
  SELECT sum(consumer) AS a, sum(toUInt16(day)) AS b, countIf(behavior = 'pay') AS c FROM events
  UNION ALL SELECT sum(consumer), sum(toUInt16(day)) + sum(amount), sum(refund_amount) FROM order_lines`;

const asking = (id: string, params: Record<string, unknown>): Side => {
  return (plan: Plan) =>
    withHome(worldHome(plan), async (context) => {
      const { seconds } = await warmMedian(() => answer(context, id, params));
      return { seconds, consumers: consumersOf(plan) };
    });
};

/** One consumer's page: identifiers, links, profile, the latest of the timeline, stages over all time. */
const looking: Side = (plan) =>
  withHome(worldHome(plan), async (context) => {
    const { seconds } = await warmMedian(() => showConsumer(context, `#${Math.ceil(consumersOf(plan) / 2)}`));
    return { seconds, consumers: consumersOf(plan) };
  });

const names = analyses.filter(({ id }) => id !== 'aipl-stock').map((analysis) => analysis.id);

/** Every other question of the shelf about a month of the whole world, one row each, against a scan of the facts. */
export const questions: Work = {
  name: 'questions',
  sides: {
    ...Object.fromEntries(
      analyses.map((analysis) => [`questions/${analysis.id}`, asking(analysis.id, monthOf(analysis, worldDay))]),
    ),
    'questions/consumer': looking,
    'questions/scan': (plan) => withHome(worldHome(plan), ({ warehouse }) => warmMedian(() => warehouse.rows(scan))),
  },
  run: async (bench: Bench) => {
    await bench.once('world');
    const { seconds } = await bench.measure('questions/scan');
    const baseline = { name: 'plain scan of events and order lines', seconds };
    const rows: Row[] = [];
    for (const name of [...names, 'consumer']) {
      const product = await bench.measure(`questions/${name}`);
      rows.push(rowOf(name, bench.plan, product, baseline, `${madeInside}; a month, median of 5 warm`));
    }
    return rows;
  },
};
