import { defaultRules } from './default.ts';
import { o5aRules } from './o5a.ts';
import type { RuleSet } from './ruleSet.ts';

/** Rule sets every home starts with; the first is adopted. */
export const rulePresets: readonly RuleSet[] = [defaultRules, o5aRules];
