/**
 * `npx tsx scripts/soak.ts [--minutes 60] [--rate 2000] [--program dist/cli/main.js]`: steady load on the collector for as long
 * as asked. Each minute a line: acknowledgements, memory of the server and of the engine, what waits, parts and bytes on
 * disk. At the end whether memory grew over the second half.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { LiveState } from '../src/api/live.ts';
import { BULK, Scene } from '../test/live/torture/scene.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    rate: { type: 'string', default: '2000' },
    program: { type: 'string' },
  },
});
const BATCH = 100;
const MB = 1024 * 1024;

/** Megabytes of a process, without the files it maps. */
function memoryOf(pid: number | undefined): number {
  if (pid === undefined) return 0;
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/RssAnon:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

/** Files and megabytes below a folder; what the engine removes meanwhile is not there any more. */
function filesBelow(dir: string): { files: number; bytes: number } {
  let sum = { files: 0, bytes: 0 };
  for (const entry of entriesOf(dir)) {
    const path = join(dir, entry.name);
    const own = entry.isDirectory()
      ? filesBelow(path)
      : { files: 1, bytes: statSync(path, { throwIfNoEntry: false })?.size ?? 0 };
    sum = { files: sum.files + own.files, bytes: sum.bytes + own.bytes };
  }
  return sum;
}

function entriesOf(dir: string) {
  try {
    return readdirSync(dir, { withFileTypes: true });
  } catch {
    return [];
  }
}

let sent = 0;

/** A batch of a thousand people's clicks, each with an id of its own. */
function batch(): string {
  const event_time = Date.now();
  const rows = Array.from({ length: BATCH }, () => {
    sent += 1;
    return {
      event_id: `s${sent}`,
      event_time,
      behavior: 'click',
      id_user: `u${sent % 100_000}`,
      item_id: `p${sent % 500}`,
    };
  });
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** Sends at the rate until a moment; gives the milliseconds of each answer. */
async function load(url: string, key: string, until: number): Promise<{ ms: number[]; refused: number }> {
  const ms: number[] = [];
  let refused = 0;
  const every = (1000 * BATCH) / Number(values.rate);
  const under = new Set<Promise<void>>();
  for (let next = Date.now(); next < until; next += every) {
    await pause(Math.max(0, next - Date.now()));
    const started = performance.now();
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' };
    const work = fetch(`${url}/collect/events`, { method: 'POST', headers, body: batch() }).then(async (response) => {
      await response.arrayBuffer();
      if (!response.ok) refused += 1;
      ms.push(performance.now() - started);
    });
    under.add(work);
    void work.finally(() => under.delete(work));
  }
  await Promise.all(under);
  return { ms: ms.toSorted((a, b) => a - b), refused };
}

const scene = new Scene({ program: values.program });
const memory: number[] = [];
try {
  await scene.open();
  const { serving } = scene;
  for (let minute = 1; minute <= Number(values.minutes); minute += 1) {
    const { ms, refused } = await load(serving.url, scene.keys[BULK] ?? '', Date.now() + 60_000);
    const { waiting } = (await scene.ask('/api/live')) as LiveState;
    const [server, engine] = [memoryOf(serving.pid), memoryOf(serving.engine)];
    memory.push(server + engine);
    const disk = filesBelow(scene.home);
    const p99 = ms[Math.floor(ms.length * 0.99)] ?? 0;
    console.log(
      `minute ${minute}: ${ms.length * BATCH} events, ${refused} refused, p99 ${p99.toFixed(0)} ms, server ${server} MB, engine ${engine} MB, waiting ${Math.round(waiting.bytes / 1024)} KB, ${disk.files} files ${Math.round(disk.bytes / MB)} MB`,
    );
  }
  await scene.settled();
  const half = memory.slice(Math.floor(memory.length / 2));
  console.log(
    `memory over the second half: ${half[0]} MB at its beginning, ${half.at(-1)} MB at its end, most ${Math.max(...half)} MB`,
  );
} finally {
  await scene.close();
}
