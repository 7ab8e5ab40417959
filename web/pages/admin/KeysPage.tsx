import { App, Button, Checkbox, Form, Input, Modal, Popconfirm, type TableProps } from 'antd';
import { useState } from 'react';
import type { Permission, Role } from '../../../src/api/permissions.ts';
import type { ApiKey } from '../../../src/api/session.ts';
import { usePages } from '../../data/pages.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { ListCard } from '../../ui/ListCard.tsx';
import { Page } from '../../ui/Page.tsx';
import { useUrlState } from '../../url/urlState.ts';
import { RoleSelect } from './RoleSelect.tsx';
import { SecretOnce } from './SecretOnce.tsx';
import { useAdminChange } from './useAdmin.ts';

interface Made {
  readonly name: string;
  readonly key?: string;
}

/** Keys of programs that call the API. */
export function KeysPage() {
  const t = useText();
  const k = t.admin.keys;
  const { message } = App.useApp();
  const [state, set] = useUrlState({ add: false });
  const [made, setMade] = useState<Made>();
  const list = usePages<ApiKey>(['keys'], '/api/keys?limit=1000');
  const change = useAdminChange<Made>('keys', (answer) => {
    set({ add: false });
    if (answer.key === undefined) void message.success(k.removed);
    else setMade(answer);
  });
  const columns = useColumns((name) =>
    change.mutate({ path: `/api/keys/${encodeURIComponent(name)}`, method: 'DELETE' }),
  );
  return (
    <Page
      title={t.shell.pages.keys}
      lead={k.lead}
      tools={
        <Button type="primary" onClick={() => set({ add: true })}>
          {k.add}
        </Button>
      }
    >
      <ListCard list={list} rowKey="name" columns={columns} none={k.none} noneLead={k.noneLead} />
      {state.add ? (
        <NewKey
          isBusy={change.isPending}
          onMake={(body) => change.mutate({ path: '/api/keys', method: 'POST', body })}
          onClose={() => set({ add: false })}
        />
      ) : null}
      {made?.key ? (
        <SecretOnce title={k.key(made.name)} lead={k.keyLead} secret={made.key} onClose={() => setMade(undefined)} />
      ) : null}
    </Page>
  );
}

function useColumns(onRemove: (name: string) => void): NonNullable<TableProps<ApiKey>['columns']> {
  const t = useText();
  const k = t.admin.keys;
  const format = useFormat();
  return [
    { title: k.name, dataIndex: 'name' },
    { title: k.role, dataIndex: 'role', render: (role: Role) => t.shell.roles[role] },
    {
      title: k.scopes,
      dataIndex: 'scopes',
      render: (scopes: readonly Permission[] | null) =>
        scopes === null ? k.all : scopes.map((each) => t.admin.permissions[each]).join(' · '),
    },
    {
      title: k.used,
      dataIndex: 'lastUsedAt',
      className: 'qc-nowrap',
      render: (at: string | null) => (at === null ? k.never : format.moment(at)),
    },
    { title: k.made, dataIndex: 'createdAt', className: 'qc-nowrap', render: format.moment },
    {
      key: 'do',
      render: (_, { name }) => (
        <Popconfirm title={k.removeSure(name)} onConfirm={() => onRemove(name)}>
          <Button size="small" danger>
            {k.remove}
          </Button>
        </Popconfirm>
      ),
    },
  ];
}

/** What each role may do that can be given alone. */
const scopesOf: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: ['ask', 'watch'],
  analyst: ['ask', 'watch', 'people'],
  operator: ['ask', 'watch', 'people', 'operate'],
  admin: ['ask', 'watch', 'people', 'operate', 'administer'],
};

interface Given {
  readonly name: string;
  readonly role: Role;
  readonly scopes?: readonly Permission[];
}

interface NewKeyProps {
  readonly isBusy: boolean;
  readonly onMake: (key: Given) => void;
  readonly onClose: () => void;
}

function NewKey({ isBusy, onMake, onClose }: NewKeyProps) {
  const t = useText();
  const k = t.admin.keys;
  const [form] = Form.useForm<Given>();
  const role = Form.useWatch('role', form) ?? 'analyst';
  const make = ({ name, scopes = [] }: Given) => {
    const own = scopes.filter((each) => scopesOf[role].includes(each));
    onMake({ name, role, ...(own.length > 0 ? { scopes: own } : {}) });
  };
  return (
    <Modal
      open
      title={k.add}
      okText={k.add}
      cancelText={t.ui.cancel}
      confirmLoading={isBusy}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form form={form} layout="vertical" initialValues={{ role: 'analyst' }} onFinish={make}>
        <Form.Item
          name="name"
          label={k.name}
          extra={t.admin.users.nameLead}
          rules={[{ required: true, pattern: /^[\p{L}\p{N}._@-]{1,64}$/u, message: t.admin.users.badName }]}
        >
          <Input autoFocus autoComplete="off" maxLength={64} />
        </Form.Item>
        <Form.Item name="role" label={k.role}>
          <RoleSelect label={k.role} />
        </Form.Item>
        <Form.Item name="scopes" label={k.scopes} extra={k.scopesLead}>
          <Checkbox.Group options={scopesOf[role].map((value) => ({ value, label: t.admin.permissions[value] }))} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
