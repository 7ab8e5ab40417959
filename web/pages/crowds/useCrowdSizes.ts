import { useQueries } from '@tanstack/react-query';
import type { RuleExplained } from '../../../src/api/audiences.ts';
import { useDataStateQuery } from '../../data/answers.ts';
import { call } from '../../data/client.ts';
import { type CrowdSizes, crowdQuestion, partsOf, sizesIn } from './crowdSizes.ts';

interface CountedCrowds {
  readonly sizes: CrowdSizes;
  readonly error: Error | null;
  readonly isGoing: boolean;
}

interface Counted {
  readonly name: string;
  readonly version: number;
  readonly ids: readonly string[];
  /** Whose members are counted; '' is everybody. */
  readonly audience: string;
}

/** How many consumers each crowd of a taxonomy has, among everybody or within an audience; nothing is asked while not `enabled`. */
export function useCrowdSizes({ name, version, ids, audience }: Counted, enabled = true): CountedCrowds {
  const { data: state } = useDataStateQuery();
  const parts = partsOf(ids);
  const taxonomy = `${name}@${version}`;
  const answers = useQueries({
    queries: parts.map((part) => ({
      queryKey: ['explained', 'crowds', taxonomy, part, audience, state?.version],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        call<RuleExplained>('/api/audiences/explain', {
          method: 'POST',
          body: crowdQuestion(taxonomy, part, audience),
          signal,
        }),
      enabled: enabled && state !== undefined,
      staleTime: Infinity,
    })),
  });
  return {
    sizes: sizesIn(
      parts,
      answers.map(({ data }) => data),
    ),
    error: answers.find(({ error }) => error)?.error ?? null,
    isGoing: answers.some(({ isFetching }) => isFetching),
  };
}
