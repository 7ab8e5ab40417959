import { Tabs } from 'antd';
import { useText } from '../../text/useText.ts';
import { Page } from '../../ui/Page.tsx';
import { useUrlState } from '../../url/urlState.ts';
import './crowds.css';
import { Lists } from './Lists.tsx';
import { Taxonomies } from './Taxonomies.tsx';

/** Taxonomies of crowds with their sizes, and uploaded lists of identifiers. */
export function CrowdsPage() {
  const t = useText();
  const c = t.crowds;
  const [{ tab }, set] = useUrlState({ tab: 'crowds' });
  return (
    <Page title={t.shell.pages.crowds} lead={c.lead}>
      <Tabs
        activeKey={tab}
        onChange={(next) => set({ tab: next })}
        destroyOnHidden
        items={[
          { key: 'crowds', label: c.tabs.crowds, children: <Taxonomies /> },
          { key: 'lists', label: c.tabs.lists, children: <Lists /> },
        ]}
      />
    </Page>
  );
}
