import { useSay, useText } from '../../text/useText.ts';
import type { Condition, RuleSet, Stage } from './ruleSet.ts';

/** How rules are told in the language in use. */
export interface RuleWords {
  /** Behaviours or groups of a set: `加购、收藏`. */
  behaviors(names: readonly string[], set?: RuleSet): string;
  behavior(name: string): string;
  group(name: string): string;
  condition(condition: Condition, set: RuleSet): string;
  /** Where a change is: `stages.P.when.0.paid.days` in words. */
  path(path: string): string;
  /** A value of a change. */
  value(value: unknown, set?: RuleSet): string;
}

export function useRuleWords(): RuleWords {
  const t = useText();
  const say = useSay();
  const r = t.rules;
  const group = (name: string) => r.groupNames[name] ?? name;
  const behavior = (name: string) => t.behaviors.names[name] ?? name;
  // Note: the other side of a comparison may name a group that this set lacks.
  const isGroup = (name: string, set: RuleSet | undefined) =>
    set !== undefined && (Object.hasOwn(set.groups, name) || Object.hasOwn(r.groupNames, name));
  const behaviors = (names: readonly string[], set?: RuleSet) =>
    names.map((name) => (isGroup(name, set) ? r.group(group(name)) : behavior(name))).join(r.or);
  const condition = (each: Condition, set: RuleSet): string => {
    if ('did' in each) {
      const what = behaviors(each.did, set);
      const onDays = each.on_days ?? 1;
      return onDays > 1 ? r.didOn(each.days, onDays, what) : r.did(each.days, what);
    }
    if ('paid' in each) {
      const onDays = each.paid.on_days ?? 1;
      return onDays > 1 ? r.paidOn(each.paid.days, onDays) : r.paid(each.paid.days);
    }
    if ('reviewed' in each) return r.reviewed(each.reviewed.days, each.reviewed.min_rating, each.reviewed.paid_days);
    return 'member' in each ? r.member : r.fan;
  };
  const path = (text: string) => {
    const parts = text.split('.');
    return parts
      .flatMap((part, at) => {
        const above = parts[at - 1];
        if (part === 'stages' && parts.length > 1) return [];
        if (above === 'stages') return [r.pathStage(part)];
        if (part === 'when') return [];
        if (above === 'when') return [r.pathCondition(Number(part) + 1)];
        if (above === 'groups') return [group(part)];
        return [r.paths[part] ?? part];
      })
      .join(' · ');
  };
  const value = (given: unknown, set?: RuleSet): string => {
    if (given === null || given === undefined) return r.diff.nothing;
    if (isWords(given)) return behaviors(given, set);
    if (isCondition(given) && set) return condition(given, set);
    if (isStage(given) && set)
      return `${say(given.title)}${r.is}${given.when.map((each) => condition(each, set)).join(r.orElse)}`;
    return typeof given === 'object' ? JSON.stringify(given) : String(given);
  };
  return { behaviors, behavior, group, condition, path, value };
}

function isWords(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function isCondition(value: unknown): value is Condition {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['did', 'paid', 'reviewed', 'member', 'fan'].some((kind) => Object.hasOwn(value, kind))
  );
}

function isStage(value: unknown): value is Stage {
  return (
    typeof value === 'object' && value !== null && 'when' in value && Array.isArray(value.when) && 'title' in value
  );
}
