import { expect, test } from 'vitest';
import { defaultRules } from '../../model/rules/default.ts';
import { o5aRules } from '../../model/rules/o5a.ts';
import { type RuleSet, ruleSet } from '../../model/rules/ruleSet.ts';
import { texts } from '../text/text.ts';
import { diffRules } from './rules.ts';

function changed(change: (set: RuleSet) => void): RuleSet {
  const set = structuredClone(defaultRules);
  change(set);
  return ruleSet.parse(set);
}

const said = (set: RuleSet) =>
  diffRules(defaultRules, set, texts.en, 'en').map(({ place, change, from, to }) => [place, change, from, to]);

const purchase = { code: 'P', title: { zh: '购买', en: 'Purchase' }, when: [{ paid: { days: 540, on_days: 1 } }] };

const changes: readonly { name: string; set: RuleSet; says: string[][] }[] = [
  { name: 'the same set', set: defaultRules, says: [] },
  {
    name: 'a window of a stage',
    set: changed((set) => set.stages.splice(2, 1, purchase)),
    says: [['stage P', 'changed', 'paid line: within 912 days', 'paid line: within 540 days']],
  },
  {
    name: 'a behaviour added to a group and one removed',
    set: changed((set) => {
      set.groups.view = ['item_view', 'live_view'];
    }),
    says: [
      ['group view', 'removed', 'shop_visit', ''],
      ['group view', 'added', '', 'live_view'],
    ],
  },
  {
    name: 'the window of active members',
    set: changed((set) => {
      set.active_member.days = 180;
    }),
    says: [
      [
        'active member (T)',
        'changed',
        'a paid line, or any of these: within 30 days',
        'a paid line, or any of these: within 180 days',
      ],
    ],
  },
];

test.each(changes)('$name', ({ set, says }) => {
  expect(said(set)).toEqual(says);
});

test('two models differ in their stages, and what one has too much the other lacks', () => {
  const there = diffRules(defaultRules, o5aRules, texts.en, 'en');
  const back = diffRules(o5aRules, defaultRules, texts.en, 'en');
  expect(there[0]).toMatchObject({ from: 'A < I < P < L', to: 'A1 < A2 < A3 < A4 < A5' });
  const count = (rows: typeof there, change: string) => rows.filter((row) => row.change === change).length;
  expect(count(there, 'added')).toBe(count(back, 'removed'));
  expect(count(there, 'removed')).toBeGreaterThan(0);
});
