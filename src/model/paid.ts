import { ifAny } from '../warehouse/ifAny.ts';
import { empty, type Fragment, own, perConsumer, sql, whole } from '../warehouse/sql.ts';
import { facts } from './factsThere.ts';
import { neverPaid } from './orderStatus.ts';
import { inScope, type Scope } from './scope.ts';

/** A day number that never comes. */
export const NEVER = 65_535;

/**
 * Paid lines, one row a line: `consumer`, `day` (pay day), `order_key`, `item_id`, `category_id` and `brand` (the row's
 * own), `quantity`, `amount` and `refund` in minor units, `refund_day`, and `until`: the day number from which the line
 * counts no more, being refunded in full. A line counts as of D when `day <= D < until` (contract §4, paid line).
 * `which` narrows the consumers by the column `consumer`; `events` is the table their events stand in.
 */
export function paidLines(scope: Scope, which: Fragment = sql`1`, events: Fragment = own('events')): Fragment {
  return lines(scope, which, events, nowhere);
}

/** Paid lines with their moment of payment, `at`, and where they came from: `platform`, `channel`, and what of the rest is known. */
export function paidLinesWithPlaces(scope: Scope, which: Fragment = sql`1`): Fragment {
  return lines(scope, which, own('events'), places);
}

/** Further columns of the three sources of paid lines; an event is read before it is joined. */
interface More {
  readonly order: Fragment;
  readonly headed: Fragment;
  readonly event: Fragment;
  readonly read: Fragment;
}

const nowhere: More = { order: empty, headed: empty, event: empty, read: empty };
const unknown = sql`'' AS campaign_id, '' AS creative_id, '' AS content_id, '' AS creator_id, '' AS keyword`;
const places: More = {
  order: sql`, assumeNotNull(ifNull(pay_at, order_at)) AS at, toString(platform) AS platform, toString(channel) AS channel, ${unknown}`,
  headed: sql`, ifNull(h.pay_at, h.order_at) AS at, toString(if(l.platform = '', h.platform, l.platform)) AS platform,
    toString(if(l.channel = '', h.channel, l.channel)) AS channel, ${unknown}`,
  event: sql`, e.at AS at, toString(e.platform) AS platform, toString(e.channel) AS channel, toString(e.campaign_id) AS campaign_id,
    toString(e.creative_id) AS creative_id, toString(e.content_id) AS content_id, toString(e.creator_id) AS creator_id,
    toString(e.keyword) AS keyword`,
  read: sql`, at, platform, channel, campaign_id, creative_id, content_id, creator_id, keyword`,
};

function lines(scope: Scope, which: Fragment, events: Fragment, more: More): Fragment {
  const ordered = ifAny([facts.orderLines], sql`${orderLines(which, more)} UNION ALL `);
  const headed = ifAny([facts.orderHeads], sql`${headedLines(which, more)} UNION ALL `);
  return perConsumer(sql`SELECT * FROM (${ordered}${headed}${payEvents(which, events, more)}) WHERE ${inScope(scope)}`);
}

/** Amount of a paid line less its refunds known by the end of a day, never below 0; minor units. */
export function netAmount(on: Fragment): Fragment {
  return sql`greatest(0, amount - if(refund_day <= ${on}, refund, 0))`;
}

const money = sql`amount, ifNull(refund_amount, 0) AS refund, ifNull(refund_day, day) AS refund_day,
  if(refund >= amount, toUInt16(refund_day), toUInt16(${NEVER})) AS until`;

function orderLines(which: Fragment, more: More): Fragment {
  return sql`SELECT consumer, day, concat(source, ' ', order_id) AS order_key, item_id, category_id, brand,
      ifNull(quantity, 1) AS quantity, ${money}${more.order}
    FROM ${own('order_lines')} WHERE consumer != 0 AND amount > 0 AND status NOT IN ${[...neverPaid]} AND until > toUInt16(day)
      AND ${which}`;
}

/** Lines of files that keep time and person in the order's head. */
function headedLines(which: Fragment, more: More): Fragment {
  return sql`SELECT h.consumer AS consumer, h.day AS day, concat(l.source, ' ', l.order_id) AS order_key, l.item_id AS item_id,
      l.category_id AS category_id, l.brand AS brand, ifNull(l.quantity, 1) AS quantity, l.amount AS amount,
      ifNull(l.refund_amount, 0) AS refund, ifNull(l.refund_day, h.day) AS refund_day,
      if(refund >= l.amount, toUInt16(refund_day), toUInt16(${NEVER})) AS until${more.headed}
    FROM (SELECT * FROM ${own('order_heads')} WHERE consumer != 0 AND status NOT IN ${[...neverPaid]} AND ${which}) AS h
    INNER JOIN (SELECT * FROM ${whole('order_lines')} WHERE isNull(order_at) AND amount > 0) AS l
      ON l.order_id = h.order_id AND l.source = h.source
    WHERE until > toUInt16(h.day)`;
}

/** `pay` events of orders that stand in no order line, undone by a `refund` event of the same order and consumer. */
function payEvents(which: Fragment, events: Fragment, more: More): Fragment {
  const paid = sql`behavior = 'pay' AND consumer != 0 AND ${which}`;
  const ordered = sql`SELECT order_id FROM ${whole('order_lines')} WHERE order_id IN (SELECT order_id FROM ${events} WHERE ${paid} AND order_id != '')`;
  const stand = ifAny([facts.anyOrderLines], sql` AND (order_id = '' OR order_id NOT IN (${ordered}))`);
  const isNone = ifAny([facts.orderedPays], stand);
  const refunds = sql`LEFT JOIN (SELECT consumer, order_id, toUInt16(min(day)) AS undone FROM ${events}
      WHERE behavior = 'refund' AND order_id != '' AND ${which} GROUP BY consumer, order_id) AS u
      ON u.consumer = e.consumer AND u.order_id = e.order_id`;
  const undone = (refunded: Fragment, kept: Fragment) =>
    ifAny([facts.events('refund')], sql`if(u.undone = 0, ${kept}, ${refunded})`, kept);
  return sql`SELECT e.consumer AS consumer, e.day AS day, e.order_key AS order_key, e.item_id AS item_id,
      e.category_id AS category_id, e.brand AS brand, e.quantity AS quantity, e.amount AS amount,
      ${undone(sql`e.amount`, sql`toInt64(0)`)} AS refund, ${undone(sql`toDate(u.undone)`, sql`e.day`)} AS refund_day,
      ${undone(sql`u.undone`, sql`toUInt16(${NEVER})`)} AS until${more.event}
    FROM (SELECT consumer, day, order_id, item_id, category_id, brand, ifNull(quantity, 1) AS quantity, ifNull(amount, 0) AS amount,
        if(order_id = '', concat('event ', toString(file), ' ', toString(line)), concat(source, ' ', order_id)) AS order_key${more.read}
      FROM ${events} WHERE ${paid}${isNone}) AS e
    ${ifAny([facts.events('refund')], sql`${refunds} WHERE u.undone = 0 OR u.undone > toUInt16(e.day)`)}`;
}
