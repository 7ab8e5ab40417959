import { createContext, useContext } from 'react';
import type { Locale } from '../../src/base/text.ts';
import type { Behind } from '../data/answers.ts';

/** What the drawer opens: a row of an answer, or with no row the whole answer. */
export interface Opening extends Omit<Behind, 'row'> {
  readonly row: Behind['row'] | null;
  /** What the number is, in words: stands as the drawer's title. */
  readonly label?: string;
  /** Language of the label: in another one the drawer titles the row by itself. */
  readonly lang?: Locale;
}

export const OpeningContext = createContext<(opening: Opening) => void>(() => undefined);

/** Opens a number into its people, SQL, definition and data version: `open({ analysis, params, row, label })`. */
export function useOpen(): (opening: Opening) => void {
  return useContext(OpeningContext);
}
