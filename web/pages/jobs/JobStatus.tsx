import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  LoadingOutlined,
  StopOutlined,
} from '@ant-design/icons';
import type { Job } from '../../../src/api/jobs.ts';
import { useText } from '../../text/useText.ts';
import { StateMark } from '../../ui/StateMark.tsx';

const marks = {
  queued: { icon: <ClockCircleOutlined />, tone: 'quiet' },
  running: { icon: <LoadingOutlined />, tone: 'going' },
  done: { icon: <CheckCircleOutlined />, tone: 'good' },
  failed: { icon: <CloseCircleOutlined />, tone: 'bad' },
  cancelled: { icon: <StopOutlined />, tone: 'bad' },
} as const;

/** The state of a job by word, shape and colour. */
export function JobStatus({ status }: { readonly status: Job['status'] }) {
  const t = useText().jobs;
  const { icon, tone } = marks[status];
  return (
    <StateMark icon={icon} tone={tone}>
      {t.statuses[status]}
    </StateMark>
  );
}
