import { dayOf, historyDays, historyEnd, peakOf, secondsPerDay } from './calendar.ts';
import { DEVICE, OPENID, type Order, type OrderLine, type Person, PHONE, USER } from './household.ts';
import { leanings, rowIds, shopOf, wave } from './journey.ts';
import { nth, weighted } from './random.ts';
import { tailText, yuan } from './rows.ts';
import { appendText, reviewText } from './words.ts';
import { itemOn, itemTail, moment, type Scene, shops, shopTail, touch } from './world.ts';

/** Chance that an order is followed by another within 90 days: a 精致妈妈's is twice the others'. */
export const repeatChance = { mother: 0.4, other: 0.2 } as const;
/** Of paid orders: refunded wholly, refunded in part. */
export const refundChance = { whole: 0.045, part: 0.03 } as const;

const lineCounts = weighted([60, 25, 10, 5]);
const ratings = weighted([5, 4, 8, 15, 68]);
const longest = 12;

/** A buyer's orders over the two years, with all that leads to them and follows. */
export function buy(scene: Scene, person: Person): void {
  const { random, world } = scene;
  let day = random.draw(world.calendar.buyDays);
  for (let i = 0; i < longest && day < historyDays; i++) {
    approach(scene, person, day);
    const order = placeOrder(scene, person, day, 'paid');
    refund(scene, order);
    review(scene, order);
    if (random.chance(0.1)) placeOrder(scene, person, day, random.pick(['unpaid', 'cancelled', 'closed']));
    const gap = gapAfter(scene, person);
    if (gap === 0) return;
    day += gap;
  }
}

/** Days to the next order, 0 for none. */
function gapAfter({ random }: Scene, person: Person): number {
  if (random.chance(person.mother ? repeatChance.mother : repeatChance.other)) {
    return 12 + Math.min(random.below(77), random.below(77));
  }
  return random.chance(0.14) ? random.between(95, 330) : 0;
}

/** Ads in the fortnight before an order, for most orders. */
function approach(scene: Scene, person: Person, day: number): void {
  const leaning = nth(leanings, 3);
  if (scene.random.chance(0.55)) wave(scene, person, leaning, Math.max(0, day - scene.random.between(3, 14)));
}

function placeOrder(scene: Scene, person: Person, day: number, outcome: string): Order {
  const { random, household } = scene;
  const platform = shopOf(scene, person);
  const at = moment(scene, day);
  const payAt = outcome === 'paid' ? Math.min(historyEnd - 1, at + random.between(15, 900)) : -1;
  const lines = chooseLines(scene, at);
  const date = (scene.world.calendar.days[day] ?? '').slice(2).replaceAll('-', '');
  const order: Order = {
    id: `${date}${String(household.index).padStart(8, '0')}${String(household.orders.length).padStart(2, '0')}`,
    who: person.who,
    ids: orderIds(scene, person, platform),
    at,
    payAt,
    status: outcome === 'paid' ? paidStatus(day) : outcome,
    platform,
    lines,
  };
  household.orders.push(order);
  shopFor(scene, person, order);
  return order;
}

/** Searches, views, carts and claims before an order, and its payment as the shop logs it. */
function shopFor(scene: Scene, person: Person, order: Order): void {
  const { random, world } = scene;
  const see = (behavior: string, at: number, tail: string) =>
    touch(scene, person, { at, behavior, ids: rowIds(scene, person, order.platform), tail });
  const words = random.chance(0.5) ? world.brandWords : world.genericWords;
  const searched = words === world.brandWords ? 'brand_search' : 'search';
  if (person.has & USER && random.chance(0.5)) {
    touch(scene, person, { at: order.at - 1500, behavior: searched, ids: USER, tail: random.pick(words) });
  }
  for (const line of order.lines) {
    if (line.item < 0) continue;
    const tail = itemTail(world, order.platform, line.item);
    const cartAt = order.at - cartLead(scene, dayOf(order.at));
    see('item_view', cartAt - random.between(20, 200), tail);
    if (random.chance(0.4)) see('item_view', order.at - random.between(30, 900), tail);
    if (random.chance(0.12)) see('favorite', cartAt - 10, tail);
    if (random.chance(0.7)) see('cart', cartAt, tail);
  }
  if (random.chance(0.3)) see('coupon_claim', order.at - 300, shopTail(world, order.platform));
  if (order.payAt >= 0) see('pay', order.payAt, payTail(scene, order));
}

