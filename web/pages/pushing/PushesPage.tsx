import { Button, Tabs } from 'antd';
import { Link } from 'wouter';
import { usePush } from '../../data/pushes.ts';
import { useCan } from '../../data/session.ts';
import { useText } from '../../text/useText.ts';
import { Failed } from '../../ui/Failed.tsx';
import { Page } from '../../ui/Page.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { useUrlState } from '../../url/urlState.ts';
import { Destinations } from './Destinations.tsx';
import { PushDetail } from './PushDetail.tsx';
import { PushList } from './PushList.tsx';
import './pushing.css';
import { Wizard } from './wizard/Wizard.tsx';

/** Pushes and the places they go to; one push by its number in the address, and the making of a new one. */
export function PushesPage() {
  const [{ push, new: isNew }] = useUrlState({ push: 0, new: false });
  const can = useCan();
  if (push > 0) return <Shown id={push} />;
  return isNew && can('operate') ? <Wizard /> : <Lists />;
}

function Shown({ id }: { readonly id: number }) {
  const { data, error, refetch } = usePush(id);
  if (error && !data) return <Failed error={error} onRetry={() => void refetch()} />;
  return data ? <PushDetail key={id} push={data} /> : <Waiting />;
}

function Lists() {
  const t = useText();
  const can = useCan();
  const [{ tab }, set] = useUrlState({ tab: 'pushes' });
  return (
    <Page
      title={t.shell.pages.pushes}
      lead={t.pushes.lead}
      tools={
        can('operate') ? (
          <Link href="/pushes?new=1">
            <Button type="primary">{t.pushes.fresh}</Button>
          </Link>
        ) : null
      }
    >
      <Tabs
        activeKey={tab}
        onChange={(next) => set({ tab: next })}
        destroyOnHidden
        items={[
          { key: 'pushes', label: t.pushes.tabs.pushes, children: <PushList /> },
          { key: 'destinations', label: t.pushes.tabs.destinations, children: <Destinations /> },
        ]}
      />
    </Page>
  );
}
