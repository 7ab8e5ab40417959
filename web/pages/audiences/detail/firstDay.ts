import { addDays, type Day, isDay } from '../../../format/day.ts';
import type { RuleData } from '../builder/tree.ts';

/** The first day for which a rule can be asked together with the day before: stages of a fixed day are not known earlier. */
export function firstDay(rule: RuleData): Day | undefined {
  const latest = fixedDays(rule).toSorted().at(-1);
  return latest === undefined ? undefined : addDays(latest, 1);
}

/** Days at which a rule looks at stages, whatever the day asked. */
function fixedDays(value: unknown): Day[] {
  if (Array.isArray(value)) return value.flatMap(fixedDays);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([kind, body]) => {
    if (kind === 'moved') return days((body as { between?: unknown } | null)?.between); // as: looked at in `days`
    if (kind === 'stage') return days([(body as { on?: unknown } | null)?.on]); // as: looked at in `days`
    return fixedDays(body);
  });
}

function days(list: unknown): Day[] {
  return Array.isArray(list) ? list.filter(isDay) : [];
}
