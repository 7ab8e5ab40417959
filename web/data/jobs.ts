import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Job } from '../../src/api/jobs.ts';
import { call } from './client.ts';
import { queries } from './queries.ts';

export interface JobList {
  readonly items: readonly Job[];
  readonly next?: string;
}

export function isOver(job: Job): boolean {
  return job.status === 'done' || job.status === 'failed' || job.status === 'cancelled';
}

/** The latest jobs; looked at every 2 s while one runs and every 20 s otherwise. */
export function useJobs() {
  return useQuery({
    queryKey: ['jobs'],
    queryFn: ({ signal }) => call<JobList>('/api/jobs?limit=20', { signal }),
    refetchInterval: ({ state }) => (state.data?.items.some((job) => !isOver(job)) ? 2_000 : 20_000),
  });
}

/** The number of the job that loads the demo brand, while it goes. */
export function useDemoJob(): number | undefined {
  return useJobs().data?.items.find((job) => job.kind === 'demo' && !isOver(job))?.id;
}

/** What a job's end may have changed: facts, rules, imports; all of it is looked at again. */
function refreshAll(): void {
  for (const key of ['data', 'jobs', 'imports', 'rejects', 'rules', 'reports', 'pushes', 'lists', 'lookalikes'])
    void queries.invalidateQueries({ queryKey: [key] });
}

const asking = (id: number | undefined) => ({
  queryKey: ['job', id],
  queryFn: ({ signal }: { readonly signal: AbortSignal }) => call<Job>(`/api/jobs/${id}`, { signal }),
});

/** One job as it goes: its events where the browser gets them, else asked every 2 s. */
export function useJob(id: number | undefined) {
  const query = useQuery({
    ...asking(id),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data && isOver(state.data) ? false : 2_000),
  });
  const over = query.data ? isOver(query.data) : false;
  useEffect(() => {
    if (id === undefined || over) return;
    const source = new EventSource(`/api/jobs/${id}/events`);
    source.addEventListener('job', (event: MessageEvent<string>) => {
      queries.setQueryData(['job', id], JSON.parse(event.data));
    });
    source.onerror = () => source.close();
    return () => source.close();
  }, [id, over]);
  useEffect(() => {
    if (over) refreshAll();
  }, [over]);
  return query;
}

/** Whether a job that the page looks at elsewhere still goes on. */
export function useIsGoing(id: number): boolean {
  const { data } = useQuery({ ...asking(id), enabled: false });
  return data !== undefined && !isOver(data);
}

export async function cancelJob(id: number): Promise<void> {
  await call(`/api/jobs/${id}/cancel`, { method: 'POST' });
  refreshAll();
}

export async function retryJob(id: number): Promise<Job> {
  const job = await call<Job>(`/api/jobs/${id}/retry`, { method: 'POST' });
  refreshAll();
  return job;
}
