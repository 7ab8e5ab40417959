import { Button, Card, Select } from 'antd';
import { useCrowds } from '../../data/audiences.ts';
import { useCrowdTaxonomy } from '../../data/crowds.ts';
import { useCan } from '../../data/session.ts';
import { useSay, useText } from '../../text/useText.ts';
import { Failed } from '../../ui/Failed.tsx';
import { AudienceSelect } from '../../ui/form/AudienceSelect.tsx';
import { OriginTag } from '../../ui/OriginTag.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { useUrlState } from '../../url/urlState.ts';
import { CrowdEditor } from './CrowdEditor.tsx';
import { CrowdTable } from './CrowdTable.tsx';
import { emptyTaxonomy } from './emptyTaxonomy.ts';

/** One taxonomy at a time: its crowds with rule and size, beside an audience where one is picked. */
export function Taxonomies() {
  const c = useText().crowds;
  const say = useSay();
  const can = useCan();
  const [state, set] = useUrlState({ of: '', audience: '', edit: '' });
  const { data: all = [], error, refetch } = useCrowds();
  const name = all.some((each) => each.name === state.of) ? state.of : (all[0]?.name ?? '');
  const { data: taxonomy, error: fault } = useCrowdTaxonomy(name);
  const failed = error ?? fault;
  if (failed && !taxonomy) return <Failed error={failed} onRetry={() => void refetch()} />;
  if (!taxonomy) return <Waiting />;
  return (
    <Card size="small">
      <div className="qc-crowd-tools">
        <Select
          aria-label={c.taxonomy}
          value={name}
          options={all.map(({ name: value, title }) => ({ value, label: say(title) }))}
          onChange={(of) => set({ of })}
          popupMatchSelectWidth={false}
        />
        <span>
          {c.version(taxonomy.version)} <OriginTag origin={taxonomy.origin} />
        </span>
        <AudienceSelect
          label={c.compare}
          none={c.everybody}
          value={state.audience}
          onChange={(audience) => set({ audience }, { replace: true })}
        />
        {can('operate') ? (
          <>
            <Button onClick={() => set({ edit: 'this' })}>{c.edit}</Button>
            <Button onClick={() => set({ edit: 'own' })}>{c.own}</Button>
          </>
        ) : null}
      </div>
      <CrowdTable key={`${name} ${state.audience}`} taxonomy={taxonomy} audience={state.audience} />
      {state.edit !== '' && can('operate') ? (
        <CrowdEditor
          from={state.edit === 'own' ? emptyTaxonomy : taxonomy}
          onSaved={(of) => set({ of, edit: '' })}
          onClose={() => set({ edit: '' })}
        />
      ) : null}
    </Card>
  );
}
