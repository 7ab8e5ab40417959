import { addDays, type Day, isDay } from '../../../format/day.ts';
import type { RuleData } from '../builder/tree.ts';

/** Days of lookalike models by their numbers: a model has learned from all before its day and foretells nothing earlier. */
export type ModelDays = ReadonlyMap<number, Day>;

/** The first day for which a rule can be asked together with the day before: stages of a fixed day are not known earlier. */
export function firstDay(rule: RuleData, models: ModelDays = new Map()): Day | undefined {
  const latest = fixedDays(rule, models).toSorted().at(-1);
  return latest === undefined ? undefined : addDays(latest, 1);
}

/** Whether a rule scores by a model, whose day must be known first. */
export function hasModel(rule: RuleData): boolean {
  return JSON.stringify(rule).includes('"lookalike":');
}

/** Days at which a rule looks at stages, whatever the day asked, and days of its models. */
function fixedDays(value: unknown, models: ModelDays): Day[] {
  if (Array.isArray(value)) return value.flatMap((each) => fixedDays(each, models));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([kind, body]) => {
    if (kind === 'lookalike') return days([models.get((body as { model?: number } | null)?.model ?? 0)]); // as: looked at in `days`
    if (kind === 'moved') return days((body as { between?: unknown } | null)?.between); // as: looked at in `days`
    if (kind === 'stage') return days([(body as { on?: unknown } | null)?.on]); // as: looked at in `days`
    return fixedDays(body, models);
  });
}

function days(list: unknown): Day[] {
  return Array.isArray(list) ? list.filter(isDay) : [];
}
