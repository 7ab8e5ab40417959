import { fork } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { join as path } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { answer } from '../../src/app/asking.ts';
import { importPath } from '../../src/app/importing.ts';
import type { Context } from '../../src/intake/context.ts';
import { recover } from '../../src/intake/recover.ts';
import { undoImport } from '../../src/intake/undo.ts';
import { sql } from '../../src/warehouse/sql.ts';
import type { Warehouse } from '../../src/warehouse/warehouse.ts';
import { dice } from '../oracle/dice.ts';
import { csv, Home } from './home.ts';

const homes: Home[] = [];
afterAll(async () => {
  for (const home of homes) await home.end();
});

function newHome(): Home {
  const home = new Home();
  homes.push(home);
  return home;
}

/** Files whose rows overlap by event_id, replace orders, and link people of the files before. */
function files(rows: number): Record<string, string> {
  const roll = dice(7);
  const line = (i: number, cells: readonly (string | number)[]) => `${i},${cells.join(',')}`;
  const events = (from: number, linked: number) =>
    [
      'event_id,event_time,behavior,id_user,id_phone',
      ...Array.from({ length: rows }, (_, i) => {
        const who = roll.int(rows / 4);
        const phone = roll.chance(linked) ? 13_000_000_000 + Math.floor(who / 2) : '';
        const year = 2024 + roll.int(3);
        return line(from + i, [
          `${year}-0${1 + roll.int(6)}-1${roll.int(10)}`,
          roll.of(['pv', 'cart', 'fav']),
          `u${who}`,
          phone,
        ]);
      }),
      'broken line',
    ].join('\n');
  const orders = (status: string) =>
    csv(
      Array.from({ length: Math.ceil(rows / 20) }, (_, i) => ({
        order_id: `o${i}`,
        line_id: '1',
        order_time: '2026-05-01',
        amount: String(i),
        status: i % 3 === 0 ? status : 'paid',
        id_user: `u${i}`,
      })),
    );
  return {
    '1-events.csv': events(0, 0),
    '2-orders.csv': orders('paid'),
    '3-events.csv': events(rows / 2, 0.3),
    '4-orders.csv': orders('refunded'),
    '5-members.csv': csv(
      Array.from({ length: 30 }, (_, i) => ({ id_member: `m${i}`, id_user: `u${i * 3}`, join_time: '2026-02-01' })),
    ),
  };
}

/** Sums that a lost, doubled or misplaced row would change, and the answers. */
async function sums(home: Home): Promise<unknown> {
  const lowest = sql`(SELECT consumer, min(who) AS lowest FROM people FINAL WHERE consumer != 0 GROUP BY consumer)`;
  const result: unknown[] = [];
  for (const [table, what] of [
    ['events', sql`t.event_id, t.at, t.behavior, t.line`],
    ['order_lines', sql`t.order_id, t.status, t.amount, t.line`],
    ['memberships', sql`t.member_no, t.join_at, t.line`],
  ] as const) {
    const from = table === 'events' ? sql`events` : table === 'order_lines' ? sql`order_lines` : sql`memberships`;
    result.push(
      table,
      await home.rows(sql`SELECT count() AS rows, uniqExact(t.consumer) AS consumers, countIf(t.consumer = 0) AS nobody,
        toString(sum(cityHash64(c.lowest, ${what}))) AS sum FROM ${from} AS t LEFT JOIN ${lowest} AS c ON c.consumer = t.consumer`),
    );
  }
  result.push(
    await home.rows(sql`SELECT count() AS rows, uniqExact(p.consumer) AS consumers, toString(sum(cityHash64(p.who, c.lowest))) AS sum
      FROM (SELECT * FROM people FINAL) AS p LEFT JOIN ${lowest} AS c ON c.consumer = p.consumer`),
    await home.rows(sql`SELECT count() AS cards, toString(sum(cityHash64(who, idents, line, rows))) AS sum FROM cards`),
    await home.rows(sql`SELECT line, reason FROM rejects ORDER BY line`),
    await home.ask('aipl-stock', { on: '2026-06-30' }),
    await home.ask('rfm', { on: '2026-06-30' }),
  );
  return result;
}

/** Names of tables that an import leaves only while it runs. */
const strays = async (home: Home) =>
  home.rows(sql`SELECT name FROM system.tables WHERE database = currentDatabase()
    AND match(name, '^(stage|turned|fate)_[0-9]|^moving_|^identity_|^doomed')`);

/** Processes of this machine that name a folder. */
function processesOf(folder: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder);
    } catch {
      return false;
    }
  });
}

