import type { Case } from '../cases.ts';
import type { Rows } from '../world.ts';
import { bought, did, joined, paidBack } from './rows.ts';

const on = '2026-06-30';

/** Nine consumers and what becomes of them around the end of June. */
const june: Partial<Rows> = {
  events: [
    did('stays aware', 'impression', '2026-06-16'),
    did('carts', 'cart', '2026-06-29'),
    did('fades', 'click', '2026-06-10'),
  ],
  members: [joined('joins', '2026-06-28')],
  orders: [
    bought('buys', '2026-06-25'),
    bought('returns', '2026-06-01'),
    bought('returns', '2026-06-29'),
    bought('regrets', '2026-06-20', paidBack('100', '2026-06-28')),
    bought('regrets soon', '2026-06-25', paidBack('100', '2026-06-27')),
    bought('long gone', '2020-01-01'),
  ],
};

const stageCases: readonly Case[] = [
  {
    name: 'stock, trend, flow and FAST of one small June agree with a count by hand',
    rows: june,
    on,
    expect: {
      answers: [
        {
          analysis: 'aipl-stock',
          params: { on },
          rows: [
            { stage: 'A', consumers: 1 },
            { stage: 'I', consumers: 2 },
            { stage: 'P', consumers: 1 },
            { stage: 'L', consumers: 1 },
          ],
        },
        {
          analysis: 'aipl-trend',
          params: { from: '2026-06-28', to: '2026-06-29' },
          rows: [
            { date: '2026-06-28', stage: 'A', consumers: 1 },
            { date: '2026-06-28', stage: 'I', consumers: 1 },
            { date: '2026-06-28', stage: 'P', consumers: 2 },
            { date: '2026-06-29', stage: 'A', consumers: 1 },
            { date: '2026-06-29', stage: 'I', consumers: 2 },
            { date: '2026-06-29', stage: 'P', consumers: 1 },
            { date: '2026-06-29', stage: 'L', consumers: 1 },
          ],
        },
        {
          analysis: 'aipl-flow',
          params: { from: '2026-06-23', to: on },
          rows: [
            { from_stage: 'A', to_stage: 'A', consumers: 1 },
            { from_stage: 'A', to_stage: 'none', consumers: 1 },
            { from_stage: 'P', to_stage: 'L', consumers: 1 },
            { from_stage: 'P', to_stage: 'none', consumers: 1 },
            { from_stage: 'none', to_stage: 'I', consumers: 2 },
            { from_stage: 'none', to_stage: 'P', consumers: 1 },
          ],
        },
        {
          analysis: 'fast',
          params: { from: '2026-06-23', to: on },
          rows: [
            { metric: 'F', value: 8, numerator: 8, denominator: null },
            { metric: 'A', value: 0.25, numerator: 1, denominator: 4 },
            { metric: 'S', value: 1, numerator: 1, denominator: null },
            { metric: 'T', value: 0, numerator: 0, denominator: 1 },
          ],
        },
        {
          analysis: 'fast',
          params: { from: '2026-06-24', to: '2026-06-25' },
          rows: [
            { metric: 'F', value: 6, numerator: 6, denominator: null },
            { metric: 'A', value: 0, numerator: 0, denominator: 4 },
            { metric: 'S', value: 0, numerator: 0, denominator: null },
            { metric: 'T', value: null, numerator: 0, denominator: 0 },
          ],
        },
      ],
    },
  },
  {
    name: 'T counts members who acted in the thirty days ending `to`',
    rows: {
      events: [
        did('first day', 'cart', '2026-06-01 00:00:00'),
        did('day before', 'favorite', '2026-05-31 23:59:59'),
        did('last moment', 'coupon_claim', '2026-06-30 23:59:59'),
        did('next day', 'cart', '2026-07-01'),
        did('has quit', 'cart', '2026-06-29'),
        did('no member', 'cart', '2026-06-29'),
        did('benefits', 'benefit_claim', '2026-06-15'),
        did('follows', 'follow', '2026-06-15'),
      ],
      orders: [bought('buys', '2026-06-01'), bought('regrets', '2026-06-10', paidBack('100', '2026-06-20'))],
      members: [
        ...['first day', 'day before', 'last moment', 'next day', 'benefits', 'follows', 'buys', 'regrets'].map((id) =>
          joined(id, '2026-01-01'),
        ),
        joined('has quit', '2026-01-01', '2026-06-30'),
      ],
    },
    on,
    expect: {
      answers: [
        {
          analysis: 'fast',
          params: { from: on, to: on },
          rows: [
            { metric: 'F', value: 10, numerator: 10, denominator: null },
            { metric: 'A', value: 0, numerator: 0, denominator: 10 },
            { metric: 'S', value: 8, numerator: 8, denominator: null },
            { metric: 'T', value: 0.5, numerator: 4, denominator: 8 },
          ],
        },
      ],
    },
  },
];

