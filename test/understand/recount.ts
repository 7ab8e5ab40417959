/** Who has which value of a tag, counted person by person from the rows that came in. */
import type { Day } from '../../src/base/day.ts';
import { crowdOf, spendOf, tierOf } from '../audiences/crowdKinds.ts';
import { qualifies } from '../audiences/evaluator.ts';
import { cell, number, type Person, type Universe } from '../audiences/people.ts';
import { stageOn } from '../oracle/stage.ts';

const told = (value: number): string => (value > 0 ? String(value) : '');

function ageBand(person: Person, on: Day): string {
  const profile = person.profiles.at(-1) ?? {};
  if (cell(profile, 'birth_year') === '') return cell(profile, 'age_band');
  const age = Number(on.slice(0, 4)) - number(cell(profile, 'birth_year'));
  const bands: readonly (readonly [number, string])[] = [
    [50, '50+'],
    [40, '40-49'],
    [35, '35-39'],
    [30, '30-34'],
    [25, '25-29'],
    [18, '18-24'],
  ];
  return bands.find(([from]) => age >= from)?.[1] ?? '<18';
}

const babies: Readonly<Record<string, string>> = { '0': '<1', '12': '7-12', '13': '13+' };

type Value = (person: Person, on: Day, all: Universe) => string;

const written =
  (name: string): Value =>
  (person) =>
    cell(person.profiles.at(-1) ?? {}, name);

const values: Readonly<Record<string, Value>> = {
  gender: written('gender'),
  province: written('province'),
  city: written('city'),
  occupation: written('occupation'),
  taste: written('taste'),
  age_band: ageBand,
  baby_age: (person) => babies[cell(person.profiles.at(-1) ?? {}, 'baby_age')] ?? '',
  city_tier: (person) => told(tierOf(person)),
  spend_level: (person, on, all) => told(spendOf(person, on, all)),
  member: (person, on, all) => (qualifies(person, { member: {} }, on, all) ? 'member' : 'none'),
  stage: (person, on, all) => stageOn(all.world, all.numbers.get(person.user) ?? 0, on),
  'crowd:eight': crowdOf,
};

/** Tags that are counted here. */
export const counted = Object.keys(values);

/** How many of some people have each value of each tag, as `tag value`. */
export function countValues(people: readonly Person[], on: Day, all: Universe): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const person of people)
    for (const [tag, value] of Object.entries(values)) {
      const own = value(person, on, all);
      if (own !== '') counts.set(`${tag} ${own}`, (counts.get(`${tag} ${own}`) ?? 0) + 1);
    }
  return counts;
}
