import { expect, test } from 'vitest';
import type { Scope } from '../../model/scope.ts';
import { ask, type Facts, lens, peopleOf, store, tell } from '../testing/world.ts';
import { aiplStock } from './aipl-stock.ts';

const { warehouse } = store();
const on = '2026-06-30';

/** Two aware, one interested, one buyer, two loyal, one whose cart is too old. */
const june: Facts = {
  events: [
    { consumer: 1, time: '2026-06-16', behavior: 'impression' },
    { consumer: 2, time: '2026-06-30 23:59:59', behavior: 'click' },
    { consumer: 3, time: '2026-06-20', behavior: 'impression' },
    { consumer: 3, time: '2026-06-25', behavior: 'cart' },
    { consumer: 7, time: '2026-06-15 23:59:59', behavior: 'cart' },
  ],
  orders: [
    { consumer: 4, paid: '2024-01-01' },
    { consumer: 5, paid: '2026-05-01' },
    { consumer: 5, paid: '2026-05-02' },
    { consumer: 6, paid: '2025-07-01' },
  ],
  reviews: [{ consumer: 6, time: '2025-08-01', rating: 4 }],
};

test('every consumer stands at the deepest stage it qualifies for', async () => {
  await tell(warehouse(), june);
  const rows = [
    { stage: 'A', consumers: 2 },
    { stage: 'I', consumers: 1 },
    { stage: 'P', consumers: 1 },
    { stage: 'L', consumers: 2 },
  ];
  expect(await ask(warehouse(), aiplStock, { on })).toEqual(rows);
  const people = await Promise.all(rows.map((row) => peopleOf(warehouse(), aiplStock, row, { on })));
  expect(people).toEqual([[1, 2], [3], [4], [5, 6]]);
});

const traps: readonly { name: string; facts: Facts; scope?: Partial<Scope>; stock: string }[] = [
  { name: 'an empty store has every stage with nobody', facts: {}, stock: 'A0 I0 P0 L0' },
  {
    name: 'one consumer with many touches counts once',
    facts: {
      events: ['2026-06-20', '2026-06-20', '2026-06-21'].map((time) => ({ consumer: 1, time, behavior: 'impression' })),
    },
    stock: 'A1 I0 P0 L0',
  },
  {
    name: 'views twice on one day stay passive, on two days they are interest',
    facts: {
      events: [
        { consumer: 1, time: '2026-06-20 09:00:00', behavior: 'item_view' },
        { consumer: 1, time: '2026-06-20 21:00:00', behavior: 'shop_visit' },
        { consumer: 2, time: '2026-06-20', behavior: 'item_view' },
        { consumer: 2, time: '2026-06-21', behavior: 'shop_visit' },
      ],
    },
    stock: 'A1 I1 P0 L0',
  },
  {
    name: 'a refund counts from its own day on, also for the loyal',
    facts: {
      orders: [
        { consumer: 1, paid: '2026-06-01', refund: 100, refunded: '2026-06-30' },
        { consumer: 2, paid: '2026-06-01', refund: 100, refunded: '2026-07-01' },
        { consumer: 3, paid: '2026-06-01', refund: 99, refunded: '2026-06-02' },
        { consumer: 4, paid: '2026-06-01' },
        { consumer: 4, paid: '2026-06-02', refund: 100, refunded: '2026-06-29' },
      ],
    },
    stock: 'A0 I0 P3 L0',
  },
  {
    name: 'two orders on one day are one pay day',
    facts: { orders: ['2026-05-01 09:00:00', '2026-05-01 10:00:00'].map((paid) => ({ consumer: 1, paid })) },
    stock: 'A0 I0 P1 L0',
  },
  {
    name: 'a member who quits later is still one, who quit today is none',
    facts: {
      members: [
        { consumer: 1, joined: '2022-01-01', quit: '2026-07-01' },
        { consumer: 2, joined: '2022-01-01', quit: '2026-06-30 23:00:00' },
        { consumer: 3, joined: '2026-07-01' },
      ],
    },
    stock: 'A0 I1 P0 L0',
  },
  {
    name: "another brand's rows and members are left out of a brand",
    facts: {
      events: [
        { consumer: 1, time: '2026-06-20', behavior: 'cart', brand: 'Qian' },
        { consumer: 2, time: '2026-06-20', behavior: 'cart', brand: 'Other' },
        { consumer: 3, time: '2026-06-20', behavior: 'cart', brand: 'Other', item_id: 'tea' },
      ],
      members: [{ consumer: 4, joined: '2026-01-01' }],
      items: [{ item_id: 'tea', brand: 'Qian' }],
    },
    scope: { brand: 'Qian' },
    stock: 'A0 I2 P0 L0',
  },
  {
    name: 'a category takes only the rows that have it',
    facts: {
      orders: [
        { consumer: 1, paid: '2026-05-01', item_id: 'tea' },
        { consumer: 1, paid: '2026-05-02', item_id: 'tea', category_id: 'cups' },
        { consumer: 2, paid: '2026-05-01', item_id: 'tea' },
        { consumer: 2, paid: '2026-05-02', category_id: 'cups' },
        { consumer: 3, paid: '2026-05-02' },
      ],
      items: [{ item_id: 'tea', category_id: 'drinks' }],
    },
    scope: { category: 'drinks' },
    stock: 'A0 I0 P1 L1',
  },
];

test.each(traps)('$name', async ({ facts, scope, stock }) => {
  await tell(warehouse(), facts);
  const rows = await ask(warehouse(), aiplStock, { on }, lens(scope));
  expect(rows.map(({ stage, consumers }) => `${stage}${consumers}`).join(' ')).toBe(stock);
});

test('the people of a stage the rules do not have are refused with the stages there are', () => {
  expect(() => aiplStock.people({ stage: 'A5', consumers: 0 }, { on }, lens())).toThrow('A, I, P, L and none');
});
