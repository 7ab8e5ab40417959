import { expect, test } from 'vitest';
import { crowdQuestion, partsOf, sizesIn, UNKNOWN } from './crowdSizes.ts';

const named = (count: number) => Array.from({ length: count }, (_, i) => `c${i}`);

test.each([
  { crowds: 2, sizes: [3] },
  { crowds: 8, sizes: [6, 3] },
  { crowds: 20, sizes: Array.from({ length: 11 }, (_, i) => (i < 10 ? 2 : 1)) },
  { crowds: 60, sizes: Array.from({ length: 61 }, () => 1) },
])('$crowds crowds and the rest are asked in parts, all of them once', ({ crowds, sizes }) => {
  const parts = partsOf(named(crowds));
  expect(parts.map(({ length }) => length)).toEqual(sizes);
  expect(parts.flat()).toEqual([...named(crowds), UNKNOWN]);
});

test('within an audience each crowd is asked of its members', () => {
  expect(crowdQuestion('eight', ['a'], '').rule).toEqual({ any: [{ crowd: { taxonomy: 'eight', in: ['a'] } }] });
  expect(crowdQuestion('eight', ['a'], '忠诚').rule).toEqual({
    any: [{ all: [{ audience: '忠诚' }, { crowd: { taxonomy: 'eight', in: ['a'] } }] }],
  });
});

test('sizes are those of the outer conditions, and all is their sum', () => {
  const condition = (place: (string | number)[], consumers: number) => {
    const sentence = { zh: '', en: '' };
    return { place, sentence, consumers, remaining: null };
  };
  const answers = [
    {
      conditions: [
        condition([], 9),
        condition(['any', 0], 4),
        condition(['any', 0, 'all', 1], 7),
        condition(['any', 1], 5),
      ],
    },
    { conditions: [condition([], 1), condition(['any', 0], 1)] },
  ];
  const { all, of } = sizesIn([['a', 'b'], [UNKNOWN]], answers);
  expect([...of]).toEqual([
    ['a', 4],
    ['b', 5],
    [UNKNOWN, 1],
  ]);
  expect(all).toBe(10);
});

test('while an answer is missing, the sizes of the others are known and the sum is not', () => {
  expect(sizesIn([['a'], [UNKNOWN]], [{ conditions: [] }, undefined])).toEqual({ all: null, of: new Map([['a', 0]]) });
});
