import { type Fragment, own, perConsumer, sql } from '../warehouse/sql.ts';
import type { Asked } from './asking.ts';
import type { Members } from './members.ts';
import type { Rule } from './rule.ts';

/** Some consumers of a block, or, where negated, all but those. */
interface Some {
  readonly bitmap: Fragment;
  readonly isNegated: boolean;
}

/**
 * The members of a rule that joins nothing but audiences whose members are kept, by joining their bitmaps. Undefined for
 * any other rule, and for one that takes everybody but some.
 */
export function joinedMembers(rule: Rule, { audiences }: Asked): Members | undefined {
  const runs = new Set<number>();
  const some = someOf(rule, (name) => {
    const known = audiences.get(name);
    if (known?.run === undefined) return undefined;
    runs.add(known.run);
    return sql`groupBitmapOrStateIf(members, run = ${known.run})`;
  });
  if (!some || some.isNegated || runs.size === 0) return undefined;
  const bitmaps = perConsumer(sql`SELECT block, one AS consumer, joined AS members FROM (
    SELECT block, any(consumer) AS one, ${some.bitmap} AS joined
    FROM ${own('audience_bitmaps')} WHERE run IN ${[...runs]} GROUP BY block)`);
  return { bitmaps, consumers: sql`SELECT arrayJoin(bitmapToArray(members)) AS consumer FROM ${bitmaps}` };
}

function someOf(rule: Rule, kept: (name: string) => Fragment | undefined): Some | undefined {
  if (rule.kind.name === 'audience') {
    const bitmap = kept(String(rule.body));
    return bitmap && { bitmap, isNegated: false };
  }
  const parts = rule.parts.map((part) => someOf(part, kept));
  const known = parts.flatMap((part) => (part ? [part] : []));
  if (known.length < parts.length) return undefined;
  const [first] = known;
  if (rule.kind.name === 'not') return first && { ...first, isNegated: !first.isNegated };
  if (known.length === 0 || !['all', 'any'].includes(rule.kind.name)) return undefined;
  return rule.kind.name === 'all' ? allOf(known) : negated(allOf(known.map(negated)));
}

const negated = ({ bitmap, isNegated }: Some): Some => ({ bitmap, isNegated: !isNegated });

/** In all of them: in those that are some, and in none of those that some are left out of. */
function allOf(parts: readonly Some[]): Some {
  const within = parts.filter(({ isNegated }) => !isNegated).map(({ bitmap }) => bitmap);
  const without = parts.filter(({ isNegated }) => isNegated).map(({ bitmap }) => bitmap);
  const some = within.reduceRight<Fragment | undefined>(
    (rest, bitmap) => (rest ? sql`bitmapAnd(${bitmap}, ${rest})` : bitmap),
    undefined,
  );
  const none = without.reduceRight<Fragment | undefined>(
    (rest, bitmap) => (rest ? sql`bitmapOr(${bitmap}, ${rest})` : bitmap),
    undefined,
  );
  if (!some) return { bitmap: none ?? sql``, isNegated: true };
  return { bitmap: none ? sql`bitmapAndnot(${some}, ${none})` : some, isNegated: false };
}
