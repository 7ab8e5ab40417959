import { CloseOutlined } from '@ant-design/icons';
import { Button, Card, Space } from 'antd';
import { isOver, useJob } from '../../data/jobs.ts';
import { useText } from '../../text/useText.ts';
import { Failed } from '../../ui/Failed.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { JobButtons } from './JobButtons.tsx';
import { JobProgress } from './JobProgress.tsx';
import { JobResult } from './JobResult.tsx';
import { JobStatus } from './JobStatus.tsx';

interface JobPanelProps {
  readonly id: number;
  /** What the job is called here; its own title where absent. */
  readonly title?: string;
  readonly onClose?: () => void;
  readonly onRetried: (job: number) => void;
}

/** A job in the middle of a page: as it goes, and what it came to. */
export function JobPanel({ id, title, onClose, onRetried }: JobPanelProps) {
  const t = useText();
  const { data: job, error, refetch } = useJob(id);
  return (
    <Card
      size="small"
      title={
        <Space wrap>
          {job ? <JobStatus status={job.status} /> : null}
          <span className="qc-job-title">{title ?? job?.title ?? t.jobs.detail(id)}</span>
        </Space>
      }
      extra={
        <Space>
          {job ? <JobButtons job={job} onRetried={(again) => onRetried(again.id)} /> : null}
          {onClose && job && isOver(job) ? (
            <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t.ui.close} onClick={onClose} />
          ) : null}
        </Space>
      }
    >
      {error ? <Failed error={error} onRetry={() => void refetch()} /> : null}
      {!job && !error ? <Waiting /> : null}
      {job ? <JobProgress job={job} /> : null}
      {job && isOver(job) ? <JobResult job={job} /> : null}
    </Card>
  );
}
