import { active, passive } from '../behaviors.ts';
import { defaultRules } from './default.ts';
import { type RuleSet, ruleSet } from './ruleSet.ts';

const asking = [
  'search',
  'brand_search',
  'comment',
  'consult',
  'like',
  'share',
  'collect',
  'interact',
  'favorite',
  'cart',
];

/** O-5A of the Douyin ecosystem: its stage names are published, its rules are not; these are our own. */
export const o5aRules: RuleSet = ruleSet.parse({
  name: 'o-5a',
  version: 1,
  title: { zh: 'O-5A（抖音式，自拟口径）', en: 'O-5A (in the manner of Douyin, proposed)' },
  origin: 'proposed',
  source: 'stage names: Yuntu 5A; windows and behaviours: proposed by Qiancheng',
  groups: { passive: [...passive], active: [...active], asking },
  stages: [
    { code: 'A1', title: { zh: '了解', en: 'Aware' }, when: [{ did: ['passive'], days: 30 }] },
    {
      code: 'A2',
      title: { zh: '吸引', en: 'Appeal' },
      when: [
        { did: ['passive'], days: 30, on_days: 3 },
        { did: ['video_view', 'live_view', 'click'], days: 30, on_days: 2 },
      ],
    },
    {
      code: 'A3',
      title: { zh: '问询', en: 'Ask' },
      when: [
        { did: ['asking'], days: 30 },
        { did: ['item_view'], days: 30, on_days: 2 },
      ],
    },
    { code: 'A4', title: { zh: '行动', en: 'Act' }, when: [{ paid: { days: 365 } }] },
    {
      code: 'A5',
      title: { zh: '拥护', en: 'Advocate' },
      when: [
        { paid: { days: 365, on_days: 2 } },
        { reviewed: { min_rating: 4, days: 365, paid_days: 365 } },
        { member: true },
        { fan: true },
      ],
    },
  ],
  fan: defaultRules.fan,
  active_member: defaultRules.active_member,
  rfm: defaultRules.rfm,
});
