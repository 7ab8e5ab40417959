import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { stageSpans } from '../../src/lifecycle/spans.ts';
import { defaultRules } from '../../src/model/rules/default.ts';
import { rulesKey } from '../../src/model/rules/ruleSet.ts';
import { as, sql } from '../../src/warehouse/sql.ts';
import { dice } from '../oracle/dice.ts';
import { smallWorld } from '../oracle/generate.ts';
import type { Row, Rows } from '../oracle/world.ts';
import { type Cells, csv, Home } from './home.ts';

const home = new Home();
beforeAll(() => home.open());
beforeEach(() => home.reset());
afterAll(() => home.end());

/** Imports still in the home, newest last. */
let live: number[] = [];
beforeEach(() => {
  live = [];
});

async function bring(files: Readonly<Record<string, string>>): Promise<number> {
  const { import: number } = await home.take(home.folder(files));
  live.push(number);
  return number;
}

async function undo(number: number): Promise<void> {
  await home.undo(number);
  live = live.filter((each) => each !== number);
}

/** Takes everything back, the latest import first. */
async function undoAll(): Promise<void> {
  for (const number of live.toReversed()) await undo(number);
}

const on = '2026-06-30';
const questions = [
  ['aipl-stock', { on }],
  ['fast', { from: '2026-06-01', to: on }],
  ['rfm', { on }],
] as const;

const answers = async () => Promise.all(questions.map(async ([id, params]) => [id, await home.ask(id, params)]));

/** The kept spans, which every import and undoing so far has patched, against spans made anew from the facts. */
async function expectKeptAsAnew(): Promise<void> {
  await home.ask('aipl-stock', { on });
  const columns = sql`toString(consumer) AS consumer, start, finish, level`;
  const kept = await home.rows(sql`SELECT ${columns}, sum(sign) AS times FROM stage_spans
    WHERE rules = ${rulesKey(defaultRules)} GROUP BY ALL HAVING times != 0 ORDER BY ALL`);
  const anew = await home.rows(
    sql`SELECT ${columns}, ${as(1, 'Int64')} AS times FROM ${stageSpans(defaultRules, { own: [] })} ORDER BY ALL`,
  );
  expect(kept).toEqual(anew);
}

const event = (more: Cells): Cells => ({
  event_id: '',
  event_time: '2026-06-20',
  behavior: 'cart',
  id_user: '',
  id_phone: '',
  ...more,
});
const order = (more: Cells): Cells => ({
  order_id: 'o1',
  line_id: '1',
  order_time: '2026-06-10',
  status: 'paid',
  amount: '100',
  refund_amount: '',
  id_user: 'u1',
  ...more,
});

const first = {
  'events-a.csv': csv([
    event({ id_user: 'u1', id_phone: '13900000001' }),
    event({ id_user: 'u2', id_phone: '13900000001' }),
    event({ event_id: 'e1', id_user: 'u3', behavior: 'pv' }),
    event({ id_user: 'u9', id_phone: '13900000009' }),
    event({ id_phone: 'nobody', id_user: '0', event_time: 'never' }),
  ]),
  'orders-a.csv': csv([order({}), order({ order_id: 'o2', id_user: 'u2' })]),
  'items-a.csv': csv([{ item_id: 'i1', brand: 'X', title: 'old' }]),
  'members-a.csv': csv([{ id_user: 'u1', join_time: '2026-01-01', tier: 'gold' }]),
  'unknown-a.csv': 'strange,file\n1,2\n',
};
const second = {
  'events-b.csv': csv([
    event({ id_user: 'u2' }),
    event({ event_id: 'e1', id_user: 'u4', behavior: 'favorite' }),
    event({ id_user: 'u5', id_phone: '+86 139 0000 0001' }),
  ]),
  'orders-b.csv': csv([order({ status: 'refunded', refund_amount: '100' }), order({ order_id: 'o2', id_user: 'u2' })]),
  'items-b.csv': csv([{ item_id: 'i1', brand: 'X', title: 'new' }]),
  'members-b.csv': csv([{ id_user: 'u1', join_time: '2026-01-01', tier: 'silver' }]),
};

