import { GlobalOutlined, MenuOutlined, MoonOutlined, SunOutlined, UserOutlined } from '@ant-design/icons';
import { App, Button, Dropdown, Layout, type MenuProps, Tooltip } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useDataState } from '../data/answers.ts';
import { logOut, useSession } from '../data/session.ts';
import { useFormat, useFreshness } from '../format/useFormat.ts';
import { useLocale, useText } from '../text/useText.ts';
import { usePalette } from '../theme/theme.ts';
import { useDrawn } from '../ui/useDrawn.ts';
import { JobsIndicator } from './JobsIndicator.tsx';
import { choose, type ThemeMode, themeModes, usePrefs } from './prefs.ts';

const PasswordDialog = lazy(() =>
  import('../pages/session/PasswordDialog.tsx').then((m) => ({ default: m.PasswordDialog })),
);

/** Workspace, freshness, running jobs, language, appearance and account. */
export function Header({ narrow, onMenu }: { readonly narrow: boolean; readonly onMenu: () => void }) {
  const t = useText().shell;
  const { menuFolded } = usePrefs();
  const drawn = useDrawn();
  const label = narrow ? t.openMenu : menuFolded ? t.unfoldMenu : t.foldMenu;
  return (
    <Layout.Header className="qc-header" role="banner">
      <Button type="text" icon={<MenuOutlined />} aria-label={label} title={label} onClick={onMenu} />
      <div className="qc-header-place">
        <Workspace />
        {drawn ? <Freshness narrow={narrow} /> : null}
      </div>
      <JobsIndicator />
      <LanguageSwitch narrow={narrow} />
      <ThemeSwitch />
      <Account narrow={narrow} />
    </Layout.Header>
  );
}

/** Brands of the data that are named where the workspace has none of its own. */
const MOST_NAMED = 3;

function Workspace() {
  const t = useText().shell;
  const { workspace } = useSession();
  const { brands } = useDataState();
  const few = brands.length <= MOST_NAMED ? brands : [];
  const named = workspace.brands.length > 0 ? workspace.brands : few;
  return <div className="qc-ellipsis qc-workspace">{named.join(' · ') || t.allBrands}</div>;
}

function Freshness({ narrow }: { readonly narrow: boolean }) {
  const { shell: t, ui } = useText();
  const { lastDay, rules, consumers } = useDataState();
  const fresh = useFreshness();
  const format = useFormat();
  const tip = lastDay ? `${t.lastDay(lastDay)} · ${rules} · ${format.count(consumers)} ${ui.unit.consumers}` : t.noData;
  return (
    <Tooltip title={tip}>
      <div className="qc-ellipsis qc-muted qc-small">{fresh ? (narrow ? fresh : t.fresh(fresh)) : t.noData}</div>
    </Tooltip>
  );
}

function LanguageSwitch({ narrow }: { readonly narrow: boolean }) {
  const t = useText().shell;
  const other = useLocale() === 'zh' ? 'en' : 'zh';
  const name = other === 'zh' ? '中文' : 'EN';
  return (
    <Button
      type="text"
      icon={narrow ? undefined : <GlobalOutlined />}
      onClick={() => choose({ locale: other })}
      title={t.language}
      lang={other === 'zh' ? 'zh-CN' : 'en'}
    >
      {name}
    </Button>
  );
}

function ThemeSwitch() {
  const t = useText().shell;
  const { mode } = usePrefs();
  const palette = usePalette();
  const items = themeModes.map((each) => ({ key: each, label: t.themes[each] }));
  return (
    <Dropdown
      trigger={['click']}
      menu={{ items, selectable: true, selectedKeys: [mode], onClick: ({ key }) => choose({ mode: key as ThemeMode }) }}
    >
      <Button
        type="text"
        icon={palette.dark ? <MoonOutlined /> : <SunOutlined />}
        aria-label={t.theme}
        title={t.theme}
      />
    </Dropdown>
  );
}

function Account({ narrow }: { readonly narrow: boolean }) {
  const t = useText().shell;
  const { user } = useSession();
  const { message } = App.useApp();
  const [changing, setChanging] = useState(false);
  const items: MenuProps['items'] = [
    { key: 'who', disabled: true, label: `${user.name} · ${t.roles[user.role]}` },
    { type: 'divider' },
    { key: 'password', label: t.changePassword, onClick: () => setChanging(true) },
    { key: 'out', label: t.logOut, onClick: () => void logOut().catch((error: Error) => message.error(error.message)) },
  ];
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items }}>
        <Button type="text" icon={<UserOutlined />} aria-label={`${t.account} ${user.name}`}>
          {narrow ? null : <span className="qc-account-name qc-ellipsis">{user.name}</span>}
        </Button>
      </Dropdown>
      {changing ? (
        <Suspense>
          <PasswordDialog onClose={() => setChanging(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
