/** Every sentence of contract §5 as a row that can be checked by hand, over six people. */
import { beforeAll, describe, expect, test } from 'vitest';
import { freshHome } from '../product.ts';
import { bring, usersOf } from './asking.ts';
import type { Facts } from './facts.ts';

const on = '2026-06-30';

const did = (user: string, behavior: string, event_time: string, more: Record<string, string> = {}) => ({
  id_user: user,
  behavior,
  event_time,
  ...more,
});
const order = (
  user: string,
  order_id: string,
  pay_time: string,
  amount: string,
  more: Record<string, string> = {},
) => ({
  id_user: user,
  order_id,
  line_id: '1',
  order_time: pay_time,
  pay_time,
  amount,
  ...more,
});

/**
 * ann: two carts in June, one in May, bought after the second. bob: a cart, a complaint, a payment. cat: a member twice
 * over who looked. dan: bought and gave it all back. eve: only a profile. fay: things after the day asked.
 */
const facts: Facts = {
  events: [
    did('ann', 'cart', '2026-05-31 10:00:00', { channel: 'search', item_id: 'tea' }),
    did('ann', 'cart', '2026-06-01 10:00:00', { channel: 'feed', item_id: 'tea', brand: 'Other' }),
    did('ann', 'cart', '2026-06-01 11:00:00', { channel: 'feed', category_id: 'cups' }),
    did('bob', 'cart', '2026-06-10 12:00:00', { keyword: 'mug' }),
    did('bob', 'complaint', '2026-06-11 12:00:00', { 'consent.sms': 'granted' }),
    did('bob', 'pay', '2026-06-12 12:00:00', { order_id: 'told', amount: '30', 'consent.sms': 'denied' }),
    did('cat', 'item_view', '2026-06-30 23:59:59', { 'consent.sms': 'granted' }),
    did('fay', 'cart', '2026-07-01 00:00:00'),
  ],
  orders: [
    order('ann', 'a1', '2026-06-03 10:00:00', '100', { item_id: 'tea', quantity: '2', channel: 'feed' }),
    {
      ...order('ann', 'a1', '2026-06-03 10:00:00', '50'),
      line_id: '2',
      refund_amount: '20',
      refund_time: '2026-06-20',
    },
    order('dan', 'd1', '2026-06-05 10:00:00', '80', { refund_amount: '80', refund_time: '2026-06-25' }),
    order('fay', 'f1', '2026-07-01 10:00:00', '80'),
    order('ann', 'a2', '2026-07-05 10:00:00', '10'),
  ],
  items: [{ item_id: 'tea', brand: 'Leaf', category_id: 'drinks' }],
  members: [
    { id_user: 'cat', shop: 's1', join_time: '2025-01-01', tier: '3' },
    { id_user: 'cat', shop: 's2', join_time: '2026-01-01', tier: '1' },
    { id_user: 'bob', shop: 's1', join_time: '2025-01-01', quit_time: '2026-06-30', tier: '2' },
    { id_user: 'fay', shop: 's1', join_time: '2026-07-01', tier: '5' },
  ],
  reviews: [],
  consumers: [
    {
      ...{ id_user: 'eve', gender: 'f', city_tier: '2', taste: 'oolong', age_band: '25-34', id_phone: '13800138000' },
      ...{ province: '浙江省', city: '杭州市', 'consent.sms': 'granted' },
    },
    { id_user: 'ann', gender: 'f', city_tier: '1', birth_year: '1990', city: '杭州' },
    { id_user: 'dan', gender: 'm', taste: '12.5', age_band: '65+' },
  ],
};

const home = freshHome();
beforeAll(async () => void (await bring(home, facts)), 60_000);

const cart = { behavior: ['cart'] };
const [first, bought] = [{ did: cart }, { bought: {} }];
const everybody = 'ann bob cat dan eve fay';

type Row = readonly [says: string, rule: unknown, users: string, on?: string];

