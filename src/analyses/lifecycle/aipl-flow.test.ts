import { expect, test } from 'vitest';
import { o5aRules } from '../../model/rules/o5a.ts';
import type { Scope } from '../../model/scope.ts';
import { ask, type Facts, lens, peopleOf, store, tell } from '../testing/world.ts';
import { aiplFlow } from './aipl-flow.ts';

const { warehouse } = store();
const range = { from: '2026-06-23', to: '2026-06-30' };

test('each consumer with a stage on either day is in one pair', async () => {
  await tell(warehouse(), {
    events: [
      { consumer: 1, time: '2026-06-16', behavior: 'impression' },
      { consumer: 2, time: '2026-06-29', behavior: 'cart' },
      { consumer: 3, time: '2026-06-10', behavior: 'click' },
      { consumer: 6, time: '2026-06-20', behavior: 'click' },
      { consumer: 6, time: '2026-06-28', behavior: 'favorite' },
    ],
    orders: [
      { consumer: 4, paid: '2026-06-01' },
      { consumer: 4, paid: '2026-06-29' },
      { consumer: 5, paid: '2026-06-20', refund: 100, refunded: '2026-06-28' },
    ],
    members: [{ consumer: 7, joined: '2026-06-28' }],
  });
  const rows = [
    { from_stage: 'A', to_stage: 'A', consumers: 1 },
    { from_stage: 'A', to_stage: 'I', consumers: 1 },
    { from_stage: 'A', to_stage: 'none', consumers: 1 },
    { from_stage: 'P', to_stage: 'L', consumers: 1 },
    { from_stage: 'P', to_stage: 'none', consumers: 1 },
    { from_stage: 'none', to_stage: 'I', consumers: 2 },
  ];
  expect(await ask(warehouse(), aiplFlow, range)).toEqual(rows);
  const people = await Promise.all(rows.map((row) => peopleOf(warehouse(), aiplFlow, row, range)));
  expect(people).toEqual([[1], [6], [3], [4], [5], [2, 7]]);
});

const traps: readonly { name: string; facts: Facts; scope?: Partial<Scope>; flow: string[] }[] = [
  { name: 'an empty store has no pair', facts: {}, flow: [] },
  {
    name: 'a stage held only between the two days is not shown',
    facts: { orders: [{ consumer: 1, paid: '2026-06-24', refund: 100, refunded: '2026-06-28' }] },
    flow: [],
  },
  {
    name: 'two orders on one day do not deepen a buyer',
    facts: {
      orders: [
        { consumer: 1, paid: '2026-06-01' },
        { consumer: 1, paid: '2026-06-01 20:00:00' },
      ],
    },
    flow: ['P>P 1'],
  },
  {
    name: 'a refund makes the loyal a buyer again, and a quitting after the last day takes nothing back',
    facts: {
      orders: [
        { consumer: 1, paid: '2026-06-01' },
        { consumer: 1, paid: '2026-06-02', refund: 100, refunded: '2026-06-30' },
      ],
      members: [{ consumer: 2, joined: '2026-06-01', quit: '2026-07-01' }],
    },
    flow: ['I>I 1', 'L>P 1'],
  },
  {
    name: 'in a category only its own rows move a consumer',
    facts: {
      events: [{ consumer: 1, time: '2026-06-20', behavior: 'click', category_id: 'drinks' }],
      orders: [
        { consumer: 1, paid: '2026-06-29', category_id: 'cups' },
        { consumer: 2, paid: '2026-06-29', category_id: 'drinks' },
      ],
    },
    scope: { category: 'drinks' },
    flow: ['A>A 1', 'none>P 1'],
  },
];

test.each(traps)('$name', async ({ facts, scope, flow }) => {
  await tell(warehouse(), facts);
  const rows = await ask(warehouse(), aiplFlow, range, lens(scope));
  expect(rows.map((row) => `${row.from_stage}>${row.to_stage} ${row.consumers}`)).toEqual(flow);
});

test('one day against itself moves nobody', async () => {
  await tell(warehouse(), { events: [{ consumer: 1, time: '2026-06-30', behavior: 'cart' }] });
  const rows = await ask(warehouse(), aiplFlow, { from: '2026-06-30', to: '2026-06-30' });
  expect(rows).toEqual([{ from_stage: 'I', to_stage: 'I', consumers: 1 }]);
});

test('another rule set brings its own stages', async () => {
  await tell(warehouse(), {
    events: [{ consumer: 1, time: '2026-06-20', behavior: 'impression' }],
    members: [{ consumer: 2, joined: '2026-06-28' }],
  });
  expect(await ask(warehouse(), aiplFlow, range, lens({}, { rules: o5aRules }))).toEqual([
    { from_stage: 'A1', to_stage: 'A1', consumers: 1 },
    { from_stage: 'none', to_stage: 'A5', consumers: 1 },
  ]);
});
