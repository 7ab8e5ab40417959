import { BarChartOutlined, DownloadOutlined, InfoCircleOutlined, TableOutlined } from '@ant-design/icons';
import { App, Button, Card, Dropdown, Tooltip } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import type { AnswerBody } from '../../../src/api/analyses.ts';
import { PictureContext } from '../../charts/picture.ts';
import { given, type Params, type Row, useAnswer, useDataState, useShelfEntry } from '../../data/answers.ts';
import { useLocale, useSay, useText } from '../../text/useText.ts';
import { NothingHere } from '../Empty.tsx';
import { sayError } from '../Failed.tsx';
import { exportAnswer, keepPicture } from '../files.ts';
import { useOpen } from '../opening.ts';
import { Working } from '../Waiting.tsx';
import { AnswerChart } from './AnswerChart.tsx';
import { LazyTable } from './LazyTable.tsx';
import { Unanswered } from './Unanswered.tsx';
import { Underway } from './Underway.tsx';

/** Opens a row of the answer under a label. */
export type OpenRow = (row: Row, label?: string) => void;

export interface AnswerCardProps {
  readonly analysis: string;
  readonly params: Params;
  /** Title of the analysis when absent. */
  readonly title?: string;
  /** What the chart shows today, in plain words; undefined says nothing. */
  readonly sentence?: (answer: AnswerBody) => ReactNode;
  /** The chart of the shelf when absent; `null` for none, so that the table stands in its place. */
  readonly chart?: ((answer: AnswerBody, openRow: OpenRow) => ReactNode) | null;
  /** In place of the rows of the answer, for the table. */
  readonly table?: (answer: AnswerBody, openRow: OpenRow) => ReactNode;
  readonly height?: number;
  readonly className?: string;
  /** False while a parameter is missing. */
  readonly enabled?: boolean;
}

/** One question with its answer: sentence, chart or table, exports, and the way into what stands behind. */
export function AnswerCard(props: AnswerCardProps) {
  const { analysis, params, height = 300, enabled = true } = props;
  const say = useSay();
  const open = useOpen();
  const entry = useShelfEntry(analysis);
  const { lastDay } = useDataState();
  const { data, error, isFetching, isPlaceholderData, refetch } = useAnswer(analysis, params, { enabled, light: true });
  const [stopped, setStopped] = useState('');
  const [tabled, setTabled] = useState(false);
  const picture = useRef<(() => string) | null>(null);
  const name = entry ? say(entry.title) : analysis;
  const title = props.title ?? name;
  const chartless = props.chart === null || (props.chart === undefined && entry?.chart.kind === 'table');
  const asTable = tabled || chartless;
  const openRow: OpenRow = (row, label) =>
    open({ analysis, params, row, ...(label ? { label: `${name} · ${label}` } : {}) });
  const key = JSON.stringify(given(params));
  const isStopped = stopped === key;
  const ask = () => {
    setStopped('');
    void refetch();
  };
  const body = () => {
    if (lastDay === null) return <NothingHere />;
    if (!data || !entry || (isStopped && isPlaceholderData))
      return <Unanswered {...{ analysis, params, height, isFetching, isStopped, error }} onAsk={ask} />;
    if (data.rows.length === 0) return <NothingHere />;
    const table =
      props.table ?? (() => <LazyTable columns={entry.columns} rows={data.rows} onOpen={openRow} pageSize={20} />);
    const chart =
      props.chart ?? (() => <AnswerChart entry={entry} rows={data.rows} height={height} onOpen={openRow} />);
    return (
      <div style={{ opacity: isPlaceholderData ? 0.55 : 1 }} aria-busy={isPlaceholderData && isFetching}>
        {props.sentence ? <p className="qc-sentence">{props.sentence(data)}</p> : null}
        {asTable ? table(data, openRow) : chart(data, openRow)}
      </div>
    );
  };
  return (
    <Card
      className={props.className ?? ''}
      title={title}
      size="small"
      extra={
        <CardTools
          {...props}
          title={title}
          tabled={asTable}
          onToggle={chartless ? undefined : () => setTabled(!tabled)}
          picture={asTable ? undefined : () => picture.current?.()}
        />
      }
    >
      <Working going={isFetching} />
      <Underway analysis={analysis} params={params} going={isFetching} onCancel={() => setStopped(key)} />
      <PictureContext value={picture}>{body()}</PictureContext>
    </Card>
  );
}

interface CardToolsProps extends AnswerCardProps {
  readonly title: string;
  readonly tabled: boolean;
  readonly onToggle: (() => void) | undefined;
  readonly picture: (() => string | undefined) | undefined;
}

function CardTools({ analysis, params, title, tabled, onToggle, picture }: CardToolsProps) {
  const t = useText().ui;
  const open = useOpen();
  const toggle = tabled ? t.showChart : t.showTable;
  return (
    <div className="qc-no-print qc-card-tools">
      {onToggle ? (
        <Tooltip title={toggle}>
          <Button
            type="text"
            size="small"
            icon={tabled ? <BarChartOutlined /> : <TableOutlined />}
            aria-label={`${toggle} ${title}`}
            onClick={onToggle}
          />
        </Tooltip>
      ) : null}
      <ExportMenu analysis={analysis} params={params} title={title} picture={picture} />
      <Tooltip title={t.open}>
        <Button
          type="text"
          size="small"
          icon={<InfoCircleOutlined />}
          aria-label={`${t.open} ${title}`}
          onClick={() => open({ analysis, params, row: null, label: title })}
        />
      </Tooltip>
    </div>
  );
}

interface ExportMenuProps {
  readonly analysis: string;
  readonly params: Params;
  readonly title: string;
  /** A picture of the chart, where one stands. */
  readonly picture: (() => string | undefined) | undefined;
}

/** An answer as a file: the server's CSV and Excel, and a picture of its chart. */
export function ExportMenu({ analysis, params, title, picture }: ExportMenuProps) {
  const t = useText().ui;
  const locale = useLocale();
  const { message } = App.useApp();
  const keep = (key: string) => {
    if (key === 'png') {
      const drawn = picture?.();
      if (drawn) keepPicture(drawn, title);
      return;
    }
    exportAnswer(analysis, params, key as 'csv' | 'xlsx', locale).then(
      (name) => message.success(t.exported(name)),
      (error: unknown) => message.error(sayError(error, t)),
    );
  };
  const kinds = picture ? (['csv', 'xlsx', 'png'] as const) : (['csv', 'xlsx'] as const);
  const items = kinds.map((key) => ({ key, label: t.exports[key] }));
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => keep(key) }}>
      <Button
        type="text"
        size="small"
        icon={<DownloadOutlined />}
        aria-label={`${t.export} ${title}`}
        title={t.export}
      />
    </Dropdown>
  );
}
