import type { Locale } from '../../base/text.ts';
import type { ShownColumn } from '../answers/shelf.ts';

/** Language of titles and words in a file; `ids` gives columns and values as programs know them. */
export type Wording = Locale | 'ids';

/** What a spreadsheet takes for the beginning of a formula, in its wide forms too. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** A text that no spreadsheet runs: what would begin a formula stands behind an apostrophe. */
export function defused(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

export function headerOf({ id, title }: ShownColumn, wording: Wording): string {
  return wording === 'ids' ? id : title[wording];
}

/** A value as a cell: numbers stay numbers, texts are defused and called as the column calls them; null where there is none. */
export function cellOf(value: unknown, { words }: ShownColumn, wording: Wording): string | number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const word = wording !== 'ids' && words && Object.hasOwn(words, text) ? words[text]?.[wording] : undefined;
  return defused(word ?? text);
}
