import fc from 'fast-check';
import { addDays, type Day } from '../../src/base/day.ts';
import { type Dice, dice } from './dice.ts';
import type { Row, Rows } from './world.ts';

export interface WorldSize {
  /** People in the world; some are one consumer, and some rows are of nobody. */
  readonly consumers: number;
  /** Half of all happens in so many days up to `end`, half at the edges of windows that end there. */
  readonly days: number;
  /** The day to ask for; asked for an earlier one, a part lies ahead. A few refunds and quittings come up to two days later. */
  readonly end: Day;
}

/** Twenty-four people, two months beside the edges. */
export const usualSize: WorldSize = { consumers: 24, days: 60, end: '2026-06-30' };

/** The same dense, nasty little world for the same seed: about six happenings a person. */
export function smallWorld(seed: number, size: WorldSize = usualSize): Rows {
  const roll = dice(seed);
  return rowsOfHappenings(
    Array.from({ length: size.consumers * 6 }, () => roll.int(2 ** 31)),
    size,
  );
}

/** Worlds for properties; a counterexample shrinks to few happenings. */
export function worlds(size: WorldSize = usualSize): fc.Arbitrary<Rows> {
  return fc
    .uniqueArray(fc.nat(), { maxLength: size.consumers * 6, size: 'max' })
    .map((seeds) => rowsOfHappenings(seeds, size));
}

/** What one happening adds to the files. */
type Happening = Partial<Rows>;

/** The ways a seed can go, all as likely; orders stand twice. */
const kinds: readonly ((setting: Setting) => Happening)[] = [
  (setting) => touch(setting, passives),
  (setting) => touch(setting, ['item_view', 'shop_visit', 'pv', 'view']),
  (setting) => touch(setting, actives, [0, 1, 2, 3]),
  (setting) => touch(setting, others),
  follow,
  order,
  order,
  payEvent,
  membership,
  review,
];

const passives = 'impression click exposure content_view video_view live_view scan search page_view'.split(' ');
const actives = (
  'brand_search favorite fav cart add_to_cart join interact like comment share collect coupon_claim benefit_claim ' +
  'sample_claim trial_apply consult reserve deposit live_interact group_join'
).split(' ');
const others = 'return complaint quit block refund dance'.split(' ');

/** Days before `end` at which a window of contract §4 begins or ends, and their neighbours. */
const edges = [0, 1, 13, 14, 15, 16, 28, 29, 30, 31, 363, 364, 365, 366, 910, 911, 912, 913];

/** What a happening is made of: its own number, its luck, and the size of the world. */
interface Setting {
  readonly seed: number;
  readonly roll: Dice;
  readonly size: WorldSize;
}

function rowsOfHappenings(seeds: readonly number[], size: WorldSize): Rows {
  const happenings = [...new Set(seeds)].map((seed) => {
    const roll = dice(seed);
    return roll.of(kinds)({ seed, roll, size });
  });
  const all = (entity: keyof Rows): Row[] => happenings.flatMap((happening) => happening[entity] ?? []);
  return {
    events: withoutTies(all('events'), followings, (row) => row.event_time ?? ''),
    orders: all('orders'),
    items,
    members: withoutTies(all('members'), null, (row) => `${row.shop} ${row.join_time}`),
    reviews: all('reviews'),
  };
}

const followings = ['follow', 'favorite_shop', 'unfollow'];

/** Leaves out rows that nothing but their place tells apart, where the contract does not say which is the later. */
function withoutTies(rows: Row[], behaviors: readonly string[] | null, keyOf: (row: Row) => string): Row[] {
  const seen = new Set<string>();
  return rows.filter((row) => {
    if (behaviors !== null && !behaviors.includes(row.behavior ?? '')) return true;
    const isNew = !seen.has(keyOf(row));
    seen.add(keyOf(row));
    return isNew;
  });
}

/** Items whose brand and category go before the row's, are absent, or both. */
const items: readonly Row[] = [
  { item_id: 'i0', title: 'tea, "green"', brand: 'X', category_id: 'c0' },
  { item_id: 'i1', title: '茶', brand: 'Y', category_id: 'c1' },
  { item_id: 'i2', title: 'no brand', brand: '', category_id: 'c0' },
  { item_id: 'i3', title: 'no category', brand: 'X', category_id: '' },
  { item_id: 'i4', title: 'neither', brand: '', category_id: '' },
];

