/** Contract §5 by hand: who qualifies, row by row, with nothing of the product but the arithmetic of days. */
import type { Day } from '../../src/base/day.ts';
import { stageOn } from '../oracle/stage.ts';
import type { Row } from '../oracle/world.ts';
import { qualifiesByCrowd } from './crowdKinds.ts';
import { hasStayed, qualifiesByMore, type Top } from './moreKinds.ts';
import {
  type Act,
  actsOf,
  cell,
  number,
  type Paid,
  type Person,
  type Purchase,
  purchasesOf,
  type Range,
  type Universe,
  within,
} from './people.ts';

export { type Act, type Purchase, universe } from './people.ts';

export type Step = { readonly did: Act } | { readonly bought: Purchase };

export type Rule =
  | { readonly all: readonly Rule[] }
  | { readonly any: readonly Rule[] }
  | { readonly not: Rule }
  | { readonly did: Act & { readonly count?: Range; readonly days?: Range; readonly items?: Range } }
  | {
      readonly bought: Purchase & {
        readonly orders?: Range;
        readonly days?: Range;
        readonly amount?: Range;
        readonly quantity?: Range;
        readonly items?: Range;
        readonly order_amount?: Range;
      };
    }
  | { readonly stayed: { readonly in: readonly string[]; readonly days: Range } }
  | { readonly rfm: { readonly in: readonly string[] } }
  | { readonly score: Range & { readonly of: string } }
  | { readonly repurchased: Purchase & { readonly nth?: number; readonly within_days: number } }
  | { readonly age: Range }
  | {
      readonly region: {
        readonly province?: readonly string[];
        readonly city?: readonly string[];
        readonly city_tier?: readonly number[];
      };
    }
  | { readonly has: { readonly id: readonly string[] } }
  | { readonly consent: { readonly purpose: string; readonly is?: string } }
  | { readonly top: Top }
  | { readonly city_tier: Range }
  | { readonly spend_level: Range }
  | { readonly crowd: { readonly taxonomy: string; readonly in: readonly string[] } }
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

const itemsIn = (rows: readonly Row[]): number => new Set(rows.map((row) => cell(row, 'item_id')).filter(Boolean)).size;

/** "orders whose lines come to a net amount within the range" */
function ordersWithin(lines: readonly Paid[], each: Range): number {
  const nets = new Map<string, number>();
  for (const line of lines) nets.set(line.order, (nets.get(line.order) ?? 0) + line.cents);
  return [...nets.values()].filter((net) => within(net / 100, each)).length;
}

function hasDone(person: Person, rule: Extract<Rule, { did: object }>['did'], on: Day, all: Universe): boolean {
  const { count = { min: 1 }, days, items } = rule;
  const rows = actsOf(person, rule, on, all);
  const different = new Set(rows.map((row) => cell(row, 'event_time').slice(0, 10))).size;
  return (
    within(rows.length, count) &&
    (days === undefined || within(different, days)) &&
    (items === undefined || within(itemsIn(rows), items))
  );
}

function hasBought(person: Person, rule: Extract<Rule, { bought: object }>['bought'], on: Day, all: Universe): boolean {
  const { orders, days, amount, quantity, items, order_amount: each } = rule;
  const lines = purchasesOf(person, rule, on, all);
  const sum = (of: (line: Paid) => number) => lines.reduce((total, line) => total + of(line), 0);
  if (!(orders ?? days ?? amount ?? quantity ?? items ?? each)) return lines.length > 0;
  const counted = each ? ordersWithin(lines, each) : new Set(lines.map(({ order }) => order)).size;
  return (
    (!(orders ?? each) || within(counted, orders ?? { min: 1 })) &&
    (!items || within(itemsIn(lines.map(({ row }) => row)), items)) &&
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
  if ('stayed' in rule) return hasStayed(rule.stayed, on, stage);
  if ('sequence' in rule) return sequenced(person, rule.sequence, on, all);
  return qualifiesByMore(person, rule, on, all) ?? qualifiesByCrowd(person, rule, on, all) ?? false;
}
