/**
 * `npm run build`, then `npx tsx bench/freshness.ts [--rates 500,2000,5000] [--seconds 30]`: events come in at a rate while an analysis is asked
 * twice a second. Prints, a row a rate: how long acknowledgements took, and how old the oldest acknowledged event was that an
 * answer did not have yet.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { AnswerBody } from '../src/api/analyses.ts';
import { BULK, Scene } from '../test/live/torture/scene.ts';

const { values } = parseArgs({
  options: { rates: { type: 'string', default: '500,2000,5000' }, seconds: { type: 'string', default: '30' } },
});
const BATCH = 100;
const ASK_MS = 500;

/** When each batch was acknowledged, and how long that took. */
interface Acknowledged {
  readonly at: number[];
  readonly ms: number[];
}

let sent = 0;

function batch(behavior: string): string {
  const event_time = Date.now();
  const rows = Array.from({ length: BATCH }, () => {
    sent += 1;
    return { event_id: `f${sent}`, event_time, behavior, id_user: `u${sent % 20_000}`, item_id: `p${sent % 500}` };
  });
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

async function load(scene: Scene, behavior: string, rate: number, until: number, seen: Acknowledged): Promise<void> {
  const every = (1000 * BATCH) / rate;
  const under: Promise<void>[] = [];
  for (let next = Date.now(); next < until; next += every) {
    await pause(Math.max(0, next - Date.now()));
    const started = Date.now();
    const headers = { authorization: `Bearer ${scene.keys[BULK]}`, 'content-type': 'application/x-ndjson' };
    const request = { method: 'POST', headers, body: batch(behavior) };
    under.push(
      fetch(`${scene.serving.url}/collect/events`, request).then(async (response) => {
        await response.arrayBuffer();
        if (!response.ok) throw new Error(`an event was refused with ${response.status}`);
        seen.at.push(Date.now());
        seen.ms.push(Date.now() - started);
      }),
    );
  }
  await Promise.all(under);
}

/** Events of a behaviour today, by the analysis. */
async function counted(scene: Scene, behavior: string): Promise<number> {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date());
  const body = JSON.stringify({ from: day, to: day });
  const { rows } = (await scene.ask('/api/analyses/behaviors', { method: 'POST', body })) as AnswerBody;
  return rows.filter((row) => row.behavior === behavior).reduce((sum, row) => sum + Number(row.events), 0);
}

async function measure(scene: Scene, rate: number): Promise<void> {
  const behavior = `rate_${rate}`;
  const seen: Acknowledged = { at: [], ms: [] };
  const until = Date.now() + Number(values.seconds) * 1000;
  let oldest = 0;
  const loading = load(scene, behavior, rate, until, seen);
  const asking = (async () => {
    while (Date.now() < until) {
      await pause(ASK_MS);
      const batches = Math.floor((await counted(scene, behavior)) / BATCH);
      const missing = seen.at[batches];
      if (missing !== undefined) oldest = Math.max(oldest, Date.now() - missing);
    }
  })();
  await Promise.all([loading, asking]);
  await scene.settled();
  const ms = seen.ms.toSorted((a, b) => a - b);
  const p99 = ms[Math.floor(ms.length * 0.99)] ?? 0;
  console.log(
    `${rate} events/s: ${seen.at.length * BATCH} events, acknowledged in ${ms[ms.length >> 1]} ms, p99 ${p99} ms; oldest event that an answer lacked: ${(oldest / 1000).toFixed(1)} s`,
  );
}

const scene = new Scene({ program: fileURLToPath(new URL('../dist/cli/main.js', import.meta.url)) });
try {
  await scene.open();
  for (const rate of values.rates.split(',').map(Number)) await measure(scene, rate);
} finally {
  await scene.close();
}
