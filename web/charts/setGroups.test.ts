import { expect, test } from 'vitest';
import { groupOf, setsOf, spanOf } from './setGroups.ts';

const groups = [groupOf('a', 50), groupOf('a|c', 20), groupOf('b|c', 5)];

test('a set has the size of all groups that name it, the largest first', () => {
  expect(setsOf(groups)).toEqual([
    { name: 'a', size: 70 },
    { name: 'c', size: 25 },
    { name: 'b', size: 5 },
  ]);
});

test.each([
  { names: 'a', span: [0, 0] },
  { names: 'a|b', span: [0, 2] },
  { names: 'b|c', span: [1, 2] },
])('the dots of $names are joined from $span.0 to $span.1', ({ names, span }) => {
  expect(spanOf(groupOf(names, 1), setsOf(groups))).toEqual(span);
});
