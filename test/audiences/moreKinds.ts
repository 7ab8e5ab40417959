/** Audience rules by hand, continued: kinds that the contract leaves to us, by the sentences of docs/audiences.md. */
import { addDays, type Day } from '../../src/base/day.ts';
import type { Row } from '../oracle/world.ts';
import type { Rule } from './evaluator.ts';
import {
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

export type Top = Purchase & {
  readonly by: string;
  readonly behavior?: readonly string[];
  readonly n?: number;
  readonly percent?: number;
};

/** "without a break in that same stage for so many days, the first and the last in" */
export function hasStayed(
  { in: held, days }: Extract<Rule, { stayed: object }>['stayed'],
  on: Day,
  stage: (day: Day) => string,
) {
  const now = stage(on);
  if (now === 'none' || !held.includes(now)) return false;
  const enough = Math.max(days.min ?? 0, (days.max ?? 0) + 1);
  let stay = 1;
  while (stay < enough && stage(addDays(on, -stay)) === now) stay += 1;
  return within(stay, days);
}

/** Those with a paid line in the 365 days: days since the last pay day, pay days, net cents. */
function buyersOf(on: Day, all: Universe) {
  const number = (day: Day) => Date.parse(day) / 86_400_000;
  return all.people.flatMap((person) => {
    const lines = purchasesOf(person, { window: { days: 365 } }, on, all);
    const days = new Set(lines.map(({ day }) => day));
    const r = number(on) - Math.max(...[...days].map(number));
    return lines.length === 0 ? [] : [{ person, r, f: days.size, m: lines.reduce((sum, line) => sum + line.cents, 0) }];
  });
}

/** "1, and one more for every whole fifth of the buyers who are strictly behind" */
function isScored(person: Person, { of, ...range }: Extract<Rule, { score: object }>['score'], on: Day, all: Universe) {
  const buyers = buyersOf(on, all);
  const worth = ({ r, f, m }: (typeof buyers)[number]) => (of === 'recency' ? -r : of === 'frequency' ? f : m);
  const own = buyers.find((buyer) => buyer.person === person);
  if (!own) return false;
  const behind = buyers.filter((buyer) => worth(buyer) < worth(own)).length;
  return within(1 + Math.floor((5 * behind) / buyers.length), range);
}

/** "R ≤ mean R, F ≥ mean F, M ≥ mean M" of those with a paid line in the 365 days. */
function classes(on: Day, all: Universe): Map<Person, string> {
  const buyers = buyersOf(on, all);
  const total = (of: 'r' | 'f' | 'm') => buyers.reduce((sum, buyer) => sum + buyer[of], 0);
  const [r, f, m] = [total('r'), total('f'), total('m')];
  const letter = (is: boolean) => (is ? 'H' : 'L');
  const high = (value: number, sum: number) => value * buyers.length - sum;
  return new Map(
    buyers.map((buyer) => [
      buyer.person,
      letter(high(buyer.r, r) <= 0) + letter(high(buyer.f, f) >= 0) + letter(high(buyer.m, m) >= 0),
    ]),
  );
}

/** "on the nth pay day, or any, within so many days of the pay day before" */
function hasRepurchased(
  person: Person,
  { nth, within_days: most, ...which }: Extract<Rule, { repurchased: object }>['repurchased'],
  on: Day,
  all: Universe,
): boolean {
  const days = [...new Set(purchasesOf(person, which, on, all).map(({ day }) => day))].toSorted();
  const soon = days.map((day, i) => i > 0 && day <= addDays(days[i - 1] ?? '', most));
  return nth === undefined ? soon.includes(true) : soon[nth - 1] === true;
}

/** "the year of the day less the year of birth, else the whole of the age band" */
export function isAged(person: Person, range: Range, on: Day): boolean {
  const profile = person.profiles.at(-1) ?? {};
  if (cell(profile, 'birth_year') !== '')
    return within(Number(on.slice(0, 4)) - number(cell(profile, 'birth_year')), range);
  const bands: Record<string, [number, number]> = { '18-24': [18, 24], '25-34': [25, 34], '65+': [65, 1e9] };
  const [low, high] = bands[cell(profile, 'age_band')] ?? [Number.NaN, Number.NaN];
  return low >= (range.min ?? 0) && high <= (range.max ?? 1e9);
}

function livesIn(person: Person, { province, city, city_tier: tiers }: Extract<Rule, { region: object }>['region']) {
  const profile = person.profiles.at(-1) ?? {};
  const bare = (name: string) => name.replace(/[省市]$/, '');
  const named = (level: string, allowed: readonly string[]) => allowed.map(bare).includes(bare(cell(profile, level)));
  return (
    (!province || named('province', province)) &&
    (!city || named('city', city)) &&
    (!tiers || tiers.includes(number(cell(profile, 'city_tier'))))
  );
}

/** "the last event that tells of it, and where none does, the profile" */
function consents(person: Person, purpose: string, on: Day): string {
  const words: Record<string, string> = { granted: 'granted', 同意: 'granted', denied: 'denied', 否: 'denied' };
  const said = (row: Row) => words[cell(row, `consent.${purpose}`)] ?? '';
  const told = person.events
    .filter((row) => cell(row, 'event_time').slice(0, 10) <= on && said(row) !== '')
    .toSorted((a, b) => cell(a, 'event_time').localeCompare(cell(b, 'event_time')));
  return said(told.at(-1) ?? {}) || said(person.profiles.at(-1) ?? {});
}

/** "the highest first; whoever is level with the last is in too; nobody who measures 0" */
function isTop(person: Person, { by, behavior, n, percent = 0, ...which }: Top, on: Day, all: Universe): boolean {
  const measure = (each: Person): number => {
    if (behavior) return actsOf(each, { behavior, ...which }, on, all).length;
    const lines = purchasesOf(each, which, on, all);
    const sum = (of: (line: Paid) => number) => lines.reduce((total, line) => total + of(line), 0);
    if (by === 'amount') return sum((line) => line.cents);
    if (by === 'quantity') return sum((line) => line.quantity);
    return new Set(lines.map((line) => (by === 'orders' ? line.order : line.day))).size;
  };
  const own = measure(person);
  const others = all.people.map(measure).filter((each) => each > 0);
  const place = 1 + others.filter((each) => each > own).length;
  return own > 0 && place <= (n ?? Math.ceil((others.length * percent) / 100));
}

/** Whether a person qualifies by one of these kinds; undefined where the rule is of another. */
export function qualifiesByMore(person: Person, rule: Rule, on: Day, all: Universe): boolean | undefined {
  if ('rfm' in rule) return rule.rfm.in.includes(classes(on, all).get(person) ?? '');
  if ('score' in rule) return isScored(person, rule.score, on, all);
  if ('repurchased' in rule) return hasRepurchased(person, rule.repurchased, on, all);
  if ('age' in rule) return isAged(person, rule.age, on);
  if ('region' in rule) return livesIn(person, rule.region);
  if ('has' in rule) return hasId(person, rule.has.id);
  if ('consent' in rule) return consents(person, rule.consent.purpose, on) === (rule.consent.is ?? 'granted');
  if ('top' in rule) return isTop(person, rule.top, on, all);
  return undefined;
}

const hasId = (person: Person, types: readonly string[]): boolean =>
  types.some((type) => type === 'user' || person.profiles.some((row) => cell(row, `id_${type}`) !== ''));
