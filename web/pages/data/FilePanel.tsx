import { Card, Tabs } from 'antd';
import type { Recognised } from '../../../src/api/data.ts';
import { useText } from '../../text/useText.ts';
import { Failed } from '../../ui/Failed.tsx';
import { Waiting, Working } from '../../ui/Waiting.tsx';
import { MappingForm } from './mapping/MappingForm.tsx';
import { MappingText } from './mapping/MappingText.tsx';
import { type Mapping, ownMapping } from './mapping/mapping.ts';
import { SaveMapping } from './mapping/SaveMapping.tsx';
import { PreviewTable } from './PreviewTable.tsx';
import { ReadingSelect } from './ReadingSelect.tsx';
import { type Sending, uploads } from './sending/uploadBook.ts';
import { useDataWords } from './useDataWords.ts';
import { useIsWhole, useRecognised } from './useRecognised.ts';

interface FilePanelProps {
  readonly file: Sending;
  readonly tab: string;
  readonly onTab: (tab: string) => void;
}

/** One file: what its first rows become, and how its columns are matched; the picture follows each change. */
export function FilePanel({ file, tab, onTab }: FilePanelProps) {
  const { data, error, isFetching, refetch } = useRecognised(file);
  if (file.phase !== 'sent') return null;
  return (
    <>
      <Working going={isFetching} />
      {!data && !error ? <Waiting /> : null}
      <div className="qc-grid">
        {error ? (
          <Card size="small">
            <Failed error={error} onRetry={() => void refetch()} />
          </Card>
        ) : null}
        {data && !error && data.entity !== null ? <Preview found={data} /> : null}
        <MappingCard file={file} found={data} tab={tab} onTab={onTab} />
        {data && !error && data.entity === null ? <Preview found={data} /> : null}
      </div>
    </>
  );
}

function Preview({ found }: { readonly found: Recognised }) {
  const t = useText().data.preview;
  const words = useDataWords();
  const { file, entity, rows, accepted, rejected } = found;
  const hasPersonal = Object.keys(found.mapping?.columns ?? {}).some((name) => name.startsWith('id_'));
  return (
    <Card size="small" title={t.title}>
      <p className="qc-sentence">
        {entity === null ? t.unknown(file) : t.sentence(file, words.entity(entity), rows.length, accepted, rejected)}
      </p>
      {entity === null ? null : (
        <p className="qc-sentence qc-small qc-muted">
          {t.hint} {hasPersonal ? t.hashed : null}
        </p>
      )}
      <PreviewTable found={found} />
    </Card>
  );
}

interface MappingCardProps extends FilePanelProps {
  readonly found: Recognised | undefined;
}

function MappingCard({ file, found, tab, onTab }: MappingCardProps) {
  const t = useText().data.mapping;
  const isWhole = useIsWhole();
  const { plan, key } = file;
  const mapping = plan.mapping ?? (found?.mapping ? ownMapping(found.mapping) : undefined);
  const change = (next: Mapping) => uploads.plan(key, { mapping: next });
  const tabs = [
    {
      key: 'form',
      label: t.form,
      children: (
        <MappingForm mapping={mapping} file={found?.columns ?? []} nearest={found?.nearest} onChange={change} />
      ),
    },
    ...(['json', 'yaml'] as const).map((form) => ({
      key: form,
      label: t[form],
      children: <MappingText form={form} mapping={mapping} onChange={change} />,
    })),
  ];
  return (
    <Card
      size="small"
      title={t.title}
      extra={
        mapping ? (
          <SaveMapping
            mapping={mapping}
            disabled={!isWhole(plan)}
            savedAs={plan.savedAs}
            onSaved={(savedAs) => uploads.plan(key, { mapping, savedAs })}
            onRemoved={() => uploads.plan(key, { mapping })}
          />
        ) : null
      }
    >
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, alignItems: 'center' }}>
        {t.reading}
        <ReadingSelect value={plan} onChange={(next) => uploads.plan(key, next)} standard={t.auto} />
      </div>
      <Tabs size="small" activeKey={tab} onChange={onTab} items={tabs} destroyOnHidden />
    </Card>
  );
}
