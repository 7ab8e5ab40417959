import { expect, test } from 'vitest';
import { defaultRules } from '../../model/rules/default.ts';
import { o5aRules } from '../../model/rules/o5a.ts';
import type { Scope } from '../../model/scope.ts';
import { ask, type Facts, keepSpans, lens, peopleOf, store, tell } from '../testing/world.ts';
import { aiplFlow } from './aipl-flow.ts';
import { aiplMoves } from './aipl-moves.ts';

const { warehouse } = store();
const range = { from: '2026-06-23', to: '2026-06-30' };

test('who moved is in one row, with the behaviour that moved it or with what ran out', async () => {
  await tell(warehouse(), {
    events: [
      { consumer: 1, time: '2026-06-16', behavior: 'impression' },
      { consumer: 2, time: '2026-06-29', behavior: 'cart' },
      { consumer: 3, time: '2026-06-10', behavior: 'click' },
      { consumer: 6, time: '2026-06-20', behavior: 'click' },
      { consumer: 6, time: '2026-06-28', behavior: 'favorite' },
      { consumer: 8, time: '2026-06-20', behavior: 'impression' },
      { consumer: 8, time: '2026-06-12', behavior: 'favorite' },
    ],
    orders: [
      { consumer: 4, paid: '2026-06-01' },
      { consumer: 4, paid: '2026-06-29' },
      { consumer: 5, paid: '2026-06-20', refund: 100, refunded: '2026-06-28' },
    ],
    members: [{ consumer: 7, joined: '2026-06-28' }],
  });
  const rows = [
    { kind: 'deepened', from_stage: 'A', to_stage: 'I', reason: 'favorite', consumers: 1 },
    { kind: 'deepened', from_stage: 'P', to_stage: 'L', reason: 'pay', consumers: 1 },
    { kind: 'shallowed', from_stage: 'I', to_stage: 'A', reason: 'window_passed:favorite', consumers: 1 },
    { kind: 'lost', from_stage: 'A', to_stage: 'none', reason: 'window_passed:click', consumers: 1 },
    { kind: 'lost', from_stage: 'P', to_stage: 'none', reason: 'refund', consumers: 1 },
    { kind: 'added', from_stage: 'none', to_stage: 'I', reason: 'cart', consumers: 1 },
    { kind: 'added', from_stage: 'none', to_stage: 'I', reason: 'join', consumers: 1 },
  ];
  await keepSpans(warehouse(), defaultRules);
  const seen = lens({}, { kept: true });
  expect(await ask(warehouse(), aiplMoves, range, seen)).toEqual(rows);
  const people = await Promise.all(rows.map((row) => peopleOf(warehouse(), aiplMoves, row, range, seen)));
  expect(people).toEqual([[6], [4], [8], [3], [5], [2], [7]]);
});

const at = (consumer: number, time: string, behavior: string, more = {}) => ({ consumer, time, behavior, ...more });

const traps: readonly { name: string; facts: Facts; scope?: Partial<Scope>; moves: string[] }[] = [
  { name: 'an empty store has no move', facts: {}, moves: [] },
  {
    name: 'who stays is no move',
    facts: { events: [at(1, '2026-06-23', 'cart'), at(1, '2026-06-29', 'cart')] },
    moves: [],
  },
  {
    name: 'the latest behaviour of the new stage is the reason, by its moment within a day',
    facts: {
      events: [
        at(1, '2026-06-28 10:00:00', 'favorite'),
        at(1, '2026-06-28 09:00:00', 'cart'),
        at(1, '2026-06-30', 'click'),
      ],
    },
    moves: ['added none>I favorite'],
  },
  {
    name: 'a behaviour that does not hold the stage by itself is no reason: one view, or a view after the last day',
    facts: {
      events: [at(1, '2026-06-29', 'item_view'), at(1, '2026-06-26', 'like'), at(1, '2026-07-01', 'item_view')],
    },
    moves: ['added none>I like'],
  },
  {
    name: 'views on two days are a reason, also where the first lies before the range',
    facts: { events: [at(1, '2026-06-20', 'item_view'), at(1, '2026-06-25', 'shop_visit')] },
    moves: ['deepened A>I shop_visit'],
  },
  {
    name: 'a good review beside a payment makes loyal by whichever came last',
    facts: {
      orders: [
        { consumer: 1, paid: '2026-06-01' },
        { consumer: 2, paid: '2026-06-28' },
      ],
      reviews: [
        { consumer: 1, time: '2026-06-25', rating: 5 },
        { consumer: 2, time: '2026-06-01', rating: 4 },
      ],
    },
    moves: ['deepened P>L review', 'added none>L pay'],
  },
  {
    name: 'a refunded payment is no reason to rise',
    facts: {
      events: [at(1, '2026-06-25', 'cart')],
      orders: [{ consumer: 1, paid: '2026-06-26', refund: 100, refunded: '2026-06-27' }],
    },
    moves: ['added none>I cart'],
  },
  {
    name: 'of two payments that made loyal, the one that ended tells, not the one that still stands',
    facts: {
      orders: [
        { consumer: 1, paid: '2026-05-01', refund: 100, refunded: '2026-06-25' },
        { consumer: 1, paid: '2026-06-01' },
        { consumer: 2, paid: '2025-06-25' },
        { consumer: 2, paid: '2026-06-01' },
      ],
    },
    moves: ['shallowed L>P refund', 'shallowed L>P window_passed:pay'],
  },
  {
    name: 'a day with a second payment left has not been refunded',
    facts: {
      orders: [
        { consumer: 1, paid: '2025-06-25' },
        { consumer: 1, paid: '2026-06-01', refund: 100, refunded: '2026-06-28' },
        { consumer: 1, paid: '2026-06-01' },
      ],
    },
    moves: ['shallowed L>P window_passed:pay'],
  },
  {
    name: 'quitting and unfollowing end a stage, what ended last tells',
    facts: {
      events: [
        at(1, '2026-06-10', 'cart'),
        at(2, '2026-01-01', 'follow'),
        at(2, '2026-06-26', 'unfollow'),
        at(3, '2026-06-12', 'cart'),
      ],
      members: [
        { consumer: 1, joined: '2026-01-01', quit: '2026-06-26' },
        { consumer: 3, joined: '2026-01-01', quit: '2026-06-26' },
      ],
    },
    moves: ['lost I>none quit', 'lost I>none unfollow', 'lost I>none window_passed:cart'],
  },
  {
    name: 'in a category only its own rows are reasons',
    facts: {
      events: [
        at(1, '2026-06-29', 'cart', { category_id: 'cups' }),
        at(1, '2026-06-28', 'like', { category_id: 'drinks' }),
      ],
    },
    scope: { category: 'drinks' },
    moves: ['added none>I like'],
  },
];

