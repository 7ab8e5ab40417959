import { useMemo } from 'react';
import { useShelfEntry } from '../data/answers.ts';
import { useLocale } from '../text/useText.ts';

/** What a behaviour, or a reason of a move, is called; undefined for one the vocabulary lacks. The shelf has the words. */
export function useBehavior(): (word: string) => string | undefined {
  const locale = useLocale();
  const words = useShelfEntry('aipl-moves')?.columns.find((column) => column.id === 'reason')?.words;
  return useMemo(() => (word) => words?.[word]?.[locale], [words, locale]);
}
