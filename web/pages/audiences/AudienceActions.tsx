import { MoreOutlined } from '@ant-design/icons';
import { App, Button, Dropdown, Space } from 'antd';
import { useLocation } from 'wouter';
import type { Audience } from '../../../src/api/audiences.ts';
import { useRemovingAudience } from '../../data/audiences.ts';
import { useCan } from '../../data/session.ts';
import { useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';
import { queryOf } from '../../ui/files.ts';
import { hashOf } from './builder/link.ts';
import { useExporting } from './useExporting.ts';

interface AudienceActionsProps {
  readonly audience: Audience;
  /** In a list, where opening it is the first of them. */
  readonly listed?: boolean;
  /** After it is gone. */
  readonly onRemoved?: () => void;
}

/** What can be done with an audience: opened, changed, copied, exported, pushed, removed. */
export function AudienceActions({ audience, listed, onRemoved }: AudienceActionsProps) {
  const t = useText();
  const a = t.audiences;
  const can = useCan();
  const [, go] = useLocation();
  const exporting = useExporting();
  const remove = useRemove(audience, onRemoved);
  const { id, name, from_number: fromNumber } = audience;
  const acts: Readonly<Record<string, () => void>> = {
    edit: () => go(`/audiences/${id}/edit`),
    within: () => go(`/audiences/new${hashOf({ all: [{ audience: name }] }) ?? ''}`),
    copy: () => go(`/audiences/${id}/edit?copy=1`),
    exportCsv: () => exporting.mutate({ id, name }),
    push: () => go(`/pushes?${queryOf({ new: 1, audience: name })}`),
    lookalike: () => go(`/lookalikes?${queryOf({ train: 1, seed: name })}`),
    remove,
  };
  const names = [
    // No rule finds again those who stood behind a number, so that there is none to change.
    ...(fromNumber ? (['within'] as const) : (['edit', 'within', 'copy'] as const)),
    ...(can('people') ? (['exportCsv', 'lookalike'] as const) : []),
    ...(can('operate') ? (['push'] as const) : []),
  ];
  const items = [
    ...names.map((key) => ({ key, label: a[key] })),
    ...(can('people') ? [{ type: 'divider' as const }, { key: 'remove', label: a.remove, danger: true }] : []),
  ];
  return (
    <Space>
      {listed ? (
        <Button size="small" onClick={() => go(`/audiences/${id}`)}>
          {a.open}
        </Button>
      ) : (
        <Button type="primary" onClick={fromNumber ? acts.within : acts.edit}>
          {fromNumber ? a.within : a.edit}
        </Button>
      )}
      <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => acts[key]?.() }}>
        <Button
          {...(listed ? { size: 'small' as const } : {})}
          icon={<MoreOutlined />}
          loading={exporting.isPending}
          aria-label={a.moreOf(name)}
          title={a.moreOf(name)}
        />
      </Dropdown>
    </Space>
  );
}

/** Asks whether an audience is to go, and removes it. */
function useRemove({ id, name }: Audience, onRemoved: (() => void) | undefined): () => void {
  const t = useText();
  const a = t.audiences;
  const { modal, message } = App.useApp();
  const removing = useRemovingAudience();
  const removed = () => {
    void message.success(a.removed);
    onRemoved?.();
  };
  return () =>
    void modal.confirm({
      title: a.removeSure(name),
      content: a.removeLead,
      okText: a.remove,
      okButtonProps: { danger: true },
      cancelText: t.ui.cancel,
      onOk: () => removing.mutateAsync(id).then(removed, (error: unknown) => void message.error(sayError(error, t.ui))),
    });
}
