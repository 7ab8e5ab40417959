import { InputError } from '../../base/errors.ts';
import type { Lens } from '../../lifecycle/kept.ts';
import { type Fragment, sql } from '../../warehouse/sql.ts';

/** Codes of the rule set's stages, from the shallowest. */
export function codesOf({ rules }: Lens): string[] {
  return rules.stages.map((stage) => stage.code);
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
