import type { Case } from '../cases.ts';
import { events, one, orders } from './one.ts';
import { bought, did, joined, reviewed } from './rows.ts';

/** The eleven vectors of domain.md §1.2, then touches, membership, following and reviews. As of 2026-06-30. */
export const stageCases: readonly Case[] = [
  one('v1', 'A', 'vector 1: an impression in the window makes aware', (u) =>
    events(did(u, 'impression', '2026-06-20')),
  ),
  one('v2', 'I', 'vector 2: a cart after an impression makes interested', (u) =>
    events(did(u, 'impression', '2026-06-20'), did(u, 'cart', '2026-06-25')),
  ),
  one('v3', 'none', 'vector 3: a cart fifteen days ago has lapsed', (u) => events(did(u, 'cart', '2026-06-15'))),
  one('v4', 'P', 'vector 4: a purchase two years ago still holds', (u) => orders(bought(u, '2024-02-01'))),
  one('v5', 'L', 'vector 5: purchases on two days of the year make loyal', (u) =>
    orders(bought(u, '2025-09-01'), bought(u, '2026-03-01')),
  ),
  one('v6', 'P', 'vector 6: two orders on one day are one pay day', (u) =>
    orders(bought(u, '2026-05-01 09:00:00'), bought(u, '2026-05-01 21:00:00')),
  ),
  one('v7', 'none', 'vector 7: a purchase refunded in full never made a buyer', (u) =>
    orders(bought(u, '2026-01-10', { refund_amount: '100', refund_time: '2026-01-20' })),
  ),
  one('v8', 'I', 'vector 8: a member of long standing is interested without any event', (u) => ({
    members: [joined(u, '2022-03-01')],
  })),
  one('v9', 'A', 'vector 9: item views on one day make aware', (u) =>
    events(did(u, 'item_view', '2026-06-20 08:00:00'), did(u, 'item_view', '2026-06-20 22:00:00')),
  ),
  one('v10', 'I', 'vector 10: item views on two days make interested', (u) =>
    events(did(u, 'item_view', '2026-06-20'), did(u, 'item_view', '2026-06-22')),
  ),
  one('v11', 'none', 'vector 11: a purchase before the 912 days is forgotten', (u) => orders(bought(u, '2023-12-31'))),

  one('a-first', 'A', 'the first moment of the fifteen days is in', (u) =>
    events(did(u, 'click', '2026-06-16 00:00:00')),
  ),
  one('a-before', 'none', 'the last moment before the fifteen days is out', (u) =>
    events(did(u, 'click', '2026-06-15 23:59:59')),
  ),
  one('a-last', 'A', 'the last moment of the asked day is in', (u) => events(did(u, 'search', '2026-06-30 23:59:59'))),
  one('a-next', 'none', 'the first moment after the asked day is out', (u) =>
    events(did(u, 'search', '2026-07-01 00:00:00')),
  ),
  one('i-first', 'I', 'an active behaviour on the first day of the window counts', (u) =>
    events(did(u, 'consult', '2026-06-16 00:00:00')),
  ),
  one('i-before', 'A', 'an active behaviour a day too old leaves the passive one', (u) =>
    events(did(u, 'consult', '2026-06-15 23:59:59'), did(u, 'live_view', '2026-06-17')),
  ),
  one('visits-edge', 'I', 'visits on the first and the last day of the window are two days', (u) =>
    events(did(u, 'shop_visit', '2026-06-16'), did(u, 'shop_visit', '2026-06-30')),
  ),
  one('visits-out', 'A', 'of two visit days one is before the window', (u) =>
    events(did(u, 'shop_visit', '2026-06-15'), did(u, 'shop_visit', '2026-06-30')),
  ),
  one('visits-pooled', 'I', 'an item view and a shop visit on different days are pooled', (u) =>
    events(did(u, 'item_view', '2026-06-20'), did(u, 'shop_visit', '2026-06-21')),
  ),
  one('views-other', 'A', 'page views on many days stay passive', (u) =>
    events(did(u, 'page_view', '2026-06-20'), did(u, 'page_view', '2026-06-21'), did(u, 'item_view', '2026-06-22')),
  ),
  one('words-view', 'I', 'pv and view are item views', (u) =>
    events(did(u, 'pv', '2026-06-20'), did(u, 'view', '2026-06-21')),
  ),
  one('words-fav', 'I', 'fav is a favourite', (u) => events(did(u, 'fav', '2026-06-20'))),
  one('words-cart', 'I', 'add_to_cart is a cart', (u) => events(did(u, 'add_to_cart', '2026-06-20'))),
  one('words-pay', 'L', 'buy and purchase are payments', (u) =>
    events(did(u, 'buy', '2026-06-20'), did(u, 'purchase', '2026-06-21')),
  ),
  one('unknown-word', 'none', 'a behaviour outside the vocabulary earns nothing', (u) =>
    events(did(u, 'dance', '2026-06-20')),
  ),
  one('after-words', 'none', 'complaint, quit, block and return earn nothing', (u) =>
    events(...['complaint', 'quit', 'block', 'return', 'refund'].map((word) => did(u, word, '2026-06-20'))),
  ),

  one('join-today', 'I', 'a member from the asked day on is a member', (u) => ({
    members: [joined(u, '2026-06-30 23:59:59')],
  })),
  one('join-later', 'none', 'a member who joins the next day is not yet one', (u) => ({
    members: [joined(u, '2026-07-01 00:00:00')],
  })),
  one('quit', 'none', 'a member who quit is none', (u) => ({ members: [joined(u, '2025-01-01', '2026-06-01')] })),
  one('quit-today', 'none', 'a member who quits on the asked day is none at its end', (u) => ({
    members: [joined(u, '2025-01-01', '2026-06-30 10:00:00')],
  })),
  one('quit-later', 'I', 'a member who will quit the next day still is one', (u) => ({
    members: [joined(u, '2025-01-01', '2026-07-01')],
  })),
  one('rejoin', 'I', 'a member who quit and joined again is one', (u) => ({
    members: [joined(u, '2025-01-01', '2026-02-01'), joined(u, '2026-03-01')],
  })),

  one('fan', 'I', 'a fan of long standing is interested', (u) => events(did(u, 'follow', '2025-01-01'))),
  one('fan-shop', 'I', 'a favourite shop of long standing is following', (u) =>
    events(did(u, 'favorite_shop', '2025-01-01')),
  ),
  one('unfollow', 'none', 'an unfollow after the follow ends it', (u) =>
    events(did(u, 'follow', '2026-05-01'), did(u, 'unfollow', '2026-06-20')),
  ),
  one('unfollow-shop', 'none', 'an unfollow after the favourite shop ends it', (u) =>
    events(did(u, 'favorite_shop', '2026-05-01'), did(u, 'unfollow', '2026-06-20')),
  ),
  one('unfollow-same-day', 'none', 'within a day the later of follow and unfollow decides', (u) =>
    events(did(u, 'unfollow', '2026-05-01 12:00:01'), did(u, 'follow', '2026-05-01 12:00:00')),
  ),
  one('follow-again', 'I', 'a follow after the unfollow begins again', (u) =>
    events(did(u, 'follow', '2026-04-01'), did(u, 'unfollow', '2026-05-01'), did(u, 'follow', '2026-05-02')),
  ),
  one('unfollow-later', 'I', 'an unfollow of the next day does not count yet', (u) =>
    events(did(u, 'follow', '2026-05-01'), did(u, 'unfollow', '2026-07-01')),
  ),
  one('unfollow-recent', 'I', 'a follow in the window is an active behaviour even when undone', (u) =>
    events(did(u, 'follow', '2026-06-20'), did(u, 'unfollow', '2026-06-21')),
  ),
  one('unfollow-only', 'none', 'an unfollow alone earns nothing', (u) => events(did(u, 'unfollow', '2026-06-20'))),

  one('review-alone', 'none', 'a review without a purchase earns nothing', (u) => ({
    reviews: [reviewed(u, '2026-06-20', '5')],
  })),
  one('review-good', 'L', 'a good review with a purchase makes loyal', (u) => ({
    ...orders(bought(u, '2026-05-01')),
    reviews: [reviewed(u, '2026-05-10', '4')],
  })),
  one('review-poor', 'P', 'a review of three stars does not', (u) => ({
    ...orders(bought(u, '2026-05-01')),
    reviews: [reviewed(u, '2026-05-10', '3')],
  })),
  one('review-blank', 'P', 'a review without a rating does not', (u) => ({
    ...orders(bought(u, '2026-05-01')),
    reviews: [reviewed(u, '2026-05-10', '')],
  })),
  one('review-first', 'L', 'a review and a purchase on the first day of the year count', (u) => ({
    ...orders(bought(u, '2025-07-01')),
    reviews: [reviewed(u, '2025-07-01', '5')],
  })),
  one('review-old', 'P', 'a review a day older than the year does not count', (u) => ({
    ...orders(bought(u, '2026-05-01')),
    reviews: [reviewed(u, '2025-06-30 23:59:59', '5')],
  })),
  one('review-old-buyer', 'P', 'a review of a purchase older than the year does not count', (u) => ({
    ...orders(bought(u, '2025-06-30')),
    reviews: [reviewed(u, '2025-08-01', '5')],
  })),
  one('review-later', 'P', 'a review of the next day does not count yet', (u) => ({
    ...orders(bought(u, '2026-05-01')),
    reviews: [reviewed(u, '2026-07-01', '5')],
  })),
  one('review-event', 'L', 'a review event of value four counts as a review', (u) => ({
    ...orders(bought(u, '2026-05-01')),
    ...events(did(u, 'review', '2026-05-10', { value: '4' })),
  })),
  one('review-event-poor', 'P', 'a review event of value three or of none does not', (u) => ({
    ...orders(bought(u, '2026-05-01')),
    ...events(did(u, 'review', '2026-05-10', { value: '3' }), did(u, 'review', '2026-05-11')),
  })),
];
