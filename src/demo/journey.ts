import { dayOf, historyEnd, secondsPerDay } from './calendar.ts';
import { DEVICE, OPENID, type Person, PHONE, USER } from './household.ts';
import { type Channel, channels, idlePlaces, slotOf } from './media.ts';
import { nth, weighted } from './random.ts';
import { itemOn, itemTail, moment, push, type Scene, type shops, shopTail, touch } from './world.ts';

/** How far a kind of person goes on a visit; all are chances but `waves` and `ctr`. */
export interface Leaning {
  readonly name: string;
  readonly share: number;
  /** Runs of ads over the two years, from and to. */
  readonly waves: readonly [number, number];
  /** Multiplies the channel's own click rate. */
  readonly ctr: number;
  readonly search: number;
  readonly brandSearch: number;
  readonly favorite: number;
  readonly cart: number;
  readonly coupon: number;
  readonly interact: number;
  readonly follow: number;
  readonly join: number;
}

type Row = readonly [
  string,
  number,
  [number, number],
  number,
  ...[number, number, number, number, number, number],
  number,
  number,
];

const rows: readonly Row[] = [
  ['路人', 60, [1, 2], 0.6, 0.02, 0, 0.01, 0.005, 0, 0.004, 0.002, 0],
  ['逛逛', 25, [1, 5], 1.4, 0.25, 0.04, 0.06, 0.06, 0.02, 0.03, 0.03, 0.02],
  ['种草', 9, [2, 7], 2, 0.3, 0.25, 0.16, 0.2, 0.1, 0.14, 0.3, 0.16],
  ['买家', 6, [1, 5], 1.8, 0.25, 0.2, 0.1, 0.16, 0.1, 0.06, 0.3, 0.4],
];

export const leanings: readonly Leaning[] = rows.map(
  ([name, share, waves, ctr, search, brandSearch, favorite, cart, coupon, interact, follow, join]): Leaning => ({
    name,
    share,
    waves,
    ctr,
    search,
    brandSearch,
    favorite,
    cart,
    coupon,
    interact,
    follow,
    join,
  }),
);

const placeTables = Object.fromEntries(
  (['user', 'device', 'openid'] as const).map((known) => [
    known,
    weighted(channels.map((channel) => (channel.known === known ? channel.share : 0))),
  ]),
);

/** Runs of ads and the visits they lead to, over the two years. */
export function wander(scene: Scene, person: Person, leaning: Leaning): void {
  const { random, world } = scene;
  const waves = random.between(...leaning.waves);
  for (let i = 0; i < waves; i++) wave(scene, person, leaning, random.draw(world.calendar.touchDays));
}

/** A few days of ads at one place. */
export function wave(scene: Scene, person: Person, leaning: Leaning, day: number): void {
  const { random } = scene;
  const place = random.draw(placeTables[knownBy(scene, person)] ?? new Uint16Array(1));
  const channel = nth(channels, place);
  const slot = slotOf(place, random.below(3));
  let seen = 1;
  while (seen < 7 && random.chance(0.62)) seen++;
  for (let i = 0; i < seen; i++) {
    const at = moment(scene, day + random.below(5));
    const ids = rowIds(scene, person, channel.platform);
    const who = person.who;
    if (random.chance(0.004)) {
      push(scene, { at, behavior: 'impression', who, ids: 0, tail: '', slot, odd: random.between(1, 3) });
      continue;
    }
    push(scene, { at, behavior: 'impression', who, ids, tail: '', slot, odd: 0 });
    if (channel.kind === 'content') readContent(scene, person, leaning, at);
    if (channel.kind === 'live') watchLive(scene, person, channel, at);
    if (!random.chance(channel.ctr * leaning.ctr)) continue;
    push(scene, { at: at + random.between(1, 20), behavior: 'click', who, ids, tail: '', slot, odd: 0 });
    visit(scene, person, leaning, channel.platform, at + 25);
  }
  if (person.has & USER && random.chance(leaning.search)) search(scene, person, leaning, day + random.below(7));
}

/** Pages and items seen in the shop, and what comes of them. */
export function visit(scene: Scene, person: Person, leaning: Leaning, platform: string, from: number): void {
  const { random, world } = scene;
  const see = (behavior: string, at: number, tail: string) =>
    touch(scene, person, { at, behavior, ids: rowIds(scene, person, platform), tail });
  const shop = shopTail(world, platform);
  if (random.chance(0.3)) see(random.chance(0.6) ? 'shop_visit' : 'page_view', from, shop);
  const item = itemOn(scene, from);
  const tail = itemTail(world, platform, item);
  see('item_view', from + 5, tail);
  if (random.chance(0.45))
    see('item_view', from + random.between(40, 400), itemTail(world, platform, itemOn(scene, from)));
  if (random.chance(0.2)) see('item_view', from + random.between(1, 4) * secondsPerDay, tail);
  if (random.chance(leaning.favorite)) see('favorite', from + 60, tail);
  if (random.chance(leaning.cart)) see('cart', from + 90, tail);
  if (random.chance(leaning.coupon)) see('coupon_claim', from + 95, shop);
  if (random.chance(leaning.coupon / 3)) see('consult', from + 120, tail);
}

