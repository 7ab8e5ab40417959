import { z } from 'zod';
import { spaced } from '../../base/spaced.ts';
import { synonyms } from '../../model/behaviors.ts';
import { type Fragment, sql } from '../../warehouse/sql.ts';
import { every, measured, range, rangeText } from '../range.ts';
import { defineKind } from '../rule.ts';
import { behaviorsText, inPlaces, where, whereText } from '../where.ts';
import { inWindow, window, windowText } from '../window.ts';

const acts = {
  behavior: z.array(z.string().min(1).max(100)).min(1).max(200),
  window: window.optional(),
  where: where.optional(),
};

/** Events of these behaviours, whatever their number. */
export const act = z.strictObject(acts);
export type Act = z.infer<typeof act>;

/** The rows of `events` that are such an event. */
export function isAct(given: Act, on: string): Fragment {
  return sql`${isActAnywhere(given, on)} AND ${inPlaces(given.where)}`;
}

/** The rows that are such an event, wherever it happened. */
function isActAnywhere({ behavior, window: days }: Act, on: string): Fragment {
  const meant = behavior.map((each) => synonyms[each] ?? each);
  return sql`behavior IN ${meant} AND ${inWindow(days, on)}`;
}

export const didBody = z.strictObject({
  ...acts,
  count: range.optional(),
  days: range.optional(),
  items: range.optional(),
});

/** Events of these behaviours in a window: so many, on so many different days, of so many different items. Payments of orders are `bought`. */
export const did = defineKind<z.infer<typeof didBody>>({
  name: 'did',
  schema: didBody,
  example: '{"did": {"behavior": ["cart"], "window": {"days": 30}, "count": {"min": 2}}}',
  flag: ({ count = { min: 1 }, days, items, ...body }, { plan, on }) => {
    const test = isAct(body, on);
    const measure = (aggregate: Fragment) => plan.measure('events', aggregate, test, isActAnywhere(body, on));
    return every([
      measured(measure(sql`countIf(${test})`), count),
      ...(days ? [measured(measure(sql`uniqExactIf(day, ${test})`), days)] : []),
      ...(items ? [measured(measure(sql`uniqExactIf(item_id, ${test} AND item_id != '')`), items)] : []),
    ]);
  },
  sentence: ({ behavior, window: span, where: places, count = { min: 1 }, days, items }) => {
    const [what, when, times, there] = [behaviorsText(behavior), windowText(span), rangeText(count), whereText(places)];
    const [on, of] = [days && rangeText(days), items && rangeText(items)];
    return {
      zh: spaced`${when.zh}有${what.zh}${there.zh}${times.zh}次${on ? spaced`，在${on.zh}个不同的日子` : ''}${of ? spaced`，涉及${of.zh}个不同的商品` : ''}`,
      en: `${what.en}${there.en} ${times.en} ${plural(times.en, 'time')} ${when.en}${on ? ` on ${on.en} different ${plural(on.en, 'day')}` : ''}${of ? ` of ${of.en} different ${plural(of.en, 'item')}` : ''}`,
    };
  },
});

/** The word for a number told in English: one, or several. */
const plural = (count: string, word: string): string => (/(^| )1$/.test(count) ? word : `${word}s`);
