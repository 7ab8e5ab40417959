import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { type Cells, csv, Home } from './home.ts';

const program = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const KILLS = 12;

const killed = new Home();
const undisturbed = new Home();
// One key, so that equal identifiers have equal numbers in both homes.
for (const home of [killed, undisturbed]) writeFileSync(join(home.dir, 'key'), 'a7'.repeat(32), { mode: 0o600 });
afterAll(async () => {
  await killed.end();
  await undisturbed.end();
});

/** A repeatable draw from 0 to 1. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Files that make a commit do all it can: repeated event_ids, devices that join users of earlier files, replaced orders. */
function exportsOf(): Record<string, string> {
  const roll = dice(7);
  const user = (n: number) => `u${n}`;
  const events = (from: number, count: number): Cells[] =>
    Array.from({ length: count }, (_, i) => {
      const who = Math.floor(roll() * 3000);
      return {
        event_id: `e${from + i}`,
        event_time: `2026-0${1 + (i % 5)}-1${i % 9} 10:00:00`,
        behavior: ['item_view', 'cart', 'impression', 'favorite'][i % 4] ?? 'click',
        id_user: i % 10 === 0 ? '' : user(who),
        id_device: i % 3 === 0 ? `d${Math.floor(who / 2)}` : '',
        item_id: `i${i % 50}`,
      };
    }).map((row) => (row.id_user === '' && row.id_device === '' ? { ...row, id_user: user(1) } : row));
  const orders = (refund: string): Cells[] =>
    Array.from({ length: 3000 }, (_, i) => ({
      order_id: `o${i}`,
      order_time: `2026-03-0${1 + (i % 9)} 12:00:00`,
      id_user: user(i % 3000),
      amount: `${10 + (i % 90)}.50`,
      refund_amount: i % 7 === 0 ? refund : '',
    }));
  return {
    'events-1.csv': csv(events(0, 40_000)),
    'events-2.csv': csv([
      ...events(20_000, 40_000),
      { event_id: 'x', event_time: 'never', behavior: 'click', id_user: 'u1' },
    ]),
    'orders-1.csv': csv(orders('')),
    'orders-2.csv': csv(orders('5.00')),
  };
}

const files = exportsOf();

function importing(home: Home, folder: string): ChildProcess {
  const argv = ['--import', 'tsx', program, '--home', home.dir, '--quiet', 'import', folder];
  return spawn(process.execPath, argv, { detached: true, stdio: 'ignore' });
}

const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));

/** Kills the process and everything it started, as a power cut would. */
function slay(child: ChildProcess): void {
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
}

test('an import killed at any moment, and started again until it ends, leaves what an undisturbed one leaves', async () => {
  const folder = killed.folder(files);
  const roll = dice(11);
  for (let round = 0; round < KILLS; round += 1) {
    const child = importing(killed, folder);
    const done = ended(child);
    const first = await Promise.race([done.then(() => 'ended'), wait(900 + roll() * 4500).then(() => 'running')]);
    if (first === 'running') slay(child);
    await done;
  }
  expect(await ended(importing(killed, folder))).toBe(0);
  await undisturbed.open();
  await undisturbed.take(undisturbed.folder(files));
  await killed.open();
  expect(await killed.state()).toEqual(await undisturbed.state());
  expect(await killed.partition()).toEqual(await undisturbed.partition());
  for (const [analysis, params] of [
    ['aipl-trend', { from: '2026-03-01', to: '2026-05-31' }],
    ['rfm', { on: '2026-05-31' }],
  ] as const)
    expect(await killed.ask(analysis, params)).toEqual(await undisturbed.ask(analysis, params));
}, 180_000);
