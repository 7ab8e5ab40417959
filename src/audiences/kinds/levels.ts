import { z } from 'zod';
import { InputError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import type { Text } from '../../base/text.ts';
import { sql } from '../../warehouse/sql.ts';
import type { Asking } from '../asking.ts';
import type { Flag } from '../rule.ts';
import { listText } from '../where.ts';

/** Codes of stages, and `none`. */
export const codes = z.array(z.string().min(1).max(10)).min(1).max(20);

/** Stages as a sentence names them. */
export function stagesText(held: readonly string[]): Text {
  const none = { zh: '无阶段', en: 'none' };
  const of = (locale: 'zh' | 'en') => listText(held.map((code) => (code === 'none' ? none[locale] : code)))[locale];
  return { zh: of('zh'), en: of('en') };
}

/** Whether the stage as of the end of a day is one of these. */
export function heldOn(held: readonly string[], on: string, { plan, lens, on: last }: Asking): Flag {
  // Note: spans that are kept know of later days too, so that a day after the one asked would see them.
  if (on > last) throw new InputError('audience_day', say('audience.day', { day: on, on: last }));
  const levels = held.map((code) => levelOf(code, lens));
  return { test: sql`toInt64(${plan.level(lens, on)}) IN ${levels}`, empty: levels.includes(0) };
}

function levelOf(code: string, { rules }: Asking['lens']): number {
  if (code === 'none') return 0;
  const known = rules.stages.map((each) => each.code);
  if (known.includes(code)) return known.indexOf(code) + 1;
  throw new InputError(
    'stage',
    say('audience.stage', { code, rules: rules.name, known: [...known, 'none'].join(', ') }),
  );
}
