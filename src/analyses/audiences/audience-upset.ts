import { z } from 'zod';
import type { Lens } from '../../lifecycle/kept.ts';
import { type Fragment, join, sql } from '../../warehouse/sql.ts';
import { defineAnalysis } from '../analysis.ts';
import { membersNamed } from './named.ts';
import { several } from './several.ts';

/** How many consumers are in exactly these of several audiences and in none of the others; largest first. */
export const audienceUpset = defineAnalysis({
  id: 'audience-upset',
  doc: new URL('./audience-upset.md', import.meta.url),
  title: { zh: '人群交集（UpSet）', en: 'Intersections of audiences (UpSet)' },
  question: {
    zh: '恰好在这几个人群、而不在其余人群的消费者各有多少？',
    en: 'How many consumers are in exactly these of several audiences, and in none of the others?',
  },
  origin: 'published',
  params: several,
  audiences: ['audiences'],
  row: z.object({ members: z.string(), consumers: z.int() }),
  columns: {
    members: { zh: '恰好所在的人群', en: 'In exactly these' },
    consumers: { zh: '消费者', en: 'Consumers' },
  },
  query: ({ audiences }, lens) => sql`SELECT members, count() AS consumers FROM ${placed(audiences, lens)}
    GROUP BY members ORDER BY consumers DESC, members`,
  people: ({ members }, { audiences }, lens) =>
    sql`SELECT consumer FROM ${placed(audiences, lens)} WHERE members = ${members}`,
  chart: { kind: 'bar', x: 'members', y: 'consumers', sets: 'members' },
});

/** One row a member of any: `consumer` and `members`, the audiences it is in, in the order given, `|` between. */
function placed(names: readonly string[], lens: Lens): Fragment {
  const each = names.map(
    (name, at) => sql`SELECT consumer, toUInt32(${2 ** at}) AS bit FROM (${membersNamed(lens, name).consumers})`,
  );
  const told = sql`arrayStringConcat(arrayFilter((name, at) -> bitTest(mask, at - 1), ${[...names]},
    arrayEnumerate(${[...names]})), '|')`;
  return sql`(SELECT consumer, ${told} AS members FROM (
    SELECT consumer, groupBitOr(bit) AS mask FROM (${join(each, ' UNION ALL ')}) GROUP BY consumer))`;
}
