/** The client of the collector's bench: `client.ts LOAD`. Each connection sends its next batch when the last is answered. */
import { Agent, request } from 'node:http';
import { BATCH, batchOf, CONNECTIONS, KEY, type Load, PATH, type Seen, WARM_REQUESTS } from './load.ts';

const { port, requests } = JSON.parse(process.argv[2] ?? '{}') as Load;
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
const authorization = `Basic ${Buffer.from(`${KEY}:`).toString('base64')}`;
const bodies = Array.from({ length: 64 }, (_, number) => batchOf(number));

function send(number: number): Promise<void> {
  const body = bodies[number % bodies.length] ?? Buffer.alloc(0);
  const headers = { 'content-type': 'application/json', 'content-length': body.length, authorization };
  return new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', agent, method: 'POST', path: PATH, headers }, (response) => {
      response.resume().on('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`the server answered ${response.statusCode} to a batch of ${BATCH} events`));
      });
    })
      .on('error', reject)
      .end(body);
  });
}

/** Milliseconds of each request. */
async function sendAll(count: number): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  const connection = async () => {
    while (next < count) {
      next += 1;
      const started = performance.now();
      await send(next);
      times.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  return times.sort((left, right) => left - right);
}

await sendAll(WARM_REQUESTS);
const started = performance.now();
const times = await sendAll(requests);
const at = (share: number) => times[Math.floor((times.length - 1) * share)] ?? Number.NaN;
const seen: Seen = { seconds: (performance.now() - started) / 1000, medianMs: at(0.5), p99Ms: at(0.99) };
process.send?.(seen, () => process.exit(0));
