import { Alert, Button } from 'antd';
import { Link } from 'wouter';
import type { Job } from '../../../src/api/jobs.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { FileReports } from './FileReports.tsx';
import type { FileReport } from './reconcile.ts';

/** What a job of a kind came to, as the server tells it. */
interface Results {
  readonly import?: number;
  readonly files?: readonly FileReport[] | number;
  readonly rows?: number;
  readonly from?: string;
  readonly to?: string;
  /** False where a demo brand met data. */
  readonly loaded?: boolean;
  /** Number of the lookalike that was trained. */
  readonly id?: number;
  /** Of a run: its push, and records by what became of them. */
  readonly push?: number;
  readonly delivered?: number;
  readonly refused?: number;
}

function isResult(result: unknown): result is Results {
  return typeof result === 'object' && result !== null;
}

/** What a job that is over came to: the report of an import, what was taken back, where a report lies. */
export function JobResult({ job }: { readonly job: Job }) {
  const t = useText().jobs;
  const format = useFormat();
  const { kind, title, result } = job;
  if (!isResult(result)) return null;
  if (Array.isArray(result.files)) return <FileReports reports={result.files} importId={result.import} />;
  if (kind === 'undo')
    return (
      <Alert
        type="info"
        showIcon
        title={t.undone(result.import ?? 0, format.count(Number(result.files ?? 0)), format.count(result.rows ?? 0))}
      />
    );
  if (kind === 'report') return <Ended title={t.reported} href="/reports?tab=schedules" action={t.toReports} />;
  if (kind === 'push')
    return (
      <Ended
        type={(result.refused ?? 0) > 0 ? 'warning' : 'info'}
        title={t.pushed(format.count(result.delivered ?? 0), format.count(result.refused ?? 0))}
        href={`/pushes?push=${result.push}`}
        action={t.toPush}
      />
    );
  if (kind === 'lookalike')
    return <Ended title={t.trained(title)} href={`/lookalikes?model=${result.id}`} action={t.toLookalike} />;
  if (kind === 'demo' && result.loaded === false)
    return <Ended type="warning" title={t.demoRefused} href="/" action={t.toHome} />;
  if (kind === 'demo')
    return <Ended title={t.demoLoaded(result.from ?? '', result.to ?? '')} href="/" action={t.toHome} />;
  return null;
}

interface EndedProps {
  readonly type?: 'info' | 'warning';
  readonly title: string;
  readonly href: string;
  readonly action: string;
}

function Ended({ type = 'info', title, href, action }: EndedProps) {
  return (
    <Alert
      type={type}
      showIcon
      title={title}
      action={
        <Link href={href}>
          <Button size="small">{action}</Button>
        </Link>
      }
    />
  );
}
