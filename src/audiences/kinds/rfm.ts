import { z } from 'zod';
import { spaced } from '../../base/spaced.ts';
import { rfmClasses, rfmClassNames, rfmOn } from '../../model/rfm.ts';
import { sql } from '../../warehouse/sql.ts';
import { measured } from '../range.ts';
import { defineKind } from '../rule.ts';
import { listText } from '../where.ts';

const body = z.strictObject({ in: z.array(z.enum(rfmClasses)).min(1).max(rfmClasses.length) });

/** A buyer of one of these RFM classes as of the day asked: the class that the analysis rfm counts the buyer in. */
export const rfm = defineKind<z.infer<typeof body>>({
  name: 'rfm',
  isRelative: true,
  schema: body,
  example: '{"rfm": {"in": ["HHH", "LHH"]}}',
  flag: ({ in: classes }, { plan, lens, on }) =>
    measured(plan.amongAll(sql`SELECT consumer FROM ${rfmOn(on, lens)} WHERE class IN ${classes}`), { min: 1 }),
  sentence: ({ in: classes }) => {
    const { zh } = listText(classes.map((each) => rfmClassNames[each]));
    return { zh: spaced`RFM 分层为${zh}`, en: `of RFM class ${listText(classes).en}` };
  },
});
