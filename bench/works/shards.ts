import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answer, ask } from '../../src/app/asking.ts';
import { startClickHouse, startClickHouseCluster } from '../../test/servers/clickhouse.ts';
import { timed, warmMedian } from '../clock.ts';
import { consumersOf } from '../data/event-files.ts';
import { monthOf, ofMonth } from '../data/month.ts';
import { fillWorld, worldDay } from '../data/world.ts';
import { withHome } from '../home.ts';
import { mustAgree, type Plan, rowOf, type Side, type Work } from '../work.ts';
import { madeInside } from '../world.ts';

const counts = [1, 2, 3] as const;

/** Where the facts lie: on one server, or spread over shards that share this machine's cores. */
async function engineOf(shards: number) {
  if (shards > 0) return startClickHouseCluster(shards);
  return { ...(await startClickHouse()), cluster: undefined };
}

/** Builds the stage spans of the world, then asks the whole shelf about its last month. */
const asked =
  (shards: number): Side =>
  async (plan: Plan) => {
    const engine = await engineOf(shards);
    const dir = join(plan.folder, `shards-${shards}`);
    rmSync(dir, { recursive: true, force: true });
    mkdirSync(dir);
    const { url: clickhouse_url, cluster: clickhouse_cluster } = engine;
    writeFileSync(join(dir, 'config.yaml'), JSON.stringify({ clickhouse_url, clickhouse_cluster }));
    try {
      return await withHome(dir, async (context) => {
        await fillWorld(context, plan);
        const built = await timed(() => ask(context, 'aipl-stock', { on: worldDay }));
        process.stderr.write(`(spans built in ${built.seconds.toFixed(2)} s) `);
        let seconds = 0;
        const answers: unknown[] = [];
        for (const analysis of ofMonth) {
          const warm = await warmMedian(() => answer(context, analysis.id, monthOf(analysis, worldDay)));
          process.stderr.write(`(${analysis.id} ${warm.seconds.toFixed(3)} s) `);
          seconds += warm.seconds;
          answers.push([analysis.id, warm.result.rows]);
        }
        return { seconds, consumers: consumersOf(plan), answer: answers };
      });
    } finally {
      await engine.stop();
      rmSync(dir, { recursive: true, force: true });
    }
  };

/** The whole shelf on one, two and three shards of the same machine, against one server: what distribution costs. */
export const shards: Work = {
  name: 'shards',
  sides: Object.fromEntries([0, ...counts].map((count) => [`shards/${count}`, asked(count)])),
  run: async (bench) => {
    const alone = await bench.measure('shards/0');
    const rows = [];
    for (const count of counts) {
      const spread = await bench.measure(`shards/${count}`);
      mustAgree('shards', spread.answer, alone.answer);
      const note = `${madeInside}; sum of the shelf’s ${ofMonth.length} questions, each the median of 5 warm; answers equal`;
      rows.push(rowOf(`shards-${count}`, bench.plan, spread, { name: 'one server', seconds: alone.seconds }, note));
    }
    return rows;
  },
};
