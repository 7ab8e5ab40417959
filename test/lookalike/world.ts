/** A home in which whoever buys next week has looked differently before, and the week itself betrays the buyers. */
import { addDays, type Day } from '../../src/base/day.ts';
import type { Facts } from '../audiences/facts.ts';
import { type Dice, dice } from '../oracle/dice.ts';
import type { Row } from '../oracle/world.ts';

/** The day whose end is the last that a model may know. */
export const on: Day = '2026-06-30';
/** The buyers bought in the days after this one. */
export const before: Day = addDays(on, -7);

const uniform = (roll: Dice): number => roll.int(1_000_000) / 1_000_000;
const normal = (roll: Dice): number =>
  Math.sqrt(-2 * Math.log(1 - uniform(roll))) * Math.cos(2 * Math.PI * uniform(roll));

const act = (id_user: string, behavior: string, day: Day, more: Row = {}): Row => ({
  ...{ id_user, behavior, event_time: `${day} 12:00:00` },
  ...more,
});

interface Person {
  readonly user: string;
  readonly isBuyer: boolean;
  readonly past: readonly Row[];
}

function person(roll: Dice, user: string): Person {
  const taste = normal(roll);
  const carts = Math.max(0, Math.round(1 + taste + normal(roll) / 2));
  const day = () => addDays(before, -roll.int(40));
  return {
    user,
    isBuyer: uniform(roll) < 1 / (1 + Math.exp(2.6 - 1.9 * taste)),
    past: [
      act(user, 'item_view', day(), {
        platform: roll.of(['tmall', 'douyin']),
        category_id: roll.of(['c1', 'c2', 'c3']),
      }),
      ...Array.from({ length: carts }, () => act(user, 'cart', day(), { category_id: taste > 0.5 ? 'c1' : 'c2' })),
      ...Array.from({ length: roll.int(4) }, () =>
        act(user, 'search', day(), { channel: roll.of(['feed', 'search']) }),
      ),
    ],
  };
}

/** People, those of them who bought in the week, and their rows: until then, of the week, and of the days after. */
export function worldOf(seed: number, size: number) {
  const roll = dice(seed);
  const people = Array.from({ length: size }, (_, i) => person(roll, `u${i}`));
  const buyers = people.filter(({ isBuyer }) => isBuyer).map(({ user }) => user);
  const facts = (rows: Partial<Facts>): Facts => ({
    ...{ events: [], orders: [], items: [], members: [], reviews: [], consumers: [] },
    ...rows,
  });
  return {
    buyers,
    known: facts({
      // Note: whoever is to buy claims a coupon first, in the same week.
      events: [
        ...people.flatMap(({ past }) => past),
        ...buyers.map((user) => act(user, 'coupon_claim', addDays(before, 1))),
      ],
      orders: buyers.map((user, i) => ({
        ...{ id_user: user, order_id: `o${i}`, line_id: '1', amount: '50' },
        ...{ order_time: `${addDays(before, 2)} 10:00:00`, pay_time: `${addDays(before, 2)} 10:00:00` },
      })),
      consumers: people.map(({ user }) => ({
        id_user: user,
        gender: roll.of(['f', 'm']),
        city_tier: roll.of(['1', '2']),
      })),
    }),
    later: facts({ events: buyers.map((user) => act(user, 'share', addDays(on, 1))) }),
  };
}
