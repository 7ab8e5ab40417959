import { expect, test } from 'vitest';
import { builderWith, hashOf, ruleIn } from './link.ts';

const rule = { all: [{ did: { behavior: ['加购', 'a&b=c#d'], window: { days: 30 } } }] };

test('a rule comes out of an address as it went in', () => {
  expect(ruleIn(hashOf(rule) ?? '')).toEqual(rule);
  expect(builderWith(rule)).toMatch(/^\/audiences\/new#rule=%7B/);
});

test.each(['', '#', '#rule=', '#rule=%7B', '#rule=5', '#other=1'])('%j holds no rule', (hash) => {
  expect(ruleIn(hash)).toBeUndefined();
});

test('a rule that is too long for an address stays out of it', () => {
  const long = { tag: { name: 'x', in: Array.from({ length: 2000 }, (_, i) => `value ${i}`) } };
  expect(hashOf(long)).toBeUndefined();
  expect(builderWith(long)).toBe('/audiences/new');
});
