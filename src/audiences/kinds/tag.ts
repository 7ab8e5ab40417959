import { z } from 'zod';
import { spaced } from '../../base/spaced.ts';
import type { Text } from '../../base/text.ts';
import { entities } from '../../model/entities.ts';
import { tagValueWords, tagWords } from '../../model/tagWords.ts';
import { type Fragment, id, join, sql } from '../../warehouse/sql.ts';
import { measured, range, rangeText, within } from '../range.ts';
import { defineKind } from '../rule.ts';
import { listText } from '../where.ts';

const values = z
  .array(z.union([z.string().min(1).max(500), z.number()]))
  .min(1)
  .max(10_000);

const body = z
  .strictObject({ name: z.string().min(1).max(200), in: values.optional(), range: range.optional() })
  .refine((given) => (given.in === undefined) !== (given.range === undefined), {
    message: 'give `in` or `range`, one of them | 须给出 in 或 range 之一',
  });
type Body = z.infer<typeof body>;

/** A consumer's value of a tag: of the last profile row that has one; a number is written without needless zeros. */
function latest(name: string): Fragment {
  const isColumn = entities.consumers.columns.some((column) => column.name === name);
  const cell = isColumn ? sql`ifNull(toString(${id(name)}), '')` : sql`props[${name}]`;
  return sql`argMaxIf(${cell}, (file, line), ${cell} != '')`;
}

function test(value: Fragment, { in: allowed, range: bounds }: Body): Fragment {
  const number = sql`toFloat64OrNull(${value})`;
  if (bounds) return sql`isFinite(${number}) AND ${within(number, bounds)}`;
  const texts = (allowed ?? []).map(String);
  const numbers = (allowed ?? []).filter((each) => typeof each === 'number').map((each) => sql`${number} = ${each}`);
  return join([sql`${value} IN ${texts}`, ...numbers], ' OR ');
}

/** The profile's value of a tag is one of these, or a number within a range; nobody without a value qualifies. */
export const tag = defineKind<Body>({
  name: 'tag',
  schema: body,
  example: '{"tag": {"name": "city_tier", "in": [1, 2]}}',
  flag: (given, { plan }) => {
    const held = sql`toUInt8(ifNull(${test(latest(given.name), given)}, 0))`;
    return measured(plan.measure('profiles', held, sql`1`), { min: 1 });
  },
  sentence: ({ name, in: allowed, range: bounds }) => {
    const title = tagWords[name] ?? { zh: name, en: name };
    const titleEn = tagWords[name] ? title.en.toLowerCase() : name;
    if (bounds) return { zh: spaced`${title.zh}${rangeText(bounds).zh}`, en: `${titleEn} ${rangeText(bounds).en}` };
    const values = (allowed ?? []).map((value) => valueText(name, String(value)));
    const [zh, en] = [listText(values.map((each) => each.zh)).zh, listText(values.map((each) => each.en)).en];
    return { zh: spaced`${title.zh}为${zh}`, en: `${titleEn} is ${en}` };
  },
});

/** What a value is called: a code of a standard tag by its word, any other as it stands. */
function valueText(name: string, value: string): Text {
  const word = tagValueWords[name]?.[value];
  return word ? { zh: word.zh, en: word.en.toLowerCase() } : { zh: value, en: value };
}
