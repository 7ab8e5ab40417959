import { Layout } from 'antd';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useText } from '../text/useText.ts';
import { OpenHost } from '../ui/OpenHost.tsx';
import { Header } from './Header.tsx';
import { MainMenu } from './MainMenu.tsx';
import { Offline } from './Offline.tsx';
import { choose, usePrefs } from './prefs.ts';
import { Routes } from './Routes.tsx';
import { Shortcuts } from './Shortcuts.tsx';
import { useNarrow } from './useNarrow.ts';
import '../ui/tables.css';

const DrawnMenu = lazy(() => import('./DrawnMenu.tsx').then((m) => ({ default: m.DrawnMenu })));

/** The frame around every page: menu, header, and the page itself. */
export function Shell() {
  const t = useText().shell;
  const narrow = useNarrow();
  const { menuFolded } = usePrefs();
  const [drawn, setDrawn] = useState(false);
  const main = useRef<HTMLElement>(null);
  const [path] = useLocation();
  useEffect(() => {
    if (path) {
      setDrawn(false);
      window.scrollTo(0, 0);
    }
  }, [path]);
  return (
    <OpenHost>
      <button type="button" className="qc-skip" onClick={() => main.current?.focus()}>
        {t.skip}
      </button>
      <Layout className="qc-shell" hasSider={!narrow}>
        {narrow ? (
          <Suspense>
            <DrawnMenu open={drawn} onClose={() => setDrawn(false)} />
          </Suspense>
        ) : (
          <Layout.Sider
            theme="light"
            width={208}
            collapsedWidth={56}
            collapsible
            collapsed={menuFolded}
            trigger={null}
            className="qc-sider"
          >
            <div className="qc-sider-inner">
              <Link href="/" className="qc-brand" aria-label={t.product}>
                <img src="/mark.svg" alt="" width={24} height={24} />
                {menuFolded ? null : t.product}
              </Link>
              <MainMenu folded={menuFolded} />
            </div>
          </Layout.Sider>
        )}
        <Layout>
          <Header narrow={narrow} onMenu={() => (narrow ? setDrawn(true) : choose({ menuFolded: !menuFolded }))} />
          <Offline />
          <main id="content" ref={main} tabIndex={-1} className="qc-content">
            <Routes />
          </main>
        </Layout>
      </Layout>
      <Shortcuts />
    </OpenHost>
  );
}
