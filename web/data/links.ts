import { useMutation, useQuery } from '@tanstack/react-query';
import type { Cut, CutPreview, CutRequest, LinkReport, NewCut } from '../../src/api/links.ts';
import { call } from './client.ts';
import { queries } from './queries.ts';

/** Why the identifiers of a consumer, given by its number, are one person. */
export function useLinks(consumer: number) {
  return useQuery({
    queryKey: ['links', consumer],
    queryFn: ({ signal }) =>
      call<LinkReport>('/api/links/why', { method: 'POST', body: { identifier: `#${consumer}` }, signal }),
  });
}

/** How a consumer, given by its number, comes to another identifier; the question goes in the body and is kept nowhere. */
export function useChain(consumer: number) {
  return useMutation({
    mutationFn: async (to: string) => {
      const body = { identifier: `#${consumer}`, to };
      return (await call<LinkReport>('/api/links/why', { method: 'POST', body })).chain;
    },
    gcTime: 0,
  });
}

/** Every cut that was ever made, the latest first. */
export function useCuts() {
  return useQuery({ queryKey: ['cuts'], queryFn: ({ signal }) => call<Cut[]>('/api/links/cuts', { signal }) });
}

/** What a cut, or the lifting of one, would change; asked each time anew. */
export function useCutPreview(asked: CutRequest | { readonly lift: number }) {
  return useQuery({
    queryKey: ['cut preview', asked],
    queryFn: ({ signal }) => call<CutPreview>('/api/links/cuts/preview', { method: 'POST', body: asked, signal }),
    gcTime: 0,
    staleTime: 0,
  });
}

/** What a cut that is written by hand would change, when it is asked. */
export function useCutLook() {
  return useMutation({
    mutationFn: (asked: CutRequest) => call<CutPreview>('/api/links/cuts/preview', { method: 'POST', body: asked }),
    gcTime: 0,
  });
}

/** Makes a cut, or lifts one; what is known of consumers and of answers is asked anew. */
export function useCutting() {
  return useMutation({
    mutationFn: (change: NewCut | { readonly lift: number }) =>
      'lift' in change
        ? call<Cut>(`/api/links/cuts/${change.lift}`, { method: 'DELETE' })
        : call<Cut>('/api/links/cuts', { method: 'POST', body: change }),
    onSuccess: () =>
      Promise.all(['links', 'cuts', 'consumer', 'data'].map((name) => queries.invalidateQueries({ queryKey: [name] }))),
  });
}
