import { type ThemeConfig, theme } from 'antd';
import { createContext, useContext, useSyncExternalStore } from 'react';
import { dark, light, type Palette } from './palette.ts';

export const PaletteContext = createContext<Palette>(light);

/** The inks of the appearance in use. */
export function usePalette(): Palette {
  return useContext(PaletteContext);
}

const systemDark = window.matchMedia('(prefers-color-scheme: dark)');
const stillness = window.matchMedia('(prefers-reduced-motion: reduce)');

function useMedia(query: MediaQueryList): boolean {
  return useSyncExternalStore(
    (listener) => {
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => query.matches,
  );
}

export function usePaletteOf(mode: 'light' | 'dark' | 'system'): Palette {
  const system = useMedia(systemDark);
  return mode === 'dark' || (mode === 'system' && system) ? dark : light;
}

/** Whether somebody has asked their system for less motion. */
export function useStillness(): boolean {
  return useMedia(stillness);
}

/** Pale grounds of the accent; what Ant Design would derive of so deep an ink is grey. */
function tints(dark: boolean) {
  const [pale, hover, line] = dark ? ['#1a2f2e', '#213b39', '#2f5f5b'] : ['#e4f1f0', '#d3e7e6', '#9ccbc7'];
  return {
    colorPrimaryBg: pale,
    colorPrimaryBgHover: hover,
    colorPrimaryBorder: line,
    colorInfoBg: pale,
    colorInfoBgHover: hover,
    colorInfoBorder: line,
    controlItemBgActive: pale,
    controlItemBgActiveHover: hover,
  };
}

/** Inks of danger and of labels that Ant Design would have too faint on these grounds, and the ground of what opens above a page. */
function legible({ dark, muted }: Palette) {
  const [colorError, colorErrorHover, colorBgElevated] = dark
    ? ['#f0706c', '#f58b88', '#1f262b']
    : ['#c5221f', '#a81a17', '#ffffff'];
  return { colorError, colorErrorHover, colorBgElevated, colorTextTertiary: muted, colorTextPlaceholder: muted };
}

/** Ink on the accent of the dark appearance, which is bright. */
const ON_BRIGHT = '#06201e';

/** Ant Design in the inks of Qiancheng: dense, flat, one accent. */
export function antTheme(palette: Palette, still: boolean): ThemeConfig {
  return {
    algorithm: palette.dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: palette.accent,
      colorInfo: palette.accent,
      colorLink: palette.accent,
      ...tints(palette.dark),
      ...legible(palette),
      colorSuccess: palette.gain,
      colorBgLayout: palette.ground,
      colorBgContainer: palette.surface,
      colorText: palette.text,
      colorTextSecondary: palette.muted,
      colorTextDescription: palette.muted,
      colorBorderSecondary: palette.line,
      borderRadius: 4,
      fontSize: 14,
      controlHeight: 32,
      motion: !still,
      fontFamily:
        '-apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif',
    },
    components: {
      Layout: { siderBg: palette.surface, headerBg: palette.surface, headerHeight: 52, headerPadding: '0 16px' },
      Menu: {
        itemSelectedBg: tints(palette.dark).colorPrimaryBg,
        itemSelectedColor: palette.accent,
        itemHeight: 36,
        subMenuItemBg: 'transparent',
        itemMarginBlock: 2,
      },
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        ...(palette.dark ? { primaryColor: ON_BRIGHT, dangerColor: '#2b0807' } : {}),
      },
      Badge: palette.dark ? { colorTextLightSolid: ON_BRIGHT } : {},
      Table: { cellPaddingBlock: 8, cellPaddingInline: 12, headerBg: palette.dark ? '#1f262b' : '#f5f7f8' },
      // Note: a seed is darkened by the dark algorithm; a component's own ink stays as it is given.
      Form: { colorError: legible(palette).colorError },
      Segmented: { trackBg: palette.line },
      Card: { bodyPadding: 16, headerPadding: 16 },
    },
  };
}
