import type { UseQueryResult } from '@tanstack/react-query';
import { Card } from 'antd';
import type { LiveState } from '../../../src/api/live.ts';
import { Bars } from '../../charts/Bars.tsx';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { Failed } from '../../ui/Failed.tsx';
import { Waiting } from '../../ui/Waiting.tsx';

const kinds = ['accepted', 'duplicate', 'rejected'] as const;

/** What came of the events of each minute of the last hour, over all sources. */
export function HourCard({ query }: { readonly query: UseQueryResult<LiveState> }) {
  const t = useText().live;
  const { data, error, refetch } = query;
  return (
    <Card title={t.hour} size="small">
      {error && !data ? <Failed error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Waiting /> : null}
      {data && data.minutes.length === 0 ? <p className="qc-muted">{t.quiet}</p> : null}
      {data && data.minutes.length > 0 ? <Minutes minutes={data.minutes} until={data.as_of} /> : null}
    </Card>
  );
}

const MINUTE_MS = 60_000;
const MINUTES = 60;

/** The minutes of the hour that ends with a moment, each as ISO. */
function hourUntil(moment: string): string[] {
  const last = Math.floor(Date.parse(moment) / MINUTE_MS);
  return Array.from({ length: MINUTES }, (_, i) => new Date((last - MINUTES + 1 + i) * MINUTE_MS).toISOString());
}

interface MinutesProps {
  readonly minutes: LiveState['minutes'];
  readonly until: string;
}

function Minutes({ minutes, until }: MinutesProps) {
  const t = useText().live;
  const format = useFormat();
  const names = hourUntil(until);
  const sum = (minute: string, kind: (typeof kinds)[number]) =>
    minutes.filter((each) => each.minute === minute).reduce((total, each) => total + each[kind], 0);
  const series = kinds.map((kind) => ({
    id: kind,
    name: t[kind],
    values: names.map((minute) => sum(minute, kind) || null),
  }));
  const told = names.map((minute) => format.moment(minute).slice(-5));
  return (
    <Bars
      title={t.perMinute}
      names={told}
      kind="count"
      stacked
      height={220}
      series={series.filter(({ id, values }) => id === 'accepted' || values.some((value) => value !== null))}
    />
  );
}
