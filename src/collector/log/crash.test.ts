import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { build } from 'vite';
import { expect, test } from 'vitest';
import { bodies, inFolder, withLog } from './testing.fixture.ts';

const KILLS = 20;
const PER_RUN = 1_000_000;

/** The program as one file of JavaScript, which starts in no time. */
async function built(dir: string): Promise<string> {
  const entry = fileURLToPath(new URL('./crash.fixture.ts', import.meta.url));
  const output = { entryFileNames: 'crash.mjs' };
  await build({
    configFile: false,
    logLevel: 'silent',
    build: { ssr: entry, outDir: dir, target: 'node20', rollupOptions: { output } },
  });
  return join(dir, 'crash.mjs');
}

/** Runs the program until it has acknowledged so many, kills it, and gives all that it acknowledged. */
async function killedAfter(program: string, dir: string, first: number, count: number): Promise<readonly number[]> {
  const child = spawn(process.execPath, [program, dir, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  const lines = () => text.split('\n').slice(0, -1);
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    if (lines().length >= count) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return lines().map(Number);
}

test(`a process killed at ${KILLS} moments loses nothing that it acknowledged, doubles nothing, and keeps order`, () =>
  inFolder(async (dir) => {
    const counts = fc.sample(fc.integer({ min: 1, max: 500 }), { numRuns: KILLS, seed: 7 });
    const program = await built(join(dir, 'program'));
    const folder = join(dir, 'log');
    const acknowledged: number[] = [];
    for (const [run, count] of counts.entries())
      acknowledged.push(...(await killedAfter(program, folder, run * PER_RUN, count)));
    expect(acknowledged.length).toBeGreaterThan(counts.reduce((sum, count) => sum + count, 0) - 1);
    await withLog(folder, { onDamage: (what) => expect.unreachable(what) }, async (log) => {
      const kept = (await bodies(log)).map((body) => Number(body.split(' ')[0]));
      expect(kept).toEqual([...new Set(kept)].toSorted((left, right) => left - right));
      const there = new Set(kept);
      expect(acknowledged.filter((number) => !there.has(number))).toEqual([]);
    });
  }));
