// A ClickHouse cluster on loopback for trying and testing: npm run cluster -- --shards 3
import { parseArgs } from 'node:util';
import { startClickHouseCluster } from '../test/servers/clickhouse.ts';

const LOOK_MS = 500;
const MOST_SHARDS = 16;

const { values } = parseArgs({ options: { shards: { type: 'string', default: '3' } } });
const shards = Number(values.shards);
if (!Number.isInteger(shards) || shards < 1 || shards > MOST_SHARDS) {
  console.error(`--shards ${values.shards}: give a whole number from 1 to ${MOST_SHARDS}.`);
  process.exit(2);
}
if (process.platform !== 'linux') {
  console.error(
    'The ClickHouse server of the npm package runs on Linux only: try on Linux, or use servers of your own.',
  );
  process.exit(2);
}

const { url, cluster, nodes, stop } = await startClickHouseCluster(shards);
console.log(`QIANCHENG_CLICKHOUSE_URL=${url}`);
console.log(`QIANCHENG_CLICKHOUSE_CLUSTER=${cluster}`);
console.log('ready');

/** A server that was killed, or died with one, comes back on what it has kept. */
let reviving: Promise<unknown> = Promise.resolve();
const looking = setInterval(() => {
  const dead = nodes.filter((node) => !node.isAlive());
  if (dead.length > 0) reviving = Promise.all(dead.map((node) => node.start().catch(() => {})));
}, LOOK_MS);

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, async () => {
    clearInterval(looking);
    await reviving;
    await stop();
  });
