import { Button, Card, Table, Tooltip } from 'antd';
import { useMemo } from 'react';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { StageTag } from '../../ui/StageTag.tsx';
import { useStages } from '../../ui/useStages.ts';
import { useUrlState } from '../../url/urlState.ts';
import { useLastDay } from '../../url/usePeriod.ts';
import { type Band, bandsOf, type Span } from './bands.ts';

/** A consumer's stages over its life: a line a stage, a band a span; and the same as a table. */
export function StageBands({ spans }: { readonly spans: readonly Span[] }) {
  const t = useText();
  const c = t.consumers;
  const last = useLastDay();
  const [state, set] = useUrlState({ stages: 'chart' });
  const bands = useMemo(() => bandsOf(spans, last), [spans, last]);
  const isTable = state.stages === 'table';
  const first = bands.map(({ from }) => from).sort()[0];
  return (
    <Card
      size="small"
      title={c.stages}
      extra={
        bands.length > 0 ? (
          <Button size="small" onClick={() => set({ stages: isTable ? 'chart' : 'table' })}>
            {isTable ? t.ui.showChart : t.ui.showTable}
          </Button>
        ) : null
      }
    >
      <p className="qc-sentence">{first ? c.stagesLead(bands.length, first) : c.stagesNone}</p>
      {bands.length === 0 ? null : isTable ? (
        <Spans bands={bands} />
      ) : (
        <Picture bands={bands} first={first ?? ''} last={last} />
      )}
    </Card>
  );
}

interface PictureProps {
  readonly bands: readonly Band[];
  readonly first: string;
  readonly last: string;
}

function Picture({ bands, first, last }: PictureProps) {
  const t = useText().consumers;
  const stages = useStages();
  const held = [...stages.codes].reverse().filter((code) => bands.some(({ stage }) => stage === code));
  return (
    <>
      {held.map((code) => (
        <div className="qc-band-row" key={code}>
          <StageTag code={code} />
          <div className="qc-band">
            {bands
              .filter(({ stage }) => stage === code)
              .map((band) => {
                const label = t.bandLabel(stages.name(code), band.from, band.isOpen ? t.open : band.to);
                return (
                  <Tooltip key={band.from} title={label}>
                    <span
                      className="qc-band-span"
                      role="img"
                      aria-label={label}
                      style={{
                        insetInlineStart: `${band.start * 100}%`,
                        width: `${band.length * 100}%`,
                        background: stages.color(code),
                      }}
                    />
                  </Tooltip>
                );
              })}
          </div>
        </div>
      ))}
      <div className="qc-band-ends qc-small qc-muted">
        <span>{first}</span>
        <span>{last}</span>
      </div>
    </>
  );
}

function Spans({ bands }: { readonly bands: readonly Band[] }) {
  const t = useText().consumers;
  const format = useFormat();
  return (
    <Table
      size="small"
      rowKey={({ stage, from }) => `${stage} ${from}`}
      dataSource={[...bands]}
      pagination={bands.length > 20 ? { pageSize: 20, showSizeChanger: false, size: 'small' } : false}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: t.stage, dataIndex: 'stage', render: (code: string) => <StageTag code={code} /> },
        { title: t.from, dataIndex: 'from' },
        { title: t.to, key: 'to', render: (_, { to, isOpen }) => (isOpen ? t.open : to) },
        { title: t.days, dataIndex: 'days', align: 'end', render: (days: number) => format.count(days) },
      ]}
    />
  );
}
