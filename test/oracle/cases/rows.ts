import type { Row } from '../world.ts';

/** A behaviour of the user at a day or moment. */
export function did(id_user: string, behavior: string, event_time: string, more: Row = {}): Row {
  return { event_time, behavior, id_user, ...more };
}

/** A paid line of an order named after the user and the day, 100 yuan unless said. */
export function bought(id_user: string, day: string, more: Row = {}): Row {
  const order_id = `order of ${id_user} ${day}`;
  return { order_id, order_time: day, pay_time: day, status: 'paid', id_user, amount: '100', ...more };
}

/** A membership from a day, until `quit_time` if given. */
export function joined(id_user: string, join_time: string, quit_time = ''): Row {
  return { id_user, join_time, quit_time };
}

/** A review entity of the user. */
export function reviewed(id_user: string, review_time: string, rating: string, more: Row = {}): Row {
  return { review_id: `review of ${id_user} ${review_time}`, review_time, id_user, rating, ...more };
}

/** The refund of an order line; an empty time is one that nobody noted. */
export function paidBack(refund_amount: string, refund_time: string): Row {
  return { refund_amount, refund_time };
}
