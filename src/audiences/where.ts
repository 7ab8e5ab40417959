import { z } from 'zod';
import { spaced } from '../base/spaced.ts';
import type { Text } from '../base/text.ts';
import { synonyms } from '../model/behaviors.ts';
import { behaviorWords } from '../model/behaviorWords.ts';
import { inBrands, inCategories } from '../model/scope.ts';
import { type Fragment, id, join, sql } from '../warehouse/sql.ts';

const values = z.array(z.string().min(1).max(500)).min(1).max(10_000);

const titles = {
  platform: { zh: '平台', en: 'platform' },
  channel: { zh: '渠道', en: 'channel' },
  campaign_id: { zh: '活动', en: 'campaign' },
  creative_id: { zh: '创意', en: 'creative' },
  content_id: { zh: '内容', en: 'content' },
  creator_id: { zh: '达人', en: 'creator' },
  item_id: { zh: '商品', en: 'item' },
  category_id: { zh: '类目', en: 'category' },
  brand: { zh: '品牌', en: 'brand' },
  keyword: { zh: '关键词', en: 'keyword' },
} as const satisfies Record<string, Text>;
type Place = keyof typeof titles;
const places = Object.keys(titles) as Place[]; // as: the keys of a literal

/** Allowed values of columns of an event or a paid line; every column given must have one of its values. */
export const where = z.strictObject(
  Object.fromEntries(places.map((place) => [place, values.optional()])) as Record<Place, z.ZodOptional<typeof values>>,
);
export type Where = z.infer<typeof where>;

const given = (conditions: Where | undefined) =>
  places.flatMap((place) => {
    const allowed = conditions?.[place];
    return allowed ? [[place, allowed] as const] : [];
  });

/** Rows whose columns have allowed values; an item's category and brand stand before the row's. */
export function inPlaces(conditions: Where | undefined): Fragment {
  const tests = given(conditions).map(([place, allowed]) => {
    if (place === 'brand') return inBrands(allowed);
    return place === 'category_id' ? inCategories(allowed) : sql`${id(place)} IN ${allowed}`;
  });
  return tests.length === 0 ? sql`1` : join(tests, ' AND ');
}

/** How many values a sentence names. */
const NAMED = 5;

/** Values of a list as a sentence names them. */
export function listText(list: readonly (string | number)[]): Text {
  const some = list.slice(0, NAMED);
  const more = list.length - some.length;
  return {
    zh: `${some.join('、')}${more > 0 ? ` 等 ${list.length} 项` : ''}`,
    en: more > 0 ? `${some.join(', ')} and ${more} more` : some.join(' or '),
  };
}

/** Behaviours as a sentence names them; one that the vocabulary does not know stands as it is written. */
export function behaviorsText(behaviors: readonly string[]): Text {
  const called = behaviors.map((each) => behaviorWords[synonyms[each] ?? each] ?? { zh: each, en: each });
  return { zh: listText(called.map(({ zh }) => zh)).zh, en: listText(called.map(({ en }) => within(en))).en };
}

/** A title within a sentence. */
const within = (title: string): string => title.charAt(0).toLowerCase() + title.slice(1);

/** ` with channel search or feed`; empty where nothing is asked. */
export function whereText(conditions: Where | undefined): Text {
  const told = given(conditions).map(([place, allowed]) => ({ title: titles[place], list: listText(allowed) }));
  if (told.length === 0) return { zh: '', en: '' };
  return {
    zh: `（${told.map(({ title, list }) => spaced`${title.zh}为${list.zh}`).join('，')}）`,
    en: ` with ${told.map(({ title, list }) => `${title.en} ${list.en}`).join(' and ')}`,
  };
}
