import type { Words } from '../words.ts';

/**
 * Snowplow: event types (`page view` for pv), schema names of self-describing events, and actions of
 * `snowplow_ecommerce_action` that have a place in the contract; the rest keep their own names.
 */
export const snowplowWords: Words = {
  'page view': { behavior: 'page_view' },
  'screen view': { behavior: 'page_view' },
  'link click': { behavior: 'click' },
  'button click': { behavior: 'click' },
  'ad impression': { behavior: 'impression' },
  'ad click': { behavior: 'click' },
  'site search': { behavior: 'search' },
  'social interaction': { behavior: 'interact' },
  'play event': { behavior: 'video_view' },
  'product view': { behavior: 'item_view' },
  'list view': { behavior: 'impression' },
  'promo view': { behavior: 'impression' },
  'list click': { behavior: 'click' },
  'promo click': { behavior: 'click' },
  'add to cart': { behavior: 'cart' },
  transaction: { behavior: 'pay', perProduct: true },
  refund: { behavior: 'refund' },
};
