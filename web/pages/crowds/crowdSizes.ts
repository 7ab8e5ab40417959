import type { RuleExplained, RuleQuestion } from '../../../src/api/audiences.ts';

/** Id of the crowd of those whom no rule takes. */
export const UNKNOWN = 'unknown';

/** A question whose conditions count each crowd of a taxonomy, the rest too, among everybody or within an audience. */
export function crowdQuestion(taxonomy: string, ids: readonly string[], audience: string): RuleQuestion {
  const each = [...ids, UNKNOWN].map((id) => {
    const crowd = { crowd: { taxonomy, in: [id] } };
    return audience === '' ? crowd : { all: [{ audience }, crowd] };
  });
  return { rule: { any: each } };
}

/** Consumers of each crowd by its id, and of all together. */
export interface CrowdSizes {
  readonly all: number;
  readonly of: ReadonlyMap<string, number>;
}

/** The sizes in the answer to such a question. */
export function sizesIn({ consumers, conditions }: RuleExplained, ids: readonly string[]): CrowdSizes {
  const counted = conditions.filter(({ place }) => place.length === 2);
  const of = new Map(
    [...ids, UNKNOWN].map((id, at) => [id, counted.find(({ place }) => place[1] === at)?.consumers ?? 0]),
  );
  return { all: consumers, of };
}