describe('an import taken back is as if it had never been', () => {
  test('the earlier of two, with links, duplicates and replaced rows between them', async () => {
    const bare = await home.state();
    await bring(second);
    const alone = [await home.state(), await home.partition(), await answers()];
    await undoAll();
    expect(await home.state()).toEqual(bare);
    const number = await bring(first);
    await bring(second);
    expect((await home.partition()).find((each) => each.includes('user:u1'))).toEqual(
      expect.arrayContaining(['user:u2', 'user:u5']),
    );
    await expectKeptAsAnew();
    await undo(number);
    expect([await home.state(), await home.partition(), await answers()]).toEqual(alone);
    await expectKeptAsAnew();
  });

  test('the later of two', async () => {
    await bring(first);
    const alone = [await home.state(), await home.partition(), await answers()];
    await undo(await bring(second));
    expect([await home.state(), await home.partition(), await answers()]).toEqual(alone);
    await expectKeptAsAnew();
  });

  test('a replaced order comes back, to the consumer it would have by now', async () => {
    await bring({ 'orders.csv': csv([order({})]) });
    const later = await bring({
      'orders.csv': csv([order({ status: 'refunded', refund_amount: '100', id_user: 'u7' })]),
    });
    await home.ask('aipl-stock', { on });
    await bring({
      'events.csv': csv([
        event({ id_user: 'u1', id_phone: '13900000002', behavior: 'pv' }),
        event({ id_user: 'u0', id_phone: '13900000002', event_time: '2024-01-01' }),
      ]),
    });
    await home.ask('aipl-stock', { on });
    await undo(later);
    expect((await home.consumer('user:u0')).timeline).toMatchObject([
      { what: 'item_view' },
      { entity: 'orders', detail: expect.stringMatching(/^o1 .*100$/) },
      { what: 'cart' },
    ]);
    expect((await home.ask('aipl-stock', { on })).filter(({ consumers }) => consumers !== 0)).toEqual([
      { stage: 'P', consumers: 1 },
    ]);
    await expectKeptAsAnew();
  });

  test('a link that is gone splits a consumer again, and what it had done with it', async () => {
    await bring({
      'events.csv': csv([event({ id_user: 'u1', id_phone: '13900000001' }), event({ id_user: 'u2', behavior: 'pv' })]),
    });
    const link = await bring({
      'events.csv': csv([event({ id_user: 'u2', id_phone: '13900000001', behavior: 'scan' })]),
    });
    expect((await home.consumer('u2')).timeline).toHaveLength(3);
    await undo(link);
    expect((await home.consumer('u2')).timeline).toMatchObject([{ what: 'item_view' }]);
    expect((await home.consumer('u1')).timeline).toMatchObject([{ what: 'cart' }]);
  });
});

describe('the same content by two imports', () => {
  test('is still there when either is taken back, and gone with both', async () => {
    const text = csv([event({ id_user: 'u1' }), event({ id_user: 'u1' })]);
    for (const which of [0, 1]) {
      const pair = [await bring({ 'events.csv': text }), await bring({ 'events.csv': text })];
      const before = await home.state();
      await undo(pair[which] ?? 0);
      expect(await home.state()).toEqual(before);
      await undo(pair[1 - which] ?? 0);
      expect((await home.state()).events).toEqual([]);
    }
  });

  test('twice in one folder goes with it', async () => {
    const text = csv([event({ id_user: 'u1' })]);
    await undo(await bring({ 'events-1.csv': text, 'events-2.csv': text }));
    expect((await home.state()).events).toEqual([]);
  });

  test('once unknown and replayed, then known, counts once', async () => {
    const strange = 'when,what,who\n2026-06-01,pv,9\n2026-06-02,cart,8\n';
    const mapping = home.file(
      'm.yaml',
      'entity: events\ncolumns:\n  event_time: when\n  behavior: what\n  id_user: who\n',
    );
    await bring({ 'strange.csv': strange });
    live.push((await home.replay({ mapping })).import);
    const again = await home.take(home.folder({ 'strange.csv': strange }), { mapping });
    live.push(again.import);
    expect(again.files).toMatchObject([{ read: 2, accepted: 0, duplicate: 2, rejected: 0 }]);
    expect((await home.state()).events).toHaveLength(2);
  });
});

test('what is not there, or not any more, is told', async () => {
  await expect(home.undo(987654)).rejects.toThrow('There is no import 987654');
  const number = await bring({ 'events.csv': csv([event({ id_user: 'u1' })]) });
  expect(await home.undo(number)).toEqual({ import: number, files: 1, rows: 1 });
  live = [];
  await expect(home.undo(number)).rejects.toThrow(`Import ${number} was taken back`);
});

/** Rows of a world in so many imports, each row in one of them. */
function split(world: Rows, parts: number, seed: number): Record<string, string>[] {
  const roll = dice(seed);
  const chosen = Object.entries(world).map(([entity, rows]: [string, readonly Row[]]) => {
    const own = Array.from({ length: parts }, (): Row[] => []);
    for (const row of rows) own[roll.int(parts)]?.push(row);
    return [entity, own] as const;
  });
  return Array.from({ length: parts }, (_, part) =>
    Object.fromEntries(
      chosen.flatMap(([entity, own]) => {
        const rows = own[part] ?? [];
        return rows.length === 0 ? [] : [[`${entity}-${part}.csv`, csv(rows)]];
      }),
    ),
  );
}

test('in a random world the rest is what it would be, and the kept spans are as made anew, step by step', async () => {
  const parts = split(smallWorld(1), 3, 1);
  // Note: so many others that what a part touches is patched and not built anew.
  const others = csv(Array.from({ length: 150 }, (_, i) => event({ id_user: `other${i}`, event_time: '2026-06-25' })));
  await bring({ 'events.csv': others });
  for (const part of parts.slice(1)) await bring(part);
  const expected = [await home.state(), await home.partition(), await answers()];
  await home.reset();
  live = [];
  await bring({ 'events.csv': others });
  const numbers: number[] = [];
  for (const part of parts) {
    numbers.push(await bring(part));
    await expectKeptAsAnew();
  }
  const [patches] = await home.rows<{ taken: number }>(sql`SELECT countIf(sign < 0) AS taken FROM stage_spans`);
  expect(patches?.taken).toBeGreaterThan(20);
  await undo(numbers[0] ?? 0);
  await expectKeptAsAnew();
  expect([await home.state(), await home.partition(), await answers()]).toEqual(expected);
  await undoAll();
  expect(Object.entries(await home.state()).filter(([, rows]) => rows.length > 0)).toEqual([]);
}, 150_000);
