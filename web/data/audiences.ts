import { keepPreviousData, queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import type {
  Audience,
  AudienceChange,
  AudienceComparison,
  AudienceComparisonQuestion,
  AudienceDay,
  AudienceDecay,
  AudienceFromPeople,
  AudienceMovePage,
  AudienceShown,
  AudienceTemplate,
  AudienceVersion,
  MemberPage,
  NewAudience,
  RuleExplained,
  RuleQuestion,
} from '../../src/api/audiences.ts';
import type { CrowdTaxonomyEntry } from '../../src/api/crowds.ts';
import { addDays, type Period } from '../format/day.ts';
import { useDataStateQuery } from './answers.ts';
import { call } from './client.ts';
import { queries } from './queries.ts';

const root = '/api/audiences';

/** Every saved audience, the latest first. */
export const audiencesQuery = queryOptions({
  queryKey: ['audiences'],
  queryFn: async ({ signal }) => (await call<Audience[]>(root, { signal })).toSorted((a, b) => b.id - a.id),
});

export function useAudiences() {
  return useQuery(audiencesQuery);
}

/** One audience with its rule, its members brought up to date. */
export function useAudience(id: number) {
  return useQuery({
    queryKey: ['audiences', id],
    queryFn: ({ signal }) => call<AudienceShown>(`${root}/${id}`, { signal }),
    enabled: id > 0,
  });
}

export function useAudienceVersions(id: number) {
  return useQuery({
    queryKey: ['audiences', id, 'versions'],
    queryFn: ({ signal }) => call<AudienceVersion[]>(`${root}/${id}/versions`, { signal }),
    enabled: id > 0,
  });
}

/** Members day by day, with who came and who went. */
export function useAudienceHistory(id: number, { from, to }: Period, enabled: boolean) {
  return useQuery({
    queryKey: ['audiences', id, 'history', from, to],
    queryFn: ({ signal }) => call<AudienceDay[]>(`${root}/${id}/history?from=${from}&to=${to}`, { signal }),
    enabled,
    placeholderData: keepPreviousData,
  });
}

/** Days that are asked for first: each that was never looked at is worked out. */
const SOON = 3;

/** The same in two steps: the last days, and when those are told all of them. */
export function useAudienceHistorySoon(id: number, period: Period, enabled: boolean) {
  const from = [period.from, addDays(period.to, 1 - SOON)].toSorted()[1] ?? period.from;
  const soon = useAudienceHistory(id, { from, to: period.to }, enabled);
  const all = useAudienceHistory(id, period, enabled && soon.isSuccess && !soon.isPlaceholderData);
  const isWhole = all.data !== undefined && !all.isPlaceholderData;
  return {
    data: isWhole ? all.data : soon.data,
    error: soon.error ?? all.error,
    refetch: () => Promise.all([soon.refetch(), all.refetch()]),
    /** Earlier days are being worked out. */
    isGoing: enabled && !isWhole && all.isFetching,
  };
}

/** What became of the members of some days before. */
export function useAudienceDecay(id: number, on: string, ages: readonly number[]) {
  return useQuery({
    queryKey: ['audiences', id, 'decay', on, ages],
    queryFn: ({ signal }) => call<AudienceDecay>(`${root}/${id}/decay?on=${on}&ages=${ages.join()}`, { signal }),
    enabled: ages.length > 0,
    placeholderData: keepPreviousData,
  });
}

/** Taxonomies of crowds, each in its latest version. */
export function useCrowds() {
  return useQuery({
    queryKey: ['crowds'],
    queryFn: ({ signal }) => call<CrowdTaxonomyEntry[]>('/api/crowds', { signal }),
  });
}

export type Moving = 'entered' | 'left';

/** Who came or went on a day, and why: a page of them. */
export function useAudienceMoves(id: number, on: string, which: Moving, after: number) {
  return useQuery({
    queryKey: ['audiences', id, 'moves', on, which, after],
    queryFn: ({ signal }) =>
      call<AudienceMovePage>(`${root}/${id}/moves`, { method: 'POST', body: { on, which, limit: 50, after }, signal }),
    placeholderData: keepPreviousData,
  });
}

/** A rule condition by condition; the answer before stays while a change is counted. */
export function useExplained(question: RuleQuestion | undefined) {
  const { data: state } = useDataStateQuery();
  return useQuery({
    queryKey: ['explained', question, state?.version],
    queryFn: ({ signal }) => call<RuleExplained>(`${root}/explain`, { method: 'POST', body: question, signal }),
    enabled: question !== undefined && state !== undefined,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
}

export function useCompared(question: AudienceComparisonQuestion | undefined) {
  const { data: state } = useDataStateQuery();
  return useQuery({
    queryKey: ['compared', question, state?.version],
    queryFn: ({ signal }) => call<AudienceComparison>(`${root}/compare`, { method: 'POST', body: question, signal }),
    enabled: question !== undefined,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
}

/** Rules to begin with, by scene. */
export function useAudienceTemplates() {
  return useQuery({
    queryKey: ['audience-templates'],
    queryFn: ({ signal }) => call<AudienceTemplate[]>(`${root}/templates`, { signal }),
    staleTime: Infinity,
  });
}

const changed = () => queries.invalidateQueries({ queryKey: ['audiences'] });

export function useCreatingAudience() {
  return useMutation({
    mutationFn: (body: NewAudience) => call<AudienceShown>(root, { method: 'POST', body }),
    onSuccess: changed,
  });
}

export function useChangingAudience(id: number) {
  return useMutation({
    mutationFn: (body: AudienceChange) => call<AudienceShown>(`${root}/${id}`, { method: 'PUT', body }),
    onSuccess: changed,
  });
}

export function useRemovingAudience() {
  return useMutation({
    mutationFn: (id: number) => call(`${root}/${id}`, { method: 'DELETE' }),
    onSuccess: changed,
  });
}

/** The people behind a number as an audience of fixed members. */
export function useKeepingPeople() {
  return useMutation({
    mutationFn: (body: AudienceFromPeople) => call<AudienceShown>(`${root}/from-people`, { method: 'POST', body }),
    onSuccess: changed,
  });
}

/** A page of members with their identifiers. */
export function memberPage(id: number, page: { readonly limit: number; readonly after: number }): Promise<MemberPage> {
  return call<MemberPage>(`${root}/${id}/export`, { method: 'POST', body: page });
}
