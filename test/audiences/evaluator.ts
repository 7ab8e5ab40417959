/** Contract §5 by hand: who qualifies, row by row, with nothing of the product but the arithmetic of days. */
import { addDays, type Day } from '../../src/base/day.ts';
import { stageOn } from '../oracle/stage.ts';
import { idsOf, type Row, type World, world } from '../oracle/world.ts';
import type { Facts } from './facts.ts';

type Range = { readonly min?: number; readonly max?: number };
type Window = { readonly days?: number; readonly from?: Day; readonly to?: Day };
type Where = Readonly<Record<string, readonly string[]>>;
export type Act = { readonly behavior: readonly string[]; readonly window?: Window; readonly where?: Where };
export type Purchase = { readonly window?: Window; readonly where?: Where };
export type Step = { readonly did: Act } | { readonly bought: Purchase };

export type Rule =
  | { readonly all: readonly Rule[] }
  | { readonly any: readonly Rule[] }
  | { readonly not: Rule }
  | { readonly did: Act & { readonly count?: Range; readonly days?: Range } }
  | {
      readonly bought: Purchase & {
        readonly orders?: Range;
        readonly days?: Range;
        readonly amount?: Range;
        readonly quantity?: Range;
      };
    }
  | { readonly stage: { readonly in: readonly string[]; readonly on?: Day } }
  | {
      readonly moved: {
        readonly from: readonly string[];
        readonly to: readonly string[];
        readonly between: readonly [Day, Day];
      };
    }
  | { readonly member: { readonly tier?: Range } }
  | { readonly tag: { readonly name: string; readonly in?: readonly (string | number)[]; readonly range?: Range } }
  | {
      readonly sequence: {
        readonly steps: readonly Step[];
        readonly within_days: number;
        readonly without?: { readonly did: Act };
      };
    };

const cell = (row: Row, name: string): string => row[name] ?? '';
const number = (text: string): number => (text === '' ? Number.NaN : Number(text));
const within = (value: number, { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }: Range) =>
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

interface Paid {
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

const actsOf = (person: Person, act: Act, on: Day, all: Universe): Row[] =>
  person.events.filter(
    (row) =>
      act.behavior.includes(cell(row, 'behavior')) &&
      inWindow(cell(row, 'event_time').slice(0, 10), act.window, on) &&
      inPlaces(row, act.where, all),
  );

const purchasesOf = (person: Person, { window, where }: Purchase, on: Day, all: Universe): Paid[] =>
  paidOf(person, on, all).filter(({ day, row }) => inWindow(day, window, on) && inPlaces(row, where, all));

const seconds = (at: string): number => Date.parse(`${at.slice(0, 10)}T${at.slice(11) || '00:00:00'}Z`);

function sequenced(
  person: Person,
  rule: Extract<Rule, { sequence: object }>['sequence'],
  on: Day,
  all: Universe,
): boolean {
  const times = rule.steps.map((step) =>
    'did' in step
      ? actsOf(person, step.did, on, all).map((row) => seconds(cell(row, 'event_time')))
      : purchasesOf(person, step.bought, on, all).map(({ at }) => seconds(at)),
  );
  const bad = rule.without
    ? actsOf(person, rule.without.did, on, all).map((row) => seconds(cell(row, 'event_time')))
    : [];
  const goesOn = (first: number, last: number, left: readonly (readonly number[])[]): boolean => {
    const [next, ...rest] = left;
    if (!next) return last - first <= rule.within_days * 86_400_000 && !bad.some((at) => at > first && at < last);
    return next.some((at) => at > last && goesOn(first, at, rest));
  };
  const [starts = [], ...rest] = times;
  return starts.some((at) => goesOn(at, at, rest));
}

function isMember(person: Person, tier: Range | undefined, on: Day): boolean {
  const held = person.members.filter((row) => {
    const quit = cell(row, 'quit_time').slice(0, 10);
    return cell(row, 'join_time').slice(0, 10) <= on && (quit === '' || quit > on);
  });
  const latest = held.toSorted((a, b) => (cell(a, 'join_time') < cell(b, 'join_time') ? -1 : 1)).at(-1);
  return latest !== undefined && (tier === undefined || within(number(cell(latest, 'tier')), tier));
}

function hasDone(person: Person, rule: Extract<Rule, { did: object }>['did'], on: Day, all: Universe): boolean {
  const { count = { min: 1 }, days } = rule;
  const rows = actsOf(person, rule, on, all);
  const different = new Set(rows.map((row) => cell(row, 'event_time').slice(0, 10))).size;
  return within(rows.length, count) && (days === undefined || within(different, days));
}

function hasBought(person: Person, rule: Extract<Rule, { bought: object }>['bought'], on: Day, all: Universe): boolean {
  const { orders, days, amount, quantity } = rule;
  const lines = purchasesOf(person, rule, on, all);
  const sum = (of: (line: Paid) => number) => lines.reduce((total, line) => total + of(line), 0);
  if (!(orders ?? days ?? amount ?? quantity)) return lines.length > 0;
  return (
    (!orders || within(new Set(lines.map(({ order }) => order)).size, orders)) &&
    (!days || within(new Set(lines.map(({ day }) => day)).size, days)) &&
    (!amount || within(sum((line) => line.cents) / 100, amount)) &&
    (!quantity ||
      within(
        sum((line) => line.quantity),
        quantity,
      ))
  );
}

function isTagged(person: Person, { name, in: allowed, range }: Extract<Rule, { tag: object }>['tag']): boolean {
  const value = cell(person.profiles.at(-1) ?? {}, name);
  return value !== '' && (range ? within(number(value), range) : (allowed ?? []).map(String).includes(value));
}

/** Whether a person qualifies as of the end of `on`. */
export function qualifies(person: Person, rule: Rule, on: Day, all: Universe): boolean {
  const stage = (day: Day) => stageOn(all.world, all.numbers.get(person.user) ?? 0, day);
  if ('all' in rule) return rule.all.every((each) => qualifies(person, each, on, all));
  if ('any' in rule) return rule.any.some((each) => qualifies(person, each, on, all));
  if ('not' in rule) return !qualifies(person, rule.not, on, all);
  if ('did' in rule) return hasDone(person, rule.did, on, all);
  if ('bought' in rule) return hasBought(person, rule.bought, on, all);
  if ('stage' in rule) return rule.stage.in.includes(stage(rule.stage.on ?? on));
  if ('moved' in rule) {
    const { from, to, between } = rule.moved;
    return from.includes(stage(between[0])) && to.includes(stage(between[1]));
  }
  if ('member' in rule) return isMember(person, rule.member.tier, on);
  if ('tag' in rule) return isTagged(person, rule.tag);
  return sequenced(person, rule.sequence, on, all);
}
