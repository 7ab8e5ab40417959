import { App, Button, Popconfirm, type TableProps } from 'antd';
import { Link } from 'wouter';
import type { Suppression } from '../../../src/api/suppressions.ts';
import { useCan } from '../../data/session.ts';
import { useSuppressing, useSuppressions } from '../../data/suppressions.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';
import { queryOf } from '../../ui/files.ts';
import { ListCard } from '../../ui/ListCard.tsx';
import { Page } from '../../ui/Page.tsx';
import { useUrlState } from '../../url/urlState.ts';
import { AddSuppression } from './AddSuppression.tsx';
import { shownOf, typeCounts, typeOf } from './suppressed.ts';
import { useRejectSums } from './useRejects.ts';

/** Identifiers whose rows are refused: who added them when, adding one, and taking its rows again. */
export function SuppressionsPage() {
  const t = useText();
  const s = t.suppressions;
  const can = useCan();
  const { message } = App.useApp();
  const [state, set] = useUrlState({ add: false });
  const { data, error, refetch } = useSuppressions();
  const close = () => set({ add: false });
  const done = () => {
    close();
    void message.success(s.added);
  };
  return (
    <Page
      title={t.shell.pages.suppressions}
      lead={s.lead}
      tools={
        can('operate') ? (
          <Button type="primary" onClick={() => set({ add: true })}>
            {s.add}
          </Button>
        ) : null
      }
    >
      <ListCard
        list={{ items: data, error, again: () => void refetch() }}
        rowKey="id"
        columns={useColumns()}
        none={s.none}
        noneLead={s.noneLead}
      >
        {data ? <Sum all={data} /> : null}
      </ListCard>
      {state.add && can('operate') ? <AddSuppression onDone={done} onClose={close} /> : null}
    </Page>
  );
}

/** How many identifiers of which types, and how many rows they have kept away. */
function Sum({ all }: { readonly all: readonly Suppression[] }) {
  const t = useText();
  const s = t.suppressions;
  const format = useFormat();
  const refused = (useRejectSums().data ?? []).filter(({ reason }) => reason === 'suppressed');
  const rows = refused.reduce((sum, each) => sum + each.rows, 0);
  const toRejects = `/data/rejects?${queryOf({ reason: 'suppressed', column: refused[0]?.column })}`;
  const types = typeCounts(all).map(([type, count]) => s.ofType(t.data.identifiers[type] ?? type, format.count(count)));
  if (all.length === 0 && rows === 0) return null;
  return (
    <p className="qc-sentence">
      {all.length > 0 ? s.sum(format.count(all.length), types.join(s.between)) : null}
      {rows > 0 ? <Link href={toRejects}>{s.refused(format.count(rows))}</Link> : null}
    </p>
  );
}

function useColumns(): NonNullable<TableProps<Suppression>['columns']> {
  const t = useText();
  const s = t.suppressions;
  const can = useCan();
  const format = useFormat();
  const remove = {
    key: 'do',
    render: (_: unknown, { id }: Suppression) => <Remove id={id} />,
  };
  return [
    {
      title: s.type,
      key: 'type',
      className: 'qc-nowrap',
      render: (_, { identifier }) => t.data.identifiers[typeOf(identifier)] ?? typeOf(identifier),
    },
    {
      title: s.identifier,
      dataIndex: 'identifier',
      render: (identifier: string) => <code style={{ overflowWrap: 'anywhere' }}>{shownOf(identifier)}</code>,
    },
    { title: s.by, dataIndex: 'made_by', render: (by: string) => t.admin.audit.actors[by] ?? by },
    { title: s.at, dataIndex: 'made_at', className: 'qc-nowrap', render: format.moment },
    ...(can('operate') ? [remove] : []),
  ];
}

function Remove({ id }: { readonly id: number }) {
  const t = useText();
  const s = t.suppressions;
  const { message } = App.useApp();
  const removing = useSuppressing();
  const remove = () =>
    removing.mutate(
      { remove: id },
      {
        onSuccess: () => void message.success(s.removed),
        onError: (error) => void message.error(sayError(error, t.ui)),
      },
    );
  return (
    <Popconfirm
      title={s.removeSure}
      description={<div style={{ maxWidth: 280 }}>{s.removeLead}</div>}
      placement="topRight"
      onConfirm={remove}
    >
      <Button size="small" danger loading={removing.isPending}>
        {s.remove}
      </Button>
    </Popconfirm>
  );
}
