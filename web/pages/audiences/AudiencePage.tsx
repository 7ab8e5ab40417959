import { App, Button, Card, Input } from 'antd';
import { useLocation, useParams } from 'wouter';
import type { AudienceShown } from '../../../src/api/audiences.ts';
import { useShelf } from '../../data/answers.ts';
import { useAudience, useChangingAudience } from '../../data/audiences.ts';
import { useCan } from '../../data/session.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useSay, useText } from '../../text/useText.ts';
import { Failed, sayError } from '../../ui/Failed.tsx';
import { Page } from '../../ui/Page.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { AudienceActions } from './AudienceActions.tsx';
import './audiences.css';
import { DecayCard } from './detail/DecayCard.tsx';
import { HistoryCard } from './detail/HistoryCard.tsx';
import { MembersCard } from './detail/MembersCard.tsx';
import { OverlapCard } from './detail/OverlapCard.tsx';
import { PortraitCard } from './detail/PortraitCard.tsx';
import { PortraitTrendCard } from './detail/PortraitTrendCard.tsx';
import { UseCard } from './detail/UseCard.tsx';
import { VersionsCard } from './detail/VersionsCard.tsx';
import { KindMark } from './KindMark.tsx';

/** One audience: whom it takes, how that changed and why, what they are like, and what it is used for. */
export function AudiencePage() {
  const { id = '' } = useParams<{ id: string }>();
  const { data, error, refetch } = useAudience(Number(id));
  if (error && !data) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting />;
  return <Shown key={data.id} audience={data} />;
}

function Shown({ audience }: { readonly audience: AudienceShown }) {
  const [, go] = useLocation();
  const { data: shelf = [] } = useShelf();
  const can = useCan();
  const has = (id: string) => shelf.some((entry) => entry.id === id);
  return (
    <Page
      title={audience.name}
      lead={<Facts audience={audience} />}
      tools={<AudienceActions audience={audience} onRemoved={() => go('/audiences')} />}
    >
      <div className="qc-grid">
        <RuleCard audience={audience} />
        {audience.kind === 'dynamic' ? <HistoryCard audience={audience} /> : null}
        {audience.kind === 'dynamic' ? <DecayCard audience={audience} /> : null}
        {has('portrait') ? <PortraitCard audience={audience} /> : null}
        {has('portrait-trend') ? <PortraitTrendCard audience={audience} /> : null}
        {has('audience-overlap') ? <OverlapCard audience={audience} /> : null}
        {audience.from_number ? null : <VersionsCard audience={audience} />}
        {can('people') ? <MembersCard key={audience.on} audience={audience} /> : null}
        <UseCard audience={audience} />
      </div>
    </Page>
  );
}

/** What is known of it in a line, and its name to be changed. */
function Facts({ audience }: { readonly audience: AudienceShown }) {
  const a = useText().audiences;
  const format = useFormat();
  const { kind, version, rules, created_by: by, created_at: at } = audience;
  return (
    <span className="qc-audience-facts">
      <KindMark kind={kind} />
      <span>{a.version(version)}</span>
      <span>{a.shown.rulesOf(rules)}</span>
      <span>{a.shown.written(by, format.moment(at))}</span>
      <Rename audience={audience} />
    </span>
  );
}

function Rename({ audience: { id, name } }: { readonly audience: AudienceShown }) {
  const t = useText();
  const can = useCan();
  const { message, modal } = App.useApp();
  const changing = useChangingAudience(id);
  if (!can('people')) return null;
  const ask = () => {
    let next = name;
    modal.confirm({
      title: t.audiences.rename,
      icon: null,
      content: (
        <Input
          aria-label={t.audiences.name}
          defaultValue={name}
          maxLength={200}
          onChange={({ target }) => {
            next = target.value;
          }}
        />
      ),
      okText: t.ui.save,
      cancelText: t.ui.cancel,
      onOk: () =>
        changing.mutateAsync({ name: next.trim() }).then(
          () => void message.success(t.audiences.renamed),
          (error: unknown) => void message.error(sayError(error, t.ui)),
        ),
    });
  };
  return (
    <Button size="small" type="text" onClick={ask}>
      {t.audiences.rename}
    </Button>
  );
}

function RuleCard({ audience }: { readonly audience: AudienceShown }) {
  const { consumers, on, fixed_on: fixed, from_number: fromNumber, sentence } = audience;
  const t = useText();
  const a = t.audiences;
  const say = useSay();
  const format = useFormat();
  return (
    <Card size="small">
      <div className="qc-rule-summary-row">
        <div>
          <div className="qc-small qc-muted">
            {a.on} {on ?? '–'} · {fromNumber ? a.kindTips.static : fixed ? a.shown.fixedDay(fixed) : a.shown.latestDay}
          </div>
          <div className="qc-figure" data-testid="size">
            {consumers === null ? '–' : format.count(consumers)}{' '}
            <span className="qc-small qc-muted">{t.ui.drawer.countUnit}</span>
          </div>
        </div>
        <p className="qc-rule-sentence">
          {say(sentence)}
          {fromNumber ? <span className="qc-small qc-muted"> {a.shown.fromNumber}</span> : null}
        </p>
      </div>
    </Card>
  );
}