function goods(roll: Dice): Row {
  return {
    item_id: roll.of(['', 'i0', 'i1', 'i2', 'i3', 'i4', 'in no file']),
    category_id: roll.of(['', '', 'c0', 'c1', 'c2']),
    brand: roll.of(['', '', 'X', 'Y', 'Z']),
  };
}

/** Rarely an event told twice under its event_id, or two equal events without one. */
function told(setting: Setting, row: Row): Row[] {
  const named = setting.roll.chance(0.5) ? { event_id: `e${setting.seed}`, ...row } : row;
  return setting.roll.chance(0.05) ? [named, { ...named }] : [named];
}

function touch(setting: Setting, behaviors: readonly string[], fifths: readonly number[] = [0, 1, 2, 3, 4]): Happening {
  const { roll } = setting;
  const who = person(setting, fifths);
  const row = { event_time: moment(setting, day(setting)), behavior: roll.of(behaviors), ...who, ...goods(roll) };
  return { events: told(setting, row) };
}

/** Following has a brand at most: the contract leaves open what a category would mean. */
function follow(setting: Setting): Happening {
  const { roll } = setting;
  const who = person(setting, [0, 2]);
  const words = roll.of([['follow'], ['unfollow'], ['favorite_shop', 'unfollow'], ['follow', 'unfollow', 'follow']]);
  const since = day(setting);
  const brand = roll.of(['', '', 'X', 'Y']);
  return {
    events: words.map((behavior, index) => ({
      event_time: moment(setting, addDays(since, index + 1 - words.length)),
      behavior,
      brand,
      ...who,
    })),
  };
}

function order(setting: Setting): Happening {
  const { seed, roll } = setting;
  const who = person(setting, [1, 3]);
  const ordered = day(setting);
  const paid = roll.chance(0.15) ? addDays(ordered, 1) : ordered;
  const pay_time = roll.chance(0.3) ? '' : moment(setting, paid, '23:59:59');
  const order_id = `o${seed}`;
  const status = roll.of(['', '', 'paid', 'done', 'unpaid', 'cancelled', 'closed', 'shipped', 'paid', 'paid']);
  const order_time = moment(setting, ordered, '00:00:00');
  const named = roll.chance(0.5);
  const lines = Array.from({ length: 1 + roll.int(3) }, (_, index) => ({
    order_id,
    line_id: named ? String(index + 1) : '',
    order_time,
    pay_time,
    status,
    ...who,
    ...goods(roll),
    ...money(setting, paid),
  }));
  const echo = { event_time: moment(setting, paid, '23:59:59'), behavior: roll.of(['pay', 'buy']), order_id, ...who };
  return { orders: lines, events: roll.chance(0.3) ? told(setting, echo) : [] };
}

/** An amount, and perhaps a refund: part, but a fen, full or more; long before, on, after the asked day, or undated. */
function money(setting: Setting, paid: Day): Row {
  const { roll, size } = setting;
  const fen = roll.chance(0.05) ? 0 : 1 + roll.int(50_000);
  if (roll.chance(0.6)) return { amount: yuan(fen), refund_amount: '', refund_time: '' };
  const back = roll.of([Math.floor(fen / 3), Math.max(0, fen - 1), fen, fen, fen + 1]);
  const when = roll.of([addDays(paid, -1), paid, addDays(paid, 1), addDays(paid, 7), size.end, addDays(size.end, 1)]);
  return {
    amount: yuan(fen),
    refund_amount: yuan(back),
    refund_time: roll.chance(0.25) ? '' : moment(setting, when),
  };
}

const yuan = (fen: number): string => (fen / 100).toFixed(2);

/** A payment told only by an event, its order in no file or absent, and perhaps undone. */
function payEvent(setting: Setting): Happening {
  const { seed, roll } = setting;
  const who = person(setting, [1, 3]);
  const paid = day(setting);
  const order_id = roll.chance(0.3) ? '' : `told by events only ${seed}`;
  const pay = {
    event_time: moment(setting, paid),
    behavior: roll.of(['pay', 'buy', 'purchase']),
    order_id,
    amount: roll.chance(0.2) ? '' : yuan(roll.int(50_000)),
    ...who,
    ...goods(roll),
  };
  if (roll.chance(0.6)) return { events: told(setting, pay) };
  const since = addDays(paid, roll.of([0, 1, 7, 400]));
  const whose = roll.chance(0.8) ? who : person(setting, [1, 3]);
  const refund = { event_time: moment(setting, since), behavior: 'refund', order_id, ...whose };
  return { events: [...told(setting, pay), refund] };
}

