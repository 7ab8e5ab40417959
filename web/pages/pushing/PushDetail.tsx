import { App, Button, Card, Space, Switch } from 'antd';
import { Link, useLocation } from 'wouter';
import type { Push } from '../../../src/api/pushes.ts';
import { useAudiences } from '../../data/audiences.ts';
import { useIsGoing } from '../../data/jobs.ts';
import { useRemovingPush, useSwitchingPush } from '../../data/pushes.ts';
import { useCan } from '../../data/session.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';
import { Page } from '../../ui/Page.tsx';
import { useUrlState } from '../../url/urlState.ts';
import { JobPanel } from '../jobs/JobPanel.tsx';
import { FileCard } from './FileCard.tsx';
import { LogCard } from './LogCard.tsx';
import { PreviewCard } from './PreviewCard.tsx';
import { ReadoutCard } from './ReadoutCard.tsx';
import { RunsCard } from './RunsCard.tsx';
import { usePushWords } from './usePushWords.ts';
import { WizardSteps } from './wizard/WizardSteps.tsx';

/** One push: what it is, what it would do now, what it did record by record, and what it brought. */
export function PushDetail({ push }: { readonly push: Push }) {
  const p = useText().pushes;
  const can = useCan();
  const format = useFormat();
  const [{ job }, set] = useUrlState({ job: 0 });
  const isRunning = useIsGoing(job);
  const hasRun = push.last !== null;
  return (
    <Page
      title={push.name}
      lead={p.created(push.created_by, format.moment(push.created_at))}
      tools={
        <Space wrap>
          {can('operate') ? <Remove push={push} /> : null}
          <Link href="/pushes">← {p.back}</Link>
        </Space>
      }
    >
      <div className="qc-grid">
        {hasRun || job > 0 ? null : <WizardSteps current={2} />}
        <Facts push={push} />
        {job > 0 ? (
          <JobPanel
            id={job}
            title={p.preview.running}
            onClose={() => set({ job: 0 })}
            onRetried={(next) => set({ job: next })}
          />
        ) : null}
        {hasRun ? <ReadoutCard push={push} /> : null}
        <PreviewCard push={push} isRunning={isRunning} onRun={(next) => set({ job: next })} />
        {hasRun ? <RunsCard push={push} /> : null}
        {push.kind === 'file' && can('operate') ? <FileCard push={push} /> : null}
        {hasRun && can('people') ? <LogCard push={push} /> : null}
      </div>
    </Page>
  );
}

function Facts({ push }: { readonly push: Push }) {
  const p = useText().pushes;
  const format = useFormat();
  const words = usePushWords();
  const can = useCan();
  const switching = useSwitchingPush(push.id);
  const facts = [
    [p.audience, <AudienceLink key="audience" name={push.audience} />],
    [p.destination, `${push.destination} · ${words.kind(push.kind)}`],
    [p.identifiers, format.list(push.identifiers.map(words.identifier))],
    [p.holdout, words.holdout(push.holdout)],
    [p.minimum, p.minimumOf(format.count(push.minimum))],
    [p.cap, words.cap(push.cap)],
    ...(push.exclude.length > 0 ? [[p.exclude, format.list(push.exclude)] as const] : []),
    [p.trigger, words.trigger(push)],
  ] as const;
  return (
    <Card size="small">
      <dl className="qc-push-facts">
        {facts.map(([title, value]) => (
          <div key={title}>
            <dt className="qc-muted">{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {push.trigger === 'manual' ? null : (
          <div>
            <dt className="qc-muted">{p.automatic}</dt>
            <dd>
              <Switch
                size="small"
                aria-label={p.automatic}
                checked={push.enabled}
                disabled={!can('operate')}
                loading={switching.isPending}
                onChange={(enabled) => switching.mutate(enabled)}
              />
            </dd>
          </div>
        )}
      </dl>
    </Card>
  );
}

/** The audience of a push, as a way to its page where it still goes by that name. */
function AudienceLink({ name }: { readonly name: string }) {
  const { data = [] } = useAudiences();
  const found = data.find((each) => each.name === name);
  return found ? <Link href={`/audiences/${found.id}`}>{name}</Link> : name;
}

function Remove({ push: { id, name } }: { readonly push: Push }) {
  const t = useText();
  const p = t.pushes;
  const [, go] = useLocation();
  const { modal, message } = App.useApp();
  const removing = useRemovingPush();
  const removed = () => {
    go('/pushes');
    void message.success(p.removed);
  };
  const ask = () =>
    modal.confirm({
      title: p.removeSure(name),
      content: p.removeLead,
      okText: p.remove,
      okButtonProps: { danger: true },
      cancelText: t.ui.cancel,
      onOk: () => removing.mutateAsync(id).then(removed, (error: unknown) => void message.error(sayError(error, t.ui))),
    });
  return (
    <Button danger onClick={ask}>
      {p.remove}
    </Button>
  );
}