/** Seconds between cart and order: carts of a festival are filled in its pre-heat. */
function cartLead({ random, world }: Scene, day: number): number {
  const peak = peakOf(world.calendar.days[day] ?? '');
  const festive = peak === '618' || peak === 'D11';
  if (festive && random.chance(0.6)) return random.between(1, 12) * secondsPerDay;
  return random.chance(0.3) ? random.between(1, 3) * secondsPerDay : random.between(60, 1200);
}

function payTail({ world }: Scene, order: Order): string {
  const first = nth(world.catalog.items, nth(order.lines, 0).item);
  const amount = order.lines.reduce((sum, line) => sum + line.amount, 0);
  const quantity = order.lines.reduce((sum, line) => sum + line.quantity, 0);
  return tailText({
    ...{ brand: first.brand, shop: shops[order.platform], platform: order.platform, item_id: first.id },
    ...{ category_id: first.categoryId, order_id: order.id, quantity, amount: yuan(amount) },
  });
}

/** One to four items, the pair of the first among the likeliest; now and then a gift at no price. */
function chooseLines(scene: Scene, at: number): OrderLine[] {
  const { random, world } = scene;
  const lines: OrderLine[] = [];
  const count = 1 + random.draw(lineCounts);
  const launched = (item: number) => nth(world.catalog.items, item).launch <= (world.calendar.days[dayOf(at)] ?? '');
  let item = itemOn(scene, at);
  for (let i = 0; i < count; i++) {
    const pair = nth(world.catalog.items, item).pair;
    if (i > 0) item = random.chance(0.5) && launched(pair) ? pair : itemOn(scene, at);
    if (lines.some((line) => line.item === item)) continue;
    lines.push(priced(scene, item, at));
  }
  if (random.chance(0.08)) lines.push({ item: -1, quantity: 1, list: 0, amount: 0, refunded: 0, refundAt: -1 });
  return lines;
}

function priced({ random, world }: Scene, item: number, at: number): OrderLine {
  const quantity = random.chance(0.84) ? 1 : random.between(2, 3);
  const list = nth(world.catalog.items, item).price * quantity;
  const share = (world.calendar.discounts[dayOf(at)] ?? 1) - random.below(10) / 100;
  return { item, quantity, list, amount: Math.round((list * share) / 10) * 10, refunded: 0, refundAt: -1 };
}

/** Who an order says it is from; the phone for delivery stands on most. */
function orderIds({ random }: Scene, { has }: Person, platform: string): number {
  const phone = random.chance(0.6) ? has & PHONE : 0;
  if (platform === 'wechat') return OPENID | phone;
  if (platform === 'douyin' || platform === 'xiaohongshu') return DEVICE | phone;
  return USER | phone;
}

function paidStatus(day: number): string {
  if (day > historyDays - 3) return 'paid';
  return day > historyDays - 10 ? 'shipped' : 'finished';
}

function refund({ random }: Scene, order: Order): void {
  const whole = random.chance(refundChance.whole);
  if (!whole && !random.chance(refundChance.part)) return;
  const at = order.payAt + random.between(3600, 14 * secondsPerDay);
  const unknown = random.chance(0.03);
  if (at >= historyEnd) return;
  const lines = order.lines.filter((line) => line.amount > 0);
  for (const line of whole ? lines : [random.pick(lines)]) {
    line.refunded = whole ? line.amount : Math.round((line.amount * random.between(2, 8)) / 10);
    line.refundAt = unknown ? -1 : at;
  }
}

function review(scene: Scene, order: Order): void {
  const { random, household, world } = scene;
  if (!random.chance(0.33)) return;
  const at = moment(scene, dayOf(order.payAt) + random.between(4, 18));
  const line = nth(order.lines, 0);
  const rating = line.refunded > 0 ? random.between(1, 3) : 1 + random.draw(ratings);
  const category = nth(world.catalog.items, line.item).categoryId;
  const row = { who: order.who, ids: order.ids & ~PHONE, item: line.item, orderId: order.id, rating };
  const id = `r${order.id}`;
  if (at < historyEnd) {
    household.reviews.push({ ...row, id, at, text: reviewText(random, rating, category), append: false });
  }
  const later = moment(scene, dayOf(at) + random.between(10, 40));
  if (random.chance(0.1) && later < historyEnd) {
    const text = appendText(random, rating, category);
    household.reviews.push({ ...row, id: `${id}a`, at: later, text, append: true });
  }
}
