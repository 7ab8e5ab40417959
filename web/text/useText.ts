import { createContext, useContext, useEffect, useState } from 'react';
import type { Locale, Text } from '../../src/base/text.ts';
import type { Words } from './words.ts';
import { words as wordsZh } from './wordsZh.ts';
import type { Texts } from './zh.ts';

/** All words of a language: Chinese, the first of the console, comes with it; another is loaded when it is first used. */
const loaders: Readonly<Record<Locale, () => Promise<Words>>> = {
  zh: () => Promise.resolve(wordsZh),
  en: () => import('./wordsEn.ts').then((m) => m.words),
};
const loading = new Map<Locale, Promise<Words>>();

/** Loads a language once. */
export function loadWords(locale: Locale): Promise<Words> {
  const known = loading.get(locale) ?? loaders[locale]();
  loading.set(locale, known);
  return known;
}

/** The words of a language; while it is loading those that were in use, and at first undefined. */
export function useWords(locale: Locale): Words | undefined {
  const [words, setWords] = useState<Words>();
  useEffect(() => {
    let current = true;
    void loadWords(locale).then((loaded) => current && setWords(loaded));
    return () => {
      current = false;
    };
  }, [locale]);
  return words;
}

export const WordsContext = createContext<Words | undefined>(undefined);

function useSpoken(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error('Words are asked for outside the console.');
  return words;
}

/** The language in use. */
export function useLocale(): Locale {
  return useSpoken().locale;
}

/** Every text of the console in the language in use, by area: `const t = useText(); t.shell.logOut`. */
export function useText(): Texts {
  return useSpoken().texts;
}

/** Picks the language in use of a text that came from the server: `const say = useSay(); say(entry.title)`. */
export function useSay(): (text: Text) => string {
  const locale = useLocale();
  return (text) => text[locale];
}
