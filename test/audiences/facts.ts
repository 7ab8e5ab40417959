/** Small random worlds with all that an audience rule can look at: canonical rows as text. */
import { addDays, type Day } from '../../src/base/day.ts';
import type { Dice } from '../oracle/dice.ts';
import type { Row, Rows } from '../oracle/world.ts';

export const end: Day = '2026-06-30';

export type Facts = Rows & { readonly consumers: readonly Row[] };

const maybe = (roll: Dice, values: readonly string[]): string => (roll.chance(0.4) ? '' : roll.of(values));

const goods = (roll: Dice): Row => ({
  brand: maybe(roll, ['X', 'Y']),
  item_id: maybe(roll, ['i1', 'i2', 'i3', 'i4']),
  category_id: maybe(roll, ['c1', 'c2']),
});

/** Days cluster at the end and at the edges of windows, so that bounds are met. */
function day(roll: Dice): Day {
  if (roll.chance(0.5)) return addDays(end, -roll.int(20));
  return addDays(end, roll.of([1, 0, -6, -7, -14, -15, -29, -30, -89, -364, -365, -911, -912]));
}

/** After this day nothing has happened yet: the clock of the tests stands a week later. */
const last = addDays(end, 8);

/** Few moments of a day, so that some fall together. */
const moment = (roll: Dice, on: Day): string =>
  `${on < last ? on : last} ${roll.of(['00:00:00', '09:30:00', '09:30:01', '23:59:59'])}`;

export const behaviors = [
  'impression',
  'item_view',
  'cart',
  'favorite',
  'search',
  'follow',
  'unfollow',
  'coupon_claim',
];

function event(roll: Dice, user: string): Row {
  return {
    id_user: user,
    event_time: moment(roll, day(roll)),
    behavior: roll.of(behaviors),
    platform: maybe(roll, ['tmall', 'douyin']),
    channel: maybe(roll, ['search', 'feed']),
    keyword: maybe(roll, ['milk', 'tea']),
    campaign_id: maybe(roll, ['k1', 'k2']),
    'consent.ads': roll.chance(0.85) ? '' : roll.of(['granted', 'denied', 'perhaps']),
    ...goods(roll),
  };
}

function order(roll: Dice, user: string, number: number): Row[] {
  const paid = day(roll);
  const pay_time = moment(roll, paid);
  const status = roll.of(['', '', '', 'paid', 'unpaid', 'closed']);
  return Array.from({ length: 1 + roll.int(2) }, (_, line) => {
    const amount = roll.int(30);
    const back = roll.of(['', '', '', String(Math.floor(amount / 2)), String(amount)]);
    return {
      id_user: user,
      order_id: `o${number}`,
      line_id: String(line + 1),
      order_time: `${paid} 00:00:00`,
      pay_time: roll.chance(0.8) ? pay_time : '',
      status,
      quantity: roll.of(['', '1', '2', '3']),
      amount: `${amount}.${roll.of(['00', '50', '99'])}`,
      refund_amount: back,
      refund_time: back === '' || roll.chance(0.2) ? '' : moment(roll, addDays(paid, roll.of([0, 1, 30]))),
      platform: maybe(roll, ['tmall', 'douyin']),
      channel: maybe(roll, ['search', 'feed']),
      ...goods(roll),
    };
  });
}

/** A payment told by an event, of an order that may stand in the orders too, and perhaps undone. */
function told(roll: Dice, user: string, number: number): Row[] {
  const paid = day(roll);
  const order_id = roll.of(['', `told ${number}`, `o${number}`]);
  const pay = {
    ...event(roll, user),
    event_time: moment(roll, paid),
    behavior: 'pay',
    order_id,
    amount: roll.of(['', '5', '19.90']),
    quantity: roll.of(['', '2']),
  };
  if (order_id === '' || roll.chance(0.6)) return [pay];
  return [
    pay,
    { id_user: user, event_time: moment(roll, addDays(paid, roll.of([0, 7]))), behavior: 'refund', order_id },
  ];
}

function membership(roll: Dice, user: string, number: number): Row {
  const join = day(roll);
  return {
    id_user: user,
    member_no: `m${number}`,
    join_time: `${join} 0${roll.int(10)}:00:00`,
    quit_time: roll.chance(0.6) ? '' : moment(roll, addDays(join, roll.of([0, 1, 7, 60]))),
    tier: maybe(roll, ['1', '2', '3', 'gold']),
    shop: roll.of(['s1', 's2', 's3']),
  };
}

function profile(roll: Dice, user: string): Row {
  return {
    id_user: user,
    gender: maybe(roll, ['f', 'm']),
    city_tier: maybe(roll, ['1', '2', '3', '5']),
    birth_year: maybe(roll, ['1970', '1990', '2000', '2005']),
    age_band: maybe(roll, ['18-24', '25-34', '65+', 'unknown']),
    province: maybe(roll, ['浙江', '江苏省']),
    city: maybe(roll, ['杭州市', '南京']),
    id_phone: roll.chance(0.5) ? '' : `1380013${String(1000 + Number(user.slice(1)))}`,
    'consent.ads': maybe(roll, ['同意', '否']),
    taste: maybe(roll, ['tea', '7', '12.5']),
    spend_level: maybe(roll, ['1', '3', '5']),
    baby_age: maybe(roll, ['0', '12', '13']),
    occupation: maybe(roll, ['司机', 'staff']),
  };
}

/** People who did all sorts of things; every one has at least one row. */
export function factsOf(roll: Dice, people: number): Facts {
  const users = Array.from({ length: people }, (_, i) => `u${i}`);
  const some = (most: number) => roll.int(most + 1);
  const each = <T>(most: number, make: (user: string, number: number) => T): T[] =>
    users.flatMap((user, i) => Array.from({ length: some(most) }, (_, n) => make(user, i * 100 + n)));
  return {
    events: [
      ...users.map((user) => ({ ...event(roll, user), behavior: 'exposure' })),
      ...each(12, (user) => event(roll, user)),
      ...each(1, (user, number) => told(roll, user, number)).flat(),
    ],
    orders: each(3, (user, number) => order(roll, user, number)).flat(),
    items: [
      { item_id: 'i1', brand: 'X', category_id: 'c1' },
      { item_id: 'i2', brand: 'Y', category_id: '' },
      { item_id: 'i3', brand: '', category_id: 'c2' },
    ],
    members: each(2, (user, number) => membership(roll, user, number)),
    reviews: [],
    consumers: users.filter(() => roll.chance(0.7)).map((user) => profile(roll, user)),
  };
}
