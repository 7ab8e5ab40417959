import { z } from 'zod';
import { spaced } from '../../base/spaced.ts';
import { type Fragment, sql } from '../../warehouse/sql.ts';
import { defineKind } from '../rule.ts';

const body = z.strictObject({
  purpose: z.string().min(1).max(100),
  is: z.enum(['granted', 'denied']).default('granted'),
});

const answers = {
  granted: ['granted', 'true', 'yes', 'y', '1', '同意', '是'],
  denied: ['denied', 'false', 'no', 'n', '0', '拒绝', '否'],
} as const;
const [GRANTED, DENIED] = [1, 2];

/** What the last row that tells of a purpose says: 1 granted, 2 denied, 0 nothing. */
function latest(purpose: string, order: Fragment): { told: Fragment; answer: Fragment } {
  const word = sql`lowerUTF8(props[concat('consent.', ${purpose})])`;
  const said = sql`multiIf(${word} IN ${[...answers.granted]}, ${GRANTED}, ${word} IN ${[...answers.denied]}, ${DENIED}, 0)`;
  return { told: sql`${said} != 0`, answer: sql`toUInt8(argMaxIf(${said}, ${order}, ${said} != 0))` };
}

/** The last word on a purpose as of the day asked: of the events that tell of it, and where none does, of the profile. */
export const consent = defineKind<z.output<typeof body>>({
  name: 'consent',
  schema: body,
  example: '{"consent": {"purpose": "sms"}}',
  flag: ({ purpose, is }, { plan }) => {
    const event = latest(purpose, sql`(at, file, line)`);
    const profile = latest(purpose, sql`(file, line)`);
    const told = plan.measure('events', event.answer, event.told);
    const filed = plan.measure('profiles', profile.answer, profile.told);
    const right = is === 'granted' ? GRANTED : DENIED;
    return { test: sql`if(${told} != 0, ${told}, ${filed}) = ${right}`, empty: false };
  },
  sentence: ({ purpose, is }) =>
    is === 'granted'
      ? { zh: spaced`同意用于${purpose}`, en: `consents to ${purpose}` }
      : { zh: spaced`拒绝用于${purpose}`, en: `refuses ${purpose}` },
});
