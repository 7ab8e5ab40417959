import type { Words } from '../words.ts';

/** Google Analytics 4: recommended and collected events that have a place in the contract; the rest keep their own names. */
export const ga4Words: Words = {
  'page view': { behavior: 'page_view' },
  'screen view': { behavior: 'page_view' },
  'view item': { behavior: 'item_view' },
  'view item list': { behavior: 'impression' },
  'view promotion': { behavior: 'impression' },
  'ad impression': { behavior: 'impression' },
  'select item': { behavior: 'click' },
  'select content': { behavior: 'click' },
  'select promotion': { behavior: 'click' },
  click: { behavior: 'click' },
  'ad click': { behavior: 'click' },
  search: { behavior: 'search' },
  'view search results': { behavior: 'search' },
  'video start': { behavior: 'video_view' },
  'add to cart': { behavior: 'cart' },
  'add to wishlist': { behavior: 'favorite' },
  share: { behavior: 'share' },
  'generate lead': { behavior: 'consult' },
  'join group': { behavior: 'group_join' },
  purchase: { behavior: 'pay', perProduct: true },
  'in app purchase': { behavior: 'pay', perProduct: true },
  'ecommerce purchase': { behavior: 'pay', perProduct: true },
  refund: { behavior: 'refund' },
};
