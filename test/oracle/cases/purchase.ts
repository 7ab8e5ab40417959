import type { Case } from '../cases.ts';
import { events, on, one, orders } from './one.ts';
import { bought, did, paidBack, reviewed } from './rows.ts';

/** Payments, refunds and the windows of P and L. As of 2026-06-30. */
export const purchaseCases: readonly Case[] = [
  one('l-first', 'L', 'the first day of the 365 is in', (u) =>
    orders(bought(u, '2025-07-01'), bought(u, '2026-06-30')),
  ),
  one('l-before', 'P', 'the day before the 365 is out', (u) =>
    orders(bought(u, '2025-06-30 23:59:59'), bought(u, '2026-06-30')),
  ),
  one('p-first', 'P', 'the first day of the 912 is in', (u) => orders(bought(u, '2024-01-01 00:00:00'))),
  one('p-before', 'none', 'the day before the 912 is out', (u) => orders(bought(u, '2023-12-31 23:59:59'))),
  one('p-two-old', 'P', 'two pay days older than a year are no loyalty', (u) =>
    orders(bought(u, '2024-05-01'), bought(u, '2024-06-01')),
  ),
  one('midnight', 'L', 'a minute on either side of midnight is two pay days', (u) =>
    orders(bought(u, '2026-05-01 23:59:30'), bought(u, '2026-05-02 00:00:30')),
  ),
  one('lines', 'P', 'several lines of one order are one pay day', (u) =>
    orders(
      bought(u, '2026-05-01', { order_id: 'order lines', line_id: '1' }),
      bought(u, '2026-05-01', { order_id: 'order lines', line_id: '2' }),
    ),
  ),
  one('lines-unnamed', 'P', 'lines without a line_id do not replace each other', (u) =>
    orders(
      bought(u, '2026-05-01', { order_id: 'order unnamed', ...paidBack('100', '2026-05-02') }),
      bought(u, '2026-05-01', { order_id: 'order unnamed' }),
    ),
  ),
  one('line-replaced', 'none', 'a later row of the same line replaces the earlier', (u) =>
    orders(
      bought(u, '2026-05-01', { order_id: 'order again', line_id: '1' }),
      bought(u, '2026-05-01', { order_id: 'order again', line_id: '1', status: 'closed' }),
    ),
  ),
  one('refund-on', 'none', 'a full refund on the asked day counts', (u) =>
    orders(bought(u, '2026-06-01', paidBack('100', '2026-06-30 23:59:59'))),
  ),
  one('refund-before', 'none', 'a full refund the day before counts', (u) =>
    orders(bought(u, '2026-06-01', paidBack('100', '2026-06-29'))),
  ),
  one('refund-after', 'P', 'a full refund the day after does not count yet', (u) =>
    orders(bought(u, '2026-06-01', paidBack('100', '2026-07-01 00:00:00'))),
  ),
  one('refund-undated', 'none', 'a refund without a time counts from the pay day', (u) =>
    orders(bought(u, '2026-06-01', paidBack('100', ''))),
  ),
  one('refund-more', 'none', 'a refund above the amount is a full one', (u) =>
    orders(bought(u, '2026-06-01', paidBack('100.01', '2026-06-02'))),
  ),
  one('refund-part', 'P', 'a refund of all but a fen is not a full one', (u) =>
    orders(bought(u, '2026-06-01', paidBack('99.99', '2026-06-02'))),
  ),
  one('refund-line', 'P', 'one line of two refunded leaves a buyer', (u) =>
    orders(
      bought(u, '2026-06-01', { order_id: 'order half', line_id: '1', ...paidBack('100', '2026-06-02') }),
      bought(u, '2026-06-01', { order_id: 'order half', line_id: '2' }),
    ),
  ),
  one('refund-second', 'P', 'one of two pay days refunded ends loyalty', (u) =>
    orders(bought(u, '2026-03-01'), bought(u, '2026-06-01', paidBack('100', '2026-06-02'))),
  ),
  one('refund-review', 'none', 'a good review of a refunded purchase makes nobody loyal', (u) => ({
    ...orders(bought(u, '2026-05-01', paidBack('100', '2026-05-20'))),
    reviews: [reviewed(u, '2026-05-10', '5')],
  })),
  one('refund-cart', 'I', 'after a full refund the cart still counts', (u) => ({
    ...orders(bought(u, '2026-06-20', paidBack('100', '2026-06-25'))),
    ...events(did(u, 'cart', '2026-06-20')),
  })),
  one('pay-empty', 'P', 'without a pay time the order time is the pay time', (u) =>
    orders(bought(u, '2026-05-01', { pay_time: '', status: '' })),
  ),
  one('pay-day', 'P', 'the pay day is that of the payment, not of the order', (u) =>
    orders(bought(u, '2023-12-31', { pay_time: '2024-01-01' })),
  ),
  one('pay-later', 'none', 'an order paid the next day is not paid yet', (u) =>
    orders(bought(u, '2026-06-30', { pay_time: '2026-07-01' })),
  ),
  one('unpaid', 'none', 'unpaid, cancelled and closed orders are never paid', (u) =>
    orders(...['unpaid', 'cancelled', 'closed'].map((status, day) => bought(u, `2026-05-0${day + 1}`, { status }))),
  ),
  one('unpaid-blank', 'none', 'an unpaid order without a pay time is not paid', (u) =>
    orders(bought(u, '2026-05-01', { pay_time: '', status: 'unpaid' })),
  ),
  one('free', 'none', 'a line of nothing is not a paid line', (u) => orders(bought(u, '2026-05-01', { amount: '0' }))),
  one('pay-event', 'P', 'a pay event without an order is a purchase, even without an amount', (u) =>
    events(did(u, 'pay', '2026-05-01')),
  ),
  one('pay-events', 'L', 'pay events on two days make loyal', (u) =>
    events(did(u, 'pay', '2026-05-01'), did(u, 'pay', '2026-05-02')),
  ),
  one('pay-mixed', 'L', 'an order and a pay event on another day make loyal', (u) => ({
    ...orders(bought(u, '2026-05-01')),
    ...events(did(u, 'pay', '2026-05-02', { order_id: 'seen in no export' })),
  })),
  one('pay-twice-told', 'P', 'a pay event of an order that stands in orders counts once', (u) => ({
    ...orders(bought(u, '2026-05-01', { order_id: 'told twice' })),
    ...events(did(u, 'pay', '2026-05-02', { order_id: 'told twice' })),
  })),
  one('pay-unpaid', 'none', 'a pay event of an order that stands as cancelled counts for nothing', (u) => ({
    ...orders(bought(u, '2026-05-01', { order_id: 'told wrong', status: 'cancelled' })),
    ...events(did(u, 'pay', '2026-05-02', { order_id: 'told wrong' })),
  })),
  one('pay-refunded', 'none', 'a refund event of the same order undoes its pay event', (u) =>
    events(
      did(u, 'pay', '2026-05-01', { order_id: 'undone', amount: '80' }),
      did(u, 'refund', '2026-06-30 23:00:00', { order_id: 'undone' }),
    ),
  ),
  one('pay-refunded-later', 'P', 'a refund event of the next day does not count yet', (u) =>
    events(
      did(u, 'pay', '2026-05-01', { order_id: 'undone later' }),
      did(u, 'refund', '2026-07-01', { order_id: 'undone later' }),
    ),
  ),
  one('pay-refund-other', 'P', 'a refund event of another order undoes nothing', (u) =>
    events(did(u, 'pay', '2026-05-01', { order_id: 'kept' }), did(u, 'refund', '2026-05-02', { order_id: 'not kept' })),
  ),
  one('pay-refund-blank', 'P', 'a refund event without an order undoes nothing', (u) =>
    events(did(u, 'pay', '2026-05-01'), did(u, 'refund', '2026-05-02')),
  ),
  {
    name: 'a refund event of another consumer undoes nothing',
    rows: events(
      did('refund-mine', 'pay', '2026-05-01', { order_id: 'mine' }),
      did('refund-theirs', 'refund', '2026-05-02', { order_id: 'mine' }),
    ),
    on,
    expect: { stages: { 'refund-mine': 'P', 'refund-theirs': 'none' } },
  },
  one('event-refund-order', 'P', 'a refund event undoes no line of orders', (u) => ({
    ...orders(bought(u, '2026-05-01', { order_id: 'line stays' })),
    ...events(did(u, 'refund', '2026-05-02', { order_id: 'line stays' })),
  })),
  one('event-id', 'P', 'an event_id told twice is one event', (u) =>
    events(did(u, 'pay', '2026-05-01', { event_id: 'pay-1' }), did(u, 'pay', '2026-05-01', { event_id: 'pay-1' })),
  ),
];
