import { expect, test } from 'vitest';
import type { Scope } from '../../model/scope.ts';
import { ask, type Facts, lens, peopleOf, store, tell } from '../testing/world.ts';
import { rfm } from './rfm.ts';

const { warehouse } = store();
const on = '2026-06-30';

/** Means of the four buyers of the year: R (0 + 20 + 364 + 30) / 4 = 103.5, F 6 / 4 = 1.5, M 680 / 4 = 170. */
test('a buyer is high where it is no worse than the mean', async () => {
  await tell(warehouse(), {
    orders: [
      { consumer: 1, paid: '2026-06-30', amount: 150 },
      { consumer: 1, paid: '2026-06-20', amount: 150 },
      { consumer: 2, paid: '2026-06-10', amount: 100 },
      { consumer: 3, paid: '2025-07-01', amount: 200 },
      { consumer: 3, paid: '2025-06-30', amount: 999 },
      { consumer: 4, paid: '2025-06-30', amount: 999 },
      { consumer: 5, paid: '2026-05-01', amount: 50 },
      { consumer: 5, paid: '2026-05-31', amount: 50, refund: 20, refunded: '2026-06-01' },
    ],
  });
  const rows = [
    { class: 'HHH', name: '高价值', consumers: 1, amount: 300 },
    { class: 'LLH', name: '重点挽留', consumers: 1, amount: 200 },
    { class: 'HHL', name: '一般价值', consumers: 1, amount: 80 },
    { class: 'HLL', name: '一般发展', consumers: 1, amount: 100 },
  ];
  expect(await ask(warehouse(), rfm, { on })).toEqual(rows);
  const people = await Promise.all(rows.map((row) => peopleOf(warehouse(), rfm, row, { on })));
  expect(people).toEqual([[1], [3], [5], [2]]);
});

const traps: readonly { name: string; facts: Facts; scope?: Partial<Scope>; told: string[] }[] = [
  { name: 'an empty store has no class', facts: {}, told: [] },
  {
    name: 'one consumer is its own mean and high in all',
    facts: { orders: [{ consumer: 1, paid: '2025-07-01', amount: 9.9 }] },
    told: ['HHH 1 9.9'],
  },
  {
    name: 'buyers all at the mean are high, to the cent',
    facts: { orders: [1, 2, 3].map((consumer) => ({ consumer, paid: '2026-06-10', amount: 10.1 })) },
    told: ['HHH 3 30.3'],
  },
  {
    name: 'two orders on one day are one pay day of twice the money',
    facts: {
      orders: [
        { consumer: 1, paid: '2026-06-10 08:00:00' },
        { consumer: 1, paid: '2026-06-10 09:00:00' },
        { consumer: 2, paid: '2026-06-10' },
        { consumer: 2, paid: '2026-06-09' },
      ],
    },
    told: ['HHH 1 200', 'HLH 1 200'],
  },
  {
    name: 'a line refunded in full by the day is no purchase, a later refund takes nothing yet',
    facts: {
      orders: [
        { consumer: 1, paid: '2026-06-10', refund: 100, refunded: '2026-06-30' },
        { consumer: 2, paid: '2026-06-10', refund: 100, refunded: '2026-07-01' },
      ],
    },
    told: ['HHH 1 100'],
  },
  {
    name: "another brand's and another category's money is left out",
    facts: {
      orders: [
        { consumer: 1, paid: '2026-06-10', amount: 10, brand: 'Qian', category_id: 'tea' },
        { consumer: 1, paid: '2026-06-11', amount: 20, brand: 'Other', category_id: 'tea' },
        { consumer: 1, paid: '2026-06-12', amount: 40, brand: 'Qian', category_id: 'cups' },
      ],
    },
    scope: { brand: 'Qian', category: 'tea' },
    told: ['HHH 1 10'],
  },
];

test.each(traps)('$name', async ({ facts, scope, told }) => {
  await tell(warehouse(), facts);
  const rows = await ask(warehouse(), rfm, { on }, lens(scope));
  expect(rows.map((row) => `${row.class} ${row.consumers} ${row.amount}`)).toEqual(told);
});

test('all eight classes stand in the order of the field', async () => {
  const buyer = (consumer: number, [recent, often, rich]: readonly [boolean, boolean, boolean]) => {
    const last = recent ? '2026-06-29' : '2026-01-01';
    const amount = rich ? 900 : 1;
    const first = { consumer, paid: last, amount: often ? amount / 2 : amount };
    return often ? [first, { ...first, paid: '2025-12-31' }] : [first];
  };
  const kinds = [true, false].flatMap((r) =>
    [true, false].flatMap((f) => [true, false].map((m) => [r, f, m] as const)),
  );
  await tell(warehouse(), { orders: kinds.flatMap((kind, n) => buyer(n + 1, kind)) });
  const rows = await ask(warehouse(), rfm, { on });
  expect(rows.map((row) => row.class).join(' ')).toBe('HHH LHH HLH LLH HHL LHL HLL LLL');
});
