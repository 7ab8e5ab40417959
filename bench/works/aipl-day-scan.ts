import { answer } from '../../src/app/asking.ts';
import { sql } from '../../src/warehouse/sql.ts';
import { warmMedian } from '../clock.ts';
import { consumersOf } from '../data/event-files.ts';
import { worldDay } from '../data/world.ts';
import { withHome } from '../home.ts';
import { rowOf, type Work } from '../work.ts';
import { madeInside, worldHome } from '../world.ts';

/** The columns that the rule reads, read and added up: what no answer from the facts can do without. */
const scan = sql`
  SELECT sum(consumer) AS a, sum(toUInt16(day)) AS b, countIf(behavior = 'pay') AS c FROM events
  UNION ALL SELECT sum(consumer), sum(toUInt16(day)) + sum(amount), sum(refund_amount) + sum(toUInt16(refund_day)) FROM order_lines
  UNION ALL SELECT sum(consumer), sum(toUInt16(day)), sum(toUInt16(quit_day)) FROM memberships
  UNION ALL SELECT sum(consumer), sum(toUInt16(day)), sum(rating) FROM reviews`;

/** AIPL of one day from the kept spans, against a plain scan of the facts it stands for. */
export const aiplDayScan: Work = {
  name: 'aipl-day-scan',
  sides: {
    'aipl-day/product': (plan) =>
      withHome(worldHome(plan), async (context) => {
        const asked = await warmMedian(() => answer(context, 'aipl-stock', { on: worldDay }));
        return { seconds: asked.seconds, consumers: consumersOf(plan), answer: asked.result.rows };
      }),
    'aipl-day-scan/scan': (plan) =>
      withHome(worldHome(plan), ({ warehouse }) => warmMedian(() => warehouse.rows(scan))),
  },
  run: async (bench) => {
    await bench.once('world');
    const product = await bench.measure('aipl-day/product');
    const { seconds } = await bench.measure('aipl-day-scan/scan');
    const note = `${madeInside}; from kept stage spans, whose cost aipl-increment shows; median of 5 warm`;
    return [rowOf('aipl-day-scan', bench.plan, product, { name: 'plain scan of the columns', seconds }, note)];
  },
};
