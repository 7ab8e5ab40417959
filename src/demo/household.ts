import type { Profile } from './profiles.ts';

/** Identifiers a row can carry, as bits; the phone is the household's. */
export const USER = 1;
export const DEVICE = 2;
export const OPENID = 4;
export const MEMBER = 8;
export const PHONE = 1 << 16;
const bitsEach = 4;

/** A value that stands where an identifier should, and links nothing. */
export const junk = ['', '0', 'unknown', '000000000000'] as const;
/** `odd` of an event from here on: the shop's own phones, one after the other. */
export const shopPhoneBase = junk.length;

/** One row of the events files before it is written. */
export interface Touch {
  /** Second of the history. */
  readonly at: number;
  readonly behavior: string;
  /** Which of the household. */
  readonly who: number;
  /** Identifiers on the row, of bits above. */
  readonly ids: number;
  /** Cells after the identifiers, empty where `slot` says them. */
  readonly tail: string;
  /** Place and creative of an ad, -1 for none. */
  readonly slot: number;
  /** 0, a place in `junk` for the device, or `shopPhoneBase` + a shop phone. */
  readonly odd: number;
}

/** A line of an order; money in fen, `refundAt` -1 when the export left it empty. */
export interface OrderLine {
  readonly item: number;
  readonly quantity: number;
  readonly list: number;
  readonly amount: number;
  refunded: number;
  refundAt: number;
}

export interface Order {
  readonly id: string;
  readonly who: number;
  readonly ids: number;
  readonly at: number;
  /** Second of payment, -1 when never paid. */
  readonly payAt: number;
  readonly status: string;
  readonly platform: string;
  readonly lines: OrderLine[];
}

export interface Membership {
  readonly who: number;
  readonly ids: number;
  readonly joinAt: number;
  /** -1 for a member to this day. */
  readonly quitAt: number;
  readonly tier: number;
  readonly points: number;
}

export interface Review {
  readonly id: string;
  readonly who: number;
  readonly ids: number;
  readonly at: number;
  readonly item: number;
  readonly orderId: string;
  readonly rating: number;
  readonly text: string;
  readonly append: boolean;
}

export interface Person {
  readonly who: number;
  /** Distinct over the whole brand. */
  readonly number: number;
  /** Identifiers the person owns. */
  readonly has: number;
  /** False for one whose identifiers are never seen together on a row about touches. */
  readonly linked: boolean;
  readonly profile: Profile | undefined;
  readonly mother: boolean;
}

/** People who share one phone (most often one person), and all that is known of them. */
export interface Household {
  readonly index: number;
  readonly persons: Person[];
  readonly touches: Touch[];
  readonly orders: Order[];
  readonly memberships: Membership[];
  readonly reviews: Review[];
  /** In the campaign week: 0 not planted, 1 stays aware, 2 becomes interested. */
  planted: 0 | 1 | 2;
}

export function emptyHousehold(index: number): Household {
  return { index, persons: [], touches: [], orders: [], memberships: [], reviews: [], planted: 0 };
}

/** A row's identifiers as bits that are distinct over the household. */
export function node(who: number, ids: number): number {
  return ((ids & 15) << (who * bitsEach)) | (ids & PHONE);
}

/** Consumers of the household under the default identity rules: sets of identifiers that some chain of rows links. */
export function linkedSets(household: Household): number[] {
  const sets: number[] = [];
  const see = (row: { readonly who: number; readonly ids: number }) => addLink(sets, node(row.who, row.ids));
  household.touches.forEach(see);
  household.orders.forEach(see);
  household.memberships.forEach(see);
  household.reviews.forEach(see);
  for (const person of household.persons) if (person.profile) addLink(sets, node(person.who, USER));
  return sets;
}

/** Sets stay disjoint: those that the row touches become one. */
function addLink(sets: number[], ids: number): void {
  if (ids === 0) return;
  let joined = ids;
  let kept = 0;
  for (const set of sets) {
    if ((set & ids) === ids) return;
    if ((set & ids) === 0) sets[kept++] = set;
    else joined |= set;
  }
  sets.length = kept;
  sets.push(joined);
}
