import { App, Button, Popconfirm, Space, type TableProps } from 'antd';
import { useState } from 'react';
import { Link } from 'wouter';
import type { Destination, DestinationMade } from '../../../src/api/pushes.ts';
import { useDestinationKinds, useDestinations, useRemovingDestination } from '../../data/pushes.ts';
import { useCan } from '../../data/session.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useSay, useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';
import { queryOf } from '../../ui/files.ts';
import { ListCard } from '../../ui/ListCard.tsx';
import { useUrlState } from '../../url/urlState.ts';
import { SecretOnce } from '../admin/SecretOnce.tsx';
import { NewDestination } from './NewDestination.tsx';
import { usePushWords } from './usePushWords.ts';

/** Places that audiences are sent to: their settings without secrets, adding one, and taking one away. */
export function Destinations() {
  const p = useText().pushes;
  const can = useCan();
  const { message } = App.useApp();
  const [state, set] = useUrlState({ add: false });
  const [secret, setSecret] = useState('');
  const { data, error, refetch } = useDestinations();
  const added = ({ made }: DestinationMade) => {
    set({ add: false });
    void message.success(p.places.added);
    setSecret(Object.values(made)[0] ?? '');
  };
  return (
    <>
      <ListCard
        list={{ items: data, error, again: () => void refetch() }}
        rowKey="id"
        columns={useColumns()}
        none={p.places.none}
        noneLead={p.places.noneLead}
      >
        {can('operate') ? (
          <Button type="primary" onClick={() => set({ add: true })} style={{ marginBlockEnd: 8 }}>
            {p.places.add}
          </Button>
        ) : null}
      </ListCard>
      {state.add && can('operate') ? <NewDestination onMade={added} onClose={() => set({ add: false })} /> : null}
      {secret === '' ? null : (
        <SecretOnce title={p.places.made} lead={p.places.madeLead} secret={secret} onClose={() => setSecret('')} />
      )}
    </>
  );
}

function useColumns(): NonNullable<TableProps<Destination>['columns']> {
  const p = useText().pushes;
  const format = useFormat();
  const can = useCan();
  const words = usePushWords();
  return [
    {
      title: p.name,
      dataIndex: 'name',
      render: (name: string) => <div style={{ overflowWrap: 'anywhere' }}>{name}</div>,
    },
    { title: p.places.kind, dataIndex: 'kind', render: words.kind },
    { title: p.places.settings, key: 'settings', render: (_, place) => <Settings place={place} /> },
    { title: p.places.pushes, dataIndex: 'pushes', align: 'end', render: (count: number) => format.count(count) },
    {
      title: p.by,
      key: 'by',
      render: (_, { created_by: by, created_at: at }) => `${by} · ${format.moment(at)}`,
    },
    ...(can('operate') ? [{ key: 'do', render: (_: unknown, place: Destination) => <Tools place={place} /> }] : []),
  ];
}

/** Settings as they are, and which secrets are kept. */
function Settings({ place: { kind, settings, secrets } }: { readonly place: Destination }) {
  const p = useText().pushes.places;
  const { list } = useFormat();
  const say = useSay();
  const { data: kinds = [] } = useDestinationKinds();
  const fields = kinds.find(({ id }) => id === kind)?.fields ?? [];
  const nameOf = (setting: string) => {
    const field = fields.find(({ name }) => name === setting);
    return field ? say(field.title) : setting;
  };
  return (
    <div className="qc-small" style={{ maxWidth: 420, overflowWrap: 'anywhere' }}>
      {Object.entries(settings).map(([name, value]) => (
        <div key={name}>
          <span className="qc-muted">{nameOf(name)}</span> {value}
        </div>
      ))}
      {secrets.length > 0 ? <div className="qc-muted">{p.kept(list(secrets.map(nameOf)))}</div> : null}
    </div>
  );
}

function Tools({ place: { id, name } }: { readonly place: Destination }) {
  const t = useText();
  const p = t.pushes.places;
  const { message } = App.useApp();
  const removing = useRemovingDestination();
  const remove = () =>
    removing.mutate(id, {
      onSuccess: () => void message.success(p.removed),
      onError: (error) => void message.error(sayError(error, t.ui)),
    });
  return (
    <Space>
      <Link href={`/pushes?${queryOf({ new: 1, destination: name })}`}>
        <Button size="small">{p.push}</Button>
      </Link>
      <Popconfirm title={p.removeSure(name)} onConfirm={remove}>
        <Button size="small" danger loading={removing.isPending}>
          {p.remove}
        </Button>
      </Popconfirm>
    </Space>
  );
}
