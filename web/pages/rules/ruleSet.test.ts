import { expect, test } from 'vitest';
import { changesIn, conditionKinds, kindOf, newCondition } from './ruleSet.ts';

test.each(conditionKinds)('a new condition of %s is of its kind', (kind) => {
  expect(kindOf(newCondition(kind))).toBe(kind);
});

const set = {
  title: { zh: '甲', en: 'a' },
  groups: { view: ['x', 'y'] },
  stages: [{ code: 'A', when: [{ paid: { days: 1 } }] }],
};

test.each([
  { name: 'nothing', to: set, count: 0 },
  { name: 'a window', to: { ...set, stages: [{ code: 'A', when: [{ paid: { days: 2 } }] }] }, count: 1 },
  { name: 'a list of words, which counts once', to: { ...set, groups: { view: ['z'] } }, count: 1 },
  { name: 'a window and a title', to: { ...set, title: { zh: '乙', en: 'a' }, stages: [] }, count: 2 },
])('changed: $name', ({ to, count }) => {
  expect(changesIn(set, to)).toBe(count);
});
