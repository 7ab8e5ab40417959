import { z } from 'zod';
import { spaced } from '../../base/spaced.ts';
import type { Text } from '../../base/text.ts';
import { type Fragment, id, join, sql } from '../../warehouse/sql.ts';
import { measured } from '../range.ts';
import { defineKind } from '../rule.ts';
import { behaviorsText, whereText } from '../where.ts';
import { windowText } from '../window.ts';
import { isPurchase, purchase } from './bought.ts';
import { act, isAct } from './did.ts';

const HOUR_MS = 3_600_000;

const step = z
  .strictObject({ did: act.optional(), bought: purchase.optional() })
  .refine((given) => (given.did === undefined) !== (given.bought === undefined), {
    message: 'a step is one `did` or one `bought` | 每一步须是一个 did 或一个 bought',
  });
type Step = z.infer<typeof step>;

const body = z.strictObject({
  steps: z.array(step).min(1).max(10),
  within_days: z.number().positive().max(36_500),
  without: z.strictObject({ did: act }).optional(),
});
type Body = z.infer<typeof body>;

/** A moment's mark: of the step `s1`, `s2`..., or of what must not come between, `w`. */
interface Mark {
  readonly name: string;
  readonly source: 'events' | 'paid';
  readonly test: Fragment;
}

function marksOf({ steps, without }: Body, on: string): Mark[] {
  const marks = steps.map((each, i): Mark => {
    const name = `s${i + 1}`;
    if (each.did) return { name, source: 'events', test: isAct(each.did, on) };
    return { name, source: 'paid', test: isPurchase(each.bought ?? {}, on) };
  });
  return without ? [...marks, { name: 'w', source: 'events', test: isAct(without.did, on) }] : marks;
}

/** One row a consumer and moment (`ms`) at which something marked happened, with a column a mark. */
function moments(marks: readonly Mark[], rows: (source: Mark['source']) => Fragment): Fragment {
  const tables = (['events', 'paid'] as const)
    .filter((source) => marks.some((mark) => mark.source === source))
    .map((source) => {
      const columns = marks.map((mark) =>
        mark.source === source ? sql`toUInt8(${mark.test}) AS ${id(mark.name)}` : sql`toUInt8(0) AS ${id(mark.name)}`,
      );
      const any = marks.filter((mark) => mark.source === source).map(({ test }) => sql`(${test})`);
      return sql`SELECT consumer, toUnixTimestamp64Milli(at) AS ms, ${join(columns, ', ')} FROM ${rows(source)}
        WHERE ${join(any, ' OR ')}`;
    });
  const columns = marks.map(({ name }) => sql`max(marked.${id(name)}) AS ${id(name)}`);
  return sql`(SELECT consumer, ms, ${join(columns, ', ')} FROM (${join(tables, ' UNION ALL ')}) AS marked GROUP BY consumer, ms)`;
}

const before = sql`OVER (PARTITION BY consumer ORDER BY ms ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)`;

/**
 * Consumers of whom the steps happened in order. `b1`, `b2`... is the latest beginning of a run of so many steps that ends
 * at a moment: the latest is the nearest, and has the least between. 0 is none.
 */
function runs(given: Body, marks: readonly Mark[], rows: (source: Mark['source']) => Fragment): Fragment {
  const first = sql`(SELECT *, if(s1 = 1, ms, 0) AS b1 FROM ${moments(marks, rows)})`;
  const chained = given.steps.slice(1).reduce((table, _, i) => {
    const [mark, earlier, now] = [id(`s${i + 2}`), id(`b${i + 1}`), id(`b${i + 2}`)];
    return sql`(SELECT *, if(${mark} = 1, max(${earlier}) ${before}, 0) AS ${now} FROM ${table})`;
  }, first);
  const begun = id(`b${given.steps.length}`);
  const between = given.without ? sql`(SELECT *, max(if(w = 1, ms, 0)) ${before} AS lately FROM ${chained})` : chained;
  const clean = given.without ? sql`lately <= ${begun}` : sql`1`;
  return sql`SELECT DISTINCT consumer FROM ${between}
    WHERE ${begun} > 0 AND ms - ${begun} <= ${Math.round(given.within_days * 24 * HOUR_MS)} AND ${clean}`;
}

/** One event of each step, each strictly later than the one before, within so many times 24 hours, none of `without` between. */
export const sequence = defineKind<Body>({
  name: 'sequence',
  schema: body,
  example: '{"sequence": {"steps": [{"did": {"behavior": ["cart"]}}, {"bought": {}}], "within_days": 7}}',
  flag: (given, { plan, on }) => {
    const consumers = runs(given, marksOf(given, on), (source) => plan.rows(source));
    return measured(plan.among(consumers), { min: 1 });
  },
  sentence: ({ steps, within_days, without }) => {
    const told = steps.map(stepText);
    const not = without && stepText(without);
    return {
      zh: `${told.map(({ zh }) => zh).join('，然后')}，首尾相隔不超过 ${within_days} 天${not ? spaced`，其间没有${not.zh}` : ''}`,
      en: `${told.map(({ en }) => en).join(', then ')}, within ${within_days} days${not ? `, without ${not.en} between` : ''}`,
    };
  },
});

function stepText({ did, bought }: Step): Text {
  const [places, span] = [whereText(did?.where ?? bought?.where), did?.window ?? bought?.window];
  const what = did ? behaviorsText(did.behavior) : { zh: '购买', en: 'a purchase' };
  const when = span ? windowText(span) : { zh: '', en: '' };
  return { zh: spaced`${when.zh}${what.zh}${places.zh}`, en: `${what.en}${places.en}${when.en && ` ${when.en}`}` };
}
