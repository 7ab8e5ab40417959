import type { RuleExplained, RuleQuestion } from '../../../src/api/audiences.ts';

/** Id of the crowd of those whom no rule takes. */
export const UNKNOWN = 'unknown';

/** Rules of crowds that one question may look at: to place anybody in one crowd takes the rules of all. */
const MOST_RULES = 60;

/** The crowds of a taxonomy and the rest, in parts of which each is one question. */
export function partsOf(ids: readonly string[]): string[][] {
  const all = [...ids, UNKNOWN];
  const size = Math.max(1, Math.floor(MOST_RULES / all.length));
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));
}

/** A question whose conditions count crowds of a taxonomy, among everybody or within an audience. */
export function crowdQuestion(taxonomy: string, ids: readonly string[], audience: string): RuleQuestion {
  const each = ids.map((id) => {
    const crowd = { crowd: { taxonomy, in: [id] } };
    return audience === '' ? crowd : { all: [{ audience }, crowd] };
  });
  return { rule: { any: each } };
}

/** Consumers of each crowd by its id as far as they are known, and of all together once all are: nobody is in two. */
export interface CrowdSizes {
  readonly all: number | null;
  readonly of: ReadonlyMap<string, number>;
}

/** The sizes in the answers to the questions of the parts, in their order; an answer may be missing yet. */
export function sizesIn(
  parts: readonly (readonly string[])[],
  answers: readonly (Pick<RuleExplained, 'conditions'> | undefined)[],
): CrowdSizes {
  const of = new Map<string, number>();
  for (const [part, ids] of parts.entries()) {
    const answer = answers[part];
    if (answer) for (const [at, id] of ids.entries()) of.set(id, countedIn(answer, at));
  }
  const isWhole = parts.every((_, part) => answers[part] !== undefined);
  return { all: isWhole ? [...of.values()].reduce((sum, size) => sum + size, 0) : null, of };
}

/** Consumers of the condition at a place of the outermost group. */
function countedIn(answer: Pick<RuleExplained, 'conditions'>, at: number): number {
  return answer.conditions.find(({ place }) => place.length === 2 && place[1] === at)?.consumers ?? 0;
}
