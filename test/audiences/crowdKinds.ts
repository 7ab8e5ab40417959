/** Audience rules by hand, continued: crowds, city tiers and spend levels, by the sentences of docs/audiences.md. */
import type { Day } from '../../src/base/day.ts';
import type { Rule } from './evaluator.ts';
import { isAged } from './moreKinds.ts';
import { cell, number, type Person, purchasesOf, type Universe, within } from './people.ts';

const profileOf = (person: Person) => person.profiles.at(-1) ?? {};

/** "the profile's tier, else that of the city by the table": of the cities of these worlds, two are on it. */
export function tierOf(person: Person): number {
  const profile = profileOf(person);
  const named: Record<string, number> = { 杭州: 2, 南京: 2 };
  return number(cell(profile, 'city_tier')) || (named[cell(profile, 'city').replace('市', '')] ?? Number.NaN);
}

const spentBy = (person: Person, on: Day, all: Universe): number =>
  purchasesOf(person, { window: { days: 365 } }, on, all).reduce((sum, line) => sum + line.cents, 0);

/** "the profile's level, else the fifth of the buyers of a year: 1, and one more for each bound that is reached" */
export function spendOf(person: Person, on: Day, all: Universe): number {
  const told = number(cell(profileOf(person), 'spend_level'));
  if (told > 0) return told;
  const spent = all.people
    .map((each) => spentBy(each, on, all))
    .filter((each) => each > 0)
    .toSorted((a, b) => a - b);
  const own = spentBy(person, on, all);
  if (own <= 0) return Number.NaN;
  return (
    1 +
    [0.2, 0.4, 0.6, 0.8].filter((share) => own >= (spent[Math.floor(share * spent.length)] ?? Number.POSITIVE_INFINITY))
      .length
  );
}

/** The eight in the order of domain knowledge: the first that holds. */
export function crowdOf(person: Person, on: Day, all: Universe): string {
  const profile = profileOf(person);
  const aged = (min: number, max?: number) => isAged(person, max === undefined ? { min } : { min, max }, on);
  const [high, low] = [tierOf(person) <= 3, tierOf(person) >= 4];
  const isMother = cell(profile, 'gender') === 'f' && number(cell(profile, 'baby_age')) <= 12;
  const isManual = cell(profile, 'occupation') === '司机' || spendOf(person, on, all) <= 2;
  const crowds: readonly (readonly [id: string, holds: boolean])[] = [
    ['exquisite_mom', isMother && high && !isAged(person, { max: 17 }, on)],
    ['urban_silver', aged(50) && high],
    ['town_middle_aged', aged(36) && low],
    ['town_youth', aged(18, 35) && low],
    ['z_era', aged(18, 24) && high],
    ['urban_blue_collar', aged(25, 49) && high && isManual],
    ['senior_middle_class', aged(36, 49) && high],
    ['new_white_collar', aged(25, 35) && high],
  ];
  return crowds.find(([, holds]) => holds)?.[0] ?? 'unknown';
}

/** Whether a person qualifies by one of these kinds; undefined where the rule is of another. */
export function qualifiesByCrowd(person: Person, rule: Rule, on: Day, all: Universe): boolean | undefined {
  if ('city_tier' in rule) return within(tierOf(person), rule.city_tier);
  if ('spend_level' in rule) return within(spendOf(person, on, all), rule.spend_level);
  if ('crowd' in rule) return rule.crowd.in.includes(crowdOf(person, on, all));
  return undefined;
}
