import { describe, expect, test } from 'vitest';
import { faultsOf, figuresOf } from './figures.ts';
import { type Group, nodesOf, rootOf } from './tree.ts';

const rule = { all: [{ bought: {} }, { not: { any: [{ member: {} }, { not: { bought: {} } }] } }] };

/** Ids of the nodes in order: the group, its first condition, the inner group, its two conditions. */
function ids(root: Group): number[] {
  return [...nodesOf(root)].map(({ id }) => id);
}

test('figures go to the node at their place, a negated one to what is counted with its not', () => {
  const root = rootOf(rule);
  const [, first = 0, group = 0, member = 0, negated = 0] = ids(root);
  const figures = figuresOf(root, [
    { place: ['all', 0], consumers: 10, remaining: 10 },
    { place: ['all', 1], consumers: 90, remaining: 4 },
    { place: ['all', 1, 'not', 'any', 0], consumers: 3, remaining: null },
    { place: ['all', 1, 'not', 'any', 1, 'not'], consumers: 10, remaining: null },
  ]);
  expect(figures.get(first)).toEqual({ consumers: 10, remaining: 10 });
  expect(figures.get(group)).toEqual({ consumers: 90, remaining: 4 });
  expect(figures.get(member)).toEqual({ consumers: 3, remaining: null });
  expect(figures.get(negated)).toBeUndefined();
});

describe('faults of the server stand at their condition', () => {
  const root = rootOf(rule);
  const [all = 0, first = 0, , member = 0] = ids(root);
  test.each<[string, string, [number, string[]][], string[]]>([
    ['in English', 'The rule has faults:\n  all.0.bought.orders: give `min`', [[first, ['give `min`']]], []],
    ['in Chinese', '有问题：\n  all.0.bought.orders：须给出 min', [[first, ['须给出 min']]], []],
    [
      'below a not, two of one condition',
      'Faults:\n  all.1.not.any.0.member.tier: a\n  all.1.not.any.0.member: b',
      [[member, ['a', 'b']]],
      [],
    ],
    ['of the whole rule', 'Faults:\n  all: too long', [[all, ['too long']]], []],
    ['of no place', 'There is no audience "x": see the list.', [], ['There is no audience "x": see the list.']],
  ])('%s', (_name, told, byNode, rest) => {
    const found = faultsOf(root, told);
    expect([...found.byNode]).toEqual(byNode);
    expect(found.rest).toEqual(rest);
  });
});
