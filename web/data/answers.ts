import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import type { AnswerBody, DataState, People, ShelfEntry, ShelfPage } from '../../src/api/analyses.ts';
import { call } from './client.ts';
import { isLightOnly, newTicket } from './tickets.ts';

/** Parameters of a question, by name. Undefined and empty ones are left out. */
export type Params = Readonly<Record<string, unknown>>;
export type Row = Readonly<Record<string, unknown>>;

export const dataStateQuery = queryOptions({
  queryKey: ['data'],
  queryFn: ({ signal }) => call<DataState>('/api/data', { signal, kept: true }),
  staleTime: 5_000,
});

/** How fresh the data are; looked at again every half minute. Every answer is kept under its `version`. */
export function useDataStateQuery() {
  return useQuery({ ...dataStateQuery, refetchInterval: 30_000 });
}

/** How fresh the data are. Call below the shell only, which waits for it. */
export function useDataState(): DataState {
  const { data } = useDataStateQuery();
  if (!data) throw new Error('useDataState stands outside the shell, which waits for the state of the data.');
  return data;
}

/** The whole shelf, in the order of ids; asked again when the data's version changes, for rules name the stages. */
export function useShelf() {
  const { data: state } = useDataStateQuery();
  return useQuery({
    queryKey: ['shelf', 'all', state?.version],
    queryFn: ({ signal }) => call<ShelfEntry[]>('/api/analyses', { signal, kept: true }),
    enabled: state !== undefined,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });
}

/** One entry of the shelf, once it is loaded. */
export function useShelfEntry(id: string): ShelfEntry | undefined {
  return useShelf().data?.find((entry) => entry.id === id);
}

/** An entry with the page that defines it. */
export function useShelfPage(id: string) {
  return useQuery({
    queryKey: ['shelf', 'page', id],
    queryFn: ({ signal }) => call<ShelfPage>(`/api/analyses/${id}`, { signal, kept: true }),
    staleTime: Infinity,
  });
}

/** Parameters that say something. */
export function given(params: Params): Record<string, unknown> {
  return Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined && value !== ''));
}

export interface AskOptions {
  /** False while the question cannot be asked yet. */
  readonly enabled?: boolean;
  /** A heavy question is refused with `question_heavy`, until the reader has said to ask it all the same. */
  readonly light?: boolean;
}

/** A question to one version of the data; its answer stays right as long as the version does. */
export function answerQuery(id: string, params: Params, version: string | undefined, light = false) {
  const asked = given(params);
  return queryOptions({
    queryKey: ['answer', id, asked, version],
    queryFn: ({ signal }) =>
      call<AnswerBody>(`/api/analyses/${id}`, {
        method: 'POST',
        body: asked,
        signal,
        kept: true,
        headers: { 'x-question': newTicket(id, asked), ...(light && isLightOnly(id, asked) ? { 'x-light': '1' } : {}) },
      }),
    staleTime: Infinity,
  });
}

/** The answer to a question, asked again when the data, the rules or the parameters change; the old one stays meanwhile. */
export function useAnswer(id: string, params: Params, { enabled = true, light = false }: AskOptions = {}) {
  const { data: state } = useDataStateQuery();
  return useQuery({
    ...answerQuery(id, params, state?.version, light),
    enabled: enabled && state !== undefined && state.lastDay !== null,
    placeholderData: (before, query) => (query?.queryKey[1] === id ? keepPreviousData(before) : undefined),
  });
}

/** Which number is meant: a row of an answer. */
export interface Behind {
  readonly analysis: string;
  readonly params: Params;
  readonly row: Row;
}

/** How many consumers a number counts, and one page of them for a caller that may see them. */
export function usePeople({ analysis, params, row }: Behind, page: { after: number; limit: number }) {
  const { data: state } = useDataStateQuery();
  const body = { params: given(params), row, ...page };
  return useQuery({
    queryKey: ['people', analysis, body, state?.version],
    queryFn: ({ signal }) => call<People>(`/api/analyses/${analysis}/people`, { method: 'POST', body, signal }),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });
}
