import { InputError } from '../../base/errors.ts';
import type { Lens } from '../../lifecycle/kept.ts';

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