test.each(traps)('$name', async ({ facts, scope, moves }) => {
  await tell(warehouse(), facts);
  const rows = await ask(warehouse(), aiplMoves, range, lens(scope));
  const told = rows.flatMap(({ kind, from_stage, to_stage, reason, consumers }) =>
    Array(Number(consumers)).fill(`${kind} ${from_stage}>${to_stage} ${reason}`),
  );
  expect(told).toEqual(moves);
});

/** Consumers who do all there is, on days drawn by a fixed walk. */
function walked(seed: number): Facts {
  let state = seed;
  const next = (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  const consumer = () => 1 + next(120);
  const day = () => `2026-0${4 + next(3)}-${String(1 + next(30)).padStart(2, '0')}`;
  const pair = () => [day(), day()].sort() as [string, string];
  const behaviors = [
    'click',
    'impression',
    'item_view',
    'shop_visit',
    'cart',
    'favorite',
    'follow',
    'unfollow',
    'search',
  ];
  return {
    events: Array.from({ length: 500 }, () => at(consumer(), day(), behaviors[next(behaviors.length)] ?? '')),
    orders: Array.from({ length: 90 }, (_, i) => {
      const [paid, refunded] = pair();
      return { consumer: consumer(), paid, ...(i % 3 === 0 ? { refund: 100, refunded } : {}) };
    }),
    members: Array.from({ length: 40 }, (_, i) => {
      const [joined, quit] = pair();
      return { consumer: consumer(), joined, ...(i % 2 === 0 && joined < quit ? { quit } : {}) };
    }),
    reviews: Array.from({ length: 40 }, () => ({ consumer: consumer(), time: day(), rating: 1 + next(5) })),
  };
}

const added = (rows: readonly Readonly<Record<string, unknown>>[]) => {
  const sums: Record<string, number> = {};
  for (const { from_stage, to_stage, consumers } of rows)
    if (from_stage !== to_stage)
      sums[`${from_stage}>${to_stage}`] = (sums[`${from_stage}>${to_stage}`] ?? 0) + Number(consumers);
  return sums;
};

test.each([
  { name: 'the default rules', rules: defaultRules, kept: false, from: '2026-05-01', to: '2026-05-20' },
  { name: 'kept spans', rules: defaultRules, kept: true, from: '2026-04-20', to: '2026-06-10' },
  { name: 'another rule set', rules: o5aRules, kept: true, from: '2026-05-10', to: '2026-06-25' },
])('under $name each pair adds up to its flow, and each consumer has one reason', async ({ rules, kept, from, to }) => {
  await tell(warehouse(), walked(11));
  await keepSpans(warehouse(), rules);
  const seen = lens({}, { rules, kept });
  const rows = await ask(warehouse(), aiplMoves, { from, to }, seen);
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.filter(({ reason }) => reason === '')).toEqual([]);
  expect(added(rows)).toEqual(added(await ask(warehouse(), aiplFlow, { from, to }, seen)));
  const [largest = {}] = rows.toSorted((one, two) => Number(two.consumers) - Number(one.consumers));
  expect(await peopleOf(warehouse(), aiplMoves, largest, { from, to }, seen)).toHaveLength(Number(largest.consumers));
});
