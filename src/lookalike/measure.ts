import { type Fragment, id, join, perConsumer, sql } from '../warehouse/sql.ts';
import { type AsOf, active, rowsOf } from './facts.ts';
import { type Feature, measureOf, type Source, sourceOf } from './feature.ts';
import type { Logistic } from './logistic.ts';

const all: readonly Source[] = ['acts', 'tastes', 'paid', 'members', 'stages', 'profiles'];

/** Features with their places, by where they are measured: each source is read once. */
function bySource(features: readonly Feature[]): [Source, [place: number, feature: Feature][]][] {
  return all.flatMap((source): [Source, [number, Feature][]][] => {
    const those = [...features.entries()].filter(([, each]) => sourceOf(each) === source);
    return those.length === 0 ? [] : [[source, those]];
  });
}

/** Features of the consumers that a test on `consumer` takes: `consumer` and `x`, the numbers in order; 0 where no row tells. */
export function featuresOf(features: readonly Feature[], asOf: AsOf, which: Fragment): Fragment {
  const names = features.map((_, place) => id(`x${place}`));
  const branches = bySource(features).map(([source, those]) => {
    const on = sql`toDate(${asOf.on})`;
    const columns = names.map((name, place) => {
      const own = those.find(([at]) => at === place);
      return own ? sql`${measureOf(own[1], on)} AS ${name}` : sql`toFloat64(0) AS ${name}`;
    });
    return sql`SELECT consumer, ${join(columns, ', ')} FROM ${rowsOf(source, asOf, which)} GROUP BY consumer`;
  });
  const sums = join(
    names.map((name) => sql`sum(one.${name})`),
    ', ',
  );
  return perConsumer(
    sql`SELECT consumer, [${sums}] AS x FROM (${join(branches, ' UNION ALL ')}) AS one GROUP BY consumer`,
  );
}

/**
 * Log-odds of everybody of whom anything is known: `consumer`, `score`. A sum, so that every source adds its part by one
 * pass over its rows.
 */
export function scores(features: readonly Feature[], { intercept, weights }: Logistic, asOf: AsOf): Fragment {
  const on = sql`toDate(${asOf.on})`;
  const branches = bySource(features).map(([source, those]) => {
    const terms = those.map(([place, each]) => sql`${weights[place] ?? 0} * ${measureOf(each, on)}`);
    return sql`SELECT consumer, ${join(terms, ' + ')} AS part, toUInt8(0) AS known
      FROM ${rowsOf(source, asOf, sql`1`)} GROUP BY consumer`;
  });
  const known = sql`SELECT consumer, toFloat64(0) AS part, toUInt8(1) AS known FROM ${active(asOf)}`;
  return perConsumer(sql`SELECT consumer, ${intercept} + sum(part) AS score
    FROM (${join([...branches, known], ' UNION ALL ')}) GROUP BY consumer HAVING max(known) = 1`);
}
