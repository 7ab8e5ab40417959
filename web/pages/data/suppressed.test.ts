import { expect, test } from 'vitest';
import { shownOf, typeCounts, typeOf } from './suppressed.ts';

test.each([
  ['phone:3f9a', 'phone', '3f9a'],
  ['member:a:b', 'member', 'a:b'],
  ['odd', '', 'odd'],
])('%s is of type %j and reads %s', (identifier, type, value) => {
  expect([typeOf(identifier), shownOf(identifier)]).toEqual([type, value]);
});

test('suppressions are counted by type, the most first, equals by name', () => {
  const all = ['email:1', 'phone:1', 'phone:2', 'cookie:1'].map((identifier) => ({ identifier }));
  expect(typeCounts(all)).toEqual([
    ['phone', 2],
    ['cookie', 1],
    ['email', 1],
  ]);
});
