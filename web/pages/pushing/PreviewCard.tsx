import { Alert, App, Button, Card, Popconfirm, Space } from 'antd';
import { useLocation } from 'wouter';
import type { Push, PushPreview } from '../../../src/api/pushes.ts';
import { usePushPreview, useRemovingPush, useRunningPush } from '../../data/pushes.ts';
import { useCan } from '../../data/session.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { Failed, sayError } from '../../ui/Failed.tsx';
import { Waiting, Working } from '../../ui/Waiting.tsx';
import { wizardWith } from './wizard/draft.ts';

interface PreviewCardProps {
  readonly push: Push;
  /** A run goes on: the next one waits for its end. */
  readonly isRunning: boolean;
  /** A run was started, as this job. */
  readonly onRun: (job: number) => void;
}

/** Who would be sent to now and who not, by reason; from here it is sent. */
export function PreviewCard({ push, isRunning, onRun }: PreviewCardProps) {
  const p = useText().pushes;
  const { data, error, isFetching, refetch } = usePushPreview(push.id);
  return (
    <Card
      size="small"
      title={p.preview.title}
      extra={
        <Button size="small" onClick={() => void refetch()} loading={isFetching && data !== undefined}>
          {p.preview.again}
        </Button>
      }
    >
      <Working going={isFetching} />
      {error ? <Failed error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Waiting /> : null}
      {data ? <Counted push={push} preview={data} isRunning={isRunning} onRun={onRun} /> : null}
    </Card>
  );
}

const parts = ['audience', 'treated', 'control', 'excluded', 'suppressed', 'consent', 'capped', 'unreachable'] as const;

function Counted({
  push,
  preview: { on, counts, enough },
  ...run
}: PreviewCardProps & { readonly preview: PushPreview }) {
  const p = useText().pushes;
  const format = useFormat();
  const can = useCan();
  const { add, remove } = counts;
  const n = format.count;
  return (
    <>
      <p className="qc-sentence">
        {p.preview.sentence(n(counts.audience), n(counts.treated), n(counts.control))}{' '}
        {add + remove === 0 && enough ? p.preview.same : p.preview.records(n(add), n(remove))}{' '}
        <span className="qc-muted">{p.preview.lead(on)}</span>
      </p>
      {enough ? null : (
        <Alert
          type="warning"
          showIcon
          title={p.preview.small(n(counts.treated), n(push.minimum))}
          style={{ marginBlockEnd: 8 }}
        />
      )}
      <dl className="qc-push-facts">
        {parts.map((part) => (
          <div key={part} data-count={part}>
            <dt className="qc-muted">{p.counts[part]}</dt>
            <dd>{n(counts[part])}</dd>
          </div>
        ))}
      </dl>
      {can('operate') ? (
        <Confirm push={push} add={n(add)} remove={n(remove)} isNone={add + remove === 0} {...run} />
      ) : null}
    </>
  );
}

interface ConfirmProps extends PreviewCardProps {
  readonly add: string;
  readonly remove: string;
  /** There is nothing to be sent. */
  readonly isNone: boolean;
}

function Confirm({ push, add, remove, isNone, isRunning, onRun }: ConfirmProps) {
  const t = useText();
  const p = t.pushes.preview;
  const [, go] = useLocation();
  const { message } = App.useApp();
  const running = useRunningPush(push.id);
  const removing = useRemovingPush();
  const failed = (error: unknown) => void message.error(sayError(error, t.ui));
  const run = () => running.mutate(undefined, { onSuccess: ({ id }) => onRun(id), onError: failed });
  const alter = () =>
    removing.mutate(push.id, { onSuccess: () => go(wizardWith(push), { replace: true }), onError: failed });
  return (
    <Space wrap>
      <Popconfirm
        title={p.runSure(push.destination)}
        description={<div style={{ maxWidth: 280 }}>{p.runLead(add, remove)}</div>}
        disabled={isNone || isRunning}
        onConfirm={run}
        okText={p.run}
        cancelText={t.ui.cancel}
      >
        <Button type="primary" disabled={isNone || isRunning} loading={running.isPending}>
          {p.run}
        </Button>
      </Popconfirm>
      {push.last ? null : (
        <Button onClick={alter} loading={removing.isPending}>
          {p.alter}
        </Button>
      )}
    </Space>
  );
}
