import { Card, Empty, Input, Segmented } from 'antd';
import { Link } from 'wouter';
import type { ShelfEntry } from '../../../src/api/analyses.ts';
import { useShelf } from '../../data/answers.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useSay, useText } from '../../text/useText.ts';
import { Failed } from '../../ui/Failed.tsx';
import { OriginTag } from '../../ui/OriginTag.tsx';
import { Page } from '../../ui/Page.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { useUrlState } from '../../url/urlState.ts';
import { matching } from './matching.ts';

const origins = ['all', 'published', 'tenant', 'proposed'] as const;

/** The whole shelf, to be searched; made from the registry alone. */
export function AnalysesPage() {
  const t = useText();
  const format = useFormat();
  const { data, error, refetch } = useShelf();
  const [state, set] = useUrlState({ q: '', origin: 'all' });
  const found = matching(data ?? [], state.q, state.origin);
  const options = origins.map((value) => ({ value, label: value === 'all' ? t.analyses.all : t.ui.origins[value] }));
  const tools = (
    <>
      <Input.Search
        data-search
        allowClear
        aria-label={t.analyses.search}
        placeholder={t.analyses.search}
        value={state.q}
        onChange={(event) => set({ q: event.target.value }, { replace: true })}
        style={{ width: 260 }}
      />
      <Segmented
        aria-label={t.analyses.origin}
        value={state.origin}
        options={options}
        onChange={(origin) => set({ origin })}
      />
    </>
  );
  return (
    <Page title={t.shell.pages.analyses} lead={t.analyses.lead} tools={tools}>
      {error ? <Failed error={error} onRetry={() => void refetch()} /> : null}
      {data ? <p className="qc-muted qc-small">{t.analyses.count(format.count(found.length))}</p> : null}
      {!data && !error ? <Waiting /> : null}
      {data && found.length === 0 ? <Empty description={t.analyses.none} image={Empty.PRESENTED_IMAGE_SIMPLE} /> : null}
      <div className="qc-grid">
        {found.map((entry) => (
          <EntryCard key={entry.id} entry={entry} />
        ))}
      </div>
    </Page>
  );
}

function EntryCard({ entry }: { readonly entry: ShelfEntry }) {
  const say = useSay();
  return (
    <Link href={`/analyses/${entry.id}`} className="qc-third qc-entry">
      <Card size="small" hoverable>
        <div className="qc-drawer-title">
          <strong>{say(entry.title)}</strong>
          <OriginTag origin={entry.origin} />
        </div>
        <div>{say(entry.question)}</div>
        <code className="qc-muted qc-small">{entry.id}</code>
      </Card>
    </Link>
  );
}
