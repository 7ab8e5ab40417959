import { answerTo, ask } from '../../src/app/asking.ts';
import { Ask, Capacity } from '../../src/app/capacity/capacity.ts';
import { MOST_MEMORY } from '../../src/app/capacity/room.ts';
import { showConsumer } from '../../src/app/consumer.ts';
import { sql } from '../../src/warehouse/sql.ts';
import { warmMedian } from '../clock.ts';
import { consumersOf } from '../data/event-files.ts';
import { monthOf, ofMonth } from '../data/month.ts';
import { dayBefore, worldDay } from '../data/world.ts';
import { withHome } from '../home.ts';
import { type Bench, lineOr, type Plan, type Row, rowOf, type Side, type Work } from '../work.ts';
import { madeInside, worldHome } from '../world.ts';

/** Reads the columns that a question about behaviours or money cannot do without. */
const scan = sql`
  SELECT sum(consumer) AS a, sum(toUInt16(day)) AS b, countIf(behavior = 'pay') AS c FROM events
  UNION ALL SELECT sum(consumer), sum(toUInt16(day)) + sum(amount), sum(refund_amount) FROM order_lines`;

/** As a server asks: what does not fit into the memory of one question is asked once more, by way of the disk. */
const asking = (id: string, params: Record<string, unknown>): Side => {
  return (plan: Plan) =>
    withHome(worldHome(plan), async (context) => {
      const capacity = new Capacity(context, { slots: 1, memory: MOST_MEMORY });
      const asked = () =>
        capacity.ask(new Ask({ analysis: id, asker: 'bench', version: 'bench' }), async (inside) =>
          answerTo(inside, await ask(inside, id, params)),
        );
      const { seconds } = await warmMedian(asked);
      return { seconds, consumers: consumersOf(plan) };
    });
};

/** One consumer's page: identifiers, links, profile, the latest of the timeline, stages over all time. */
const looking: Side = (plan) =>
  withHome(worldHome(plan), async (context) => {
    const { seconds } = await warmMedian(() => showConsumer(context, `#${Math.ceil(consumersOf(plan) / 2)}`));
    return { seconds, consumers: consumersOf(plan) };
  });

/** What is asked, by the name of its row, and what it is about. */
const asked: Readonly<Record<string, { readonly side: Side; readonly about: string }>> = {
  ...Object.fromEntries(
    ofMonth
      .filter(({ id }) => id !== 'aipl-stock')
      .map((analysis) => [analysis.id, { side: asking(analysis.id, monthOf(analysis, worldDay)), about: 'a month' }]),
  ),
  'fast-day': {
    side: asking('fast', { from: dayBefore(worldDay), to: worldDay }),
    about: 'one day against the day before',
  },
  consumer: { side: looking, about: 'the page of one consumer' },
};

/** Every other question of the shelf about a month of the whole world, one row each, against a scan of the facts. */
export const questions: Work = {
  name: 'questions',
  sides: {
    ...Object.fromEntries(Object.entries(asked).map(([name, { side }]) => [`questions/${name}`, side])),
    'questions/scan': (plan) => withHome(worldHome(plan), ({ warehouse }) => warmMedian(() => warehouse.rows(scan))),
  },
  run: async (bench: Bench) => {
    await bench.once('world');
    const { seconds } = await bench.measure('questions/scan');
    const baseline = { name: 'plain scan of events and order lines', seconds };
    const rows: Row[] = [];
    for (const [name, { about }] of Object.entries(asked))
      if (bench.wants('questions', name))
        rows.push(
          await lineOr(name, bench.plan, async () => {
            const product = await bench.measure(`questions/${name}`);
            return rowOf(name, bench.plan, product, baseline, `${madeInside}; ${about}, median of 5 warm`);
          }),
        );
    return rows;
  },
};
