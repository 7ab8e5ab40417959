import { Alert, Progress } from 'antd';
import { useEffect, useRef } from 'react';
import type { Job } from '../../../src/api/jobs.ts';
import { isOver } from '../../data/jobs.ts';
import { bytesIn } from '../../format/bytes.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { sayFault } from '../../ui/Failed.tsx';
import { shareOf } from '../../ui/jobShare.ts';
import { type Sample, type Speed, sampleOf, speedBetween } from './speed.ts';
import { useJobWords } from './useJobWords.ts';

/** How far a job is: its step, its bar, rows a second and the time that is left; why it failed where it did. */
export function JobProgress({ job }: { readonly job: Job }) {
  const { jobs: t, ui } = useText();
  const words = useJobWords();
  const speed = useSpeed(job);
  const facts = useFacts(job, speed);
  const share = shareOf(job);
  if (job.error)
    return (
      <Alert
        type={job.status === 'cancelled' ? 'warning' : 'error'}
        showIcon
        title={t.statuses[job.status]}
        description={
          <span style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{sayFault(job.error, ui)}</span>
        }
      />
    );
  if (isOver(job)) return null;
  return (
    <div aria-live="polite">
      <div>{job.status === 'queued' ? t.waiting : job.progress ? words.step(job.progress.step) : null}</div>
      <Progress
        percent={share === undefined ? 0 : Math.floor(share * 100)}
        status={job.status === 'running' ? 'active' : 'normal'}
        showInfo={share !== undefined}
        aria-label={words.title(job)}
      />
      <div className="qc-muted qc-small">{facts.join(' · ') || '\u00a0'}</div>
    </div>
  );
}

function useFacts({ progress }: Job, speed: Speed | undefined): string[] {
  const t = useText();
  const format = useFormat();
  const words = useJobWords();
  if (!progress) return [];
  const { done, total, unit, rows } = progress;
  const size = (value: number) => (unit === 'bytes' ? bytesIn(value) : format.count(value));
  const named = unit === 'bytes' ? '' : t.ui.progress[unit];
  const whole = total === undefined ? t.jobs.soFar(size(done), named) : t.jobs.done(size(done), size(total), named);
  return [
    whole.trim(),
    ...(unit === 'bytes' && rows !== undefined ? [t.jobs.soFar(format.count(rows), t.ui.progress.rows)] : []),
    ...(speed?.rows ? [t.jobs.speed(format.count(speed.rows))] : []),
    ...(speed?.left === undefined ? [] : [t.jobs.left(words.span(speed.left))]),
  ];
}

/** Measured here, from the first look at a step on. */
function useSpeed(job: Job): Speed | undefined {
  const first = useRef<Sample>(undefined);
  const last = sampleOf(job, Date.now());
  useEffect(() => {
    if (first.current?.step !== last?.step || (last && first.current && last.done < first.current.done))
      first.current = last;
  });
  if (!last || first.current?.step !== last.step) return undefined;
  return speedBetween(first.current, last, job.progress?.total);
}
