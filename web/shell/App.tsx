import { QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import { type CSSProperties, type ReactNode, useEffect, useMemo } from 'react';
import type { Locale } from '../../src/base/text.ts';
import { queries } from '../data/queries.ts';
import { useSessionQuery, useSignInWays } from '../data/session.ts';
import { useWords, WordsContext } from '../text/useText.ts';
import type { Palette } from '../theme/palette.ts';
import { antTheme, PaletteContext, usePaletteOf, useStillness } from '../theme/theme.ts';
import { Door } from './Door.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { applyLocale, usePrefs } from './prefs.ts';
import { usePrinting } from './printing.ts';

/** The whole console: its queries, language and appearance around the door. */
export function App() {
  return (
    <QueryClientProvider client={queries}>
      <Dressed>
        <ErrorBoundary>
          <Door />
        </ErrorBoundary>
      </Dressed>
    </QueryClientProvider>
  );
}

/** The language somebody chose, else the workspace's own. */
function useChosenLocale(): Locale {
  const { locale } = usePrefs();
  const { data: session } = useSessionQuery();
  const { data: ways } = useSignInWays();
  return locale ?? session?.workspace.locale ?? ways?.locale ?? 'zh';
}

function Dressed({ children }: { readonly children: ReactNode }) {
  const { mode } = usePrefs();
  const locale = useChosenLocale();
  const printing = usePrinting();
  const palette = usePaletteOf(printing ? 'light' : mode);
  const still = useStillness();
  const theme = useMemo(() => antTheme(palette, still), [palette, still]);
  const words = useWords(locale);
  applyLocale(locale);
  useEffect(() => {
    document.documentElement.style.colorScheme = palette.dark ? 'dark' : 'light';
    document.body.style.background = palette.ground;
    document.body.style.color = palette.text;
    for (const [name, value] of Object.entries(inksOf(palette)))
      document.documentElement.style.setProperty(name, value);
  }, [palette]);
  if (!words) return null;
  return (
    <WordsContext value={words}>
      <PaletteContext value={palette}>
        <ConfigProvider locale={words.ant} theme={theme} button={{ autoInsertSpace: false }}>
          <AntApp style={inksOf(palette) as CSSProperties} className="qc-app" component="div">
            {children}
          </AntApp>
        </ConfigProvider>
      </PaletteContext>
    </WordsContext>
  );
}

/** Inks for the console's own style sheet. */
function inksOf(palette: Palette): Record<string, string> {
  const { accent, ground, surface, text, muted, line, outline, gain, loss } = palette;
  const inks = { accent, ground, surface, text, muted, line, outline, gain, loss };
  return Object.fromEntries(Object.entries(inks).map(([name, value]) => [`--qc-${name}`, value]));
}
