import { useQuery } from '@tanstack/react-query';
import type { RuleChange } from '../../../src/api/rules.ts';
import { call } from '../../data/client.ts';
import type { RuleSet } from './ruleSet.ts';

/** A version of a rule set in full; a version never changes. */
export function useRuleSet(key: string) {
  return useQuery({
    queryKey: ['rule-set', key],
    queryFn: ({ signal }) => call<RuleSet>(`/api/rules/${key}`, { signal }),
    enabled: key !== '',
    staleTime: Infinity,
  });
}

/** What the second of two versions says otherwise than the first. */
export function useRuleDiff(from: string, to: string) {
  const query = new URLSearchParams({ from, to }).toString();
  return useQuery({
    queryKey: ['rule-diff', from, to],
    queryFn: ({ signal }) => call<RuleChange[]>(`/api/rules/diff?${query}`, { signal }),
    enabled: from !== '' && to !== '' && from !== to,
    staleTime: Infinity,
  });
}
