import { Alert, App, Button, Card, Space } from 'antd';
import { Link, useLocation } from 'wouter';
import type { Lookalike } from '../../../src/api/lookalikes.ts';
import { useRemovingLookalike } from '../../data/lookalikes.ts';
import { useCan } from '../../data/session.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';
import { Page } from '../../ui/Page.tsx';
import { Features } from './Features.tsx';
import { Quality } from './Quality.tsx';
import { SizeCard } from './SizeCard.tsx';
import { useScoreWords } from './useScoreWords.ts';

/** One model: whether it tells the seed apart, how well, by what, and an audience out of it. */
export function Model({ model }: { readonly model: Lookalike }) {
  const l = useText().lookalikes;
  const can = useCan();
  return (
    <Page
      title={l.of(model.seed)}
      lead={<Facts model={model} />}
      tools={
        <Space wrap>
          {can('people') ? <Remove id={model.id} /> : null}
          <Link href="/lookalikes">← {l.back}</Link>
        </Space>
      }
    >
      <div className="qc-grid">
        <Signal model={model} />
        <SizeCard model={model} />
        <Quality report={model.report} />
        <Features report={model.report} />
      </div>
    </Page>
  );
}

function Facts({ model }: { readonly model: Lookalike }) {
  const l = useText().lookalikes;
  const format = useFormat();
  const { id, seeds, cold, others, on, features_on: featuresOn, exclude } = model;
  return (
    <span className="qc-lookalike-facts">
      <span>{l.model(id)}</span>
      <span>
        {l.seeds} {l.seedsOf(format.count(seeds), format.count(cold))}
      </span>
      <span>
        {l.others} {format.count(others)}
      </span>
      <span>
        {l.on} {on}
      </span>
      <span>
        {l.featuresOn} {featuresOn}
      </span>
      {exclude.length > 0 ? (
        <span>
          {l.exclude} {format.list(exclude)}
        </span>
      ) : null}
    </span>
  );
}

const tones = { yes: 'info', weak: 'warning', known: 'warning', no: 'error' } as const;

function Signal({ model: { report } }: { readonly model: Lookalike }) {
  const l = useText().lookalikes;
  const words = useScoreWords();
  const { kind, text } = words.signal(report);
  return (
    <Card size="small">
      <Alert type={tones[kind]} showIcon title={text} description={`${l.auc} ${words.auc(report)}`} />
    </Card>
  );
}

function Remove({ id }: { readonly id: number }) {
  const t = useText();
  const l = t.lookalikes;
  const [, go] = useLocation();
  const { modal, message } = App.useApp();
  const removing = useRemovingLookalike();
  const removed = () => {
    go('/lookalikes');
    void message.success(l.removed);
  };
  const ask = () =>
    modal.confirm({
      title: l.removeSure(id),
      okText: l.remove,
      okButtonProps: { danger: true },
      cancelText: t.ui.cancel,
      onOk: () => removing.mutateAsync(id).then(removed, (error: unknown) => void message.error(sayError(error, t.ui))),
    });
  return (
    <Button danger onClick={ask}>
      {l.remove}
    </Button>
  );
}
