import { Card } from 'antd';
import { useMemo } from 'react';
import { Link, useParams } from 'wouter';
import type { ShelfEntry } from '../../../src/api/analyses.ts';
import { useShelf, useShelfPage } from '../../data/answers.ts';
import { NotFound } from '../../shell/NotFound.tsx';
import { useSay, useText } from '../../text/useText.ts';
import { AnswerCard } from '../../ui/answer/AnswerCard.tsx';
import { Definition } from '../../ui/Definition.tsx';
import { Failed } from '../../ui/Failed.tsx';
import { fieldsOf } from '../../ui/form/fields.ts';
import { ParamsForm } from '../../ui/form/ParamsForm.tsx';
import { isComplete, standardParams } from '../../ui/form/standard.ts';
import { OriginTag } from '../../ui/OriginTag.tsx';
import { Page } from '../../ui/Page.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { useUrlState } from '../../url/urlState.ts';
import { useLastDay } from '../../url/usePeriod.ts';

/** One analysis of the shelf: its form, its answer as chart and table, its definition; made from the registry alone. */
export function AnalysisPage() {
  const { id = '' } = useParams<{ id: string }>();
  const { data, error, refetch } = useShelf();
  if (error && !data) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting />;
  const entry = data.find((each) => each.id === id);
  return entry ? <Asked key={id} entry={entry} /> : <NotFound />;
}

function Asked({ entry }: { readonly entry: ShelfEntry }) {
  const t = useText();
  const say = useSay();
  const last = useLastDay();
  const fields = useMemo(() => fieldsOf(entry.params), [entry]);
  const standard = useMemo(() => standardParams(fields, last, daysFor(entry)), [fields, last, entry]);
  const [state, set] = useUrlState({ params: {} as Record<string, unknown> });
  const params = { ...standard, ...state.params };
  const change = (more: Record<string, unknown>) => set({ params: changed(standard, { ...params, ...more }) });
  const complete = isComplete(fields, params);
  return (
    <Page
      title={say(entry.title)}
      lead={
        <span className="qc-drawer-title">
          {say(entry.question)} <OriginTag origin={entry.origin} />
        </span>
      }
      tools={<Link href="/analyses">← {t.analyses.back}</Link>}
    >
      <div className="qc-grid">
        <Card size="small">
          <ParamsForm fields={fields} value={params} onChange={change} />
        </Card>
        {complete ? (
          <AnswerCard analysis={entry.id} params={params} height={360} />
        ) : (
          <Card size="small">
            <span className="qc-muted">{t.analyses.ask}</span>
          </Card>
        )}
        {entry.chart.kind === 'table' || !complete ? null : (
          <AnswerCard analysis={entry.id} params={params} chart={null} title={t.ui.table} />
        )}
        <Card size="small" title={t.analyses.definition}>
          <Doc id={entry.id} />
        </Card>
      </div>
    </Page>
  );
}

/** Days a question begins with: a picture of cohorts over periods needs more than a month to show any. */
function daysFor({ chart }: ShelfEntry): number {
  return chart.kind === 'matrix' ? 180 : 30;
}

/** What differs from the standard; a parameter that was emptied is kept as empty text. */
function changed(standard: Record<string, unknown>, params: Record<string, unknown>): Record<string, unknown> {
  const pairs = Object.entries(params).map(([name, value]) => [name, value ?? ''] as const);
  return Object.fromEntries(pairs.filter(([name, value]) => value !== (standard[name] ?? '')));
}

function Doc({ id }: { readonly id: string }) {
  const { data, error, refetch } = useShelfPage(id);
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  return data ? <Definition doc={data.doc} /> : <Waiting />;
}
