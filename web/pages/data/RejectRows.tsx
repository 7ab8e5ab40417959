import { Button, Card, Empty, Popconfirm, Space, Table } from 'antd';
import { useState } from 'react';
import type { RejectEntry } from '../../../src/api/data.ts';
import { useCan } from '../../data/session.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useNarrow } from '../../shell/useNarrow.ts';
import { useText } from '../../text/useText.ts';
import { Failed } from '../../ui/Failed.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { ReadingSelect } from './ReadingSelect.tsx';
import type { Plan } from './sending/uploadBook.ts';
import { readingOf } from './useRecognised.ts';
import { keyOf, type Mended, useRejectColumns } from './useRejectColumns.tsx';
import { type RejectFilter, useRejects } from './useRejects.ts';
import { useReplay } from './useReplay.ts';

interface RejectRowsProps {
  readonly filter: RejectFilter;
  /** How many rows the filter means in all. */
  readonly rows: number;
  readonly onReplay: (job: number) => void;
  /** Asks for the rows as a file to be mended. */
  readonly onMend: () => void;
}

/** The rows as they came; each can be mended here and tried again, alone or with others. */
export function RejectRows({ filter, rows, onReplay, onMend }: RejectRowsProps) {
  const t = useText();
  const r = t.data.rejects;
  const can = useCan();
  const format = useFormat();
  const { data, error, refetch } = useRejects(filter, true);
  const [texts, setTexts] = useState<Mended>({});
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [plan, setPlan] = useState<Plan>({});
  const narrow = useNarrow();
  const replay = useReplay(onReplay);
  const mended = (list: readonly RejectEntry[]) =>
    list.map((row) => ({ file_id: row.file_id, line: row.line, raw: texts[keyOf(row)] ?? row.raw }));
  const tryRows = (list: readonly RejectEntry[]) => replay.mutate({ ...readingOf(plan), mended: mended(list) });
  /** All of the filter: as they came where nothing narrows them, else row by row. */
  const tryAll = () => {
    const isWhole = filter.reason === '' && Object.keys(texts).length === 0;
    if (!isWhole) return tryRows((data ?? []).filter(({ raw }) => raw !== ''));
    const place = {
      ...(filter.import > 0 ? { import: filter.import } : {}),
      ...(filter.file > 0 ? { file: filter.file } : {}),
    };
    replay.mutate({ ...place, ...readingOf(plan) });
  };
  const columns = useRejectColumns({ texts, setTexts, onTry: (row) => tryRows([row]), isBusy: replay.isPending });
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting />;
  const some = data.filter((row) => chosen.includes(keyOf(row)));
  const isCut = data.length < rows;
  const all = filter.reason === '' && Object.keys(texts).length === 0 ? rows : data.length;
  return (
    <Card size="small" title={r.title}>
      {can('operate') ? (
        <Space wrap style={{ marginBlockEnd: 12 }}>
          <span>{r.reading}</span>
          <ReadingSelect value={plan} onChange={setPlan} standard={r.readingSame} />
          <Popconfirm title={r.replaySure} onConfirm={tryAll}>
            <Button type="primary" loading={replay.isPending}>
              {r.replayAll(format.count(all))}
            </Button>
          </Popconfirm>
          <Button disabled={some.length === 0 || replay.isPending} onClick={() => tryRows(some)}>
            {r.replaySome(some.length)}
          </Button>
          <Button onClick={onMend}>{r.mend}</Button>
        </Space>
      ) : (
        <p className="qc-sentence qc-muted">{r.readOnly}</p>
      )}
      {isCut ? <p className="qc-sentence qc-small qc-muted">{r.limited(format.count(data.length))}</p> : null}
      <Table<RejectEntry>
        size="small"
        rowKey={keyOf}
        columns={columns}
        dataSource={data}
        {...(can('operate')
          ? {
              rowSelection: {
                selectedRowKeys: [...chosen],
                onChange: (keys) => setChosen(keys.map(String)),
                getCheckboxProps: ({ raw }) => ({ disabled: raw === '' }),
              },
            }
          : {})}
        pagination={data.length > 50 ? { pageSize: 50, showSizeChanger: false, size: 'small' } : false}
        {...(narrow ? {} : { scroll: { x: 880 } })}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={r.none} /> }}
      />
    </Card>
  );
}
