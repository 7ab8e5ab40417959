import { before, type Day, endingOn } from '../../format/day.ts';
import type { Field } from './fields.ts';

/** Days in which something counts, where a form needs a number and the shelf names none. */
const STANDARD_DAYS = 30;

/**
 * What a form holds before anybody has filled it, so that its question can be asked at once: days end on the last day
 * of the data, a range is `days` long, a second one is the period before the first, a number without a default is 30
 * within its bounds.
 */
export function standardParams(fields: readonly Field[], lastDay: Day, days = 30): Record<string, unknown> {
  const period = endingOn(lastDay, days);
  const ranges = fields.filter((field) => field.kind === 'range');
  const params: Record<string, unknown> = {};
  for (const field of fields) {
    if (field.kind === 'range' && field.to) {
      const { from, to } = ranges.indexOf(field) === 0 ? period : before(period);
      params[field.name] = from;
      params[field.to] = to;
    } else if (field.default !== undefined) params[field.name] = field.default;
    else if (field.required) params[field.name] = standardOf(field, lastDay);
  }
  return params;
}

function standardOf({ kind, choices, min, max }: Field, lastDay: Day): unknown {
  if (kind === 'day') return lastDay;
  if (kind === 'choice') return choices?.[0];
  if (kind === 'number') return Math.min(Math.max(STANDARD_DAYS, min ?? STANDARD_DAYS), max ?? STANDARD_DAYS);
  return kind === 'flag' ? false : undefined;
}

/** Whether every parameter that must be given is. */
export function isComplete(fields: readonly Field[], params: Readonly<Record<string, unknown>>): boolean {
  const has = (name: string | undefined) => name === undefined || (params[name] !== undefined && params[name] !== '');
  return fields.every((field) => !field.required || (has(field.name) && has(field.to)));
}
