import { lazy, Suspense } from 'react';
import { isOver, useJobs } from '../data/jobs.ts';

const RunningJobs = lazy(() => import('./RunningJobs.tsx').then((m) => ({ default: m.RunningJobs })));

/** The jobs that run; nothing while none does. */
export function JobsIndicator() {
  const { data } = useJobs();
  const running = (data?.items ?? []).filter((job) => !isOver(job));
  if (running.length === 0) return null;
  return (
    <Suspense>
      <RunningJobs running={running} />
    </Suspense>
  );
}
