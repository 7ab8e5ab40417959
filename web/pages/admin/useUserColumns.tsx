import { Button, Popconfirm, Space, type TableProps } from 'antd';
import type { Role } from '../../../src/api/permissions.ts';
import type { User } from '../../../src/api/session.ts';
import { useSession } from '../../data/session.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { StateMark } from '../../ui/StateMark.tsx';
import { RoleSelect } from './RoleSelect.tsx';
import type { useAdminChange } from './useAdmin.ts';

/** A user as changed; with a password where one was made. */
export interface MadeUser {
  readonly user: User;
  readonly password?: string;
}

type Change = ReturnType<typeof useAdminChange<MadeUser>>['mutate'];

function pathOf(name: string): string {
  return `/api/users/${encodeURIComponent(name)}`;
}

/** A user's name, role, state and moments, and what an administrator may do with them. */
export function useUserColumns(change: Change, isBusy: boolean): NonNullable<TableProps<User>['columns']> {
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
