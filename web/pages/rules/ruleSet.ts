import type { Text } from '../../../src/base/text.ts';

/** One way to be at a stage as of a day; windows are the `days` days that end with it. */
export type Condition =
  | { readonly did: readonly string[]; readonly days: number; readonly on_days?: number }
  | { readonly paid: { readonly days: number; readonly on_days?: number } }
  | { readonly reviewed: { readonly min_rating: number; readonly days: number; readonly paid_days: number } }
  | { readonly member: true }
  | { readonly fan: true };

export const conditionKinds = ['did', 'paid', 'reviewed', 'member', 'fan'] as const;
export type ConditionKind = (typeof conditionKinds)[number];

export interface Stage {
  readonly code: string;
  readonly title: Text;
  readonly when: readonly Condition[];
}

/** A rule set as the API gives and takes it; the API checks its form. */
export interface RuleSet {
  readonly name: string;
  readonly version: number;
  readonly title: Text;
  readonly origin: 'published' | 'tenant' | 'proposed';
  readonly source: string;
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly stages: readonly Stage[];
  readonly fan: { readonly on: readonly string[]; readonly off: readonly string[] };
  readonly active_member: { readonly did: readonly string[]; readonly days: number };
  readonly rfm: { readonly days: number };
}

export function kindOf(condition: Condition): ConditionKind {
  return conditionKinds.find((kind) => kind in condition) ?? 'did';
}

/** What a condition of a kind begins with. */
export function newCondition(kind: ConditionKind): Condition {
  if (kind === 'did') return { did: [], days: 15, on_days: 1 };
  if (kind === 'paid') return { paid: { days: 365, on_days: 1 } };
  if (kind === 'reviewed') return { reviewed: { min_rating: 4, days: 365, paid_days: 365 } };
  return kind === 'member' ? { member: true } : { fan: true };
}

/** How many leaves of two sets differ, lists of words taken whole. */
export function changesIn(from: unknown, to: unknown): number {
  if (JSON.stringify(from) === JSON.stringify(to)) return 0;
  const isTree = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' &&
    value !== null &&
    !(Array.isArray(value) && value.every((each) => typeof each === 'string'));
  if (!isTree(from) || !isTree(to)) return 1;
  return [...new Set([...Object.keys(from), ...Object.keys(to)])].reduce(
    (sum, name) => sum + changesIn(from[name], to[name]),
    0,
  );
}
