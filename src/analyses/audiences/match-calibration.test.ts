import { expect, test } from 'vitest';
import { ask, keepValues, lens, peopleOf, store, tell } from '../testing/world.ts';
import { isotonic } from './isotonic.ts';
import { matchCalibration } from './match-calibration.ts';

const { warehouse } = store();
const [from, to] = ['2026-06-01', '2026-06-30'];
const range = { from, to };
const numbers = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, n) => first + n);

/** [predicted, observed, weight] */
type Seen = readonly [number, number, number];

const curves: readonly (readonly [says: string, seen: readonly Seen[], fitted: readonly number[]])[] = [
  ['nothing observed', [], []],
  [
    'what never falls stays',
    [
      [0.1, 0.2, 1],
      [0.5, 0.2, 9],
      [0.9, 0.8, 1],
    ],
    [0.2, 0.2, 0.8],
  ],
  [
    'two that fall are their weighted mean',
    [
      [0.4, 0.6, 30],
      [0.6, 0.2, 10],
    ],
    [0.5, 0.5],
  ],
  [
    'in whichever order they come',
    [
      [0.6, 0.2, 10],
      [0.9, 0.7, 5],
      [0.4, 0.6, 30],
    ],
    [0.5, 0.7, 0.5],
  ],
  [
    'equal predictions are one',
    [
      [0.3, 0.1, 1],
      [0.3, 0.5, 3],
    ],
    [0.4, 0.4],
  ],
  // 3 and 2 make 2.5; 1 is below it, so that the three make 2; 6 and 5 make 5.5.
  [
    'pooling goes back as far as it must',
    [
      [1, 3, 1],
      [2, 2, 1],
      [3, 1, 1],
      [4, 6, 1],
      [5, 5, 1],
    ],
    [2, 2, 2, 5.5, 5.5],
  ],
];
test.each(curves)('%s', (_, seen, fitted) => {
  const told = seen.map(([predicted, observed, weight]) => ({ predicted, observed, weight }));
  expect(isotonic(told)).toEqual(fitted.map((each) => expect.closeTo(each, 9)));
});

const event = (consumer: number, more: { creator_id?: string; content_id?: string }, time = '2026-06-10') => ({
  consumer,
  time,
  behavior: 'item_view',
  ...more,
});

/**
 * 1 to 40 touched a: 30 women, 10 men. 41 to 80 touched b by its content: 8 women, 32 men; 81 is of no known gender. 1
 * to 5 touched c, women. 90 touched a before the range. Nobody touched d.
 */
async function world() {
  await tell(warehouse(), {
    events: [
      ...numbers(1, 40).flatMap((n) => [event(n, { creator_id: 'a' }), event(n, { creator_id: 'a', content_id: 'v' })]),
      ...numbers(41, 81).map((n) => event(n, { content_id: 'v' })),
      ...numbers(1, 5).map((n) => event(n, { creator_id: 'c' })),
      event(90, { creator_id: 'a' }, '2026-05-31'),
      event(91, { creator_id: 'unheard' }),
    ],
    contents: [
      { content_id: 'v', creator_id: 'a' },
      { content_id: 'v', creator_id: 'b' },
    ],
    creators: [
      { creator_id: 'a', props: { share_gender_f: '0.5', share_gender_m: '0.5', share_colour_red: '1' } },
      { creator_id: 'b', props: { share_gender_f: '60%', share_taste_new_tea: '0.2' } },
      { creator_id: 'c', props: { share_gender_f: '90', share_gender_m: '1', share_gender_unknown: '9' } },
      { creator_id: 'd', props: { share_gender_f: '0.25' } },
    ],
    profiles: numbers(1, 91)
      .filter((n) => n !== 81)
      .map((consumer) => ({
        consumer,
        gender: consumer <= 30 || (consumer > 40 && consumer <= 48) ? 'f' : 'm',
        props: consumer <= 42 ? { taste: 'new_tea' } : {},
      })),
  });
  return { ...lens(), tags: await keepValues(warehouse(), { on: to, last: 91 }) };
}

test('what creators tell, whom they reached, and the curve of a tag over all of them', async () => {
  const rows = await ask(warehouse(), matchCalibration, range, await world());
  // At 0.5 stand 30 and 10 of 40 each, one half; at 0.6 stand 38 of 80, less: all are 78 of 160.
  const seen: readonly (readonly [string, string, string, number, number, number, number | null, number | null])[] = [
    ['a', 'gender', 'f', 0.5, 30, 40, 0.75, 78 / 160],
    ['a', 'gender', 'm', 0.5, 10, 40, 0.25, 78 / 160],
    ['b', 'gender', 'f', 0.6, 38, 80, 0.475, 78 / 160],
    ['b', 'taste', 'new_tea', 0.2, 42, 42, 1, 1],
    ['c', 'gender', 'f', 0.9, 5, 5, 1, null],
    ['c', 'gender', 'm', 0.01, 0, 5, 0, null],
    ['d', 'gender', 'f', 0.25, 0, 0, null, null],
  ];
  const near = (value: number | null) => (value === null ? null : expect.closeTo(value, 9));
  expect(rows).toEqual(
    seen.map(([creator, tag, value, predicted, consumers, known, observed, calibrated]) => ({
      ...{ creator, tag, value, consumers, known, predicted: near(predicted) },
      ...{ observed: near(observed), calibrated: near(calibrated) },
      ...{ low: observed === null ? null : expect.any(Number), high: observed === null ? null : expect.any(Number) },
      drift: observed === null ? null : near(observed - predicted),
    })),
  );
  // Wilson of 30 in 40: (0.75 + z²/80 ± z·√(0.75·0.25/40 + z²/6400)) / (1 + z²/40).
  expect(rows[0]).toMatchObject({ low: expect.closeTo(0.5981, 4), high: expect.closeTo(0.8581, 4) });
});

test('of one creator only its own curve, and the people of a cell', async () => {
  const [seen, asked] = [await world(), { ...range, creator: 'a' }];
  const rows = await ask(warehouse(), matchCalibration, asked, seen);
  expect(rows.map(({ creator, calibrated }) => [creator, calibrated])).toEqual([
    ['a', 0.5],
    ['a', 0.5],
  ]);
  const [, men = {}] = rows;
  expect(await peopleOf(warehouse(), matchCalibration, men, asked, seen)).toEqual(numbers(31, 40));
});
