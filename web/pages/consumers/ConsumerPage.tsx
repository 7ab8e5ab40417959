import { useQuery } from '@tanstack/react-query';
import { Button, Card, Descriptions, Empty } from 'antd';
import { Link, useParams } from 'wouter';
import type { Consumer } from '../../../src/api/consumers.ts';
import { call } from '../../data/client.ts';
import { useText } from '../../text/useText.ts';
import { Failed } from '../../ui/Failed.tsx';
import { Page } from '../../ui/Page.tsx';
import { useStages } from '../../ui/useStages.ts';
import { Waiting } from '../../ui/Waiting.tsx';
import { useLastDay } from '../../url/usePeriod.ts';
import './consumers.css';
import { Identifiers } from './Identifiers.tsx';
import { Links } from './Links.tsx';
import { StageBands } from './StageBands.tsx';
import { Timeline } from './Timeline.tsx';

/** One consumer by number: who it is and why, its stages over time, and what it did. */
export function ConsumerPage() {
  const t = useText();
  const c = t.consumers;
  const number = Number(useParams<{ id: string }>().id);
  const { data, error, refetch } = useQuery({
    queryKey: ['consumer', number],
    queryFn: ({ signal }) => call<Consumer>(`/api/consumers/${number}`, { signal }),
    enabled: Number.isInteger(number) && number > 0,
  });
  return (
    <Page
      title={c.title(number)}
      lead={data ? <Summary consumer={data} /> : null}
      tools={
        <Link href="/consumers">
          <Button>{c.another}</Button>
        </Link>
      }
    >
      {error ? <Failed error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Waiting /> : null}
      {data ? (
        <div className="qc-grid">
          <StageBands spans={data.stages} />
          <Identifiers list={data.identifiers} />
          <Links consumer={data.consumer} />
          <Profile profile={data.profile} />
          <Timeline moments={data.timeline} />
        </div>
      ) : null}
    </Page>
  );
}

function Summary({ consumer: { identifiers, timeline, stages } }: { readonly consumer: Consumer }) {
  const t = useText().consumers;
  const last = useLastDay();
  const names = useStages();
  const now = stages.find(({ from, to }) => from <= last && (to === null || to >= last));
  return now
    ? t.summary(identifiers.length, timeline.length, names.name(now.stage))
    : t.summaryNone(identifiers.length, timeline.length);
}

function Profile({ profile }: Pick<Consumer, 'profile'>) {
  const t = useText().consumers;
  const facts = Object.entries(profile);
  const told = (name: string, value: unknown) =>
    name === 'gender' ? (t.genders[String(value).toLowerCase()] ?? String(value)) : String(value);
  return (
    <Card size="small" title={t.profile} className="qc-half">
      {facts.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.profileNone} />
      ) : (
        <Descriptions
          size="small"
          column={{ xs: 1, sm: 2 }}
          items={facts.map(([name, value]) => ({
            key: name,
            label: t.fields[name] ?? name,
            children: <span style={{ overflowWrap: 'anywhere' }}>{told(name, value)}</span>,
          }))}
        />
      )}
    </Card>
  );
}
