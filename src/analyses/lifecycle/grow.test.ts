import { expect, test } from 'vitest';
import type { Scope } from '../../model/scope.ts';
import { ask, type Facts, lens, peopleOf, store, tell } from '../testing/world.ts';
import { grow } from './grow.ts';

const { warehouse } = store();
const range = { from: '2026-06-01', to: '2026-06-30', base_from: '2025-06-01', base_to: '2025-06-30' };

/** `buyers` who pay `price` once, the first `again` of them on a second day too. */
const sales = (month: string, [buyers, again, amount]: readonly [number, number, number]) => [
  ...Array.from({ length: buyers }, (_, n) => ({ consumer: n + 1, paid: `${month}-01`, amount, category_id: 'tea' })),
  ...Array.from({ length: again }, (_, n) => ({ consumer: n + 1, paid: `${month}-30`, amount, category_id: 'tea' })),
];

test('7500 to 10560 splits as the worked example of the method does', async () => {
  const orders = [...sales('2025-06', [100, 50, 50]), ...sales('2026-06', [120, 72, 55])];
  await tell(warehouse(), { orders: orders.map((each, n) => ({ ...each, order_id: `o${n}` })) });
  const rows = await ask(warehouse(), grow, range);
  expect(rows).toEqual([
    { category_id: 'tea', metric: 'G', value: expect.closeTo(1630.49, 2) },
    { category_id: 'tea', metric: 'R', value: expect.closeTo(577.16, 2) },
    { category_id: 'tea', metric: 'O', value: expect.closeTo(852.35, 2) },
  ]);
  expect(rows.reduce((sum, row) => sum + Number(row.value), 0)).toBeCloseTo(3060, 8);
  const [row = {}] = rows;
  expect(await peopleOf(warehouse(), grow, row, range)).toEqual(Array.from({ length: 120 }, (_, n) => n + 1));
});

const traps: readonly { name: string; facts: Facts; scope?: Partial<Scope>; told: string[] }[] = [
  { name: 'an empty store has no row', facts: {}, told: [] },
  {
    name: 'sales only in the period are W, only in the base −G',
    facts: {
      orders: [
        { consumer: 1, paid: '2026-06-10', amount: 30, category_id: 'entered' },
        { consumer: 1, paid: '2025-06-10', amount: 40, category_id: 'left' },
      ],
    },
    told: ['entered W 30.00', 'left G -40.00'],
  },
  {
    name: 'what did not change has no row',
    facts: {
      orders: ['2025-06-30', '2026-06-30'].map((paid) => ({ consumer: 1, paid, amount: 10.1, category_id: 'tea' })),
    },
    told: [],
  },
  {
    name: 'lines of one order are one order, and both days of a range count',
    facts: {
      orders: [
        { consumer: 1, paid: '2025-06-01', amount: 50, category_id: 'tea' },
        { consumer: 1, paid: '2025-05-31', amount: 999, category_id: 'tea' },
        { consumer: 1, paid: '2026-06-30', amount: 60, category_id: 'tea', order_id: 'one' },
        { consumer: 1, paid: '2026-06-30', amount: 40, category_id: 'tea', order_id: 'one' },
        { consumer: 1, paid: '2026-07-01', amount: 999, category_id: 'tea' },
      ],
    },
    told: ['tea O 50.00'],
  },
  {
    name: 'refunds count as known at the end of the period, in the base too',
    facts: {
      orders: [
        { consumer: 1, paid: '2025-06-10', amount: 100, refund: 40, refunded: '2026-06-30', category_id: 'tea' },
        { consumer: 1, paid: '2026-06-10', amount: 70, refund: 30, refunded: '2026-07-01', category_id: 'tea' },
        { consumer: 2, paid: '2025-06-10', amount: 50, refund: 50, refunded: '2026-06-30', category_id: 'tea' },
      ],
    },
    told: ['tea O 10.00'],
  },
  {
    name: "the item's category goes before the row's, its path where it has no id, and none is the empty one",
    facts: {
      orders: [
        { consumer: 1, paid: '2026-06-10', amount: 10, item_id: 'pot', category_id: 'bags' },
        { consumer: 1, paid: '2026-06-10', amount: 20, item_id: 'cup', category_id: 'bags' },
        { consumer: 1, paid: '2026-06-10', amount: 30, item_id: 'bare', category_id: 'bags' },
        { consumer: 1, paid: '2026-06-10', amount: 40, item_id: 'bare' },
      ],
      items: [{ item_id: 'pot', category_id: 'pots' }, { item_id: 'cup', category: 'home/cups' }, { item_id: 'bare' }],
    },
    told: [' W 40.00', 'bags W 30.00', 'home/cups W 20.00', 'pots W 10.00'],
  },
  {
    name: 'a category asked for, and not the rows of another brand',
    facts: {
      orders: [
        { consumer: 1, paid: '2026-06-10', amount: 10, category_id: 'tea', brand: 'Qian' },
        { consumer: 1, paid: '2026-06-10', amount: 20, category_id: 'tea', brand: 'Other' },
        { consumer: 1, paid: '2026-06-10', amount: 40, category_id: 'cups', brand: 'Qian' },
      ],
    },
    scope: { brand: 'Qian', category: 'tea' },
    told: ['tea W 10.00'],
  },
];

test.each(traps)('$name', async ({ facts, scope, told }) => {
  await tell(warehouse(), facts);
  const rows = await ask(warehouse(), grow, range, lens(scope));
  expect(rows.map((row) => `${row.category_id} ${row.metric} ${Number(row.value).toFixed(2)}`)).toEqual(told);
});
