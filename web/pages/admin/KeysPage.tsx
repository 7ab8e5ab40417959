import { useQuery } from '@tanstack/react-query';
import { App, Button, Card, Checkbox, Empty, Form, Input, Modal, Popconfirm, Table, type TableProps } from 'antd';
import { useState } from 'react';
import type { Permission, Role } from '../../../src/api/permissions.ts';
import type { ApiKey } from '../../../src/api/session.ts';
import { call } from '../../data/client.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { Failed } from '../../ui/Failed.tsx';
import { Page } from '../../ui/Page.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
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
  const { data, error, refetch } = useQuery({
    queryKey: ['keys'],
    queryFn: async ({ signal }) => (await call<{ items: ApiKey[] }>('/api/keys', { signal })).items,
  });
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
      {error ? <Failed error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Waiting /> : null}
      {data ? (
        <Card size="small">
          <Table
            size="small"
            rowKey="name"
            columns={columns}
            dataSource={data}
            pagination={data.length > 50 ? { pageSize: 50, showSizeChanger: false, size: 'small' } : false}
            scroll={{ x: 'max-content' }}
            locale={{
              emptyText: (
                <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={k.none}>
                  <span className="qc-small qc-muted">{k.noneLead}</span>
                </Empty>
              ),
            }}
          />
        </Card>
      ) : null}
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
  viewer: ['ask'],
  analyst: ['ask', 'people'],
  operator: ['ask', 'people', 'operate'],
  admin: ['ask', 'people', 'operate', 'administer'],
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
