import type { Locale } from '../../base/text.ts';
import { en, type Texts } from './en.ts';
import { zh } from './zh.ts';

export type { Texts } from './en.ts';

/** What the terminal says, by language. */
export const texts: Readonly<Record<Locale, Texts>> = { zh, en };

/** The reader's half of a parameter's description, written `english | 中文`. */
export function described(description: string | undefined, locale: Locale): string {
  const [english = '', chinese = english] = (description ?? '').split(' | ');
  return locale === 'zh' ? chinese : english;
}
