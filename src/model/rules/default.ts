import { active, passive } from '../behaviors.ts';
import { type RuleSet, ruleSet } from './ruleSet.ts';

/** AIPL and FAST as published, with the readings of the contract, §4. */
export const defaultRules: RuleSet = ruleSet.parse({
  name: 'default',
  version: 1,
  title: { zh: 'AIPL（天猫口径）', en: 'AIPL (Tmall reading)' },
  origin: 'published',
  source: 'Quick Audience AIPL; 数据银行 FAST; windows A/I 15 d, P 2.5 y, L 1 y',
  groups: { passive: [...passive], active: [...active], view: ['item_view', 'shop_visit'] },
  stages: [
    { code: 'A', title: { zh: '认知', en: 'Aware' }, when: [{ did: ['passive'], days: 15 }] },
    {
      code: 'I',
      title: { zh: '兴趣', en: 'Interest' },
      when: [{ did: ['active'], days: 15 }, { did: ['view'], days: 15, on_days: 2 }, { member: true }, { fan: true }],
    },
    { code: 'P', title: { zh: '购买', en: 'Purchase' }, when: [{ paid: { days: 912 } }] },
    {
      code: 'L',
      title: { zh: '忠诚', en: 'Loyalty' },
      when: [{ paid: { days: 365, on_days: 2 } }, { reviewed: { min_rating: 4, days: 365, paid_days: 365 } }],
    },
  ],
  fan: { on: ['follow', 'favorite_shop'], off: ['unfollow'] },
  active_member: { did: ['cart', 'favorite', 'benefit_claim', 'coupon_claim'], days: 30 },
  rfm: { days: 365 },
});
