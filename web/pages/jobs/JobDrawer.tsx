import { Descriptions, Drawer } from 'antd';
import type { Job } from '../../../src/api/jobs.ts';
import { useJob } from '../../data/jobs.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { Failed } from '../../ui/Failed.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { JobButtons } from './JobButtons.tsx';
import { JobProgress } from './JobProgress.tsx';
import { JobResult } from './JobResult.tsx';
import { JobStatus } from './JobStatus.tsx';
import { useJobWords } from './useJobWords.ts';

interface JobDrawerProps {
  readonly id: number;
  readonly onClose: () => void;
  readonly onRetried: (job: Job) => void;
}

/** One job: who asked for it when, how far it is, and what it came to. */
export function JobDrawer({ id, onClose, onRetried }: JobDrawerProps) {
  const t = useText().jobs;
  const { data: job, error, refetch } = useJob(id);
  return (
    <Drawer
      open
      size={Math.min(860, window.innerWidth)}
      title={t.detail(id)}
      onClose={onClose}
      extra={job ? <JobButtons job={job} size="middle" onRetried={onRetried} /> : null}
    >
      {error ? <Failed error={error} onRetry={() => void refetch()} /> : null}
      {!job && !error ? <Waiting /> : null}
      {job ? (
        <>
          <Facts job={job} />
          <JobProgress job={job} />
          <JobResult job={job} />
        </>
      ) : null}
    </Drawer>
  );
}

function Facts({ job }: { readonly job: Job }) {
  const t = useText().jobs;
  const format = useFormat();
  const words = useJobWords();
  const moment = (iso: string | null) => (iso === null ? '–' : format.moment(iso));
  return (
    <Descriptions
      size="small"
      column={{ xs: 1, sm: 2 }}
      style={{ marginBlockEnd: 16 }}
      items={[
        { key: 'title', label: t.title, children: words.title(job) },
        { key: 'status', label: t.status, children: <JobStatus status={job.status} /> },
        { key: 'by', label: t.by, children: job.createdBy },
        { key: 'created', label: t.createdAt, children: moment(job.createdAt) },
        { key: 'started', label: t.startedAt, children: moment(job.startedAt) },
        { key: 'finished', label: t.finishedAt, children: moment(job.finishedAt) },
      ]}
    />
  );
}
