import { z } from 'zod';
import { spaced } from '../../base/spaced.ts';
import { type Fragment, perConsumer, sql } from '../../warehouse/sql.ts';
import type { Plan } from '../plan.ts';
import { measured } from '../range.ts';
import { defineKind } from '../rule.ts';
import { behaviorsText, where, whereText } from '../where.ts';
import { window, windowText } from '../window.ts';
import { isPurchase, sumOf } from './bought.ts';
import { isAct } from './did.ts';

const body = z
  .strictObject({
    by: z.enum(['orders', 'days', 'amount', 'quantity', 'events']),
    behavior: z.array(z.string().min(1).max(100)).min(1).max(200).optional(),
    window: window.optional(),
    where: where.optional(),
    n: z.int().min(1).max(1_000_000_000).optional(),
    percent: z.number().positive().max(100).optional(),
  })
  .refine(({ n, percent }) => (n === undefined) !== (percent === undefined), {
    message: 'give `n` or `percent`, one of them | 须给出 n 或 percent 之一',
  })
  .refine(({ by, behavior }) => (by === 'events') === (behavior !== undefined), {
    message: '`behavior` stands with `"by": "events"`, and only there | behavior 须与 "by": "events" 同时写',
  });
type Body = z.infer<typeof body>;

/** One row a consumer of whom anything is to be measured: `consumer` and `measured`, greater than 0. */
function numbers({ by, behavior, window: days, where: places }: Body, plan: Plan, on: string): Fragment {
  const which = { window: days, where: places };
  const [rows, test, sum] = behavior
    ? [plan.rows('events'), isAct({ behavior, ...which }, on), sql`count()`]
    : [plan.rows('paid'), isPurchase(which, on), sumOf(by === 'events' ? 'orders' : by, sql`1`)];
  return sql`SELECT consumer, ${sum} AS measured FROM ${rows} WHERE ${test} GROUP BY consumer HAVING measured > 0`;
}

/** The first `n`, or so many percent, of the consumers by a measure, the highest first; whoever is level with the last is in too. */
export const top = defineKind<Body>({
  name: 'top',
  isRelative: true,
  schema: body,
  example: '{"top": {"by": "amount", "window": {"days": 90}, "n": 1000}}',
  flag: (given, { plan, on }) => {
    const { n, percent = 0 } = given;
    const last = n === undefined ? sql`ceil(total * ${percent} / 100)` : sql`${n}`;
    const ranked = sql`SELECT consumer, rank() OVER (ORDER BY measured DESC) AS place, count() OVER () AS total
      FROM ${perConsumer(numbers(given, plan, on))}`;
    return measured(plan.amongAll(sql`SELECT consumer FROM (${ranked}) WHERE place <= ${last}`), { min: 1 });
  },
  sentence: ({ by, behavior, window: days, where: places, n, percent }) => {
    const [when, there, acts] = [windowText(days), whereText(places), behaviorsText(behavior ?? [])];
    const first =
      n === undefined ? { zh: `前 ${percent}%`, en: `top ${percent} %` } : { zh: `前 ${n} 名`, en: `top ${n}` };
    const what = {
      orders: { zh: '订单数', en: 'orders' },
      days: { zh: '购买日数', en: 'pay days' },
      amount: { zh: '净额', en: 'net amount' },
      quantity: { zh: '件数', en: 'items bought' },
      events: { zh: spaced`${acts.zh}次数`, en: `events of ${acts.en}` },
    }[by];
    return {
      zh: spaced`${when.zh}${what.zh}${there.zh}${first.zh}`,
      en: `${first.en} by ${what.en}${there.en} ${when.en}`,
    };
  },
});
