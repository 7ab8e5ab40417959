import { App, Button, Modal, type TableProps } from 'antd';
import { useState } from 'react';
import type { Cut } from '../../../src/api/links.ts';
import { useCuts, useCutting } from '../../data/links.ts';
import { useCan } from '../../data/session.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';
import { ListCard } from '../../ui/ListCard.tsx';
import { useUrlState } from '../../url/urlState.ts';
import { CutChange } from './CutDialog.tsx';
import { Named } from './Named.tsx';
import { NewCut } from './NewCut.tsx';

/** Links that were cut, with the offer to restore what is cut still. */
export function Cuts() {
  const t = useText().consumers;
  const { data, error, refetch } = useCuts();
  const can = useCan();
  const [lifting, setLifting] = useState<number>();
  const [state, set] = useUrlState({ cut: false });
  const columns = useColumns(setLifting);
  return (
    <section>
      <div className="qc-cuts-title">
        <h2>{t.cuts}</h2>
        {can('operate') ? <Button onClick={() => set({ cut: true })}>{t.cutNew}</Button> : null}
      </div>
      <ListCard
        list={{ items: data, error, again: () => void refetch() }}
        rowKey="id"
        columns={columns}
        none={t.cutsNone}
        noneLead={t.cutsNoneLead}
      />
      {lifting === undefined ? null : <Restore id={lifting} onClose={() => setLifting(undefined)} />}
      {state.cut && can('operate') ? <NewCut onClose={() => set({ cut: false })} /> : null}
    </section>
  );
}

function Restore({ id, onClose }: { readonly id: number; readonly onClose: () => void }) {
  const t = useText();
  const c = t.consumers;
  const { message } = App.useApp();
  const cutting = useCutting();
  const lift = () =>
    cutting.mutate(
      { lift: id },
      {
        onSuccess: () => {
          void message.success(c.restored(id));
          onClose();
        },
        onError: (error) => void message.error(sayError(error, t.ui)),
      },
    );
  return (
    <Modal
      open
      title={c.restoreTitle(id)}
      okText={c.restore}
      cancelText={t.ui.cancel}
      confirmLoading={cutting.isPending}
      onOk={lift}
      onCancel={onClose}
    >
      <CutChange asked={{ lift: id }} />
    </Modal>
  );
}

function useColumns(onLift: (id: number) => void): NonNullable<TableProps<Cut>['columns']> {
  const t = useText().consumers;
  const format = useFormat();
  const can = useCan();
  return [
    { title: t.cutWhat, key: 'what', render: (_, cut) => <What cut={cut} /> },
    { title: t.cutNote, dataIndex: 'note' },
    { title: t.cutBy, dataIndex: 'made_by' },
    { title: t.cutAt, dataIndex: 'made_at', className: 'qc-nowrap', render: format.moment },
    {
      title: t.cutState,
      dataIndex: 'lifted_at',
      render: (at: string | null) => (at === null ? t.cutHolds : t.cutLifted(format.moment(at))),
    },
    {
      key: 'do',
      render: (_, { id, lifted_at }) =>
        lifted_at === null && can('operate') ? (
          <Button size="small" onClick={() => onLift(id)}>
            {t.restore}
          </Button>
        ) : null,
    },
  ];
}

function What({ cut: { kind, identifiers, source, from } }: { readonly cut: Cut }) {
  const t = useText().consumers;
  const format = useFormat();
  if (kind === 'source') return t.cutSource(source ?? '');
  if (kind === 'time')
    return source === null ? t.cutTimeAll(format.moment(from ?? '')) : t.cutTime(source, format.moment(from ?? ''));
  return identifiers.map((name, i) => (
    <span key={name}>
      {i > 0 ? ' — ' : null}
      <Named name={name} />
    </span>
  ));
}