const rows: readonly Row[] = [
  ['an event of the behaviours, ever until the end of the day', { did: cart }, 'ann bob'],
  ['a synonym is the behaviour it stands for', { did: { behavior: ['add_to_cart'] } }, 'ann bob'],
  ['nothing later than the day is seen', { did: cart }, 'ann bob fay', '2026-07-01'],
  ['each event is one count', { did: { ...cart, count: { min: 3 } } }, 'ann'],
  ['bounds are in', { did: { ...cart, count: { min: 3, max: 3 } } }, 'ann'],
  ['no event numbers zero, so that all others hold', { did: { ...cart, count: { max: 0 } } }, 'cat dan eve fay'],
  ['days are different days', { did: { ...cart, days: { min: 2 } } }, 'ann'],
  ['count stands beside days', { did: { ...cart, days: { max: 1 } } }, 'bob'],
  ['30 days that end on 30 June begin on 1 June', { did: { ...cart, window: { days: 30 }, count: { min: 2 } } }, 'ann'],
  ['29 of them do not', { did: { ...cart, window: { days: 29 } } }, 'bob'],
  ['fixed days, both in', { did: { ...cart, window: { from: '2026-05-31', to: '2026-05-31' } } }, 'ann'],
  [
    'fixed days beyond the day asked see nothing later',
    { did: { ...cart, window: { from: '2026-06-30', to: '2026-07-09' } } },
    '',
  ],
  ['a list of allowed values', { did: { ...cart, where: { channel: ['feed', 'search'] }, count: { min: 3 } } }, 'ann'],
  ['several columns at once', { did: { ...cart, where: { channel: ['feed'], category_id: ['cups'] } } }, 'ann'],
  ['a keyword', { did: { ...cart, where: { keyword: ['mug'] } } }, 'bob'],
  [
    'the item’s brand stands before the row’s',
    { did: { ...cart, where: { brand: ['Leaf'] }, count: { min: 2 } } },
    'ann',
  ],
  ['so the row’s own brand is not asked', { did: { ...cart, where: { brand: ['Other'] } } }, ''],
  ['the item’s category too', { did: { ...cart, where: { category_id: ['drinks'] } } }, 'ann'],

  ['at least one paid line, as of the day', bought, 'ann bob'],
  ['before it was given back, a line is paid', bought, 'ann bob dan', '2026-06-24'],
  ['distinct orders', { bought: { orders: { min: 2 } } }, ''],
  ['distinct pay days', { bought: { days: { min: 1, max: 1 } } }, 'ann bob'],
  ['net amounts in major units', { bought: { amount: { min: 130, max: 130 } } }, 'ann'],
  ['a refund that comes later does not count yet', { bought: { amount: { min: 150 } } }, 'ann', '2026-06-19'],
  ['absent quantity is 1', { bought: { quantity: { min: 3, max: 3 } } }, 'ann'],
  ['no line sums up to 0', { bought: { amount: { max: 30 } } }, 'bob cat dan eve fay'],
  ['lines by their own columns', { bought: { where: { channel: ['feed'] } } }, 'ann'],
  ['lines by their item', { bought: { where: { brand: ['Leaf'] }, amount: { min: 100, max: 100 } } }, 'ann'],
  ['in a window', { bought: { window: { days: 19 } } }, 'bob'],

  ['orders whose lines come to so much', { bought: { order_amount: { min: 130, max: 130 } } }, 'ann'],
  ['and not a line of them', { bought: { order_amount: { min: 100, max: 129 } } }, ''],
  ['no order of so much', { bought: { order_amount: { min: 100 }, orders: { max: 0 } } }, 'bob cat dan eve fay'],
  ['different items bought', { bought: { items: { min: 1 } } }, 'ann'],
  ['different items of events', { did: { ...cart, items: { min: 1, max: 1 } } }, 'ann'],
  ['an event without an item has none', { did: { ...cart, items: { max: 0 } } }, 'bob'],
  ['a second pay day 32 days after the first', { repurchased: { nth: 2, within_days: 32 } }, 'ann', '2026-07-05'],
  ['which is not within 31', { repurchased: { within_days: 31 } }, '', '2026-07-05'],
  ['any pay day but the first', { repurchased: { within_days: 32 } }, 'ann', '2026-07-05'],
  ['no third one', { repurchased: { nth: 3, within_days: 400 } }, '', '2026-07-05'],
  ['RFM: long ago, and much', { rfm: { in: ['LHH'] } }, 'ann'],
  ['RFM: of late, and little', { rfm: { in: ['HHL', 'HLL'] } }, 'bob'],
  ['scores of two buyers: nobody is behind the one', { score: { of: 'recency', max: 1 } }, 'ann'],
  ['and half of them, two whole fifths, behind the other', { score: { of: 'recency', min: 3, max: 3 } }, 'bob'],
  ['who is level has the lowest score of all who are', { score: { of: 'frequency', max: 1 } }, 'ann bob'],
  ['the score of what was spent', { score: { of: 'monetary', min: 2 } }, 'ann'],
  ['who did not buy has no score', { not: { score: { of: 'monetary', min: 1 } } }, 'cat dan eve fay'],
  ['the first by net amount', { top: { by: 'amount', n: 1 } }, 'ann'],
  ['half of those who measure anything', { top: { by: 'amount', percent: 50 } }, 'ann'],
  ['whoever is level with the last is in', { top: { by: 'orders', n: 1 } }, 'ann bob'],
  ['the first by events', { top: { by: 'events', behavior: ['cart'], n: 1 } }, 'ann'],
  ['in a window', { top: { by: 'events', behavior: ['cart'], window: { days: 29 }, n: 1 } }, 'bob'],

  ['in one stage for 28 days, the first and the last in', { stayed: { in: ['P'], days: { min: 28 } } }, 'ann'],
  ['and no longer', { stayed: { in: ['P'], days: { min: 29 } } }, ''],
  ['a stay of that stage only', { stayed: { in: ['I', 'P'], days: { max: 19 } } }, 'bob'],

  ['the stage as of the day', { stage: { in: ['P'] } }, 'ann bob'],
  ['a member is interested', { stage: { in: ['I'] } }, 'cat'],
  ['none may be listed', { stage: { in: ['none'] } }, 'dan eve fay'],
  ['the stage as of another day', { stage: { in: ['I'], on: '2026-06-02' } }, 'ann bob cat'],
  ['moved from one stage to another', { moved: { from: ['I'], to: ['P'], between: ['2026-06-02', on] } }, 'ann bob'],
  ['moved out of all', { moved: { from: ['P'], to: ['none'], between: ['2026-06-24', on] } }, 'dan'],

  ['a member as of the day: whoever quits on it is none', { member: {} }, 'cat'],
  ['the day before, he is one', { member: {} }, 'bob cat', '2026-06-29'],
  ['the tier of the latest joining', { member: { tier: { max: 1 } } }, 'cat'],
  ['not that of an earlier one', { member: { tier: { min: 2 } } }, ''],

  ['a tag of a column', { tag: { name: 'gender', in: ['f'] } }, 'ann eve'],
  ['a number, however it is written', { tag: { name: 'city_tier', in: [1, '2'] } }, 'ann eve'],
  ['a number within bounds', { tag: { name: 'birth_year', range: { min: 1990, max: 1990 } } }, 'ann'],
  ['a tag of one’s own', { tag: { name: 'taste', in: ['oolong'] } }, 'eve'],
  ['a text is no number', { tag: { name: 'taste', range: { min: 0 } } }, 'dan'],
  ['a tag that nobody has', { tag: { name: 'mood', in: ['good'] } }, ''],
  ['the age in the year of the day', { age: { min: 36, max: 36 } }, 'ann'],
  ['an age band within bounds', { age: { min: 25, max: 34 } }, 'eve'],
  ['an age band as a whole', { age: { min: 30 } }, 'ann dan'],
  ['an open age band has no upper bound', { age: { max: 90 } }, 'ann eve'],
  ['a province by either name', { region: { province: ['浙江'] } }, 'eve'],
  ['a city by either name', { region: { city: ['杭州市'] } }, 'ann eve'],
  ['places all at once', { region: { city: ['杭州'], city_tier: [1] } }, 'ann'],
  ['an identifier of a type', { has: { id: ['phone'] } }, 'eve'],
  ['of any of the types', { has: { id: ['email', 'user'] } }, everybody],
  ['the last word on a purpose, else the profile’s', { consent: { purpose: 'sms' } }, 'cat eve'],
  ['which was another before', { consent: { purpose: 'sms' } }, 'bob eve', '2026-06-11'],
  ['a refusal', { consent: { purpose: 'sms', is: 'denied' } }, 'bob'],
  ['all are 100 % of a sample', { sample: { percent: 100 } }, everybody],

  ['one after the other', { sequence: { steps: [first, bought], within_days: 2 } }, 'ann bob'],
  ['within 47 hours of ann’s second cart', { sequence: { steps: [first, bought], within_days: 47 / 24 } }, 'ann'],
  ['and not within less', { sequence: { steps: [first, bought], within_days: 1.95 } }, ''],
  ['strictly later', { sequence: { steps: [bought, bought], within_days: 30 } }, ''],
  [
    'none of these between',
    { sequence: { steps: [first, bought], within_days: 9, without: { did: { behavior: ['complaint'] } } } },
    'ann',
  ],
  [
    'the first and last themselves are not between',
    { sequence: { steps: [first, first], within_days: 1, without: { did: cart } } },
    'ann',
  ],
  [
    'a nearer beginning serves where the first has one between',
    { sequence: { steps: [first, bought], within_days: 9, without: { did: cart } } },
    'ann bob',
  ],
  ['three steps', { sequence: { steps: [first, first, bought], within_days: 3 } }, 'ann'],

  ['all hold', { all: [{ did: cart }, { tag: { name: 'gender', in: ['f'] } }] }, 'ann'],
  ['at least one holds', { any: [{ member: {} }, { tag: { name: 'gender', in: ['m'] } }] }, 'cat dan'],
  ['it does not hold, of every consumer of the home', { not: { did: cart } }, 'cat dan eve fay'],
  ['all of nothing is everybody', { all: [] }, everybody],
  ['any of nothing is nobody', { any: [] }, ''],
  ['not of not', { not: { not: { did: cart } } }, 'ann bob'],
  ['not of all is any of nots', { not: { all: [{ did: cart }, { member: {} }] } }, 'ann bob cat dan eve fay'],
];

describe('a rule means', () => {
  let found: string[][] = [];
  beforeAll(async () => {
    found = await usersOf(
      home,
      rows.map(([, rule, , day = on]) => ({ rule, on: day })),
    );
  }, 60_000);
  test.each(rows.map(([says, , users], i) => [says, users, i] as const))('%s', (_, users, i) => {
    expect(found[i]?.join(' ')).toBe(users);
  });
});
