import { Button, Card } from 'antd';
import { Link } from 'wouter';
import { useText } from '../../text/useText.ts';
import { JobPanel } from '../jobs/JobPanel.tsx';

interface RunningImportsProps {
  readonly jobs: readonly number[];
  readonly onMore: () => void;
  /** A job was started again in the place of another. */
  readonly onRetried: (old: number, now: number) => void;
}

/** Imports as they go, what became of their rows, and where to go from here. */
export function RunningImports({ jobs, onMore, onRetried }: RunningImportsProps) {
  const t = useText().data;
  return (
    <div className="qc-grid">
      {jobs.map((id) => (
        <JobPanel key={id} id={id} onRetried={(now) => onRetried(id, now)} />
      ))}
      <Card size="small" title={t.running.next}>
        <div className="qc-next" style={{ marginBlockStart: 0 }}>
          <Link href="/">
            <Button type="primary">{t.running.home}</Button>
          </Link>
          <Link href="/consumer-assets">
            <Button>{t.running.assets}</Button>
          </Link>
          <Link href="/data/rejects">
            <Button>{t.running.rejects}</Button>
          </Link>
          <Link href="/data/history">
            <Button>{t.running.history}</Button>
          </Link>
          <Button onClick={onMore}>{t.start.more}</Button>
        </div>
      </Card>
    </div>
  );
}
