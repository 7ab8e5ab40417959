/** What audience rules look at, row by row: people, their events and their paid lines as of a day (contract §4, §5). */
import { addDays, type Day } from '../../src/base/day.ts';
import { idsOf, type Row, type World, world } from '../oracle/world.ts';
import type { Facts } from './facts.ts';

export type Range = { readonly min?: number; readonly max?: number };
export type Window = { readonly days?: number; readonly from?: Day; readonly to?: Day };
export type Where = Readonly<Record<string, readonly string[]>>;
export type Act = { readonly behavior: readonly string[]; readonly window?: Window; readonly where?: Where };
export type Purchase = { readonly window?: Window; readonly where?: Where };

export const cell = (row: Row, name: string): string => row[name] ?? '';
export const number = (text: string): number => (text === '' ? Number.NaN : Number(text));
export const within = (value: number, { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }: Range) =>
  value >= min && value <= max;
const cents = (text: string): number => Math.round(Number(text) * 100);

/** "W is `{"days": n}` (the n business days ending `on`) or `{"from": DATE, "to": DATE}`; absent = ever" */
function inWindow(day: Day, window: Window | undefined, on: Day): boolean {
  if (day > on) return false;
  if (!window) return true;
  if (window.days !== undefined) return day > addDays(on, -window.days);
  return day >= (window.from ?? '') && day <= (window.to ?? '');
}

/** One person's rows, by entity. */
export interface Person {
  readonly user: string;
  readonly events: readonly Row[];
  readonly orders: readonly Row[];
  readonly members: readonly Row[];
  readonly profiles: readonly Row[];
}

export interface Universe {
  readonly people: readonly Person[];
  readonly items: ReadonlyMap<string, Row>;
  readonly ordered: ReadonlySet<string>;
  readonly world: World;
  readonly numbers: ReadonlyMap<string, number>;
}

export function universe(facts: Facts): Universe {
  const of = (rows: readonly Row[], user: string) => rows.filter((row) => row.id_user === user);
  const users = [
    ...new Set(
      [...facts.events, ...facts.orders, ...facts.members, ...facts.consumers].map((row) => cell(row, 'id_user')),
    ),
  ];
  const known = world(facts);
  return {
    people: users.map((user) => ({
      user,
      events: of(facts.events, user),
      orders: of(facts.orders, user),
      members: of(facts.members, user),
      profiles: of(facts.consumers, user),
    })),
    items: new Map(facts.items.map((row) => [cell(row, 'item_id'), row])),
    ordered: new Set(facts.orders.map((row) => cell(row, 'order_id'))),
    world: known,
    numbers: new Map([...known.lives].map(([consumer, life]) => [idsOf(life, 'id_user')[0] ?? '', consumer])),
  };
}

/** "an item's category and brand stand in `items`, else on the row" */
function inPlaces(row: Row, where: Where | undefined, { items }: Universe): boolean {
  return Object.entries(where ?? {}).every(([place, allowed]) => {
    const item = items.get(cell(row, 'item_id'));
    const own = place === 'brand' || place === 'category_id' ? item?.[place] : undefined;
    return allowed.includes(own || cell(row, place));
  });
}

export interface Paid {
  readonly row: Row;
  readonly at: string;
  readonly day: Day;
  readonly order: string;
  readonly cents: number;
  readonly quantity: number;
}

const refundedBy = (row: Row, day: Day, on: Day): number => {
  if (cell(row, 'refund_amount') === '') return 0;
  return (cell(row, 'refund_time').slice(0, 10) || day) <= on ? cents(cell(row, 'refund_amount')) : 0;
};

/** Contract §4, paid lines as of `on`. */
function paidOf(person: Person, on: Day, { ordered }: Universe): Paid[] {
  const lines = person.orders.flatMap((row) => {
    const at = cell(row, 'pay_time') || cell(row, 'order_time');
    const [day, amount] = [at.slice(0, 10), cents(cell(row, 'amount'))];
    const back = refundedBy(row, day, on);
    if (['unpaid', 'cancelled', 'closed'].includes(cell(row, 'status')) || amount <= 0 || back >= amount) return [];
    return [
      {
        row,
        at,
        day,
        order: cell(row, 'order_id'),
        cents: amount - back,
        quantity: Number(cell(row, 'quantity') || '1'),
      },
    ];
  });
  const told = person.events.flatMap((row, i) => {
    if (row.behavior !== 'pay' || ordered.has(cell(row, 'order_id'))) return [];
    const order = cell(row, 'order_id');
    const undone = (each: Row) =>
      each.behavior === 'refund' && cell(each, 'order_id') === order && cell(each, 'event_time').slice(0, 10) <= on;
    if (order !== '' && person.events.some(undone)) return [];
    const at = cell(row, 'event_time');
    const quantity = Number(cell(row, 'quantity') || '1');
    return [
      {
        row,
        at,
        day: at.slice(0, 10),
        order: order || `event ${i}`,
        cents: cents(cell(row, 'amount') || '0'),
        quantity,
      },
    ];
  });
  return [...lines, ...told].filter(({ day }) => day <= on);
}

export const actsOf = (person: Person, act: Act, on: Day, all: Universe): Row[] =>
  person.events.filter(
    (row) =>
      act.behavior.includes(cell(row, 'behavior')) &&
      inWindow(cell(row, 'event_time').slice(0, 10), act.window, on) &&
      inPlaces(row, act.where, all),
  );

export const purchasesOf = (person: Person, { window, where }: Purchase, on: Day, all: Universe): Paid[] =>
  paidOf(person, on, all).filter(({ day, row }) => inWindow(day, window, on) && inPlaces(row, where, all));
