import type { Locale } from '../../base/text.ts';
import type { RuleSet } from '../../model/rules/ruleSet.ts';
import type { Texts } from '../text/text.ts';

/** A stage as a picture needs it; level 0 is no stage. */
export interface ShownStage {
  readonly code: string;
  readonly level: number;
  readonly title: string;
}

const stageless = 'none';

/** The stages of a rule set from the shallowest, then no stage. */
export function shownStages(rules: RuleSet, text: Texts, locale: Locale): ShownStage[] {
  const stages = rules.stages.map(({ code, title }, i) => ({
    code,
    level: i + 1,
    title: `${code} ${title[locale]}`,
  }));
  return [...stages, { code: stageless, level: 0, title: text.chart.stageless }];
}
