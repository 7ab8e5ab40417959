import { expect, test } from 'vitest';
import { defaultRules } from '../model/rules/default.ts';
import { o5aRules } from '../model/rules/o5a.ts';
import type { RuleSet } from '../model/rules/ruleSet.ts';
import { changesBetween } from './ruleChange.ts';

const changed = (change: (set: RuleSet) => void): RuleSet => {
  const set = structuredClone(defaultRules);
  change(set);
  return set;
};

const cases: readonly [string, RuleSet, ReturnType<typeof changesBetween>][] = [
  ['nothing, under another name and version', { ...defaultRules, name: 'other', version: 7, origin: 'tenant' }, []],
  ['a window', changed((set) => (set.rfm.days = 180)), [{ path: 'rfm.days', from: 365, to: 180 }]],
  [
    'the window of a stage, named by its code',
    changed((set) => Object.assign(set.stages[2]?.when[0] ?? {}, { paid: { days: 365, on_days: 1 } })),
    [{ path: 'stages.P.when.0.paid.days', from: 912, to: 365 }],
  ],
  [
    'a condition more',
    changed((set) => set.stages[0]?.when.push({ fan: true })),
    [{ path: 'stages.A.when.1', from: null, to: { fan: true } }],
  ],
  [
    'a list of words is one leaf',
    changed((set) => (set.fan = { ...set.fan, on: ['follow'] })),
    [{ path: 'fan.on', from: ['follow', 'favorite_shop'], to: ['follow'] }],
  ],
  [
    'the order of stages',
    changed((set) => set.stages.reverse()),
    [{ path: 'stages', from: ['A', 'I', 'P', 'L'], to: ['L', 'P', 'I', 'A'] }],
  ],
];

test.each(cases)('%s', (_, to, changes) => {
  expect(changesBetween(defaultRules, to)).toEqual(changes);
});

test('two models differ in every stage', () => {
  const paths = changesBetween(defaultRules, o5aRules).map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(['stages', 'stages.A', 'stages.A5', 'title.en']));
});
