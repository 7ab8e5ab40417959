import { useMutation } from '@tanstack/react-query';
import { App, Button, Popconfirm, Space, type TableProps } from 'antd';
import type { SavedPeople } from '../../../src/api/analyses.ts';
import { useShelf } from '../../data/answers.ts';
import { call } from '../../data/client.ts';
import { usePages } from '../../data/pages.ts';
import { queries } from '../../data/queries.ts';
import { useCan } from '../../data/session.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useLocale, useSay, useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';
import { exportFrom } from '../../ui/files.ts';
import { ListCard } from '../../ui/ListCard.tsx';
import { NumberCell } from '../../ui/NumberCell.tsx';
import { useOpen } from '../../ui/opening.ts';
import { Page } from '../../ui/Page.tsx';

/** People that were saved from behind a number: who saved them when, and their consumers as a file. */
export function PeoplePage() {
  const t = useText();
  const list = usePages<SavedPeople>(['saved-people'], '/api/people?limit=100');
  const columns = useColumns();
  return (
    <Page title={t.shell.pages.people} lead={t.people.lead}>
      <ListCard list={list} rowKey="id" columns={columns} none={t.people.none} />
    </Page>
  );
}

function useColumns(): NonNullable<TableProps<SavedPeople>['columns']> {
  const t = useText();
  const say = useSay();
  const format = useFormat();
  const open = useOpen();
  const { data: shelf } = useShelf();
  const titleOf = (id: string) => {
    const entry = shelf?.find((each) => each.id === id);
    return entry ? say(entry.title) : id;
  };
  return [
    { title: t.people.name, dataIndex: 'name' },
    { title: t.people.from, dataIndex: 'analysis', render: titleOf },
    {
      title: t.people.count,
      dataIndex: 'count',
      align: 'end',
      render: (count: number, { analysis, params, row, name }) => (
        <NumberCell
          value={count}
          kind="count"
          label={name}
          onOpen={() => open({ analysis, params, row, label: `${name} · ${titleOf(analysis)}` })}
        />
      ),
    },
    { title: t.people.asOf, dataIndex: 'as_of', render: format.moment },
    { title: t.people.by, dataIndex: 'createdBy' },
    { title: t.people.at, dataIndex: 'createdAt', render: format.moment },
    { key: 'do', render: (_, saved) => <Tools saved={saved} /> },
  ];
}

function Tools({ saved }: { readonly saved: SavedPeople }) {
  const t = useText();
  const locale = useLocale();
  const can = useCan();
  const { message } = App.useApp();
  const fail = (error: unknown) => void message.error(sayError(error, t.ui));
  const removing = useMutation({
    mutationFn: () => call(`/api/people/${saved.id}`, { method: 'DELETE' }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['saved-people'] });
      void message.success(t.people.removed);
    },
    onError: fail,
  });
  if (!can('people')) return null;
  const path = `/api/people/${saved.id}/consumers?format=csv&lang=${locale}`;
  const keep = () => exportFrom(path, `${saved.name}.csv`).then((name) => message.success(t.ui.exported(name)), fail);
  return (
    <Space>
      <Button size="small" onClick={() => void keep()}>
        {t.ui.exports.csv}
      </Button>
      <Popconfirm title={t.people.removeSure(saved.name)} onConfirm={() => removing.mutate()}>
        <Button size="small" danger loading={removing.isPending}>
          {t.people.remove}
        </Button>
      </Popconfirm>
    </Space>
  );
}
