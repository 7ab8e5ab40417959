import type { Lens } from '../lifecycle/kept.ts';
import type { Plan } from './plan.ts';
import type { Rule } from './rule.ts';

/** A saved audience as a rule meets it: a rule of its own under its own rule set, or members that were kept. */
export type Known =
  | { readonly kind: 'dynamic'; readonly rule: Rule; readonly lens: Lens }
  | { readonly kind: 'static'; readonly run: number };

/** What a rule is asked against. */
export interface Asked {
  /** The day at whose end everything is seen. */
  readonly on: string;
  readonly lens: Lens;
  /** Saved audiences by name: all that the rule names, and all that those name. */
  readonly audiences: ReadonlyMap<string, Known>;
}

/** A rule being compiled: what it measures goes to the plan. */
export interface Asking extends Asked {
  readonly plan: Plan;
  /** Saved audiences that the rule stands in, the outermost first. */
  readonly within: readonly string[];
}
