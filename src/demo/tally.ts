import { dayOf, historyDays } from './calendar.ts';
import type { decliningItem, risingItem } from './catalog.ts';
import { type Household, linkedSets, node, type Order, type OrderLine, PHONE, shopPhoneBase } from './household.ts';
import { idlePlaces, slotOf } from './media.ts';
import { shopPhones } from './people.ts';
import { nth } from './random.ts';
import type { World } from './world.ts';

const repurchaseDays = 90;
const yearDays = 365;
/** Equal parts of the history in which units are counted. */
const parts = 8;
const firstIdleSlot = slotOf(idlePlaces.user, 0);
const lastIdleSlot = slotOf(idlePlaces.openid, 2);
const sampleSize = 100;

/** Counts what is true of the brand, a household at a time and by plain arithmetic. */
export class Tally {
  persons = 0;
  linkedPersons = 0;
  consumers = 0;
  unidentifiedEvents = 0;
  readonly family = { count: 0, households: [] as number[] };
  readonly shopPhoneUsers = Array.from({ length: shopPhones }, () => 0);
  orders = 0;
  paidOrders = 0;
  lines = 0;
  oncePaidLines = 0;
  paidLines = 0;
  buyers = 0;
  netAmount = 0;
  readonly netAmountByCategory: Record<string, number> = {};
  refundedLines = 0;
  readonly stages = { P: 0, L: 0 };
  readonly members = { joined: 0, current: 0 };
  readonly planted = { aware: 0, moved: 0 };
  readonly idle = { exposed: 0, exposedBuyers: 0, others: 0, otherBuyers: 0 };
  readonly repurchase = { mothers: { buyers: 0, again: 0 }, others: { buyers: 0, again: 0 } };
  /** Units of paid lines by item and day: `sold[item * historyDays + day]`. */
  readonly sold: Uint32Array;
  private readonly world: World;

  constructor(world: World) {
    this.world = world;
    this.sold = new Uint32Array(world.catalog.items.length * historyDays);
  }

  add(household: Household): void {
    const sets = linkedSets(household);
    this.persons += household.persons.length;
    this.consumers += sets.length;
    if (household.persons.length > 1) this.addFamily(household.index);
    if (household.planted > 0) this.planted.aware++;
    if (household.planted === 2) this.planted.moved++;
    this.addTouches(household);
    for (const order of household.orders) this.addOrder(order);
    for (const person of household.persons) if (isLinked(person.who, sets)) this.linkedPersons++;
    for (const set of sets) this.addConsumer(household, set);
  }

  /** Units of paid lines of an item in equal parts of the history. */
  unitsOf(itemId: typeof decliningItem | typeof risingItem): number[] {
    const item = this.world.catalog.items.findIndex((one) => one.id === itemId);
    return inParts(this.sold.subarray(item * historyDays, (item + 1) * historyDays));
  }

  allUnits(): number[] {
    return inParts(this.sold);
  }

  private addFamily(index: number): void {
    this.family.count++;
    if (this.family.households.length < sampleSize) this.family.households.push(index);
  }

  private addTouches({ touches }: Household): void {
    for (const { ids, odd } of touches) {
      if (ids === 0) this.unidentifiedEvents++;
      if (odd >= shopPhoneBase) {
        const phone = odd - shopPhoneBase;
        this.shopPhoneUsers[phone] = (this.shopPhoneUsers[phone] ?? 0) + 1;
      }
    }
  }

  private addOrder(order: Order): void {
    this.orders++;
    this.lines += order.lines.length;
    if (order.payAt < 0) return;
    this.paidOrders++;
    for (const line of order.lines) this.addPaid(line, dayOf(order.payAt));
  }

  private addPaid(line: OrderLine, day: number): void {
    if (line.amount > 0) this.oncePaidLines++;
    if (line.amount > 0 && line.refunded >= line.amount) this.refundedLines++;
    if (!isPaid(line)) return;
    const category = nth(this.world.catalog.items, line.item).categoryId;
    const net = line.amount - line.refunded;
    this.paidLines++;
    this.netAmount += net;
    this.netAmountByCategory[category] = (this.netAmountByCategory[category] ?? 0) + net;
    const cell = line.item * historyDays + day;
    this.sold[cell] = (this.sold[cell] ?? 0) + line.quantity;
  }

  private addConsumer(household: Household, set: number): void {
    const mine = (row: { readonly who: number; readonly ids: number }) => (node(row.who, row.ids) & set) !== 0;
    const days = payDays(household.orders.filter(mine));
    const memberships = household.memberships.filter(mine);
    const exposed = household.touches.some((row) => row.slot >= firstIdleSlot && row.slot <= lastIdleSlot && mine(row));
    if (memberships.length > 0) this.members.joined++;
    if (memberships.some(({ quitAt }) => quitAt < 0)) this.members.current++;
    this.addIdle(exposed, days.length > 0);
    if (days.length === 0) return;
    this.buyers++;
    const last = days.filter((day) => day >= historyDays - yearDays);
    const praised = household.reviews.some(
      (one) => mine(one) && one.rating >= 4 && dayOf(one.at) >= historyDays - yearDays,
    );
    this.stages[last.length >= 2 || (last.length === 1 && praised) ? 'L' : 'P']++;
    this.addRepurchase(household, set, days);
  }

  private addIdle(exposed: boolean, bought: boolean): void {
    this.idle[exposed ? 'exposed' : 'others']++;
    if (bought) this.idle[exposed ? 'exposedBuyers' : 'otherBuyers']++;
  }

  private addRepurchase({ persons }: Household, set: number, days: readonly number[]): void {
    const person = persons.find(({ who, profile }) => profile && (node(who, 1) & set) !== 0);
    const [first = 0, second = Number.POSITIVE_INFINITY] = days;
    if (!person || first >= historyDays - repurchaseDays) return;
    const counts = this.repurchase[person.mother ? 'mothers' : 'others'];
    counts.buyers++;
    if (second - first <= repurchaseDays) counts.again++;
  }
}

/** Sums by equal parts of the history; `daily` is one run of days after another. */
function inParts(daily: Uint32Array): number[] {
  const units = Array.from({ length: parts }, () => 0);
  daily.forEach((sold, i) => {
    const part = Math.floor(((i % historyDays) * parts) / historyDays);
    units[part] = (units[part] ?? 0) + sold;
  });
  return units;
}

function isPaid(line: OrderLine): boolean {
  return line.amount > 0 && line.refunded < line.amount;
}

/** The distinct days on which something was paid for and kept, in order. */
function payDays(orders: readonly Order[]): number[] {
  const days = orders.filter(({ payAt, lines }) => payAt >= 0 && lines.some(isPaid)).map(({ payAt }) => dayOf(payAt));
  return [...new Set(days)].sort((a, b) => a - b);
}

function isLinked(who: number, sets: readonly number[]): boolean {
  return sets.some((set) => {
    const own = set & node(who, 15);
    if (own === 0) return false;
    const ids = own | (set & PHONE);
    return (ids & (ids - 1)) !== 0;
  });
}
