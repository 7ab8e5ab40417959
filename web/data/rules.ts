import { useQuery } from '@tanstack/react-query';
import type { RuleSetEntry } from '../../src/api/rules.ts';
import { call } from './client.ts';

/** Every rule set with its versions. */
export function useRules() {
  return useQuery({ queryKey: ['rules'], queryFn: ({ signal }) => call<RuleSetEntry[]>('/api/rules', { signal }) });
}
