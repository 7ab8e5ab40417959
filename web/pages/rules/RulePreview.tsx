import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useMemo } from 'react';
import type { RulePreview as Preview, RuleSetEntry } from '../../../src/api/rules.ts';
import { useDataState } from '../../data/answers.ts';
import { call } from '../../data/client.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { Failed } from '../../ui/Failed.tsx';
import { DayPicker } from '../../ui/form/PeriodPicker.tsx';
import { Waiting, Working } from '../../ui/Waiting.tsx';
import { useDay } from '../../url/usePeriod.ts';
import { AdoptRules } from './AdoptRules.tsx';
import { ChangeTable } from './ChangeTable.tsx';
import { PreviewMoves } from './PreviewMoves.tsx';
import { PreviewStages } from './PreviewStages.tsx';
import type { RuleSet } from './ruleSet.ts';

interface RulePreviewProps {
  readonly entry: RuleSetEntry;
  readonly set: RuleSet;
  /** Changes that are not saved yet: looked at in place of the saved version. */
  readonly draft: RuleSet | undefined;
  readonly onEdit: () => void;
}

/** What would change on a day if a version, or a draft, were adopted: consumers by stage, and who goes where. */
export function RulePreview({ entry, set, draft, onEdit }: RulePreviewProps) {
  const t = useText();
  const p = t.rules.preview;
  const [on, setOn] = useDay();
  const { version } = useDataState();
  const rules = draft ?? entry.key;
  const isSame = !draft && entry.adopted;
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['rule-preview', rules, on, version],
    queryFn: ({ signal }) => call<Preview>('/api/rules/preview', { method: 'POST', body: { rules, on }, signal }),
    enabled: !isSame,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
  if (isSame) return <Alert type="info" showIcon title={p.isAdopted} />;
  return (
    <>
      <div className="qc-tools-row">
        <strong>
          {p.of} {draft ? p.draft : entry.key}
        </strong>
        <DayPicker value={on} onChange={setOn} label={p.on} />
        {draft ? (
          <>
            <Button onClick={onEdit}>{t.rules.tabs.edit}</Button>
            <span className="qc-muted">{p.saveFirst}</span>
          </>
        ) : (
          <AdoptRules entry={entry} changed={data?.changed} />
        )}
      </div>
      <Working going={isFetching} />
      {error ? <Failed error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Waiting /> : null}
      {data && !error ? <Found preview={data} set={draft ?? set} /> : null}
    </>
  );
}

function Found({ preview, set }: { readonly preview: Preview; readonly set: RuleSet }) {
  const t = useText();
  const p = t.rules.preview;
  const format = useFormat();
  const all = useMemo(() => preview.moves.reduce((sum, { consumers }) => sum + consumers, 0), [preview]);
  return (
    <>
      <p className="qc-sentence">
        {preview.changed === 0
          ? p.same(preview.on)
          : p.sentence(preview.on, format.count(preview.changed), format.count(all))}
      </p>
      <div className="qc-grid">
        <section className="qc-half">
          <h3>{p.stages}</h3>
          <PreviewStages stages={preview.stages} />
        </section>
        <section className="qc-half">
          <h3>{p.moves}</h3>
          <PreviewMoves preview={preview} />
        </section>
        {preview.changes.length > 0 ? (
          <section>
            <h3>{p.changes}</h3>
            <ChangeTable changes={preview.changes} set={set} from={p.from} to={p.to} />
          </section>
        ) : null}
      </div>
    </>
  );
}
