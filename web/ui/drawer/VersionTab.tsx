import { Descriptions } from 'antd';
import type { ReactNode } from 'react';
import { useAnswer, useDataState, useShelfEntry } from '../../data/answers.ts';
import { exact } from '../../format/number.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { useCells } from '../answer/useCells.tsx';
import { Failed } from '../Failed.tsx';
import { useParamTitle } from '../form/useParamTitle.ts';
import type { Opening } from '../opening.ts';
import { Waiting } from '../Waiting.tsx';

/** Of which data and rules the answer is, and to which parameters. */
export function VersionTab({ opening }: { readonly opening: Opening }) {
  const t = useText().ui.drawer;
  const format = useFormat();
  const { version } = useDataState();
  const { data, error, refetch } = useAnswer(opening.analysis, opening.params);
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting />;
  return (
    <Descriptions
      column={1}
      bordered
      size="small"
      items={[
        { key: 'as_of', label: t.asOf, children: format.moment(data.as_of) },
        { key: 'rules', label: t.rules, children: data.rules },
        { key: 'params', label: t.params, children: <ParamList id={opening.analysis} params={data.params} /> },
        ...(opening.row
          ? [{ key: 'row', label: t.row, children: <RowWords id={opening.analysis} row={opening.row} /> }]
          : []),
        { key: 'version', label: t.dataVersion, children: <code style={{ overflowWrap: 'anywhere' }}>{version}</code> },
        { key: 'ms', label: t.took, children: t.ms(exact(data.ms, 'number', format.style)) },
      ]}
    />
  );
}

function ParamList({ id, params }: { readonly id: string; readonly params: Record<string, unknown> }) {
  const title = useParamTitle(id);
  return <Pairs pairs={Object.entries(params).map(([name, value]) => [title(name), String(value)])} />;
}

function RowWords({ id, row }: { readonly id: string; readonly row: Readonly<Record<string, unknown>> }) {
  const entry = useShelfEntry(id);
  const cells = useCells();
  const pairs = (entry?.columns ?? [])
    .filter((column) => row[column.id] !== undefined && row[column.id] !== null)
    .map((column): [string, ReactNode] => [cells.title(column), cells.text(column, row[column.id], row)]);
  return <Pairs pairs={pairs} />;
}

function Pairs({ pairs }: { readonly pairs: readonly (readonly [string, ReactNode])[] }) {
  return (
    <>
      {pairs.map(([name, value]) => (
        <div key={name}>
          <span className="qc-muted">{name}</span> {value}
        </div>
      ))}
    </>
  );
}
