import { useSyncExternalStore } from 'react';
import type { Locale } from '../../src/base/text.ts';
import { carry } from '../data/client.ts';

export const themeModes = ['light', 'dark', 'system'] as const;
export type ThemeMode = (typeof themeModes)[number];

/** What somebody has chosen for this browser. */
export interface Prefs {
  /** Undefined until chosen: then the workspace's language holds. */
  readonly locale: Locale | undefined;
  readonly mode: ThemeMode;
  readonly menuFolded: boolean;
}

const KEY = 'qiancheng.prefs';
const listeners = new Set<() => void>();
let prefs = read();

function read(): Prefs {
  const standard: Prefs = { locale: undefined, mode: 'system', menuFolded: false };
  try {
    const { locale, mode, menuFolded } = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return {
      locale: locale === 'zh' || locale === 'en' ? locale : undefined,
      mode: themeModes.find((each) => each === mode) ?? standard.mode,
      menuFolded: menuFolded === true,
    };
  } catch {
    return standard;
  }
}

/** Keeps a choice in this browser; where nothing can be kept it holds for this visit. */
export function choose(change: Partial<Prefs>): void {
  prefs = { ...prefs, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(prefs));
  } catch {
    // A browser that keeps nothing still switches.
  }
  for (const each of listeners) each();
}

/** The language somebody chose in this browser, if any. */
export function chosenLocale(): Locale | undefined {
  return prefs.locale;
}

export function usePrefs(): Prefs {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => prefs,
  );
}

/** Tells the client and the document the language in use. */
export function applyLocale(locale: Locale): void {
  carry({ locale });
  document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en';
}
