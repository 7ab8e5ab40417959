import { useMutation, useQuery } from '@tanstack/react-query';
import type { Job } from '../../src/api/jobs.ts';
import type {
  Destination,
  DestinationKind,
  DestinationMade,
  NewDestination,
  NewPush,
  Push,
  PushLogRow,
  PushLogState,
  PushPreview,
  PushRun,
} from '../../src/api/pushes.ts';
import { useDataStateQuery } from './answers.ts';
import { call } from './client.ts';
import { usePages } from './pages.ts';
import { queries } from './queries.ts';

const destinations = '/api/destinations';
const pushes = '/api/pushes';

/** Kinds of places that audiences may be sent to, with their settings. */
export function useDestinationKinds() {
  return useQuery({
    queryKey: ['destination-kinds'],
    queryFn: ({ signal }) => call<DestinationKind[]>(`${destinations}/kinds`, { signal }),
    staleTime: Infinity,
  });
}

/** Places that audiences are sent to, by name. */
export function useDestinations() {
  return useQuery({
    queryKey: ['destinations'],
    queryFn: ({ signal }) => call<Destination[]>(destinations, { signal }),
  });
}

const placesChanged = () => queries.invalidateQueries({ queryKey: ['destinations'] });

/** Note: what was typed may hold secrets; it is forgotten at once. */
export function useAddingDestination() {
  return useMutation({
    mutationFn: (body: NewDestination) => call<DestinationMade>(destinations, { method: 'POST', body }),
    onSuccess: placesChanged,
    gcTime: 0,
  });
}

export function useRemovingDestination() {
  return useMutation({
    mutationFn: (id: number) => call<unknown>(`${destinations}/${id}`, { method: 'DELETE' }),
    onSuccess: placesChanged,
  });
}

/** Every push with its last run, the latest first. */
export function usePushes() {
  return useQuery({
    queryKey: ['pushes'],
    queryFn: async ({ signal }) => (await call<Push[]>(pushes, { signal })).toSorted((a, b) => b.id - a.id),
  });
}

export function usePush(id: number) {
  return useQuery({
    queryKey: ['pushes', id],
    queryFn: ({ signal }) => call<Push>(`${pushes}/${id}`, { signal }),
  });
}

/** What a run would do with the data as they are now; nothing is sent. */
export function usePushPreview(id: number) {
  const { data: state } = useDataStateQuery();
  return useQuery({
    queryKey: ['pushes', id, 'preview', state?.version],
    queryFn: ({ signal }) => call<PushPreview>(`${pushes}/${id}/preview`, { method: 'POST', signal }),
    enabled: state !== undefined,
  });
}

/** Runs of a push, newest first. */
export function usePushRuns(id: number) {
  return usePages<PushRun>(['pushes', String(id), 'runs'], `${pushes}/${id}/runs?limit=20`);
}

export interface LogFilter {
  /** Runs and states that are shown; 0 and '' are all. */
  readonly run: number;
  readonly state: PushLogState | '';
}

/** The query of a log's filter. */
export function logQuery({ run, state }: LogFilter): string {
  return [run > 0 ? `&run=${run}` : '', state === '' ? '' : `&state=${state}`].join('');
}

/** What became of each record, the latest run first. */
export function usePushLog(id: number, filter: LogFilter) {
  const query = logQuery(filter);
  return usePages<PushLogRow>(['pushes', String(id), 'log', query], `${pushes}/${id}/log?limit=25${query}`);
}

const pushesChanged = () =>
  Promise.all([['pushes'], ['destinations']].map((queryKey) => queries.invalidateQueries({ queryKey })));

export function useMakingPush() {
  return useMutation({
    mutationFn: (body: NewPush) => call<Push>(pushes, { method: 'POST', body }),
    onSuccess: pushesChanged,
  });
}

/** Whether a push runs by itself. */
export function useSwitchingPush(id: number) {
  return useMutation({
    mutationFn: (enabled: boolean) => call<Push>(`${pushes}/${id}`, { method: 'PATCH', body: { enabled } }),
    onSuccess: pushesChanged,
  });
}

export function useRemovingPush() {
  return useMutation({
    mutationFn: (id: number) => call<unknown>(`${pushes}/${id}`, { method: 'DELETE' }),
    // Note: its own page may still be open, and would ask for what is gone.
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['pushes'], exact: true }),
        queries.invalidateQueries({ queryKey: ['destinations'] }),
      ]),
  });
}

/** Sends what has changed, as a job. */
export function useRunningPush(id: number) {
  return useMutation({
    mutationFn: () => call<Job>(`${pushes}/${id}/run`, { method: 'POST' }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['jobs'] }),
  });
}