const rfmCases: readonly Case[] = [
  {
    name: 'RFM compares each buyer of the year with the means: R 103.5, F 1.5, M 170',
    rows: {
      orders: [
        bought('a', '2026-06-30', { amount: '150' }),
        bought('a', '2026-06-20', { amount: '150' }),
        bought('b', '2026-06-10', { amount: '100' }),
        bought('c', '2025-07-01', { amount: '200' }),
        bought('c', '2025-06-30', { amount: '999' }),
        bought('d', '2025-06-30', { amount: '999' }),
        bought('e', '2026-05-01', { amount: '50' }),
        bought('e', '2026-05-31', { amount: '50', ...paidBack('20', '2026-06-01') }),
      ],
    },
    on,
    expect: {
      answers: [
        {
          analysis: 'rfm',
          params: { on },
          rows: [
            { class: 'HHH', name: '高价值', consumers: 1, amount: 300 },
            { class: 'LLH', name: '重点挽留', consumers: 1, amount: 200 },
            { class: 'HHL', name: '一般价值', consumers: 1, amount: 80 },
            { class: 'HLL', name: '一般发展', consumers: 1, amount: 100 },
          ],
        },
      ],
    },
  },
  {
    name: 'RFM calls those at the mean high',
    rows: { orders: ['a', 'b', 'c'].map((id) => bought(id, '2026-06-10', { amount: '10.10' })) },
    on,
    expect: {
      answers: [
        { analysis: 'rfm', params: { on }, rows: [{ class: 'HHH', name: '高价值', consumers: 3, amount: 30.3 }] },
      ],
    },
  },
];

const repurchaseCases: readonly Case[] = [
  {
    name: 'repurchase asks of each pay day watched in full whether the next came in time',
    rows: {
      orders: [
        bought('in time', '2026-05-01'),
        bought('in time', '2026-05-31'),
        bought('a day late', '2026-05-01'),
        bought('a day late', '2026-06-01'),
        bought('too fresh', '2026-06-01'),
        bought('too fresh', '2026-06-02'),
        bought('same day', '2026-05-10 09:00:00'),
        bought('same day', '2026-05-10 10:00:00'),
        bought('one undone', '2026-04-01'),
        bought('one undone', '2026-04-02', paidBack('100', '2026-06-30')),
        bought('one undone', '2026-04-20'),
        bought('undone later', '2026-04-01', paidBack('100', '2026-07-01')),
      ],
    },
    on,
    expect: {
      answers: [
        {
          analysis: 'repurchase',
          params: { on, within_days: 30 },
          rows: [
            { nth: 1, consumers: 5, repurchased: 2, rate: 0.4 },
            { nth: 2, consumers: 2, repurchased: 0, rate: 0 },
          ],
        },
      ],
    },
  },
  {
    name: 'repurchase ends with the tenth pay day',
    rows: { orders: Array.from({ length: 12 }, (_, index) => bought('u', `2026-01-${index + 11}`)) },
    on,
    expect: {
      answers: [
        {
          analysis: 'repurchase',
          params: { on, within_days: 1 },
          rows: Array.from({ length: 10 }, (_, index) => ({ nth: index + 1, consumers: 1, repurchased: 1, rate: 1 })),
        },
      ],
    },
  },
];

