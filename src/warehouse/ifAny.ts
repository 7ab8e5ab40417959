import { empty, Fragment, type Part } from './sql.ts';

/**
 * A piece of a question that finds nothing where there are none of these facts; `otherwise` stands in its place then.
 * It stands as it is until `leavingOut` says what there is.
 */
export function ifAny(facts: readonly string[], piece: Fragment, otherwise: Fragment = empty): Fragment {
  return new Fragment([{ facts, piece, otherwise }]);
}

/**
 * The same question of facts of which there are only some kinds: it has no pieces that would find nothing. Note: planning
 * is most of what a question of few consumers takes, and each table in it costs its share, with rows or without.
 */
export function leavingOut({ parts }: Fragment, there: ReadonlySet<string>): Fragment {
  return new Fragment(parts.flatMap((part) => leftOf(part, there)));
}

function leftOf(part: Part, there: ReadonlySet<string>): readonly Part[] {
  if (typeof part === 'string') return [part];
  if ('local' in part) return [{ local: leavingOut(part.local, there) }];
  if (!('facts' in part)) return [part];
  return leavingOut(part.facts.some((each) => there.has(each)) ? part.piece : part.otherwise, there).parts;
}