function search(scene: Scene, person: Person, leaning: Leaning, day: number): void {
  const { random, world } = scene;
  const at = moment(scene, Math.min(729, day));
  const forBrand = random.chance(leaning.brandSearch);
  const tail = random.pick(forBrand ? world.brandWords : world.genericWords);
  touch(scene, person, {
    at,
    behavior: forBrand ? 'brand_search' : 'search',
    ids: rowIds(scene, person, 'taobao'),
    tail,
  });
  if (random.chance(0.5)) visit(scene, person, leaning, 'tmall', at + 20);
}

function readContent(scene: Scene, person: Person, leaning: Leaning, at: number): void {
  const { random, world } = scene;
  const out = world.contents.published[Math.min(729, dayOf(at))] ?? 0;
  if (out === 0 || !random.chance(0.4)) return;
  const tail = nth(world.contents.tails, Math.max(0, out - 1 - Math.min(random.below(60), random.below(60))));
  const ids = rowIds(scene, person, 'xiaohongshu');
  touch(scene, person, { at: at + 2, behavior: 'content_view', ids, tail });
  if (!random.chance(leaning.interact)) return;
  touch(scene, person, {
    at: at + 45,
    behavior: random.pick(['like', 'like', 'collect', 'comment', 'share']),
    ids,
    tail,
  });
}

function watchLive(scene: Scene, person: Person, channel: Channel, at: number): void {
  const { random, world } = scene;
  if (!random.chance(0.3)) return;
  const ids = rowIds(scene, person, channel.platform);
  const tail = itemTail(world, channel.platform, itemOn(scene, at));
  touch(scene, person, { at: at + 3, behavior: 'live_view', ids, tail });
  if (random.chance(0.15)) touch(scene, person, { at: at + 200, behavior: 'live_interact', ids, tail });
}

/** The splash ad falls on one in twelve by chance alone, whoever they are and whatever they do. */
export function splash(scene: Scene, set: number): void {
  const { random } = scene;
  if (!random.chance(1 / 12)) return;
  const person = scene.household.persons.find((one) => (set >> (one.who * 4)) & 7);
  if (!person) return;
  const held = (set >> (person.who * 4)) & 7;
  const ids = held & USER || held & DEVICE || OPENID;
  const place = idlePlaces[ids === USER ? 'user' : ids === DEVICE ? 'device' : 'openid'];
  const slot = slotOf(place, random.below(3));
  const times = random.between(1, 3);
  for (let i = 0; i < times; i++) {
    const at = random.below(historyEnd);
    push(scene, { at, behavior: 'impression', who: person.who, ids, tail: '', slot, odd: 0 });
  }
}

/** Identifiers a platform gives away on a row; now and then one more, which is how people are linked. */
export function rowIds({ random }: Scene, person: Person, platform: string): number {
  const { has, linked } = person;
  const also = (ids: number, chance: number) => (linked && has & ids && random.chance(chance) ? has & ids : 0);
  if ((platform === 'taobao' || platform === 'tmall') && has & USER) return USER | also(DEVICE, 0.06);
  if (platform === 'wechat' && has & OPENID) return OPENID | also(PHONE, 0.15);
  if (has & DEVICE) return DEVICE | also(USER, 0.12);
  return has & USER || OPENID;
}

/** How the place of the next ad knows the person. */
function knownBy({ random }: Scene, { has }: Person): 'user' | 'device' | 'openid' {
  if (has & OPENID && (!(has & (USER | DEVICE)) || random.chance(0.2))) return 'openid';
  if (has & DEVICE && (!(has & USER) || random.chance(0.45))) return 'device';
  return 'user';
}

/** The platform whose shop the person uses. */
export function shopOf({ random }: Scene, { has }: Person): keyof typeof shops {
  if (has & DEVICE && (!(has & USER) || random.chance(0.2))) return random.chance(0.8) ? 'douyin' : 'xiaohongshu';
  if (has & OPENID && (!(has & USER) || random.chance(0.12))) return 'wechat';
  return random.chance(0.75) ? 'tmall' : 'taobao';
}
