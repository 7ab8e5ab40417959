import { App, Button } from 'antd';
import { useState } from 'react';
import type { User } from '../../../src/api/session.ts';
import { usePages } from '../../data/pages.ts';
import { useText } from '../../text/useText.ts';
import { ListCard } from '../../ui/ListCard.tsx';
import { Page } from '../../ui/Page.tsx';
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
  const list = usePages<User>(['users'], '/api/users?limit=1000');
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
      <ListCard list={list} rowKey="name" columns={columns} none={u.none} />
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
