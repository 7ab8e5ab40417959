import { useCallback } from 'react';
import { useDataStateQuery } from './answers.ts';

/** A category as a reader knows it: the path of its items with its code behind it; the code alone where none has a path. */
export function useCategoryName(): (code: string) => string {
  const { data } = useDataStateQuery();
  const names = data?.categoryNames;
  return useCallback((code) => (names?.[code] === undefined ? code : `${names[code]} (${code})`), [names]);
}
