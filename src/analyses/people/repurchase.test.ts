import { expect, test } from 'vitest';
import type { Scope } from '../../model/scope.ts';
import { ask, type Facts, lens, peopleOf, store, tell } from '../testing/world.ts';
import { repurchase } from './repurchase.ts';

const { warehouse } = store();
const params = { on: '2026-06-30', within_days: 30 };

const days = (consumer: number, ...paid: string[]) => paid.map((day) => ({ consumer, paid: day }));

test('of those watched for thirty days after the nth pay day, who paid again in time', async () => {
  await tell(warehouse(), {
    orders: [
      ...days(1, '2026-05-01', '2026-05-31'),
      ...days(2, '2026-05-01', '2026-06-01'),
      ...days(3, '2026-06-01', '2026-06-02'),
      ...days(4, '2026-05-10 09:00:00', '2026-05-10 10:00:00'),
    ],
  });
  const rows = [
    { nth: 1, consumers: 3, repurchased: 1, rate: 1 / 3 },
    { nth: 2, consumers: 1, repurchased: 0, rate: 0 },
  ];
  expect(await ask(warehouse(), repurchase, params)).toEqual(rows);
  const people = await Promise.all(rows.map((row) => peopleOf(warehouse(), repurchase, row, params)));
  expect(people).toEqual([[1, 2, 4], [1]]);
});

const traps: readonly { name: string; facts: Facts; scope?: Partial<Scope>; told: string[] }[] = [
  { name: 'an empty store has no row', facts: {}, told: [] },
  { name: 'one consumer, one purchase', facts: { orders: days(1, '2026-01-31') }, told: ['1: 0/1'] },
  {
    name: 'the nth pay day must lie thirty days back in full',
    facts: { orders: [...days(1, '2026-05-31'), ...days(2, '2026-06-01')] },
    told: ['1: 0/1'],
  },
  {
    name: 'thirty days after the end of January is the second of March',
    facts: { orders: [...days(1, '2026-01-31', '2026-03-02'), ...days(2, '2026-01-31', '2026-03-03')] },
    told: ['1: 1/2', '2: 0/2'],
  },
  {
    name: 'a purchase undone by the day is not counted, so the next takes its number',
    facts: {
      orders: [
        { consumer: 1, paid: '2026-04-01' },
        { consumer: 1, paid: '2026-04-02', refund: 100, refunded: '2026-06-30' },
        { consumer: 1, paid: '2026-04-20' },
        { consumer: 2, paid: '2026-04-01' },
        { consumer: 2, paid: '2026-04-02', refund: 100, refunded: '2026-07-01' },
      ],
    },
    told: ['1: 2/2', '2: 0/2'],
  },
  {
    name: 'later purchases than the day are not seen',
    facts: { orders: days(1, '2026-05-31', '2026-07-01') },
    told: ['1: 0/1'],
  },
  {
    name: 'the tenth pay day is the last shown, its next one still counts',
    facts: { orders: days(1, ...Array.from({ length: 12 }, (_, n) => `2026-01-${n + 11}`)) },
    told: Array.from({ length: 10 }, (_, n) => `${n + 1}: 1/1`),
  },
  {
    name: 'a purchase of another brand or category is no repurchase',
    facts: {
      orders: [
        { consumer: 1, paid: '2026-05-01', brand: 'Qian', category_id: 'tea' },
        { consumer: 1, paid: '2026-05-02', brand: 'Other', category_id: 'tea' },
        { consumer: 1, paid: '2026-05-03', brand: 'Qian', category_id: 'cups' },
      ],
    },
    scope: { brand: 'Qian', category: 'tea' },
    told: ['1: 0/1'],
  },
];

test.each(traps)('$name', async ({ facts, scope, told }) => {
  await tell(warehouse(), facts);
  const rows = await ask(warehouse(), repurchase, params, lens(scope));
  expect(rows.map((row) => `${row.nth}: ${row.repurchased}/${row.consumers}`)).toEqual(told);
});
