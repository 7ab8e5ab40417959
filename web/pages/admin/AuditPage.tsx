import { Select, type TableProps } from 'antd';
import type { AuditEntry } from '../../../src/api/session.ts';
import { usePages } from '../../data/pages.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { ListCard } from '../../ui/ListCard.tsx';
import { Page } from '../../ui/Page.tsx';
import { useUrlState } from '../../url/urlState.ts';

/** Every change and every look at a single consumer, newest first. */
export function AuditPage() {
  const t = useText();
  const a = t.admin.audit;
  const [state, set] = useUrlState({ actor: '', action: '' });
  const list = usePages<AuditEntry>(['audit'], '/api/audit?limit=200', { staleTime: 0 });
  const columns = useColumns();
  const items = list.items ?? [];
  const shown = items.filter(
    ({ actor, action }) =>
      (state.actor === '' || actor === state.actor) && (state.action === '' || action === state.action),
  );
  const picks = (values: readonly string[], all: string, told: (value: string) => string) => [
    { value: '', label: all },
    ...[...new Set(values)].sort().map((value) => ({ value, label: told(value) })),
  ];
  return (
    <Page
      title={t.shell.pages.audit}
      lead={a.lead}
      tools={
        <>
          <Select
            aria-label={a.actor}
            value={state.actor}
            onChange={(actor) => set({ actor })}
            popupMatchSelectWidth={false}
            style={{ minWidth: 120 }}
            options={picks(
              items.map(({ actor }) => actor),
              a.anyActor,
              (actor) => a.actors[actor] ?? actor,
            )}
          />
          <Select
            aria-label={a.action}
            value={state.action}
            onChange={(action) => set({ action })}
            popupMatchSelectWidth={false}
            style={{ minWidth: 140 }}
            options={picks(
              items.map(({ action }) => action),
              a.anyAction,
              (action) => t.admin.actions[action] ?? action,
            )}
          />
        </>
      }
    >
      <ListCard list={list} shown={shown} rowKey="id" columns={columns} none={a.none} />
    </Page>
  );
}

function useColumns(): NonNullable<TableProps<AuditEntry>['columns']> {
  const t = useText().admin;
  const format = useFormat();
  return [
    { title: t.audit.at, dataIndex: 'at', className: 'qc-nowrap', render: format.moment },
    { title: t.audit.actor, dataIndex: 'actor', render: (actor: string) => t.audit.actors[actor] ?? actor },
    {
      title: t.audit.action,
      dataIndex: 'action',
      render: (action: string) => <span title={action}>{t.actions[action] ?? action}</span>,
    },
    { title: t.audit.detail, dataIndex: 'detail', render: (detail: unknown) => <Detail detail={detail} /> },
  ];
}

function Detail({ detail }: { readonly detail: unknown }) {
  const t = useText();
  if (typeof detail !== 'object' || detail === null) return null;
  const roles: Readonly<Record<string, string>> = t.shell.roles;
  const told = (name: string, value: unknown) => {
    if (name === 'role') return roles[String(value)] ?? String(value);
    if (typeof value === 'object' && value !== null) return JSON.stringify(value);
    const isPlain = name === 'by' || typeof value !== 'string';
    return (isPlain ? t.admin.values[String(value)] : undefined) ?? String(value);
  };
  return (
    <div style={{ maxWidth: 480, overflowWrap: 'anywhere' }}>
      {Object.entries(detail).map(([name, value]) => (
        <span key={name} style={{ marginInlineEnd: 12 }}>
          <span className="qc-muted">{t.admin.details[name] ?? name}</span> {told(name, value)}
        </span>
      ))}
    </div>
  );
}