function membership(setting: Setting): Happening {
  const { seed, roll } = setting;
  const who = person(setting, [0]);
  const joined = day(setting);
  const quit = addDays(joined, roll.of([0, 1, 14, 30, 365]));
  const shop = roll.of(['', 's1']);
  const first = {
    ...who,
    member_no: `m${seed}`,
    join_time: moment(setting, joined, '00:00:00'),
    quit_time: roll.chance(0.5) ? '' : moment(setting, quit, '23:59:59'),
    shop,
  };
  const again = { ...first, join_time: moment(setting, addDays(quit, 1)), quit_time: '' };
  return { members: first.quit_time !== '' && roll.chance(0.4) ? [first, again] : [first] };
}

/** A review as an entity or as an event, of any rating or none. */
function review(setting: Setting): Happening {
  const { seed, roll } = setting;
  const who = person(setting, [1, 3, 0]);
  const time = moment(setting, day(setting));
  const rating = roll.of(['', '1', '3', '4', '4', '5', '5']);
  const what = goods(roll);
  if (roll.chance(0.3)) {
    return { events: told(setting, { event_time: time, behavior: 'review', value: rating, ...who, ...what }) };
  }
  return { reviews: [{ review_id: `r${seed}`, review_time: time, rating, ...who, item_id: what.item_id ?? '' }] };
}

/** Half the days lie at a window's edge, half anywhere. */
function day({ roll, size }: Setting): Day {
  return addDays(size.end, -(roll.chance(0.5) ? roll.of(edges) : roll.int(size.days)));
}

/** A moment of the day: its first, its last, or any; `only` fixes the edge it may be. Two days past `end` time stops. */
function moment({ roll, size }: Setting, wanted: Day, only?: '00:00:00' | '23:59:59'): string {
  const stop = addDays(size.end, 2);
  const on = wanted < stop ? wanted : stop;
  if (roll.chance(0.1)) return `${on} ${only ?? '00:00:00'}`;
  if (roll.chance(0.1)) return `${on} ${only ?? '23:59:59'}`;
  const two = (below: number) => String(roll.int(below)).padStart(2, '0');
  return `${on} ${two(24)}:${two(60)}:${two(60)}`;
}

/**
 * Who a row is about: somebody of these fifths of the people (so that some never buy, some never join and some do no more than look), known by
 * one to four identifiers, some shared, blocked or written otherwise.
 */
function person({ roll, size }: Setting, fifths: readonly number[]): Row {
  const stranger = roll.chance(0.03);
  if (stranger) return { id_user: roll.of(['', '0', 'anonymous']), id_device: roll.of(['', '-', 'ffffff', 'Unknown']) };
  const among = Array.from({ length: size.consumers }, (_, index) => index).filter((n) => fifths.includes(n % 5));
  const who = among.length === 0 ? 0 : roll.of(among);
  const own = roll.chance(0.8) ? { id_user: `u${who}` } : { id_user: '', id_phone: phone(roll, who) };
  return {
    ...own,
    ...(roll.chance(0.15) ? { id_phone: phone(roll, who) } : {}),
    ...(roll.chance(0.1) ? { id_email: roll.of([`p${who}@qian.example`, ` P${who}@Qian.Example`]) } : {}),
    ...(roll.chance(0.35) ? { id_device: device(roll, who) } : {}),
  };
}

/** One's own number in four spellings; people 5 and 10, 15 and 20, ... are a family with one number. */
function phone(roll: Dice, who: number): string {
  const family = who % 10 === 0 && who > 0 ? who - 5 : who;
  const digits = `1390000${String(family).padStart(4, '0')}`;
  return roll.of([digits, `+86 ${digits.slice(0, 3)}-${digits.slice(3)}`, `0086${digits}`, `86${digits}`]);
}

/**
 * One's own device, a blocked value, the shop's till that so many have used that it mostly links nobody, or its tablet
 * that few have used, so that it links them.
 */
function device(roll: Dice, who: number): string {
  return roll.of([
    `d${who}`,
    `d${who}`,
    `d${who}`,
    'till',
    'till',
    'till',
    'till',
    'NULL',
    roll.chance(0.2) ? 'tablet' : '0',
  ]);
}