/** Runs the import in a process of its own and kills it at a moment of its course; true when it came to its end before. */
async function importKilled(
  home: Home,
  folder: string,
  at: { step: string; after: number } | undefined,
): Promise<boolean> {
  const child = fork(path(import.meta.dirname, 'kill.fixture.ts'), [home.dir, folder], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let done = false;
  child.on('message', (message: { step?: string; report?: unknown }) => {
    if (message.report) done = true;
    if (at !== undefined && message.step === at.step) setTimeout(() => child.kill('SIGKILL'), at.after);
  });
  await ended;
  return done;
}

describe.skipIf(process.platform !== 'linux')('an import that is killed', () => {
  test('and begun again, as often as it takes, ends where an undisturbed one does', async () => {
    const [killed, calm] = [newHome(), newHome()];
    const folder = calm.folder(files(8_000));
    await calm.open();
    await calm.take(folder);
    const expected = await sums(calm);
    await calm.close();
    // Note: the numbers of personal identifiers are made with the home's key; to be compared they must be of one key.
    copyFileSync(path(calm.dir, 'key'), path(killed.dir, 'key'));
    const roll = dice(11);
    const steps = [
      '1-events.csv',
      '1-events.csv',
      'identity',
      '2-orders.csv',
      'identity',
      '3-events.csv',
      'identity',
      'identity',
      '4-orders.csv',
      'identity',
      '5-members.csv',
      'identity',
    ];
    let kills = 0;
    for (const step of steps) if (!(await importKilled(killed, folder, { step, after: roll.int(500) }))) kills += 1;
    expect(await importKilled(killed, folder, undefined)).toBe(true);
    expect(kills).toBeGreaterThan(5);
    expect(processesOf(killed.dir)).toEqual([]);
    await killed.open();
    expect(await sums(killed)).toEqual(expected);
    expect(await strays(killed)).toEqual([]);
    const again = await killed.take(folder);
    expect(again.files.map(({ accepted }) => accepted)).toEqual([0, 0, 0, 0, 0]);
    await killed.close();
  }, 240_000);
});

/** Stands for the death of the process: the n-th statement that changes something and all after it fail. */
class Stop extends Error {}

function dying(context: Context, after: number): { context: Context; count: () => number } {
  let left = after;
  const step =
    <A extends unknown[], R>(work: (...args: A) => Promise<R>) =>
    (...args: A): Promise<R> => {
      left -= 1;
      return left < 0 ? Promise.reject(new Stop('stopped')) : work(...args);
    };
  const { warehouse, registry } = context;
  const mortal: Warehouse = Object.assign(Object.create(warehouse), {
    kind: warehouse.kind,
    rows: warehouse.rows.bind(warehouse),
    bytes: warehouse.bytes.bind(warehouse),
    stream: warehouse.stream.bind(warehouse),
    run: step(warehouse.run.bind(warehouse)),
    insert: step(warehouse.insert.bind(warehouse)),
  });
  const rows: typeof registry.rows = (text, values) =>
    (/^\s*select/i.test(text) ? registry.rows(text, values) : step(() => registry.rows(text, values))()) as never;
  return { context: { ...context, warehouse: mortal, registry: { ...registry, rows } }, count: () => after - left };
}

const small = { events: '2026-06-20', phone: '13900000001' };
const row = (user: string, more: Record<string, string> = {}) => ({
  event_id: '',
  event_time: small.events,
  behavior: 'cart',
  id_user: user,
  id_phone: '',
  ...more,
});
const base = {
  'events.csv': csv([row('a'), row('b'), row('c', { id_phone: small.phone }), row('d', { event_id: 'e1' })]),
  'orders.csv': csv([
    { order_id: 'o', line_id: '1', order_time: '2026-06-01', amount: '5', status: 'paid', id_user: 'a' },
  ]),
};
/** Joins a, b and c, makes an event known by two, replaces an order, and has a row that cannot be taken. */
const more = {
  'events.csv': csv([
    row('a', { id_phone: small.phone }),
    row('b', { id_phone: small.phone }),
    row('z', { event_id: 'e1' }),
    row('', {}),
  ]),
  'orders.csv': csv([
    { order_id: 'o', line_id: '1', order_time: '2026-06-01', amount: '7', status: 'paid', id_user: 'b' },
  ]),
};

describe('a process that ends between any two statements', () => {
  const home = newHome();
  let adding = '';
  let before: unknown;
  let after: unknown;
  const state = async () => [await home.state(), (await answer(home.context, 'aipl-stock', { on: '2026-06-30' })).rows];

  async function start(): Promise<void> {
    await home.reset();
    await home.take(home.folder(base));
    await home.ask('aipl-stock', { on: '2026-06-30' });
  }

  test('of an import leaves what begins again to the same end', async () => {
    await home.open();
    adding = home.folder(more);
    await start();
    before = await state();
    const counting = dying(home.context, 1_000_000);
    await importPath(counting.context, adding, {});
    after = await state();
    const statements = counting.count();
    expect(statements).toBeGreaterThan(80);
    const roll = dice(3);
    for (let at = 2 + roll.int(3); at < statements; at += 11 + roll.int(9)) {
      await start();
      await expect(importPath(dying(home.context, at).context, adding, {})).rejects.toThrow('stopped');
      await recover(home.context);
      const report = await importPath(home.context, adding, {});
      expect([at, report.files.map((file) => file.read === file.accepted + file.duplicate + file.rejected)]).toEqual([
        at,
        [true, true],
      ]);
      expect([at, await state(), await strays(home)]).toEqual([at, after, []]);
    }
  }, 240_000);

  test('of an undoing leaves what is ended at the next start', async () => {
    const roll = dice(5);
    const undone = async (from: Context, number: number) => undoImport(from, number);
    await start();
    const counting = dying(home.context, 1_000_000);
    await undone(counting.context, (await home.take(adding)).import);
    for (let at = 1 + roll.int(3); at < counting.count(); at += 8 + roll.int(7)) {
      await start();
      const number = (await home.take(adding)).import;
      await expect(undone(dying(home.context, at).context, number)).rejects.toThrow('stopped');
      await recover(home.context);
      await undone(home.context, number).catch((error: unknown) => expect(String(error)).toContain('taken back'));
      expect([at, await state(), await strays(home)]).toEqual([at, before, []]);
    }
  }, 240_000);
});
