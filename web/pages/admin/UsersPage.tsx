import { useQuery } from '@tanstack/react-query';
import { App, Button, Card, Empty, Table } from 'antd';
import { useState } from 'react';
import type { User } from '../../../src/api/session.ts';
import { call } from '../../data/client.ts';
import { useText } from '../../text/useText.ts';
import { Failed } from '../../ui/Failed.tsx';
import { Page } from '../../ui/Page.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { useUrlState } from '../../url/urlState.ts';
import { NewUser } from './NewUser.tsx';
import { SecretOnce } from './SecretOnce.tsx';
import { useAdminChange } from './useAdmin.ts';
import { type MadeUser, useUserColumns } from './useUserColumns.tsx';

/** Who may log in and what they may do. */
export function UsersPage() {
  const t = useText();
  const u = t.admin.users;
  const { message } = App.useApp();
  const [state, set] = useUrlState({ add: false });
  const [made, setMade] = useState<MadeUser>();
  const { data, error, refetch } = useQuery({
    queryKey: ['users'],
    queryFn: async ({ signal }) => (await call<{ items: User[] }>('/api/users', { signal })).items,
  });
  const change = useAdminChange<MadeUser>('users', (answer) => {
    set({ add: false });
    if (answer.password === undefined) void message.success(u.changed);
    else setMade(answer);
  });
  const columns = useUserColumns(change.mutate, change.isPending);
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
