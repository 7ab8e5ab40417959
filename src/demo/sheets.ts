import type { EntityName } from '../model/entities.ts';
import { dayOf, timeText } from './calendar.ts';
import { brand, giftItem } from './catalog.ts';
import {
  DEVICE,
  type Household,
  type Membership,
  OPENID,
  type Order,
  type OrderLine,
  type Person,
  PHONE,
  type Review,
  shopPhoneBase,
  type Touch,
  USER,
} from './household.ts';
import { deviceCell, type Names, namesOf, namesOn, phoneForm, shopPhone } from './identifiers.ts';
import { ageBand } from './profiles.ts';
import { nth } from './random.ts';
import { csvLine, headers, yuan } from './rows.ts';
import { type Piece, Sheet } from './sheet.ts';
import { counters, shops, type World } from './world.ts';

type Table = keyof typeof headers;

/** The files of the demo brand: people go in a household at a time, pieces of bytes come out. */
export class Sheets {
  private readonly world: World;
  private readonly ready: Piece[] = [];
  private readonly events: Sheet[] = [];
  private readonly monthOf: number[] = [];
  private readonly others: Readonly<Record<Exclude<Table, 'events'> | 'reviews', Sheet>>;
  private eventCount = 0;

  /** `monthly`: the events of each month in a file of their own. */
  constructor(world: World, parts: 'monthly' | 'one') {
    this.world = world;
    const sheet = (name: Exclude<Table, 'events'>) => new Sheet(name, `${name}.csv`, headers[name], this.ready);
    this.others = {
      orders: sheet('orders'),
      items: sheet('items'),
      consumers: sheet('consumers'),
      members: sheet('members'),
      media_spend: sheet('media_spend'),
      contents: sheet('contents'),
      creators: sheet('creators'),
      inventory: sheet('inventory'),
      reviews: new Sheet('reviews', 'reviews.jsonl', [], this.ready),
    };
    this.openEvents(parts);
  }

  /** Writes all rows of a household. */
  addHousehold(household: Household): void {
    const names = household.persons.map((person) => namesOf(person, household.index));
    for (const touch of household.touches) this.addTouch(touch, nth(names, touch.who));
    for (const order of household.orders) this.addOrder(order, nth(names, order.who));
    for (const membership of household.memberships) this.addMember(membership, nth(names, membership.who));
    for (const review of household.reviews) this.addReview(review, nth(names, review.who));
    for (const person of household.persons) this.addProfile(person, nth(names, person.who));
  }

  /** Writes lines that are about no person. */
  addLines(name: 'media_spend' | 'contents' | 'creators' | 'inventory' | 'items', lines: Iterable<string>): void {
    for (const line of lines) this.others[name].add(line);
  }

  /** Pieces that are full; all that is left when `last`. */
  take(which: 'full' | 'last'): Piece[] {
    if (which === 'last') for (const sheet of this.all()) sheet.flush();
    return this.ready.splice(0);
  }

  /** Rows in each file. */
  counts(): { file: string; entity: EntityName; rows: number }[] {
    return this.all().map(({ file, entity, rows }) => ({ file, entity, rows }));
  }

  private all(): Sheet[] {
    return [...this.events, ...Object.values(this.others)];
  }

  private openEvents(parts: 'monthly' | 'one'): void {
    const months = new Map<string, number>();
    for (const day of this.world.calendar.days) {
      const file = parts === 'one' ? 'events.csv' : `events-${day.slice(0, 7)}.csv`;
      const index = months.get(file) ?? this.events.length;
      if (index === this.events.length) this.events.push(new Sheet('events', file, headers.events, this.ready));
      months.set(file, index);
      this.monthOf.push(index);
    }
  }

  private addTouch(touch: Touch, names: Names): void {
    const { calendar, media } = this.world;
    const { at, behavior, ids, slot, odd } = touch;
    const day = dayOf(at);
    const row = this.eventCount++;
    const user = ids & USER ? names.user : '';
    const device = deviceCell(ids & DEVICE ? names.device : '', odd);
    const openid = ids & OPENID ? names.openid : '';
    const phone =
      odd >= shopPhoneBase ? shopPhone(odd - shopPhoneBase) : ids & PHONE ? phoneForm(names.phone, row) : '';
    if (slot >= 0) media.count(behavior, slot, day);
    const tail = slot >= 0 ? media.tail(slot, day) : touch.tail;
    nth(this.events, this.monthOf[day] ?? 0).add(
      `e${row.toString(36)},${timeText(calendar, at)},${behavior},${user},${device},${openid},${phone}${tail}`,
    );
  }

  private addOrder(order: Order, names: Names): void {
    order.lines.forEach((line, i) => {
      const on = namesOn(names, order.ids, this.others.orders.rows);
      this.others.orders.add(
        csvLine([
          ...[order.id, i + 1, this.time(order.at), this.time(order.payAt), order.status],
          ...[on.user, on.device, on.openid, on.phone],
          ...this.itemCells(line.item),
          ...[shops[order.platform], order.platform, counters[order.platform]],
          ...moneyCells(line),
          line.refunded > 0 ? this.time(line.refundAt) : undefined,
        ]),
      );
    });
  }

  private itemCells(index: number): readonly string[] {
    if (index < 0) return [giftItem, 'C901', brand];
    const item = nth(this.world.catalog.items, index);
    return [item.id, item.categoryId, item.brand];
  }

  private addMember(membership: Membership, names: Names): void {
    const on = namesOn(names, membership.ids, this.others.members.rows);
    const shop = on.user === '' ? shops.wechat : shops.tmall;
    this.others.members.add(
      csvLine([
        ...[on.member, on.user, on.openid, on.phone, names.member.slice(5)],
        ...[this.time(membership.joinAt), this.time(membership.quitAt), membership.tier, membership.points, shop],
      ]),
    );
  }

  private addReview(review: Review, names: Names): void {
    const on = namesOn(names, review.ids, 0);
    const row = {
      review_id: review.id,
      review_time: this.time(review.at),
      ...(on.user !== '' && { id_user: on.user }),
      ...(on.device !== '' && { id_device: on.device }),
      ...(on.openid !== '' && { id_openid: on.openid }),
      item_id: nth(this.world.catalog.items, review.item).id,
      order_id: review.orderId,
      rating: review.rating,
      text: review.text,
      append: review.append,
    };
    this.others.reviews.add(`${JSON.stringify(row)}\n`);
  }

  private addProfile({ profile }: Person, names: Names): void {
    if (!profile) return;
    const age = Number(this.world.calendar.end.slice(0, 4)) - profile.birthYear;
    this.others.consumers.add(
      csvLine([
        ...[names.user, profile.gender, profile.birthYear, ageBand(age), profile.province, profile.city, profile.tier],
        ...[profile.spendLevel, profile.occupation, profile.babyAge, profile.skin],
      ]),
    );
  }

  private time(at: number): string | undefined {
    return at < 0 ? undefined : timeText(this.world.calendar, at);
  }
}

function moneyCells({ quantity, list, amount, refunded }: OrderLine): readonly (string | number | undefined)[] {
  return [quantity, yuan(list), yuan(amount), refunded > 0 ? yuan(refunded) : undefined];
}