const retentionCases: readonly Case[] = [
  {
    name: 'retention by the month of the first valid payment',
    rows: {
      orders: [
        ...['2026-03-05', '2026-04-01', '2026-05-31'].map((day) => bought('a', day)),
        ...['2026-03-31', '2026-05-01'].map((day) => bought('b', day)),
        ...['2026-02-28', '2026-03-10'].map((day) => bought('c', day)),
        bought('d', '2026-04-10'),
        bought('e', '2026-03-05', paidBack('100', '2026-03-06')),
        bought('e', '2026-04-15'),
        ...['2026-03-10', '2026-06-01'].map((day) => bought('f', day)),
      ],
    },
    on,
    expect: {
      answers: [
        {
          analysis: 'retention',
          params: { from: '2026-03-01', to: '2026-05-31', cohort: 'first_pay', unit: 'month' },
          rows: [
            { cohort: '2026-03-01', period: 0, consumers: 3, retained: 3, rate: 1 },
            { cohort: '2026-03-01', period: 1, consumers: 3, retained: 1, rate: 1 / 3 },
            { cohort: '2026-03-01', period: 2, consumers: 3, retained: 2, rate: 2 / 3 },
            { cohort: '2026-04-01', period: 0, consumers: 2, retained: 2, rate: 1 },
            { cohort: '2026-04-01', period: 1, consumers: 2, retained: 0, rate: 0 },
          ],
        },
      ],
    },
  },
  {
    name: 'retention by the week of the first touch, Monday to Sunday, and by the day',
    rows: {
      events: [
        did('g', 'unfollow', '2026-06-03'),
        did('g', 'impression', '2026-06-08'),
        did('i', 'impression', '2026-06-02'),
        did('j', 'impression', '2026-06-14 23:59:59'),
        did('k', 'cart', '2026-06-09'),
        did('k', 'dance', '2026-06-15'),
      ],
      orders: [bought('g', '2026-06-18'), bought('h', '2026-06-07'), bought('h', '2026-06-15')],
    },
    on,
    expect: {
      answers: [
        {
          analysis: 'retention',
          params: { from: '2026-06-03', to: '2026-06-17', cohort: 'first_touch', unit: 'week' },
          rows: [
            { cohort: '2026-06-01', period: 0, consumers: 2, retained: 2, rate: 1 },
            { cohort: '2026-06-01', period: 1, consumers: 2, retained: 1, rate: 0.5 },
            { cohort: '2026-06-01', period: 2, consumers: 2, retained: 1, rate: 0.5 },
            { cohort: '2026-06-08', period: 0, consumers: 2, retained: 2, rate: 1 },
            { cohort: '2026-06-08', period: 1, consumers: 2, retained: 1, rate: 0.5 },
          ],
        },
        {
          analysis: 'retention',
          params: { from: '2026-06-07', to: '2026-06-09', cohort: 'first_touch', unit: 'day' },
          rows: [
            { cohort: '2026-06-07', period: 0, consumers: 1, retained: 1, rate: 1 },
            { cohort: '2026-06-07', period: 1, consumers: 1, retained: 0, rate: 0 },
            { cohort: '2026-06-07', period: 2, consumers: 1, retained: 0, rate: 0 },
            { cohort: '2026-06-09', period: 0, consumers: 1, retained: 1, rate: 1 },
          ],
        },
      ],
    },
  },
];

/** What each analysis answers, counted by hand; each in a home of its own. */
export const answerCases: readonly Case[] = [...stageCases, ...rfmCases, ...repurchaseCases, ...retentionCases];
