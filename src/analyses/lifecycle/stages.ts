import { InputError } from '../../base/errors.ts';
import type { Text } from '../../base/text.ts';
import type { Lens } from '../../lifecycle/kept.ts';
import type { RuleSet } from '../../model/rules/ruleSet.ts';
import { type Fragment, sql } from '../../warehouse/sql.ts';

/** Codes of the rule set's stages, from the shallowest. */
export function codesOf({ rules }: Lens): string[] {
  return rules.stages.map((stage) => stage.code);
}

/** What the stages of a rule set are called, by code, and `none`. */
export function stageWords({ stages }: RuleSet): Record<string, Text> {
  const named = stages.map(({ code, title }) => [code, { zh: `${code} ${title.zh}`, en: `${code} ${title.en}` }]);
  return { ...Object.fromEntries(named), none: { zh: '无阶段', en: 'No stage' } };
}

/** Level of a stage's code; 0 for `none`. */
export function levelOf(lens: Lens, code: string): number {
  if (code === 'none') return 0;
  const level = codesOf(lens).indexOf(code) + 1;
  if (level === 0)
    throw new InputError(
      'stage',
      `${lens.rules.name} has no stage ${code}; it has ${codesOf(lens).join(', ')} and none.`,
    );
  return level;
}

/** One row a stage of the rule set: `stage`, its code, and `level`, 1 for the shallowest. */
export function stagesOf(lens: Lens): Fragment {
  return sql`(SELECT s.1 AS stage, toUInt8(s.2) AS level
    FROM (SELECT arrayJoin(arrayZip(${codesOf(lens)}, arrayEnumerate(${codesOf(lens)}))) AS s))`;
}
