import { useMutation } from '@tanstack/react-query';
import { App, Button, Card, Empty, Input, Popconfirm, Space, Table, type TableProps } from 'antd';
import { useState } from 'react';
import type { RejectEntry } from '../../../src/api/data.ts';
import type { Job } from '../../../src/api/jobs.ts';
import { call } from '../../data/client.ts';
import { queries } from '../../data/queries.ts';
import { useCan } from '../../data/session.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useNarrow } from '../../shell/useNarrow.ts';
import { useText } from '../../text/useText.ts';
import { Failed, sayError } from '../../ui/Failed.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { ReadingSelect } from './ReadingSelect.tsx';
import type { Plan } from './sending/uploadBook.ts';
import { useDataWords } from './useDataWords.ts';
import { readingOf } from './useRecognised.ts';
import { type RejectFilter, useRejects } from './useRejects.ts';

interface RejectRowsProps {
  readonly filter: RejectFilter;
  /** How many rows the filter means in all. */
  readonly rows: number;
  readonly onReplay: (job: number) => void;
}

type Texts = Readonly<Record<string, string>>;

function keyOf({ file_id, line }: RejectEntry): string {
  return `${file_id}:${line}`;
}

/** The rows as they came; each can be mended here and tried again, alone or with others. */
export function RejectRows({ filter, rows, onReplay }: RejectRowsProps) {
  const t = useText();
  const r = t.data.rejects;
  const can = useCan();
  const format = useFormat();
  const { data, error, refetch } = useRejects(filter, true);
  const [texts, setTexts] = useState<Texts>({});
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
  const columns = useColumns({ texts, setTexts, onTry: (row) => tryRows([row]), isBusy: replay.isPending });
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
        </Space>
      ) : null}
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

function useReplay(onReplay: (job: number) => void) {
  const t = useText();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: (body: object) => call<Job>('/api/rejects/replay', { method: 'POST', body }),
    onSuccess: ({ id }) => {
      void queries.invalidateQueries({ queryKey: ['jobs'] });
      onReplay(id);
    },
    onError: (error) => void message.error(sayError(error, t.ui)),
  });
}

interface Editing {
  readonly texts: Texts;
  readonly setTexts: (texts: Texts) => void;
  readonly onTry: (row: RejectEntry) => void;
  readonly isBusy: boolean;
}

function useColumns({ texts, setTexts, onTry, isBusy }: Editing): NonNullable<TableProps<RejectEntry>['columns']> {
  const t = useText().data.rejects;
  const can = useCan();
  const words = useDataWords();
  const narrow = useNarrow();
  const edit = (row: RejectEntry, raw: string) => {
    const { [keyOf(row)]: _, ...others } = texts;
    setTexts(raw === row.raw ? others : { ...others, [keyOf(row)]: raw });
  };
  const raw = (row: RejectEntry) =>
    row.raw === '' ? (
      <span className="qc-muted">{t.gone}</span>
    ) : (
      <RawCell row={row} text={texts[keyOf(row)]} canEdit={can('operate')} onEdit={(changed) => edit(row, changed)} />
    );
  const where: NonNullable<TableProps<RejectEntry>['columns']> = [
    {
      title: t.file,
      dataIndex: 'file',
      width: 160,
      render: (file: string) => <div style={{ overflowWrap: 'anywhere' }}>{words.file(file)}</div>,
    },
    { title: t.line, dataIndex: 'line', align: 'end', width: 84 },
    {
      title: t.reason,
      key: 'reason',
      width: 200,
      render: (_, row) => <span className="qc-rejected">{words.reject(row)}</span>,
    },
    { title: t.raw, key: 'raw', render: (_, row) => raw(row) },
  ];
  const stacked: NonNullable<TableProps<RejectEntry>['columns']> = [
    {
      title: t.raw,
      key: 'raw',
      render: (_, row) => (
        <>
          <div className="qc-small qc-muted" style={{ overflowWrap: 'anywhere' }}>
            {words.file(row.file)} · {t.line} {row.line}
          </div>
          <div className="qc-rejected">{words.reject(row)}</div>
          {raw(row)}
        </>
      ),
    },
  ];
  return [
    ...(narrow ? stacked : where),
    ...(can('operate')
      ? [
          {
            key: 'do',
            width: 90,
            render: (_: unknown, row: RejectEntry) => (
              <Button size="small" disabled={row.raw === '' || isBusy} onClick={() => onTry(row)}>
                {t.replayOne}
              </Button>
            ),
          },
        ]
      : []),
  ];
}

interface RawCellProps {
  readonly row: RejectEntry;
  /** What it was changed to; undefined as it came. */
  readonly text: string | undefined;
  readonly canEdit: boolean;
  readonly onEdit: (raw: string) => void;
}

function RawCell({ row, text, canEdit, onEdit }: RawCellProps) {
  const t = useText().data.rejects;
  if (!canEdit) return <code style={{ overflowWrap: 'anywhere' }}>{row.raw}</code>;
  return (
    <>
      <Input.TextArea
        className="qc-raw"
        aria-label={t.rawOf(row.line)}
        spellCheck={false}
        autoSize={{ minRows: 1, maxRows: 6 }}
        value={text ?? row.raw}
        onChange={({ target }) => onEdit(target.value)}
      />
      {text === undefined ? null : (
        <span className="qc-small">
          {t.edited}{' '}
          <Button type="link" size="small" onClick={() => onEdit(row.raw)}>
            {t.restore}
          </Button>
        </span>
      )}
    </>
  );
}
