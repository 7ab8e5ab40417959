/** The vocabulary of behaviours, contract §1; which group earns which stage is the rule set's business. */
export const passive = [
  'impression',
  'click',
  'exposure',
  'content_view',
  'video_view',
  'live_view',
  'scan',
  'search',
  'page_view',
  'shop_visit',
  'item_view',
] as const;

export const active = [
  'brand_search',
  'favorite',
  'favorite_shop',
  'cart',
  'follow',
  'join',
  'interact',
  'like',
  'comment',
  'share',
  'collect',
  'coupon_claim',
  'benefit_claim',
  'sample_claim',
  'trial_apply',
  'consult',
  'reserve',
  'deposit',
  'live_interact',
  'group_join',
] as const;

export const afterPurchase = ['review', 'refund', 'return', 'complaint', 'quit', 'unfollow', 'block'] as const;

/** Words that platforms use for a behaviour of the vocabulary. */
export const synonyms: Readonly<Record<string, string>> = {
  pv: 'item_view',
  view: 'item_view',
  fav: 'favorite',
  add_to_cart: 'cart',
  buy: 'pay',
  purchase: 'pay',
};
