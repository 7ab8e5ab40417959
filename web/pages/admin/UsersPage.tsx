import { useQuery } from '@tanstack/react-query';
import { App, Button, Card, Empty, Form, Input, Modal, Popconfirm, Space, Table, type TableProps } from 'antd';
import { useState } from 'react';
import type { Role } from '../../../src/api/permissions.ts';
import type { User } from '../../../src/api/session.ts';
import { call } from '../../data/client.ts';
import { useSession } from '../../data/session.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { Failed } from '../../ui/Failed.tsx';
import { Page } from '../../ui/Page.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { useUrlState } from '../../url/urlState.ts';
import { RoleSelect } from './RoleSelect.tsx';
import { SecretOnce } from './SecretOnce.tsx';
import { useAdminChange } from './useAdmin.ts';

interface Made {
  readonly user: User;
  readonly password?: string;
}

/** Who may log in and what they may do. */
export function UsersPage() {
  const t = useText();
  const u = t.admin.users;
  const { message } = App.useApp();
  const [state, set] = useUrlState({ add: false });
  const [made, setMade] = useState<Made>();
  const { data, error, refetch } = useQuery({
    queryKey: ['users'],
    queryFn: async ({ signal }) => (await call<{ items: User[] }>('/api/users', { signal })).items,
  });
  const change = useAdminChange<Made>('users', (answer) => {
    set({ add: false });
    if (answer.password === undefined) void message.success(u.changed);
    else setMade(answer);
  });
  const columns = useColumns(change.mutate, change.isPending);
  return (
    <Page
      title={t.shell.pages.users}
      lead={u.lead}
      tools={
        <Button type="primary" onClick={() => set({ add: true })}>
          {u.add}
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
            locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={u.none} /> }}
          />
        </Card>
      ) : null}
      {state.add ? (
        <NewUser
          isBusy={change.isPending}
          onMake={(body) => change.mutate({ path: '/api/users', method: 'POST', body })}
          onClose={() => set({ add: false })}
        />
      ) : null}
      {made?.password ? (
        <SecretOnce
          title={u.password(made.user.name)}
          lead={u.passwordLead}
          secret={made.password}
          onClose={() => setMade(undefined)}
        />
      ) : null}
    </Page>
  );
}

type Change = ReturnType<typeof useAdminChange<Made>>['mutate'];

function pathOf(name: string): string {
  return `/api/users/${encodeURIComponent(name)}`;
}

function useColumns(change: Change, isBusy: boolean): NonNullable<TableProps<User>['columns']> {
  const t = useText();
  const u = t.admin.users;
  const format = useFormat();
  const { user: me } = useSession();
  return [
    {
      title: u.name,
      dataIndex: 'name',
      render: (name: string) => (
        <>
          {name} {name === me.name ? <StateMark tone="quiet">{u.self}</StateMark> : null}
        </>
      ),
    },
    {
      title: u.role,
      dataIndex: 'role',
      render: (role: Role, { name }) => (
        <RoleSelect
          label={`${name} ${u.role}`}
          value={role}
          disabled={isBusy || name === me.name}
          onChange={(next) => change({ path: pathOf(name), method: 'PATCH', body: { role: next } })}
        />
      ),
    },
    {
      title: u.status,
      key: 'status',
      render: (_, { disabled, mustChangePassword }) => (
        <>
          <StateMark tone={disabled ? 'quiet' : 'good'}>{disabled ? u.disabled : u.enabled}</StateMark>{' '}
          {mustChangePassword ? <StateMark tone="bad">{u.mustChange}</StateMark> : null}
        </>
      ),
    },
    {
      title: u.seen,
      dataIndex: 'lastSeenAt',
      className: 'qc-nowrap',
      render: (at: string | null) => (at === null ? u.never : format.moment(at)),
    },
    { title: u.made, dataIndex: 'createdAt', className: 'qc-nowrap', render: format.moment },
    { key: 'do', render: (_, user) => (user.name === me.name ? null : <Tools user={user} change={change} />) },
  ];
}

function Tools({ user: { name, disabled }, change }: { readonly user: User; readonly change: Change }) {
  const u = useText().admin.users;
  const patch = (body: object) => change({ path: pathOf(name), method: 'PATCH', body });
  return (
    <Space>
      <Popconfirm title={u.resetSure(name)} onConfirm={() => patch({ resetPassword: true })}>
        <Button size="small">{u.reset}</Button>
      </Popconfirm>
      {disabled ? (
        <Button size="small" onClick={() => patch({ disabled: false })}>
          {u.enable}
        </Button>
      ) : (
        <Popconfirm title={u.disableSure(name)} onConfirm={() => patch({ disabled: true })}>
          <Button size="small">{u.disable}</Button>
        </Popconfirm>
      )}
      <Popconfirm title={u.removeSure(name)} onConfirm={() => change({ path: pathOf(name), method: 'DELETE' })}>
        <Button size="small" danger>
          {u.remove}
        </Button>
      </Popconfirm>
    </Space>
  );
}

interface NewUserProps {
  readonly isBusy: boolean;
  readonly onMake: (user: { readonly name: string; readonly role: Role }) => void;
  readonly onClose: () => void;
}

function NewUser({ isBusy, onMake, onClose }: NewUserProps) {
  const t = useText();
  const u = t.admin.users;
  const [form] = Form.useForm<{ name: string; role: Role }>();
  return (
    <Modal
      open
      title={u.add}
      okText={u.add}
      cancelText={t.ui.cancel}
      confirmLoading={isBusy}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form form={form} layout="vertical" initialValues={{ role: 'analyst' }} onFinish={onMake}>
        <Form.Item
          name="name"
          label={u.name}
          extra={u.nameLead}
          rules={[{ required: true, pattern: /^[\p{L}\p{N}._@-]{1,64}$/u, message: u.badName }]}
        >
          <Input autoFocus autoComplete="off" maxLength={64} />
        </Form.Item>
        <Form.Item name="role" label={u.role}>
          <RoleSelect label={u.role} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
