import { useMutation } from '@tanstack/react-query';
import { App, Button, Popconfirm } from 'antd';
import type { Job } from '../../../src/api/jobs.ts';
import { cancelJob, isOver, retryJob } from '../../data/jobs.ts';
import { queries } from '../../data/queries.ts';
import { useCan, useSession } from '../../data/session.ts';
import { useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';

interface JobButtonsProps {
  readonly job: Job;
  readonly size?: 'small' | 'middle';
  /** The job that was started in its place. */
  readonly onRetried?: ((job: Job) => void) | undefined;
}

/** Ends a job that runs, for operators and whoever asked for it; or starts one again that did not end well. */
export function JobButtons({ job, size = 'small', onRetried }: JobButtonsProps) {
  const t = useText();
  const can = useCan();
  const { user } = useSession();
  const { message } = App.useApp();
  const lead = t.jobs.cancelLeads[job.kind] ?? t.jobs.cancelLead;
  const onError = (error: unknown) => void message.error(sayError(error, t.ui));
  const cancelling = useMutation({
    mutationFn: () => cancelJob(job.id),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['job', job.id] });
      void message.info(t.jobs.cancelled);
    },
    onError,
  });
  const retrying = useMutation({
    mutationFn: () => retryJob(job.id),
    onSuccess: (again) => {
      void message.success(t.jobs.retried(again.id));
      onRetried?.(again);
    },
    onError,
  });
  if (job.status === 'done') return null;
  if (isOver(job))
    return can('operate') ? (
      <Button size={size} loading={retrying.isPending} onClick={() => retrying.mutate()}>
        {t.jobs.retry}
      </Button>
    ) : null;
  if (!can('operate') && job.createdBy !== user.name) return null;
  return (
    <Popconfirm title={t.jobs.cancelSure} description={lead} onConfirm={() => cancelling.mutate()}>
      <Button size={size} danger loading={cancelling.isPending}>
        {t.jobs.cancel}
      </Button>
    </Popconfirm>
  );
}
