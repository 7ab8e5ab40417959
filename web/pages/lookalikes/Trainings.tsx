import { useEffect } from 'react';
import type { Job } from '../../../src/api/jobs.ts';
import { isOver, useJob, useJobs } from '../../data/jobs.ts';
import { JobPanel } from '../jobs/JobPanel.tsx';
import { useJobWords } from '../jobs/useJobWords.ts';

interface TrainingsProps {
  /** The job that the reader has asked for; 0 is none. */
  readonly awaited: number;
  readonly onAwait: (job: number) => void;
  /** The model of the awaited job is there. */
  readonly onTrained: (model: number) => void;
}

/** Trainings as they go: those under way, and the one that was asked for here until its model opens. */
export function Trainings({ awaited, onAwait, onTrained }: TrainingsProps) {
  const { data } = useJobs();
  const { data: job } = useJob(awaited > 0 ? awaited : undefined);
  const model = job && modelOf(job);
  useEffect(() => {
    if (model !== undefined) onTrained(model);
  }, [model, onTrained]);
  const underWay = (data?.items ?? []).filter((each) => each.kind === 'lookalike' && !isOver(each));
  const others = underWay.filter(({ id }) => id !== awaited);
  const shown = [...(awaited > 0 ? [awaited] : []), ...others.map(({ id }) => id)];
  if (shown.length === 0) return null;
  return (
    <div className="qc-grid" style={{ marginBlockEnd: 12 }}>
      {shown.map((id) => (
        <Panel key={id} id={id} onClose={() => onAwait(0)} onRetried={onAwait} />
      ))}
    </div>
  );
}

interface PanelProps {
  readonly id: number;
  readonly onClose: () => void;
  readonly onRetried: (job: number) => void;
}

function Panel({ id, onClose, onRetried }: PanelProps) {
  const { data: job } = useJob(id);
  const words = useJobWords();
  return <JobPanel id={id} {...(job ? { title: words.title(job) } : {})} onClose={onClose} onRetried={onRetried} />;
}

/** Number of the model that a training came to. */
function modelOf({ kind, status, result }: Job): number | undefined {
  if (kind !== 'lookalike' || status !== 'done' || typeof result !== 'object' || result === null) return undefined;
  return 'id' in result && typeof result.id === 'number' ? result.id : undefined;
}
