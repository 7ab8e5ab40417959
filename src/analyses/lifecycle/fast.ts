import { z } from 'zod';
import { type Lens, movesBetween } from '../../lifecycle/kept.ts';
import { activeMembersOn, membersOn } from '../../model/members.ts';
import { as, type Fragment, sql } from '../../warehouse/sql.ts';
import { defineAnalysis, rangeInOrder, rangeParams, scopeParams } from '../analysis.ts';

const metrics = ['F', 'A', 'S', 'T'] as const;

/** FAST of a range: F and S count consumers, A and T are rates, absent where nobody could have been counted. */
export const fast = defineAnalysis({
  id: 'fast',
  doc: new URL('./fast.md', import.meta.url),
  title: { zh: 'FAST 消费者运营健康度', en: 'FAST, health of consumer operation' },
  question: {
    zh: '可运营人群有多大、加深得多快，会员有多少、多活跃？',
    en: 'How many consumers can be operated, how fast do they deepen, how many members are there and how active?',
  },
  origin: 'published',
  params: z.object({ ...rangeParams, ...scopeParams }).refine(...rangeInOrder),
  row: z.object({
    metric: z.enum(metrics),
    value: z.number().nullable(),
    numerator: z.int(),
    denominator: z.int().nullable(),
  }),
  columns: {
    metric: { zh: '指标', en: 'Metric' },
    value: { zh: '数值', en: 'Value' },
    numerator: { zh: '分子', en: 'Numerator' },
    denominator: { zh: '分母', en: 'Denominator' },
  },
  query: ({ from, to }, lens) => {
    const last = sql`${as(to, 'Date')}`;
    return sql`
      SELECT m.1 AS metric, m.2 AS value, m.3 AS numerator, m.4 AS denominator
      -- one row in all: the six counts
      FROM (SELECT count() AS operable, countIf(was > 0) AS staged, countIf(was > 0 AND now > was) AS risen
        FROM ${movesBetween(lens, from, to)}) AS moves
      CROSS JOIN (SELECT count() AS members FROM ${membersOn(last, lens.scope)}) AS joined
      CROSS JOIN (SELECT count() AS active FROM ${activeMembersOn(lens.rules, last, lens.scope)}) AS lively
      ARRAY JOIN [
        ('F', toNullable(toFloat64(operable)), operable, NULL),
        ('A', risen / nullIf(staged, 0), risen, staged),
        ('S', toFloat64(members), members, NULL),
        ('T', active / nullIf(members, 0), active, members)] AS m`;
  },
  people: ({ metric }, range, lens) => counted(metric, range, lens),
  chart: { kind: 'table' },
  units: { value: { by: 'metric', of: { F: 'count', A: 'rate', S: 'count', T: 'rate' } } },
  words: {
    metric: {
      F: { zh: 'F 可运营人群', en: 'F Fertility: operable consumers' },
      A: { zh: 'A 关系加深率', en: 'A Advancing: share that deepened' },
      S: { zh: 'S 高价值人群（会员）', en: 'S Superiority: members' },
      T: { zh: 'T 会员活跃率', en: 'T Thriving: share of active members' },
    },
  },
});

/** The consumers of a metric's numerator. */
function counted(metric: (typeof metrics)[number], range: { from: string; to: string }, lens: Lens): Fragment {
  const { from, to } = range;
  const last = sql`${as(to, 'Date')}`;
  const people = {
    F: movesBetween(lens, from, to),
    A: sql`(SELECT consumer FROM ${movesBetween(lens, from, to)} WHERE was > 0 AND now > was)`,
    S: membersOn(last, lens.scope),
    T: activeMembersOn(lens.rules, last, lens.scope),
  };
  return sql`SELECT consumer FROM ${people[metric]}`;
}
