import { active, afterPurchase, passive, synonyms } from '../model/behaviors.ts';
import type { Kind } from '../model/entities.ts';
import { statusWords } from '../model/orderStatus.ts';
import { as, type Fragment, sql } from '../warehouse/sql.ts';

/** How times without an offset are read, and what counts as not yet happened. */
export interface Clock {
  readonly zone: string;
  /** ISO moment of the import. */
  readonly now: string;
}

/** A cell's text as its stored value; NULL where the text is not one. The text is known not to be empty. */
export function parsedAs(kind: Kind, text: Fragment, clock: Clock, format?: string): Fragment {
  switch (kind) {
    case 'text':
      return text;
    case 'behavior':
      return behavior(text);
    case 'time':
    case 'date':
    case 'plan':
      return format ? patterned(text, clock, format) : moment(text, clock);
    case 'money':
      return minor(decimal(text));
    case 'number':
      return number(text);
    case 'rating':
      return sql`if(${number(text)} BETWEEN 1 AND 5, ${number(text)}, NULL)`;
    case 'flag':
      return sql`transform(lower(${text}), ['true', '1', 'yes', 'y', '是', 'false', '0', 'no', 'n', '否'], [1, 1, 1, 1, 1, 0, 0, 0, 0, 0], NULL)`;
    case 'gender':
      return sql`transform(lower(${text}), ['f', 'female', '女', 'm', 'male', '男'], ['f', 'f', 'f', 'm', 'm', 'm'], ${text})`;
    case 'status':
      return sql`transform(lower(${text}), ${Object.keys(statusWords)}, ${Object.values(statusWords)}, lower(${text}))`;
  }
}

const words = [...passive, ...active, ...afterPurchase, 'pay'];
const spoken = [...Object.keys(synonyms), ...words];
const meant = [...Object.values(synonyms), ...words];

/** A word of the vocabulary whatever its case, a synonym's meaning, or the word as it stands. */
function behavior(text: Fragment): Fragment {
  return sql`toLowCardinality(transform(lower(${text}), ${spoken}, ${meant}, ${text}))`;
}

/** ISO-like, with or without time and offset; two-digit hours and minutes are checked here, the calendar by the engine. */
const written =
  '^[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}([T ]+([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,9})?)?)?( ?(Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}))?$';

/** Epoch seconds or milliseconds, `YYYYMMDD[HHmmss]`, or a written time. Note: all digits of eight places are a date. */
function moment(text: Fragment, { zone }: Clock): Fragment {
  const digits = sql`toInt64OrNull(${text})`;
  const epoch = sql`multiIf(length(${text}) = 13, ${digits}, length(${text}) BETWEEN 9 AND 11, ${digits} * 1000, NULL)`;
  const compact = sql`concat(substring(${text}, 1, 4), '-', substring(${text}, 5, 2), '-', substring(${text}, 7, 2),
    if(length(${text}) = 14, concat(' ', substring(${text}, 9, 2), ':', substring(${text}, 11, 2), ':', substring(${text}, 13, 2)), ''))`;
  const plain = sql`replaceRegexpOne(replaceRegexpOne(${text}, '^([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日', '\\\\1-\\\\2-\\\\3'), 'Z$', '+00:00')`;
  const parsed = (value: Fragment) =>
    sql`if(match(${value}, ${written}), parseDateTime64BestEffortOrNull(${value}, 3, ${zone}), NULL)`;
  return sql`multiIf(
    isNotNull(${digits}) AND length(${text}) IN (8, 14), ${parsed(compact)},
    isNotNull(${digits}), toDateTime64(fromUnixTimestamp64Milli(ifNull(${epoch}, -1), ${zone}), 3, ${zone}),
    ${parsed(plain)})`;
}

function patterned(text: Fragment, { zone }: Clock, format: string): Fragment {
  return sql`toDateTime64(parseDateTimeInJodaSyntaxOrNull(${text}, ${format}, ${zone}), 3, ${zone})`;
}

const least = as('1970-01-01 00:00:00', "DateTime64(3, 'UTC')");
const most = as('2149-06-01 00:00:00', "DateTime64(3, 'UTC')");

/** A parsed moment, or NULL outside what days can hold in 16 bits: 1970 to 2149. */
export function bounded(kind: Kind, value: Fragment, { zone }: Clock): Fragment {
  if (kind === 'time') return sql`if(${value} >= ${least} AND ${value} < ${most}, ${value}, NULL)`;
  if (kind === 'date' || kind === 'plan')
    return sql`if(${value} >= ${least} AND ${value} < ${most}, toDate(${value}, ${zone}), NULL)`;
  return value;
}

/** Minor units of an amount below what 64 bits hold; NULL beyond. */
function minor(amount: Fragment): Fragment {
  return sql`toInt64OrNull(toString(round(if(abs(${amount}) < 90000000000000000, ${amount}, NULL) * 100)))`;
}

/** A number with six places, whatever thousands separators, currency signs and units people write into it; or NULL. */
export function decimal(text: Fragment): Fragment {
  const bare = sql`replaceRegexpAll(${text}, '[¥￥$€£,，元\\\\s]', '')`;
  return sql`ifNull(${fixed(text)}, ${fixed(bare)})`;
}

/** Note: the engine by itself takes a second point for none: 1.2.3 would be 1.23. */
function fixed(text: Fragment): Fragment {
  return sql`if(countSubstrings(${text}, '.') < 2, toDecimal128OrNull(${text}, 6), NULL)`;
}

function number(text: Fragment): Fragment {
  const value = sql`ifNull(toFloat64OrNull(${text}), toFloat64OrNull(replaceAll(${text}, ',', '')))`;
  return sql`if(isFinite(${value}), ${value}, NULL)`;
}

/** True for a moment more than a day after the import's own clock. */
export function isFuture(value: Fragment, { now }: Clock): Fragment {
  return sql`${value} > toDateTime64(${now.replace('T', ' ').replace('Z', '')}, 3, 'UTC') + INTERVAL 1 DAY`;
}
