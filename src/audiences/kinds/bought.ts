import { z } from 'zod';
import { spaced } from '../../base/spaced.ts';
import { type Fragment, sql } from '../../warehouse/sql.ts';
import { every, measured, minor, type Range, range, rangeText, within } from '../range.ts';
import { defineKind } from '../rule.ts';
import { inPlaces, where, whereText } from '../where.ts';
import { inWindow, window, windowText } from '../window.ts';

const lines = { window: window.optional(), where: where.optional() };

/** Paid lines, whatever their number. */
export const purchase = z.strictObject(lines);
export type Purchase = z.infer<typeof purchase>;

/** The paid lines that are such a purchase. */
export function isPurchase({ window: days, where: places }: Purchase, on: string): Fragment {
  return sql`${inWindow(days, on)} AND ${inPlaces(places)}`;
}

const body = z.strictObject({
  ...lines,
  orders: range.optional(),
  days: range.optional(),
  /** Net of refunds known on the day asked, in major units. */
  amount: range.optional(),
  quantity: range.optional(),
  /** Different items. */
  items: range.optional(),
  /** Net amount of an order's lines: `orders` then counts the orders within it only. */
  order_amount: range.optional(),
});
type Body = z.infer<typeof body>;

/** What is measured of the lines, and how it is called. */
const measures = {
  orders: { sum: (test: Fragment) => sql`uniqExactIf(order_key, ${test})`, zh: ['订单', '笔'], en: 'orders' },
  days: { sum: (test: Fragment) => sql`uniqExactIf(day, ${test})`, zh: ['购买日', '个'], en: 'pay days' },
  amount: { sum: (test: Fragment) => sql`sumIf(net, ${test})`, zh: ['净额', '元'], en: 'net amount' },
  quantity: { sum: (test: Fragment) => sql`sumIf(quantity, ${test})`, zh: ['件数', '件'], en: 'items' },
  items: {
    sum: (test: Fragment) => sql`uniqExactIf(item_id, ${test} AND item_id != '')`,
    zh: ['不同商品', '个'],
    en: 'different items',
  },
} as const;
const names = Object.keys(measures) as (keyof typeof measures)[]; // as: the keys of a literal

function asked(given: Body): [name: keyof typeof measures, bounds: Range][] {
  const bounds = names.flatMap((name): [keyof typeof measures, Range][] => {
    const one = given[name];
    return one ? [[name, one]] : [];
  });
  return bounds;
}

/** What is measured of the paid lines that a test takes, by the name it is asked by. */
export function sumOf(name: keyof typeof measures, test: Fragment): Fragment {
  return measures[name].sum(test);
}

/** The number of orders whose lines come to a net amount within bounds. */
function ordersWithin(bounds: Range, test: Fragment): Fragment {
  const nets = sql`mapValues(sumMapIf(map(order_key, net), ${test}))`;
  return sql`arrayCount(of -> ${within(sql`of`, minor(bounds))}, ${nets})`;
}

/** Paid lines in a window: every range that is given holds, and without any there is at least one line. */
export const bought = defineKind<Body>({
  name: 'bought',
  schema: body,
  example: '{"bought": {"window": {"days": 90}, "amount": {"min": 100}}}',
  flag: (given, { plan, on }) => {
    const test = isPurchase(given, on);
    const measure = (aggregate: Fragment) => plan.measure('paid', aggregate, test, inWindow(given.window, on));
    const { order_amount: each, ...rest } = given;
    const bounds = asked(each ? { ...rest, orders: undefined } : rest);
    if (!each && bounds.length === 0) return measured(measure(sql`countIf(${test})`), { min: 1 });
    return every([
      ...(each ? [measured(measure(ordersWithin(each, test)), given.orders ?? { min: 1 })] : []),
      ...bounds.map(([name, one]) => measured(measure(sumOf(name, test)), name === 'amount' ? minor(one) : one)),
    ]);
  },
  sentence: (given) => {
    const [when, there] = [windowText(given.window), whereText(given.where)];
    const told = asked(given).map(([name, one]) => ({ ...measures[name], bounds: rangeText(one) }));
    const zh = told.map(({ zh: [title, unit], bounds }) => spaced`${title}${bounds.zh}${unit}`).join('，');
    const en = told.map(({ en: title, bounds }) => `${title} ${bounds.en}`).join(', ');
    const each = given.order_amount && rangeText(given.order_amount);
    return {
      zh: spaced`${when.zh}购买过${there.zh}${each ? spaced`净额${each.zh}元的订单` : ''}${zh && `：${zh}`}`,
      en: `bought${there.en}${each ? ` orders of a net amount of ${each.en}` : ''} ${when.en}${en && `: ${en}`}`,
    };
  },
});
