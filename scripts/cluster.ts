// A ClickHouse cluster on loopback for trying and testing: npm run cluster -- --shards 3
import { parseArgs } from 'node:util';
import { startClickHouseCluster } from '../test/servers/clickhouse.ts';

const { values } = parseArgs({ options: { shards: { type: 'string', default: '3' } } });
const shards = Number(values.shards);
if (!Number.isInteger(shards) || shards < 1 || shards > 16) {
  console.error(`--shards ${values.shards}: give a whole number from 1 to 16.`);
  process.exit(2);
}
if (process.platform !== 'linux') {
  console.error(
    'The ClickHouse server of the npm package runs on Linux only: try on Linux, or use servers of your own.',
  );
  process.exit(2);
}

const { url, cluster, stop } = await startClickHouseCluster(shards);
console.log(`QIANCHENG_CLICKHOUSE_URL=${url}`);
console.log(`QIANCHENG_CLICKHOUSE_CLUSTER=${cluster}`);
console.log('ready');

const goOn = setInterval(() => {}, 2 ** 30);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, async () => {
    clearInterval(goOn);
    await stop();
  });
