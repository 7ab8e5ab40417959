import { expect, test } from 'vitest';
import { bandsOf } from './bands.ts';
import { cutChoices } from './cutChoices.ts';
import { behindOf, byDay, chosenOf } from './timeline.ts';

const moments = [
  { at: '2026-06-02 10:00:00', entity: 'reviews', what: 'review 5', detail: '' },
  { at: '2026-06-02 09:00:00', entity: 'events', what: 'cart', detail: '' },
  { at: '2026-06-01 09:00:00', entity: 'events', what: 'click', detail: '' },
];

test('moments stand under their day, newest first', () => {
  expect(byDay(moments).map(({ day, moments: list }) => [day, list.length])).toEqual([
    ['2026-06-02', 2],
    ['2026-06-01', 1],
  ]);
});

test.each([
  ['', '', 3],
  ['events', '', 2],
  ['events', 'cart', 1],
  ['reviews', 'review', 1],
  ['orders', '', 0],
])('of %j and %j there are %i', (entity, what, count) => {
  expect(chosenOf(moments, entity, what)).toHaveLength(count);
});

test('spans are drawn as shares of the days from the first to the last', () => {
  const spans = [
    { stage: 'A', from: '2026-06-01', to: '2026-06-05' },
    { stage: 'P', from: '2026-06-06', to: null },
    { stage: 'L', from: '2026-07-01', to: null },
  ];
  expect(bandsOf(spans, '2026-06-10')).toEqual([
    { stage: 'A', from: '2026-06-01', to: '2026-06-05', isOpen: false, days: 5, start: 0, length: 0.5 },
    { stage: 'P', from: '2026-06-06', to: '2026-06-10', isOpen: true, days: 5, start: 0.5, length: 0.5 },
  ]);
});

test('a span that ends after what is shown is cut off there', () => {
  const [band] = bandsOf([{ stage: 'A', from: '2026-06-01', to: '2026-06-20' }], '2026-06-10');
  expect(band).toMatchObject({ to: '2026-06-10', isOpen: true, days: 10, length: 1 });
});

test.each([
  ['orders', 'W1 X1 155.5', { text: 'W1 X1', amount: 155.5 }],
  ['orders', 'W1 X1 20 refund 5.25', { text: 'W1 X1', amount: 20, refund: 5.25 }],
  ['orders', 'W1  20', { text: 'W1 ', amount: 20 }],
  ['orders', '250924', { text: '250924' }],
  ['events', 'taobao X1', { platform: 'taobao', text: 'X1' }],
  ['reviews', 'X1 买了 3 次', { text: 'X1 买了 3 次' }],
])('behind a moment of %s stands %j', (entity, detail, behind) => {
  expect(behindOf({ at: '2026-06-01 09:00:00', entity, what: 'x', detail })).toEqual(behind);
});

test('a card offers the cut of each pair, of each identifier from the weakest, of its source, and of it since then', () => {
  const card = { linking: ['user:a', 'phone:1', 'device:d'], source: 'app', first_seen: '2026-07-01T00:00:00.000Z' };
  expect(cutChoices(card).map(({ request }) => request)).toEqual([
    { pair: ['user:a', 'phone:1'] },
    { pair: ['user:a', 'device:d'] },
    { pair: ['phone:1', 'device:d'] },
    { identifier: 'device:d' },
    { identifier: 'phone:1' },
    { identifier: 'user:a' },
    { source: 'app' },
    { source: 'app', from: '2026-07-01T00:00:00.000Z' },
  ]);
});
