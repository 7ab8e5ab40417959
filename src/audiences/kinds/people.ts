import { z } from 'zod';
import { InputError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import { spaced } from '../../base/spaced.ts';
import { defineKind } from '../rule.ts';

const body = z.strictObject({
  analysis: z.string().min(1).max(100),
  params: z.record(z.string(), z.unknown()),
  row: z.record(z.string(), z.unknown()),
});

/** The people who stood behind a number of an analysis when they were saved. Nobody can be found by it again. */
export const people = defineKind<z.infer<typeof body>>({
  name: 'people',
  schema: body,
  example: '{"people": {"analysis": "aipl-stock", "params": {"on": "2026-06-30"}, "row": {"stage": "I"}}}',
  flag: ({ analysis }) => {
    throw new InputError('audience_people', say('audience.people', { analysis }));
  },
  sentence: ({ analysis, params, row }) => {
    const [asked, which] = [listed(params), listed(row)];
    return {
      zh: spaced`分析${analysis}（${asked}）中${which}背后的消费者`,
      en: `the people behind ${which} of ${analysis} (${asked})`,
    };
  },
});

const listed = (values: Readonly<Record<string, unknown>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name} = ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(', ');
