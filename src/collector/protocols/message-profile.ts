import { readTime } from '../clock.ts';
import { isObject, propsOf, textOf } from '../props.ts';
import type { LiveRow } from '../protocol.ts';
import { type Ids, traitType } from './message-ids.ts';
import type { Message } from './message-json.ts';

const genders: Readonly<Record<string, string>> = { f: 'f', female: 'f', 女: 'f', m: 'm', male: 'm', 男: 'm' };

/** What clients call the columns of a profile, and how a value of theirs is read; undefined where it does not fit. */
const columns: readonly (readonly [column: string, names: readonly string[], read: (value: unknown) => string])[] = [
  ['gender', ['gender', 'sex'], (value) => genders[textOf(value).trim().toLowerCase()] ?? ''],
  ['birth_year', ['birth_year', 'birthYear', 'birthday', 'birth_date', 'dateOfBirth'], birthYear],
  ['age_band', ['age_band', 'ageBand'], word],
  ['province', ['province', 'state', 'region'], word],
  ['city', ['city'], word],
  ['city_tier', ['city_tier', 'cityTier'], within(1, 6)],
  ['spend_level', ['spend_level', 'spendLevel'], within(1, 5)],
  ['occupation', ['occupation', 'job'], word],
  ['baby_age', ['baby_age', 'babyAge'], within(0, 100)],
];

/** The profile that a person's traits tell; undefined where nothing but identifiers is told, or of nobody. */
export function profileRow(ids: Ids, traits: Message): LiveRow | undefined {
  const rest: Record<string, unknown> = { ...traits };
  const address = isObject(traits.address) ? traits.address : {};
  const cells: Record<string, string> = {};
  for (const [column, names, read] of columns) {
    const name = names.find((each) => Object.hasOwn(traits, each) && read(traits[each]) !== '');
    if (name !== undefined) {
      cells[column] = read(traits[name]);
      delete rest[name];
    }
  }
  for (const [column, name] of [
    ['province', 'state'],
    ['city', 'city'],
  ] as const)
    cells[column] ||= word(address[name]);
  for (const name of Object.keys(rest)) if (traitType(name) !== undefined) delete rest[name];
  const told = Object.fromEntries(Object.entries(cells).filter(([, value]) => value !== ''));
  const props = propsOf(rest, Object.values(ids));
  if (Object.keys(ids).length === 0 || Object.keys({ ...told, ...props }).length === 0) return undefined;
  return { entity: 'consumers', cells: { ...ids, ...told }, props };
}

function word(value: unknown): string {
  const text = typeof value === 'string' || typeof value === 'number' ? textOf(value).trim() : '';
  return text.length <= 100 ? text : '';
}

/** A year as such, or the year of a date; a number that could be neither is none. */
function birthYear(value: unknown): string {
  const text = word(value);
  const year = /^(\d{4})(?:$|[-/])/.exec(text)?.[1] ?? yearOf(readTime(value));
  return year !== undefined && Number(year) >= 1900 && Number(year) <= 2100 ? year : '';
}

function yearOf(time: number | undefined): string | undefined {
  return time === undefined ? undefined : String(new Date(time).getUTCFullYear());
}

function within(least: number, most: number): (value: unknown) => string {
  return (value) => {
    const text = word(value);
    return text !== '' && Number(text) >= least && Number(text) <= most ? text : '';
  };
}
