import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { openDoor } from '../../src/collector/door/door.ts';
import { type Log, openLog } from '../../src/collector/log/log.ts';
import { entriesIn } from '../../src/collector/log/segment.ts';
import { segment } from '../../src/collector/protocols/segment.ts';
import { bareServer } from '../collector/bare.ts';
import { BATCH, CONNECTIONS, KEY, loaded, tell, WARM_REQUESTS } from '../collector/load.ts';
import { mustAgree, type Plan, rowOf, type Side, type Work } from '../work.ts';

const requestsOf = ({ events }: Plan): number => Math.ceil(events / BATCH);

const product: Side = async (plan) => {
  const folder = join(plan.folder, 'collector-log');
  const log = await openLog(folder, { mostWaiting: Number.POSITIVE_INFINITY });
  const source = { name: 'bench', enabled: true };
  const keys = { find: (key: string) => (key === KEY ? source : undefined) };
  const door = openDoor({ protocols: [segment], keys, log, now: () => new Date() });
  const server = createServer((request, response) => {
    if (!door.handle(request, response)) response.writeHead(404).end();
  });
  const seen = await loaded(server, requestsOf(plan));
  tell('the door', seen, requestsOf(plan));
  const answer = await kept(log);
  await log.close();
  rmSync(folder, { recursive: true });
  return { seconds: seen.seconds, answer };
};

/** Events that stand in the log. */
async function kept(log: Log): Promise<number> {
  await log.seal();
  let requests = 0;
  for (const each of log.sealed()) requests += [...entriesIn(await each.load(), each.noteDamage)].length;
  return requests * BATCH;
}

const bare: Side = async (plan) => {
  const path = join(plan.folder, 'collector-bare');
  const { server, events, close } = await bareServer(path);
  const seen = await loaded(server, requestsOf(plan));
  tell('the bare server', seen, requestsOf(plan));
  await close();
  rmSync(path);
  return { seconds: seen.seconds, answer: events() };
};

export const collector: Work = {
  name: 'collector',
  sides: { 'collector/product': product, 'collector/bare': bare },
  run: async (bench) => {
    const baseline = await bench.measure('collector/bare');
    const measured = await bench.measure('collector/product');
    mustAgree('collector', measured.answer, baseline.answer);
    if (measured.answer !== (requestsOf(bench.plan) + WARM_REQUESTS) * BATCH)
      throw new Error(`collector: ${String(measured.answer)} events are in the log, and other than these were sent.`);
    const note = `batches of ${BATCH} over ${CONNECTIONS} kept connections of a client on the same machine; every acknowledgement after fdatasync, on both sides`;
    const named = { name: 'a bare server that parses, appends and syncs', seconds: baseline.seconds };
    return [rowOf('collector', bench.plan, measured, named, note)];
  },
};
