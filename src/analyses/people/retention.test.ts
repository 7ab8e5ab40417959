import { expect, test } from 'vitest';
import type { Scope } from '../../model/scope.ts';
import { ask, type Facts, lens, peopleOf, store, tell } from '../testing/world.ts';
import { retention } from './retention.ts';

const { warehouse } = store();
const spring = { from: '2026-03-01', to: '2026-05-31' };
const june = { from: '2026-06-03', to: '2026-06-17' };

const days = (consumer: number, ...paid: string[]) => paid.map((day) => ({ consumer, paid: day }));
const seen = (consumer: number, ...times: string[]) =>
  times.map((time) => ({ consumer, time, behavior: 'impression' }));

test('the buyers of a month come back in the months after it', async () => {
  await tell(warehouse(), {
    orders: [
      ...days(1, '2026-03-05', '2026-04-01', '2026-05-31'),
      ...days(2, '2026-03-31', '2026-05-01'),
      ...days(3, '2026-02-28', '2026-03-10'),
      ...days(4, '2026-04-10'),
      ...days(5, '2026-03-10', '2026-06-01'),
    ],
  });
  const rows = [
    { cohort: '2026-03-01', period: 0, consumers: 3, retained: 3, rate: 1 },
    { cohort: '2026-03-01', period: 1, consumers: 3, retained: 1, rate: 1 / 3 },
    { cohort: '2026-03-01', period: 2, consumers: 3, retained: 2, rate: 2 / 3 },
    { cohort: '2026-04-01', period: 0, consumers: 1, retained: 1, rate: 1 },
    { cohort: '2026-04-01', period: 1, consumers: 1, retained: 0, rate: 0 },
  ];
  expect(await ask(warehouse(), retention, spring)).toEqual(rows);
  const people = await Promise.all(rows.map((row) => peopleOf(warehouse(), retention, row, spring)));
  expect(people).toEqual([[1, 2, 5], [1, 2, 5], [1, 2, 5], [4], [4]]);
});

interface Trap {
  readonly name: string;
  readonly facts: Facts;
  readonly params: Readonly<Record<string, string>>;
  readonly scope?: Partial<Scope>;
  readonly told: readonly string[];
}

const traps: readonly Trap[] = [
  { name: 'an empty store has no cohort', facts: {}, params: spring, told: [] },
  {
    name: 'one consumer is its cohort in every period that has begun',
    facts: { orders: days(1, '2026-03-31') },
    params: spring,
    told: ['2026-03-01 1/1 0/1 0/1'],
  },
  {
    name: 'a purchase undone by the last day begins nothing',
    facts: {
      orders: [
        { consumer: 1, paid: '2026-03-05', refund: 100, refunded: '2026-05-31' },
        { consumer: 1, paid: '2026-04-15' },
        { consumer: 2, paid: '2026-04-15', refund: 100, refunded: '2026-06-01' },
      ],
    },
    params: spring,
    told: ['2026-04-01 2/2 0/2'],
  },
  {
    name: 'twice on one day, and twice in one month, is once',
    facts: { orders: days(1, '2026-04-30 09:00:00', '2026-04-30 10:00:00', '2026-04-01') },
    params: spring,
    told: ['2026-04-01 1/1 0/1'],
  },
  {
    name: 'a week goes from Monday to Sunday, and a cohort may begin before the range',
    facts: { events: [...seen(1, '2026-06-03', '2026-06-08'), ...seen(2, '2026-06-07 23:59:59', '2026-06-15')] },
    params: { ...june, cohort: 'first_touch', unit: 'week' },
    told: ['2026-06-01 2/2 1/2 1/2'],
  },
  {
    name: 'a purchase is a touch, and any behaviour is one',
    facts: {
      events: [{ consumer: 1, time: '2026-06-16', behavior: 'unfollow' }],
      orders: days(1, '2026-06-15'),
    },
    params: { ...june, cohort: 'first_touch', unit: 'day' },
    told: ['2026-06-15 1/1 1/1 0/1'],
  },
  {
    name: 'a first touch before the range keeps a consumer out of it',
    facts: { events: seen(1, '2026-06-02', '2026-06-10') },
    params: { ...june, cohort: 'first_touch', unit: 'week' },
    told: [],
  },
  {
    name: 'weeks go over the end of a year',
    facts: { events: seen(1, '2025-12-31', '2026-01-01', '2026-01-05') },
    params: { from: '2025-12-31', to: '2026-01-11', cohort: 'first_touch', unit: 'week' },
    told: ['2025-12-29 1/1 1/1'],
  },
  {
    name: "another brand's rows neither begin nor come back",
    facts: {
      events: [
        { consumer: 1, time: '2026-06-03', behavior: 'click', brand: 'Other' },
        { consumer: 1, time: '2026-06-09', behavior: 'click', brand: 'Qian' },
        { consumer: 1, time: '2026-06-16', behavior: 'click', brand: 'Qian', category_id: 'cups' },
      ],
    },
    params: { ...june, cohort: 'first_touch', unit: 'week' },
    scope: { brand: 'Qian', category: 'cups' },
    told: ['2026-06-15 1/1'],
  },
];

test.each(traps)('$name', async ({ facts, params, scope, told }) => {
  await tell(warehouse(), facts);
  const rows = await ask(warehouse(), retention, params, lens(scope));
  const cohorts = [...new Set(rows.map((row) => row.cohort))];
  const shares = (cohort: unknown) =>
    rows.flatMap((row) => (row.cohort === cohort ? [`${row.retained}/${row.consumers}`] : []));
  expect(cohorts.map((cohort) => [cohort, ...shares(cohort)].join(' '))).toEqual(told);
});
