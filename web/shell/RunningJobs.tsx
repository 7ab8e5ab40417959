import { LoadingOutlined } from '@ant-design/icons';
import { Badge, Button, Popover, Progress } from 'antd';
import { Link } from 'wouter';
import type { Job } from '../../src/api/jobs.ts';
import { useJob } from '../data/jobs.ts';
import { useText } from '../text/useText.ts';
import { shareOf } from '../ui/jobShare.ts';

/** How many jobs run, and how far each is. */
export function RunningJobs({ running }: { readonly running: readonly Job[] }) {
  const t = useText().shell;
  const list = (
    <div style={{ width: 280 }}>
      {running.map((job) => (
        <Going key={job.id} job={job} />
      ))}
      <Link href="/jobs">{t.jobsAll}</Link>
    </div>
  );
  return (
    <Popover content={list} trigger="click" placement="bottomRight">
      <Button type="text" aria-label={t.jobsRunning(running.length)} title={t.jobsRunning(running.length)}>
        <Badge count={running.length} size="small" offset={[4, -2]} color="var(--qc-accent)">
          <LoadingOutlined />
        </Badge>
      </Button>
    </Popover>
  );
}

function Going({ job }: { readonly job: Job }) {
  const { data = job } = useJob(job.id);
  const share = shareOf(data);
  return (
    <div style={{ marginBlockEnd: 8 }}>
      <div className="qc-ellipsis" title={data.title}>
        {data.title}
      </div>
      <Progress
        percent={share === undefined ? 0 : Math.floor(share * 100)}
        size="small"
        status="active"
        showInfo={share !== undefined}
      />
    </div>
  );
}
