import { z } from 'zod';
import { wilson } from '../../base/statistics.ts';
import { sql } from '../../warehouse/sql.ts';
import { defineAnalysis } from '../analysis.ts';
import { audienceName, bitmapNamed, membersNamed } from './named.ts';

/** How much of an audience is target audience (TA), and how much of the target audience is in it. One row. */
export const taConcentration = defineAnalysis({
  id: 'ta-concentration',
  doc: new URL('./ta-concentration.md', import.meta.url),
  title: { zh: 'TA 浓度与渗透', en: 'TA concentration and penetration' },
  question: {
    zh: '这个人群里有多少是目标人群，目标人群又有多少在其中？',
    en: 'How much of an audience is target audience, and how much of the target audience is in it?',
  },
  origin: 'proposed',
  params: z.object({
    audience: audienceName().describe('the audience looked at | 要看的人群'),
    ta: audienceName().describe('the target audience (TA) | 目标人群（TA）'),
  }),
  audiences: ['audience', 'ta'],
  row: z.object({
    consumers: z.int(),
    ta_consumers: z.int(),
    concentration: z.number().nullable(),
    low: z.number().nullable(),
    high: z.number().nullable(),
    penetration: z.number().nullable(),
  }),
  raw: z.object({ consumers: z.int(), ta_consumers: z.int(), ta: z.int() }),
  columns: {
    consumers: { zh: '人群', en: 'Consumers' },
    ta_consumers: { zh: '其中 TA', en: 'TA among them' },
    concentration: { zh: 'TA 浓度', en: 'TA concentration' },
    low: { zh: '浓度下限', en: 'Concentration, low' },
    high: { zh: '浓度上限', en: 'Concentration, high' },
    penetration: { zh: 'TA 渗透率', en: 'TA penetration' },
  },
  query: ({ audience, ta }, lens) => sql`
    WITH ${bitmapNamed(lens, audience)} AS audience, ${bitmapNamed(lens, ta)} AS target
    SELECT bitmapCardinality(audience) AS consumers, bitmapAndCardinality(audience, target) AS ta_consumers,
      bitmapCardinality(target) AS ta`,
  refine: (rows) =>
    rows.map(({ consumers, ta_consumers, ta }) => {
      const bounds = wilson(ta_consumers, consumers);
      return {
        consumers,
        ta_consumers,
        concentration: consumers > 0 ? ta_consumers / consumers : null,
        low: bounds?.low ?? null,
        high: bounds?.high ?? null,
        penetration: ta > 0 ? ta_consumers / ta : null,
      };
    }),
  people: (_row, { audience }, lens) => membersNamed(lens, audience).consumers,
  chart: { kind: 'table' },
  rates: ['concentration', 'low', 'high', 'penetration'],
});
