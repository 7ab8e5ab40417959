import { expect, test } from 'vitest';
import type { Scope } from '../../model/scope.ts';
import { ask, type Facts, lens, peopleOf, store, tell } from '../testing/world.ts';
import { fast } from './fast.ts';

const { warehouse } = store();
const range = { from: '2026-06-16', to: '2026-06-30' };

test('F is everybody who stood on a day, A the risen, S the members, T the active ones', async () => {
  await tell(warehouse(), {
    events: [
      { consumer: 1, time: '2026-06-10', behavior: 'impression' },
      { consumer: 2, time: '2026-06-10', behavior: 'impression' },
      { consumer: 2, time: '2026-06-29', behavior: 'cart' },
      { consumer: 3, time: '2026-06-29', behavior: 'cart' },
      { consumer: 4, time: '2026-06-01', behavior: 'click' },
      { consumer: 5, time: '2026-06-02', behavior: 'favorite' },
      { consumer: 6, time: '2026-05-31', behavior: 'favorite' },
    ],
    orders: [
      { consumer: 3, paid: '2026-06-20', refund: 100, refunded: '2026-06-21' },
      { consumer: 8, paid: '2026-06-01' },
    ],
    members: [5, 6, 7, 8].map((consumer) => ({ consumer, joined: '2026-01-01' })),
  });
  const rows = [
    { metric: 'F', value: 7, numerator: 7, denominator: null },
    { metric: 'A', value: 1 / 6, numerator: 1, denominator: 6 },
    { metric: 'S', value: 4, numerator: 4, denominator: null },
    { metric: 'T', value: 0.5, numerator: 2, denominator: 4 },
  ];
  expect(await ask(warehouse(), fast, range)).toEqual(rows);
  const people = await Promise.all(rows.map((row) => peopleOf(warehouse(), fast, row, range)));
  expect(people).toEqual([[1, 2, 3, 5, 6, 7, 8], [2], [5, 6, 7, 8], [5, 8]]);
});

const traps: readonly { name: string; facts: Facts; scope?: Partial<Scope>; told: string }[] = [
  { name: 'an empty store has no rates, only zeros', facts: {}, told: 'F 0, A null (0/0), S 0, T null (0/0)' },
  {
    name: 'a consumer who comes, goes and comes again is one of F',
    facts: {
      orders: [
        { consumer: 1, paid: '2026-06-17', refund: 100, refunded: '2026-06-18' },
        { consumer: 1, paid: '2026-06-20', refund: 100, refunded: '2026-06-21' },
      ],
    },
    told: 'F 1, A null (0/0), S 0, T null (0/0)',
  },
  {
    name: 'a stage that ends before the first day or begins after the last is not of F',
    facts: {
      events: [
        { consumer: 1, time: '2026-06-01', behavior: 'click' },
        { consumer: 2, time: '2026-07-01', behavior: 'click' },
        { consumer: 3, time: '2026-06-02', behavior: 'click' },
        { consumer: 4, time: '2026-06-30 23:59:59', behavior: 'click' },
      ],
    },
    told: 'F 2, A 0 (0/1), S 0, T null (0/0)',
  },
  {
    name: 'who had no stage at first does not deepen, and who falls neither',
    facts: {
      events: [{ consumer: 2, time: '2026-06-28', behavior: 'click' }],
      orders: [
        { consumer: 1, paid: '2026-06-29' },
        { consumer: 2, paid: '2026-06-01', refund: 100, refunded: '2026-06-20' },
      ],
    },
    told: 'F 2, A 0 (0/1), S 0, T null (0/0)',
  },
  {
    name: 'a consumer in two memberships is one member, a late quitting still counts',
    facts: {
      members: [
        { consumer: 1, joined: '2025-01-01' },
        { consumer: 1, joined: '2026-01-01', quit: '2026-07-01' },
        { consumer: 2, joined: '2026-01-01', quit: '2026-06-30' },
        { consumer: 3, joined: '2026-07-01' },
      ],
    },
    told: 'F 2, A 0 (0/2), S 1, T 0 (0/1)',
  },
  {
    name: 'a payment undone by the last day does not make a member active, one undone later does',
    facts: {
      orders: [
        { consumer: 1, paid: '2026-06-10', refund: 100, refunded: '2026-06-30' },
        { consumer: 2, paid: '2026-06-10', refund: 100, refunded: '2026-07-01' },
        { consumer: 3, paid: '2026-05-31' },
      ],
      members: [1, 2, 3].map((consumer) => ({ consumer, joined: '2026-01-01' })),
    },
    told: 'F 3, A 0 (0/3), S 3, T 0.3333333333333333 (1/3)',
  },
  {
    name: 'a brand asked for by name has no members',
    facts: {
      events: [
        { consumer: 1, time: '2026-06-20', behavior: 'cart', brand: 'Qian' },
        { consumer: 2, time: '2026-06-20', behavior: 'cart', brand: 'Other' },
      ],
      members: [{ consumer: 1, joined: '2026-01-01' }],
    },
    scope: { brand: 'Qian' },
    told: 'F 1, A null (0/0), S 0, T null (0/0)',
  },
];

test.each(traps)('$name', async ({ facts, scope, told }) => {
  await tell(warehouse(), facts);
  const rows = await ask(warehouse(), fast, range, lens(scope));
  const parts = rows.map(({ metric, value, numerator, denominator }) =>
    denominator === null ? `${metric} ${value}` : `${metric} ${value} (${numerator}/${denominator})`,
  );
  expect(parts.join(', ')).toBe(told);
});
