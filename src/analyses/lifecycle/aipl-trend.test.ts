import { expect, test } from 'vitest';
import type { Scope } from '../../model/scope.ts';
import { ask, type Facts, lens, peopleOf, store, tell } from '../testing/world.ts';
import { aiplTrend } from './aipl-trend.ts';

const { warehouse } = store();

/** One line a day: the counts of A, I, P and L. */
async function trend(from: string, to: string, scope: Partial<Scope> = {}): Promise<string[]> {
  const rows = await ask(warehouse(), aiplTrend, { from, to }, lens(scope));
  const days = [...new Set(rows.map((row) => String(row.date)))];
  return days.map((day) => `${day} ${rows.flatMap((row) => (row.date === day ? [row.consumers] : [])).join(' ')}`);
}

test('every day of the range has every stage, through changes on all of them', async () => {
  await tell(warehouse(), {
    events: [
      { consumer: 1, time: '2026-06-28', behavior: 'impression' },
      { consumer: 1, time: '2026-06-29', behavior: 'cart' },
      { consumer: 2, time: '2026-06-15', behavior: 'click' },
    ],
    orders: [
      { consumer: 3, paid: '2025-01-01' },
      { consumer: 4, paid: '2026-06-01' },
      { consumer: 4, paid: '2026-06-30' },
    ],
  });
  expect(await trend('2026-06-27', '2026-07-01')).toEqual([
    '2026-06-27 1 0 2 0',
    '2026-06-28 2 0 2 0',
    '2026-06-29 1 1 2 0',
    '2026-06-30 0 1 1 1',
    '2026-07-01 0 1 1 1',
  ]);
  const row = { date: '2026-06-28', stage: 'A', consumers: 2 };
  expect(await peopleOf(warehouse(), aiplTrend, row, { from: '2026-06-27', to: '2026-07-01' })).toEqual([1, 2]);
});

const traps: readonly {
  name: string;
  facts: Facts;
  range: [string, string];
  scope?: Partial<Scope>;
  days: string[];
}[] = [
  {
    name: 'an empty store has zeros on every day',
    facts: {},
    range: ['2026-02-28', '2026-03-01'],
    days: ['2026-02-28 0 0 0 0', '2026-03-01 0 0 0 0'],
  },
  {
    name: 'a range of one day is the stock of that day',
    facts: { events: [{ consumer: 1, time: '2026-06-30', behavior: 'cart' }] },
    range: ['2026-06-30', '2026-06-30'],
    days: ['2026-06-30 0 1 0 0'],
  },
  {
    name: 'a touch lasts fifteen days, over the end of a month',
    facts: { events: [{ consumer: 1, time: '2026-02-15', behavior: 'impression' }] },
    range: ['2026-02-28', '2026-03-02'],
    days: ['2026-02-28 1 0 0 0', '2026-03-01 1 0 0 0', '2026-03-02 0 0 0 0'],
  },
  {
    name: 'a refund and a quitting end a stage on their own day',
    facts: {
      orders: [{ consumer: 1, paid: '2026-06-01', refund: 100, refunded: '2026-06-30' }],
      members: [{ consumer: 2, joined: '2026-06-29', quit: '2026-07-01' }],
    },
    range: ['2026-06-28', '2026-07-01'],
    days: ['2026-06-28 0 0 1 0', '2026-06-29 0 1 1 0', '2026-06-30 0 1 0 0', '2026-07-01 0 0 0 0'],
  },
  {
    name: 'what a member bought on the day of joining is the deeper stage',
    facts: {
      members: [{ consumer: 1, joined: '2026-06-29' }],
      orders: [{ consumer: 1, paid: '2026-06-29', refund: 100, refunded: '2026-06-30' }],
    },
    range: ['2026-06-29', '2026-06-30'],
    days: ['2026-06-29 0 0 1 0', '2026-06-30 0 1 0 0'],
  },
  {
    name: "another brand's rows are left out",
    facts: { events: [{ consumer: 1, time: '2026-06-30', behavior: 'cart', brand: 'Other' }] },
    range: ['2026-06-30', '2026-06-30'],
    scope: { own: ['Qian'] },
    days: ['2026-06-30 0 0 0 0'],
  },
];

test.each(traps)('$name', async ({ facts, range: [from, to], scope, days }) => {
  await tell(warehouse(), facts);
  expect(await trend(from, to, scope)).toEqual(days);
});

test('a range that ends before it begins is refused', () => {
  expect(aiplTrend.params.safeParse({ from: '2026-07-01', to: '2026-06-30' }).error?.issues[0]?.path).toEqual(['to']);
});
