import { App, Button, Popconfirm, Space, type TableProps } from 'antd';
import { Link } from 'wouter';
import type { IdList } from '../../../src/api/lists.ts';
import { useIdLists, useRemovingList } from '../../data/lists.ts';
import { useCan } from '../../data/session.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';
import { ListCard } from '../../ui/ListCard.tsx';
import { useUrlState } from '../../url/urlState.ts';
import { builderWith } from '../audiences/builder/link.ts';
import { NewList } from './NewList.tsx';

/** Uploaded lists of identifiers: how much of each is known here, and whom it takes. */
export function Lists() {
  const l = useText().crowds.lists;
  const can = useCan();
  const [{ add }, set] = useUrlState({ add: false });
  const { data, error, refetch } = useIdLists();
  return (
    <>
      <ListCard
        list={{ items: data, error, again: () => void refetch() }}
        rowKey="id"
        columns={useColumns()}
        none={l.none}
        noneLead={l.noneLead}
      >
        <div className="qc-crowd-tools">
          {can('operate') ? (
            <Button type="primary" onClick={() => set({ add: true })}>
              {l.add}
            </Button>
          ) : null}
          <span className="qc-muted">{l.lead}</span>
        </div>
      </ListCard>
      {add && can('operate') ? <NewList onClose={() => set({ add: false })} /> : null}
    </>
  );
}

function useColumns(): NonNullable<TableProps<IdList>['columns']> {
  const t = useText();
  const l = t.crowds.lists;
  const format = useFormat();
  const count = (title: string, dataIndex: 'given' | 'usable' | 'matched' | 'consumers') => ({
    ...{ title, dataIndex, align: 'end' as const },
    render: (value: number) => format.count(value),
  });
  return [
    {
      title: l.name,
      dataIndex: 'name',
      render: (name: string) => <span style={{ overflowWrap: 'anywhere' }}>{name}</span>,
    },
    {
      title: l.type,
      dataIndex: 'id_type',
      render: (type: string, { form }) => `${t.data.identifiers[type] ?? type} · ${l.forms[form] ?? form}`,
    },
    count(l.given, 'given'),
    count(l.usable, 'usable'),
    count(l.matched, 'matched'),
    {
      title: l.rate,
      key: 'rate',
      align: 'end',
      render: (_, { usable, matched }) => format.exact(usable > 0 ? matched / usable : null, 'rate'),
    },
    count(l.consumers, 'consumers'),
    { title: l.by, key: 'by', render: (_, { created_by: by, created_at: at }) => `${by} · ${format.moment(at)}` },
    { key: 'do', render: (_, list) => <Tools list={list} /> },
  ];
}

function Tools({ list: { id, name } }: { readonly list: IdList }) {
  const t = useText();
  const l = t.crowds.lists;
  const can = useCan();
  const { message } = App.useApp();
  const removing = useRemovingList();
  const remove = () =>
    removing.mutate(id, {
      onSuccess: () => void message.success(l.removed),
      onError: (error) => void message.error(sayError(error, t.ui)),
    });
  return (
    <Space>
      <Link href={builderWith({ list: name })}>
        <Button size="small">{l.use}</Button>
      </Link>
      {can('operate') ? (
        <Popconfirm title={l.removeSure(name)} onConfirm={remove}>
          <Button size="small" danger loading={removing.isPending}>
            {l.remove}
          </Button>
        </Popconfirm>
      ) : null}
    </Space>
  );
}
