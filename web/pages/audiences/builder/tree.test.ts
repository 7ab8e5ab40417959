import { describe, expect, test } from 'vitest';
import {
  copyOf,
  groupOf,
  isGroup,
  leafOf,
  moved,
  nodesOf,
  placesOf,
  type RuleData,
  rootOf,
  ruleOf,
  type Step,
  stepped,
  treeOf,
  turned,
  wrapped,
} from './tree.ts';

const a = { tag: { name: 'a', in: ['1'] } };
const b = { bought: {} };
const c = { member: {} };

describe('a rule becomes a tree and the same rule again', () => {
  test.each<[string, RuleData]>([
    ['one condition', a],
    ['all of two', { all: [a, b] }],
    ['a not around a condition and around a group', { all: [{ not: a }, { not: { any: [b, { not: { not: c } }] } }] }],
    ['empty groups', { any: [{ all: [] }, { any: [] }] }],
    ['a kind nobody knows', { all: [{ horoscope: { sign: 'leo' } }] }],
    ['what is no rule', { all: [{ a: 1, b: 2 }] }],
    ['a group without a list', { all: 'everybody' }],
  ])('%s', (_name, rule) => {
    expect(ruleOf(treeOf(rule))).toEqual(rule);
  });
});

test('the builder always begins with a group', () => {
  expect(ruleOf(rootOf(a))).toEqual({ all: [a] });
  expect(ruleOf(rootOf({ not: { all: [a] } }))).toEqual({ all: [{ not: { all: [a] } }] });
  expect(ruleOf(rootOf({ any: [a, b] }))).toEqual({ any: [a, b] });
});

test('places tell where a condition stands, with its not and within', () => {
  const root = rootOf({ all: [a, { not: { any: [b] } }] });
  const placed = [...nodesOf(root)].map(({ id }) => placesOf(root).get(id));
  expect(placed).toEqual([
    { outer: [], inner: [] },
    { outer: ['all', 0], inner: ['all', 0] },
    { outer: ['all', 1], inner: ['all', 1, 'not'] },
    { outer: ['all', 1, 'not', 'any', 0], inner: ['all', 1, 'not', 'any', 0] },
  ]);
});

describe('a step with the keyboard', () => {
  const inner = { any: [b] };
  test.each<[string, RuleData, number, Step, RuleData]>([
    ['up', { all: [a, b] }, 1, 'up', { all: [b, a] }],
    ['up at the top stays', { all: [a, b] }, 0, 'up', { all: [a, b] }],
    ['down', { all: [a, b, c] }, 0, 'down', { all: [b, a, c] }],
    ['down at the end stays', { all: [a, b] }, 1, 'down', { all: [a, b] }],
    ['into the group before', { all: [inner, a] }, 1, 'in', { all: [{ any: [b, a] }] }],
    ['into the group behind', { all: [a, inner] }, 0, 'in', { all: [{ any: [a, b] }] }],
    ['in where no group is stays', { all: [a, b] }, 0, 'in', { all: [a, b] }],
    ['out of the root stays', { all: [a, b] }, 0, 'out', { all: [a, b] }],
  ])('%s', (_name, rule, at, step, expected) => {
    const root = rootOf(rule);
    expect(ruleOf(stepped(root, root.parts[at]?.id ?? 0, step))).toEqual(expected);
  });

  test('out of a group it stands behind it', () => {
    const root = rootOf({ all: [{ any: [a, b] }, c] });
    const [group] = root.parts;
    const first = group && isGroup(group) ? group.parts[0] : undefined;
    expect(ruleOf(stepped(root, first?.id ?? 0, 'out'))).toEqual({ all: [{ any: [b] }, a, c] });
  });
});

test('nothing is moved into itself', () => {
  const inner = groupOf('any', [leafOf('bought', {})]);
  const root = groupOf('all', [inner]);
  expect(moved(root, inner.id, inner.id, 0)).toBe(root);
});

test('a moved node keeps its id, a copy has others', () => {
  const root = rootOf({ all: [a, b] });
  const [first] = root.parts;
  const after = moved(root, first?.id ?? 0, root.id, 2);
  expect(after.parts[1]).toBe(first);
  expect(copyOf(root).id).not.toBe(root.id);
  expect(ruleOf(copyOf(root))).toEqual(ruleOf(root));
});

test('a not is turned on and off, and a node gets a group of its own', () => {
  const leaf = leafOf('bought', {});
  expect(ruleOf(turned(leaf))).toEqual({ not: b });
  expect(turned(turned(leaf))).toEqual(leaf);
  const root = groupOf('all', [leaf]);
  expect(ruleOf(wrapped(root, leaf.id))).toEqual({ all: [{ any: [b] }] });
});
